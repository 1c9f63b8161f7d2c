# Golden values of rank tests: survdiff's observed, expected and chi-square, for rho in {0, 0.5, 1, 2}, with and without
# strata. Run in this folder: Rscript golden_tests.R ../resources/golden
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE)[[1]]
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
make <- function(seed, n, k, days, levels = k) {
  set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
  g <- sample.int(k, n, TRUE)
  t <- rexp(n, 0.02 * (1 + 0.4 * g))
  c <- runif(n, 5, 90)
  time <- pmin(t, c)
  time <- if (days) ceiling(time) else round(time, 6)
  data.frame(time = time, status = as.integer(t <= c), group = LETTERS[g], strata = sample(c("x", "y", "z"), n, TRUE))
}
sets <- list(
  test_two = make(1, 60, 2, FALSE), test_two_days = make(2, 200, 2, TRUE), test_three = make(3, 120, 3, TRUE),
  test_four = make(4, 300, 4, FALSE), test_five_days = make(5, 500, 5, TRUE), test_small = make(6, 12, 2, TRUE),
  test_heavy = transform(make(7, 150, 3, TRUE), time = ceiling(time / 15)), test_large = make(8, 2000, 3, TRUE))
bmt <- read.csv("bmtcrr.csv")
sets$test_bmtcrr <- data.frame(time = bmt$months, status = as.integer(bmt$status > 0), group = bmt$disease, strata = bmt$phase)
sets$test_bmtcrr_phase <- data.frame(time = bmt$months, status = as.integer(bmt$status > 0), group = bmt$phase, strata = bmt$sex)
# One group leaves before the first event, and one stratum has a single group.
early <- make(9, 80, 2, TRUE)
early <- rbind(early, data.frame(time = 0.5, status = 0L, group = "C", strata = "x"),
               data.frame(time = c(3, 9, 20), status = c(1L, 0L, 1L), group = "A", strata = "w"))
sets$test_early_leaver <- early
lines <- "case,dataset,strata,rho,group,n,observed,expected,statistic,df"
for (name in names(sets)) {
  d <- sets[[name]]
  write.table(data.frame(time = num(d$time), status = d$status, group = d$group, strata = d$strata),
              file.path(out, "data", paste0(name, ".csv")), sep = ",", quote = FALSE, row.names = FALSE)
  for (stratified in c(FALSE, TRUE)) for (rho in c(0, 0.5, 1, 2)) {
    f <- if (stratified) survdiff(Surv(time, status) ~ group + strata(strata), d, rho = rho)
         else survdiff(Surv(time, status) ~ group, d, rho = rho)
    sum_up <- function(x) if (is.matrix(x)) rowSums(x) else x
    o <- sum_up(f$obs); e <- sum_up(f$exp)
    df <- sum(e > 0) - 1
    lines <- c(lines, sprintf("%s_rho%g%s,%s,%s,%s,%s,%d,%s,%s,%s,%d", name, rho, if (stratified) "_strata" else "", name,
               if (stratified) "yes" else "no", num(rho), sub("group=", "", names(f$n)), f$n, num(o), num(e), num(f$chisq), df))
  }
}
writeLines(lines, file.path(out, "rank_tests.csv"))
