# Golden values for intervals of survival that are not made from its standard error.
#
#   cd core/src/test/r && Rscript golden_intervals.R ../resources/golden
#
# Deterministic; reads data/*.csv of golden_curves.R, writes survival_intervals.csv.
#   beta-product        the formulas of Fay, Brittain and Proschan (2013) by the method of moments, written out with plain
#                       products of moments and qbeta, limits widened to be monotone. Without censoring checked against
#                       binom.test (Clopper-Pearson).
#   thomas-grunkemeier  the likelihood constrained to S(t) = p maximised for given p (the multiplier by uniroot), and the p
#                       at which it is chi-square / 2 below its maximum by uniroot. At limits of up to six event
#                       times the constrained maximum is checked against optim() over the hazards, without a multiplier.
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages(library(survival))
checks <- 0
same <- function(a, b, tol) { checks <<- checks + length(a); stopifnot(all(abs(a - b) <= tol)) }

product_quantile <- function(q, a, b) { # of a product of Beta(a, b), by moments
  if (length(a) == 0) return(1)
  if (any(a == 0)) return(0)
  m <- prod(a / (a + b)); second <- prod(a * (a + 1) / ((a + b) * (a + b + 1)))
  k <- m * (1 - m) / (second - m^2) - 1
  qbeta(q, m * k, (1 - m) * k)
}
beta_product <- function(f, level) {
  tail <- (1 - level) / 2; m <- length(f$time); lower <- upper <- numeric(m)
  for (i in seq_len(m)) {
    e <- which(f$n.event[1:i] > 0); a <- f$n.risk[e] - f$n.event[e] + 1; b <- f$n.event[e]
    upper[i] <- product_quantile(1 - tail, a, b)
    lower[i] <- product_quantile(tail, c(a, if (i < m) f$n.risk[i + 1] else 0), c(b, 1))
  }
  list(lower = cummin(lower), upper = rev(cummax(rev(upper))))
}
likelihood <- function(h, d, n) sum(d * log(h)) + sum(ifelse(n > d, (n - d) * log1p(-h), 0))
constrained <- function(logp, d, n) { # the largest log likelihood with prod(1 - h) = p
  gap <- function(m) sum(log1p(-d / (n + m))) - logp
  low <- -min(n - d); step <- 1
  while (gap(low + step) > 0) step <- step / 16
  high <- 1; while (gap(high) < 0) high <- 4 * high
  m <- uniroot(gap, c(low + step, high), tol = 1e-13, maxiter = 1e4)$root
  likelihood(d / (n + m), d, n)
}
searched <- function(logp, d, n) { # the same by search: shares of log p instead of hazards, which always keep the constraint
  value <- function(x) { w <- exp(c(x, 0)); likelihood(-expm1(logp * w / sum(w)), d, n) }
  start <- log(log1p(-d / n) / log1p(-d[length(d)] / n[length(n)]))[-length(d)]
  fit <- if (length(d) == 2) optimize(value, start + c(-5, 5), maximum = TRUE, tol = 1e-10)$objective else
    optim(start, value, method = "BFGS", control = list(fnscale = -1, reltol = 1e-15, maxit = 1e4))$value
  fit
}
thomas <- function(d, n, level) {
  s <- sum(log1p(-d / n)); most <- likelihood(d / n, d, n); chi <- qchisq(level, 1)
  gap <- function(logp) 2 * (most - constrained(logp, d, n)) - chi
  low <- s - 0.5; while (gap(low) < 0) low <- low - 1
  high <- s / 2; while (gap(high) < 0) high <- high / 2
  c(exp(uniroot(gap, c(low, s), tol = 1e-13)$root), exp(uniroot(gap, c(s, high), tol = 1e-14)$root))
}
rows <- NULL
for (name in c("worked7", "no_ties", "heavy_ties", "test_small", "all_events", "event_at_zero", "causes3")) {
  d <- read.csv(file.path(out, "data", paste0(name, ".csv")))
  stopifnot(is.null(d$entry), is.null(d$weight))
  f <- survfit(Surv(time, status > 0) ~ 1, d)
  for (level in c(0.9, 0.95, 0.99)) {
    b <- beta_product(f, level)
    if (all(d$status > 0)) for (i in seq_along(f$time)) {
      ci <- binom.test(round(f$surv[i] * nrow(d)), nrow(d), conf.level = level)$conf.int
      same(c(b$lower[i], b$upper[i]), ci, 1e-11)
    }
    rows <- rbind(rows, data.frame(case = paste("beta-product", name, level), interval = "beta-product", data = name,
      level = level, time = f$time, lower = b$lower, upper = b$upper))
    keep <- which(f$surv < 1 & f$surv > 1e-12)
    t <- sapply(keep, function(i) { e <- which(f$n.event[1:i] > 0); thomas(f$n.event[e], f$n.risk[e], level) })
    for (j in seq_along(keep)) {
      e <- which(f$n.event[1:keep[j]] > 0); if (length(e) < 2 || length(e) > 6) next
      for (p in t[, j]) same(searched(log(p), f$n.event[e], f$n.risk[e]), constrained(log(p), f$n.event[e], f$n.risk[e]), 1e-6)
    }
    rows <- rbind(rows, data.frame(case = paste("thomas-grunkemeier", name, level), interval = "thomas-grunkemeier",
      data = name, level = level, time = f$time[keep], lower = t[1, ], upper = t[2, ]))
  }
}
for (column in c("level", "time", "lower", "upper")) rows[[column]] <- sprintf("%.17g", rows[[column]])
con <- file(file.path(out, "survival_intervals.csv"), open = "wb")
writeLines(c(paste(names(rows), collapse = ","), do.call(paste, c(unname(rows), sep = ","))), con, sep = "\n"); close(con)
writeLines(c(R.version.string, paste("survival", packageVersion("survival")),
  sprintf("survival_intervals.csv: %d rows", nrow(rows)),
  sprintf("cross-checks with binom.test and optim: %d", checks)), file.path(out, "VERSIONS_intervals.txt"))
