# Log-rank test, restricted means of two arms, Gray's test and a bootstrap by R's packages, on the cohort of common.R.
# Rscript tests.R [sizes]; prints peer,version,task,n,seconds (median of 3).
source("common.R")
suppressPackageStartupMessages(library(cmprsk))
for (n in sizes(1, "1e4,1e5,1e6")) for (m in c("days", "continuous")) {
  d <- gen_cohort(n, tied = m == "days", p = 3L)
  timeit("survival", paste0("logrank_", m), n, survdiff(Surv(time, ev) ~ group, d), 3L)
  timeit("survival", paste0("rmst_", m), n,
         summary(survfit(Surv(time, ev) ~ group, d), rmean = 5 * 365.25)$table, 3L)
  timeit("cmprsk", paste0("gray_", m), n, cuminc(d$time, d$status, d$group), 2L)
}
# S(24 months) from 1000 resamples of 1000 rows: the bare fitting function without standard errors, in a loop.
n <- 1000; B <- 1000
d <- gen_cohort(n, p = 3L); t24 <- 730.5
bare <- function() vapply(seq_len(B), function(b) {
  i <- sample.int(n, n, TRUE); y <- Surv(d$time[i], d$ev[i])
  f <- survfitKM(factor(rep(1L, n)), y, se.fit = FALSE); f$surv[findInterval(t24, f$time)] }, 0)
timeit("survival", "bootstrap_days", n, bare(), 5L)
