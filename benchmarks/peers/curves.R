# Kaplan-Meier and cumulative incidence by R's packages, on the cohort of common.R.
# Rscript curves.R [sizes] [days|continuous]; prints peer,version,task,n,seconds (median of 3).
# prodlim must give intervals too, so its confidence limits stand in the timed call (conf.int is on by default).
source("common.R")
suppressPackageStartupMessages({ library(prodlim); library(cmprsk) })
for (n in sizes(1, "1e4,1e5,1e6")) for (m in strsplit(arg(2, "days,continuous"), ",")[[1]]) {
  d <- gen_cohort(n, tied = m == "days", p = 3L)
  if (n > 5e6) {                                # the fastest peer alone, once: minutes else
    timeit("prodlim", paste0("km_", m), n, prodlim(Hist(time, ev) ~ 1, d), 1L)
    next
  }
  timeit("prodlim", paste0("km_", m), n, prodlim(Hist(time, ev) ~ 1, d), 3L)
  timeit("survival", paste0("km_", m), n, survfit(Surv(time, ev) ~ 1, d), 3L)
  timeit("prodlim", paste0("cuminc_", m), n, prodlim(Hist(time, status) ~ 1, d), 3L)
  timeit("cmprsk", paste0("cuminc_", m), n, cuminc(d$time, d$status), 3L)
}
