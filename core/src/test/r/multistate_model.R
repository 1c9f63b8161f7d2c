# Golden values for multi-state models from data: Aalen-Johansen on public data, parametric laws a transition.
#
#   cd core/src/test/r && Rscript multistate_model.R ../resources/golden     (after golden_multistate.R)
#
# Deterministic. Reads bmtcrr.csv (next to this script), ../resources/golden/data/ms_*.csv, and etm's data set sir.cont
# (ventilation in intensive care, a random sample of the SIR-3 study; reversible, 747 patients); see NOTICE.txt of
# ../resources/golden/msfit.
#
#   data_*.csv      rows: id, entry, time, from, to, age, sex
#   occupancy.csv   survfit(Surv(t1, t2, to), id, istate): state probabilities at every time;  sojourn.csv: rmean
#   hazard.csv      its cumulative hazards
#   fits.csv        one value a row: coefficients on working scales, errors, log-likelihoods, a transition
#                   reset clock: survreg at rel.tolerance 1e-14. Forward clock with entry: exponential in closed form and
#                   by glm, Weibull and Gompertz by the root of the profile score (written out below; survreg has no
#                   entry), Weibull with covariates by Newton on the written-out likelihood.
#   markov.csv      occupancy and time in states of the fitted exponential model: matrix exponential by
#                   msm::MatrixExp, checked against expm of an augmented matrix by series; rates checked against msm::msm
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages({ library(survival); library(etm); library(msm); library(numDeriv) })
options(stringsAsFactors = FALSE, warn = 1)
dir.create(file.path(out, "msfit"), showWarnings = FALSE)
num <- function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x)
write_csv <- function(d, file) {
  con <- file(file.path(out, "msfit", file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}

# ---------------------------------------------------------------- data
b <- read.csv("bmtcrr.csv")
sets <- list()
sets$bmtcrr <- data.frame(id = seq_len(nrow(b)), entry = 0, time = b$months, from = "remission",
  to = c("censored", "relapse", "dead")[b$status + 1], age = b$age, sex = b$sex)
data(sir.cont, package = "etm")
s <- sir.cont[order(sir.cont$id, sir.cont$time), ]
s$entry <- ifelse(duplicated(s$id), c(0, head(s$time, -1)), 0)
name <- c("0" = "no ventilation", "1" = "ventilation", "2" = "end of stay", cens = "censored")
sets$sir <- data.frame(id = s$id, entry = s$entry, time = s$time, from = unname(name[as.character(s$from)]),
  to = unname(name[as.character(s$to)]), age = s$age, sex = as.character(s$sex))
for (n in names(sets)) write_csv(sets[[n]], paste0("data_", n, ".csv"))
for (n in c("entry_illness_death", "entry_recovery", "weights_count", "illness_death_continuous")) {
  sets[[n]] <- read.csv(file.path(out, "data", paste0("ms_", n, ".csv")))
}
states <- list(bmtcrr = c("remission", "relapse", "dead"), sir = c("no ventilation", "ventilation", "end of stay"))
for (n in setdiff(names(sets), names(states))) states[[n]] <- c("healthy", "ill", "dead")

# ---------------------------------------------------------------- survfit
occ <- soj <- haz <- NULL
for (n in c("bmtcrr", "sir")) {
  d <- sets[[n]]; st <- states[[n]]
  f <- survfit(Surv(entry, time, factor(to, c("censored", st))) ~ 1, d, id = id, istate = factor(from, st))
  k <- match(st, f$states); p <- f$pstate[, k]
  occ <- rbind(occ, data.frame(dataset = n, state = rep(st, each = length(f$time)), time = rep(f$time, length(st)),
    probability = c(p)))
  for (tau in quantile(f$time, c(0.3, 0.7, 1), names = FALSE)) {
    m <- summary(f, rmean = tau)$table[k, "rmean"]
    grid <- c(0, f$time[f$time < tau]); len <- diff(c(grid, tau))
    area <- colSums(rbind(f$p0[k], p[f$time < tau, , drop = FALSE]) * len)
    stopifnot(max(abs(m - area)) < 1e-10 * max(area))
    soj <- rbind(soj, data.frame(dataset = n, state = st, tau, time_in = unname(m)))
  }
  for (j in colnames(f$cumhaz)) {
    ft <- as.integer(strsplit(j, "[.:]")[[1]])
    haz <- rbind(haz, data.frame(dataset = n, from = f$states[ft[1]], to = f$states[ft[2]], time = f$time,
      hazard = f$cumhaz[, j]))
  }
}
write_csv(occ, "occupancy.csv"); write_csv(soj, "sojourn.csv"); write_csv(haz, "hazard.csv")

# ---------------------------------------------------------------- parametric
fits <- NULL
put <- function(dataset, from, to, clock, family, covs, what, value, tolerance = 1e-8) {
  fits <<- rbind(fits, data.frame(dataset, from, to, clock, family, covariates = covs, what, value, tolerance))
}
rows <- function(n, from, to, clock) {
  d <- sets[[n]]; d <- d[d$from == from, ]; if (is.null(d$weight)) d$weight <- 1
  d$e <- as.integer(d$to == to)
  d$t <- if (clock == "reset") d$time - d$entry else d$time
  d$a <- if (clock == "reset") 0 else d$entry
  d
}
root <- function(f, lower, upper) {                    # uniroot, then Newton on the score until it stands still
  x <- uniroot(f, c(lower, upper), tol = 1e-14, maxiter = 10000)$root
  for (i in 1:3) { h <- 1e-5 * max(1, abs(x)); x1 <- x - f(x) * 2 * h / (f(x + h) - f(x - h)); if (is.finite(x1)) x <- x1 }
  x
}
xlogx <- function(t, k) ifelse(t > 0, t^k * log(t), 0)
exponential <- function(n, from, to, clock) {
  d <- rows(n, from, to, clock); D <- sum(d$weight * d$e); R <- sum(d$weight * (d$t - d$a))
  put(n, from, to, clock, "exponential", "", "rate", log(D / R)); put(n, from, to, clock, "exponential", "", "se:rate", 1 / sqrt(D))
  put(n, from, to, clock, "exponential", "", "logLik", D * log(D / R) - D)
}
weibull <- function(n, from, to, clock) {
  d <- rows(n, from, to, clock); w <- d$weight; ev <- d$e == 1; D <- sum(w[ev])
  A <- function(k) sum(w * (d$t^k - ifelse(d$a > 0, d$a^k, 0)))
  B <- function(k) sum(w * (xlogx(d$t, k) - xlogx(d$a, k)))
  k <- root(function(k) D / k + sum((w * log(d$t))[ev]) - D * B(k) / A(k), 0.05, 12)
  lambda <- D / A(k); scale <- lambda^(-1 / k)
  put(n, from, to, clock, "weibull", "", "shape", log(k)); put(n, from, to, clock, "weibull", "", "scale", log(scale))
  put(n, from, to, clock, "weibull", "", "logLik", D * log(lambda * k) + (k - 1) * sum((w * log(d$t))[ev]) - D)
  if (all(d$a == 0)) {
    s <- survreg(Surv(t, e) ~ 1, d, weights = w, control = list(rel.tolerance = 1e-14, maxiter = 200))
    stopifnot(abs(s$scale * k - 1) < 1e-8, abs(coef(s) - log(scale)) < 1e-8)
  }
}
gompertz <- function(n, from, to, clock) {             # hazard b exp(a t)
  d <- rows(n, from, to, clock); w <- d$weight; ev <- d$e == 1; D <- sum(w[ev])
  S <- function(a) sum(w * (exp(a * d$t) - exp(a * d$a))) / a
  dS <- function(a) sum(w * (d$t * exp(a * d$t) - d$a * exp(a * d$a))) / a - S(a) / a
  m <- max(d$t); g <- function(a) sum((w * d$t)[ev]) - D * dS(a) / S(a)
  a <- if (g(1e-4 / m) > 0) root(g, 1e-4 / m, 50 / m) else root(g, -50 / m, -1e-4 / m)
  rate <- D / S(a)
  put(n, from, to, clock, "gompertz", "", "shape", a, 1e-7); put(n, from, to, clock, "gompertz", "", "rate", log(rate))
  put(n, from, to, clock, "gompertz", "", "logLik", D * log(rate) + a * sum((w * d$t)[ev]) - D)
}
reset_survreg <- function(n, from, to, family, covs) {
  d <- rows(n, from, to, "reset")
  f <- if (covs == "") Surv(t, e) ~ 1 else Surv(t, e) ~ age + sex
  s <- survreg(f, d, weights = d$weight, dist = family, control = list(rel.tolerance = 1e-14, maxiter = 200))
  sign <- if (family == "exponential") -1 else 1
  first <- c(exponential = "rate", weibull = "scale", lognormal = "meanlog", loglogistic = "scale")[[family]]
  nm <- c(first, if (covs != "") c("age", "sex=M"))
  se <- sqrt(diag(s$var))
  for (j in seq_along(nm)) { put(n, from, to, "reset", family, covs, nm[j], sign * coef(s)[[j]])
    put(n, from, to, "reset", family, covs, paste0("se:", nm[j]), se[[j]], 1e-7) }
  if (family != "exponential") { shape <- if (family == "lognormal") "sdlog" else "shape"
    put(n, from, to, "reset", family, covs, shape, if (family == "lognormal") log(s$scale) else -log(s$scale))
    put(n, from, to, "reset", family, covs, paste0("se:", shape), se[[length(se)]], 1e-7) }
  put(n, from, to, "reset", family, covs, "logLik", s$loglik[2])
}
forward_covariates <- function(n, from, to) {
  d <- rows(n, from, to, "forward"); X <- model.matrix(~ age + sex, d)
  g <- glm(e ~ age + sex + offset(log(t - a)), poisson, d, control = list(epsilon = 1e-15, maxit = 200))
  eta <- drop(X %*% coef(g)); nm <- c("rate", "age", "sex=M"); se <- sqrt(diag(vcov(g)))
  for (j in 1:3) { put(n, from, to, "forward", "exponential", "age sex", nm[j], coef(g)[[j]])
    put(n, from, to, "forward", "exponential", "age sex", paste0("se:", nm[j]), se[[j]], 1e-7) }
  put(n, from, to, "forward", "exponential", "age sex", "logLik", sum(d$e * eta) - sum(exp(eta) * (d$t - d$a)))
  ll <- function(th) { k <- exp(th[1]); ls <- drop(X %*% th[-1])   # log scale
    sum(d$e * (log(k) - k * ls + (k - 1) * log(d$t)) - ((d$t / exp(ls))^k - (d$a / exp(ls))^k)) }
  th <- nlminb(c(0, -coef(g)), function(x) -ll(x), control = list(rel.tol = 1e-15, eval.max = 5000, iter.max = 2000))$par
  for (i in 1:6) th <- th - solve(hessian(ll, th), grad(ll, th))
  stopifnot(max(abs(grad(ll, th))) < 1e-5)
  nm <- c("shape", "scale", "age", "sex=M")
  for (j in 1:4) put(n, from, to, "forward", "weibull", "age sex", nm[j], th[j], 1e-6)
  put(n, from, to, "forward", "weibull", "age sex", "logLik", ll(th), 1e-9)
}
seen <- function(n) unique(subset(sets[[n]], to != "censored")[, c("from", "to")])
for (n in names(sets)) {
  tr <- seen(n)
  for (i in seq_len(nrow(tr))) for (clock in c("forward", "reset")) {
    if (clock == "reset" && grepl("^entry", n)) next    # since when they have been in the first state is not known
    exponential(n, tr$from[i], tr$to[i], clock); weibull(n, tr$from[i], tr$to[i], clock); gompertz(n, tr$from[i], tr$to[i], clock)
  }
  if (n %in% c("bmtcrr", "sir")) for (i in seq_len(nrow(tr))) {
    for (family in c("lognormal", "loglogistic")) reset_survreg(n, tr$from[i], tr$to[i], family, "")
    for (family in c("exponential", "weibull", "lognormal", "loglogistic")) reset_survreg(n, tr$from[i], tr$to[i], family, "age sex")
    forward_covariates(n, tr$from[i], tr$to[i])
  }
}
write_csv(fits, "fits.csv")

# ---------------------------------------------------------------- the Markov model with constant rates
series <- function(M, t) {                              # scaling and squaring of the plain series
  s <- max(0, ceiling(log2(max(abs(M * t)) * nrow(M))) + 4); A <- M * t / 2^s; E <- term <- diag(nrow(M))
  for (i in 1:25) { term <- term %*% A / i; E <- E + term }
  for (i in seq_len(s)) E <- E %*% E
  E
}
mk <- NULL
for (n in names(sets)) {
  st <- states[[n]]; d <- sets[[n]]; if (is.null(d$weight)) d$weight <- 1; k <- length(st)
  Q <- matrix(0, k, k, dimnames = list(st, st))
  for (a in st) for (z in setdiff(st, a)) Q[a, z] <- sum(d$weight[d$from == a & d$to == z]) / max(1e-300, sum((d$weight * (d$time - d$entry))[d$from == a]))
  diag(Q) <- -rowSums(Q)
  if (n %in% c("bmtcrr", "sir")) {                      # msm from exactly observed times
    panel <- do.call(rbind, lapply(split(d, d$id), function(x) { x <- x[order(x$time), ]
      data.frame(id = x$id[1], t = c(x$entry[1], x$time), s = match(c(x$from, ifelse(tail(x$to, 1) == "censored", tail(x$from, 1), tail(x$to, 1))), st)) }))
    q0 <- Q; diag(q0) <- 0; q0 <- q0 * 1.3
    fit <- msm(s ~ t, subject = id, data = panel, qmatrix = unname(q0), exacttimes = TRUE, control = list(reltol = 1e-15, maxit = 5000))
    m <- qmatrix.msm(fit, ci = "none"); gap <- max(abs(unclass(m) - unname(Q))) / max(abs(Q))
    cat(n, "msm's rates within", gap, "\n"); stopifnot(gap < 1e-5)
  }
  first <- d[!duplicated(d$id), ]
  if (!all(first$entry == 0)) next                      # the start is estimated otherwise there
  p0 <- sapply(st, function(x) sum(first$weight[first$from == x])) / sum(first$weight)
  for (t in signif(quantile(d$time, c(0.1, 0.5, 0.9, 1), names = FALSE), 3)) {
    P <- MatrixExp(Q, t); p <- drop(p0 %*% P)
    M <- rbind(cbind(Q, diag(k)), matrix(0, k, 2 * k)); E <- series(M, t)
    stopifnot(max(abs(E[1:k, 1:k] - P)) < 1e-12)
    mk <- rbind(mk, data.frame(dataset = n, state = st, time = t, probability = drop(p0 %*% E[1:k, 1:k]),
      time_in = drop(p0 %*% E[1:k, k + 1:k])))
  }
}
write_csv(mk, "markov.csv")
con <- file(file.path(out, "VERSIONS_msfit.txt"), open = "wb")
writeLines(c(R.version.string, sapply(c("survival", "etm", "msm", "numDeriv"), function(p) paste(p, packageVersion(p))),
  paste(nrow(occ) + nrow(soj) + nrow(haz) + nrow(fits) + 2 * nrow(mk), "numbers")), con, sep = "\n"); close(con)
