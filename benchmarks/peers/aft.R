# Accelerated failure time models.  Rscript aft.R [sizes]
source("common.R")
suppressPackageStartupMessages(library(survival))
for (n in sizes(1, "1e4,1e5,1e6")) {
  d <- gen_cohort(n, p = 5L); x <- attr(d, "x"); y <- Surv(d$time, d$ev)
  timeit("survival", "aft_weibull_p5", n, survreg(y ~ x, dist = "weibull"), 3L)
  timeit("survival", "aft_weibull_p0", n, survreg(y ~ 1, dist = "weibull"), 3L)
  timeit("survival", "aft_lognormal_p5", n, survreg(y ~ x, dist = "lognormal"), 3L)
}
