# Goldens of io.engraft.calibrate: Rscript golden_calibrate.R (from this folder; numDeriv; ten seconds; no random numbers).
# Everything is written out from definitions with base R's d/p/q functions; numDeriv gives derivatives for the last
# Newton steps. Output in ../resources/golden/calibrate:
#   range.csv        median and range of n times: parameters, share by 12 months, time to 95 %, log-density
#   rates.csv        mixtures and an illness-death model calibrated to targets: one row a parameter or attained value
#   posterior.csv    Beta posteriors by qbeta; a two-parameter posterior by quadrature on a grid
suppressMessages(library(numDeriv))
out <- "../resources/golden/calibrate"
dir.create(out, showWarnings = FALSE, recursive = TRUE)
num <- function(x) trimws(formatC(x, digits = 17, format = "g"))
YEAR <- 365.25
checks <- 0
check <- function(ok) { stopifnot(ok); checks <<- checks + 1 }

# Newton's method on a function to be minimised, derivatives by Richardson extrapolation; stops when steps are rounding.
newton <- function(f, x) {
  for (k in 1:40) {
    g <- grad(f, x); h <- hessian(f, x)
    step <- solve(h, g)
    while (!is.finite(f(x - step)) || f(x - step) > f(x) + 1e-9 * (1 + abs(f(x)))) step <- step / 2
    x <- x - step
    if (sqrt(sum(step^2)) < 1e-12) break
  }
  check(sqrt(sum(step^2)) < 1e-7)
  x
}
minimum <- function(f, x) {
  for (k in 1:4) x <- optim(x, f, control = list(reltol = 1e-15, maxit = 20000))$par
  newton(f, x)
}

# Fisher's scoring for shares `seen` of n, and Gauss-Newton for residuals: exact at the optimum up to the Jacobian's error.
scoring <- function(F, seen, n, x, more = NULL) {
  for (k in 1:200) {
    J <- jacobian(F, x); v <- F(x)
    score <- crossprod(J, n * (seen - v) / (v * (1 - v))); info <- crossprod(J, n / (v * (1 - v)) * J)
    if (!is.null(more)) { K <- jacobian(more, x); score <- score - crossprod(K, more(x)); info <- info + crossprod(K) }
    step <- solve(info, score)[, 1]
    x <- x + step
    if (max(abs(step)) < 1e-13) break
  }
  check(max(abs(step)) < 1e-9)
  x
}
gauss <- function(r, x) {
  for (k in 1:200) {
    J <- jacobian(r, x); step <- solve(crossprod(J), crossprod(J, r(x)))[, 1]
    x <- x - step
    if (max(abs(step)) < 1e-13) break
  }
  check(max(abs(step)) < 1e-9)
  x
}

# --- median and range ------------------------------------------------------------------------------------------------
gengammaP <- function(t, mu, sigma, q, lower = TRUE) {
  w <- q * (log(t) - mu) / sigma
  pgamma(exp(w) / q^2, 1 / q^2, lower.tail = (q > 0) == lower)
}
gengammaD <- function(t, mu, sigma, q) {
  w <- q * (log(t) - mu) / sigma
  dgamma(exp(w) / q^2, 1 / q^2, log = TRUE) + w - 2 * log(abs(q)) + log(abs(q) / (sigma * t))
}
families <- list(
  exponential = list(par = "rate", full = 0, held = NULL,
    law = function(x) list(d = function(t) dexp(t, exp(x), log = TRUE), p = function(t) pexp(t, exp(x)), nat = exp(x),
                           q = function(u) qexp(u, exp(x)))),
  weibull = list(par = c("shape", "scale"), full = c(0, 0),
    law = function(x) list(d = function(t) dweibull(t, exp(x[1]), exp(x[2]), log = TRUE),
      p = function(t) pweibull(t, exp(x[1]), exp(x[2])), nat = exp(x), q = function(u) qweibull(u, exp(x[1]), exp(x[2])))),
  lognormal = list(par = c("meanLog", "sdLog"), full = c(0, 0),
    law = function(x) list(d = function(t) dlnorm(t, x[1], exp(x[2]), log = TRUE),
      p = function(t) plnorm(t, x[1], exp(x[2])), nat = c(x[1], exp(x[2])), q = function(u) qlnorm(u, x[1], exp(x[2])))),
  loglogistic = list(par = c("shape", "scale"), full = c(0, 0),
    law = function(x) list(d = function(t) dlogis(log(t), x[2], exp(-x[1]), log = TRUE) - log(t),
      p = function(t) plogis(log(t), x[2], exp(-x[1])), nat = exp(x), q = function(u) exp(qlogis(u, x[2], exp(-x[1]))))),
  gamma = list(par = c("shape", "scale"), full = c(0, 0),
    law = function(x) list(d = function(t) dgamma(t, exp(x[1]), scale = exp(x[2]), log = TRUE),
      p = function(t) pgamma(t, exp(x[1]), scale = exp(x[2])), nat = exp(x), q = function(u) qgamma(u, exp(x[1]), scale = exp(x[2])))),
  gengamma = list(par = c("mu", "sigma", "q"), full = c(0, 0, -0.5),
    law = function(x) list(d = function(t) gengammaD(t, x[1], exp(x[2]), x[3]),
      p = function(t) gengammaP(t, x[1], exp(x[2]), x[3]), nat = c(x[1], exp(x[2]), x[3]),
      q = function(u) uniroot(function(l) gengammaP(exp(l), x[1], exp(x[2]), x[3]) - u, c(-30, 60), tol = 1e-15)$root |> exp())))

rows <- "case,n,median,smallest,largest,method,family,parameter,value,share12,time95,loglik"
put <- function(case, z, method, family, law, scale, value) {
  f <- families[[family]]
  nat <- law$nat
  for (j in seq_along(nat)) {
    v <- nat[j]
    if (f$par[j] == "scale") v <- v * scale
    if (f$par[j] == "rate") v <- v / scale
    if (f$par[j] %in% c("meanLog", "mu")) v <- v + log(scale)
    rows <<- c(rows, paste(case, z[1], num(z[2]), num(z[3]), num(z[4]), method, family, f$par[j], num(v),
      num(law$p(YEAR / scale)), num(law$q(0.95) * scale), if (is.na(value)) "" else num(value), sep = ","))
  }
}
cases <- list(jmml = c(31, 80, 15, 1096), even = c(12, 150, 30, 600), many = c(101, 40, 1.5, 300))
for (case in names(cases)) {
  z <- cases[[case]]; n <- z[1]; m <- z[2]; low <- z[3] / m; high <- z[4] / m
  between <- (n - 3) / 2
  for (family in names(families)) {
    f <- families[[family]]
    if (!(family %in% c("exponential", "gengamma"))) {
      rank <- (n - 0.3) / (n + 0.4)
      target <- function(x) { l <- f$law(x); sum((qlogis(c(l$p(1), l$p(high))) - qlogis(c(0.5, rank)))^2) }
      x <- c(0, 0)
      for (k in 1:6) x <- optim(x, target, control = list(reltol = 0, maxit = 5000))$par
      F <- function(x) { l <- f$law(x); qlogis(c(l$p(1), l$p(high))) - qlogis(c(0.5, rank)) }
      for (k in 1:8) x <- x - solve(jacobian(F, x), F(x))
      check(max(abs(F(x))) < 1e-12)
      put(case, z, "median-rank", family, f$law(x), m, NA)
    }
    full <- function(x) {
      l <- f$law(x)
      value <- sum(l$d(c(low, 1, high))) + between * (log(l$p(1) - l$p(low)) + log(l$p(high) - l$p(1)))
      if (is.finite(value)) -value else 1e10
    }
    x <- if (family == "exponential") optimize(full, c(-10, 10), tol = 1e-12)$minimum else minimum(full, f$full)
    if (family == "exponential") x <- newton(full, x)
    put(case, z, "order-statistics", family, f$law(x), m, -full(x) - 3 * log(m))
    # The median held at 1: the location follows from the others.
    place <- function(y) switch(family,
      exponential = log(log(2)), weibull = c(y, -log(log(2)) / exp(y)), lognormal = c(0, y), loglogistic = c(y, 0),
      gamma = c(y, -log(qgamma(0.5, exp(y)))),
      gengamma = c(-log(families$gengamma$law(c(0, y))$q(0.5)), y))
    range <- function(y) {
      l <- f$law(place(y))
      value <- sum(l$d(c(low, high))) + (n - 2) * log(l$p(high) - l$p(low))
      if (is.finite(value)) -value else 1e10
    }
    y <- switch(family, exponential = numeric(0), gengamma = minimum(range, c(0, -0.5)),
      newton(range, optimize(range, c(-5, 5), tol = 1e-10)$minimum))
    put(case, z, "range-likelihood", family, f$law(place(y)), m, -range(y) - 2 * log(m))
  }
}
writeLines(rows, file.path(out, "range.csv"))
ranges <- length(rows) - 1

# --- rates -----------------------------------------------------------------------------------------------------------
rates <- "case,name,value"
keep <- function(case, names, values) rates <<- c(rates, paste(case, names, num(values), sep = ","))
times <- c(6, 12, 24, 60)
# Cure, relapse (Weibull), nrm (second law): incidences at four times, each of 100.
ciR <- c(0.19, 0.27, 0.32, 0.35); ciN <- c(0.10, 0.13, 0.14, 0.15); n <- 100
second <- list(weibull = function(t, a, b) pweibull(t, exp(a), exp(b)), gamma = function(t, a, b) pgamma(t, exp(a), scale = exp(b)),
  loglogistic = function(t, a, b) plogis(exp(a) * (log(t) - b)))
p3 <- function(x) { e <- exp(c(x[1], x[2], 0)); e / sum(e) }  # cure : nrm, relapse : nrm
for (name in names(second)) {
  F <- function(x) c(p3(x)[2] * pweibull(times, exp(x[3]), exp(x[4])), p3(x)[3] * second[[name]](times, x[5], x[6]))
  seen <- c(ciR, ciN)
  clamped <- (n * seen + 0.5) / (n + 1)
  se <- sqrt(clamped * (1 - clamped) / n)
  ss <- function(x) sum(((F(x) - seen) / se)^2)
  ll <- function(x) -sum(n * (seen * log(seen / F(x)) + (1 - seen) * log((1 - seen) / (1 - F(x)))))
  start <- c(1.2, 0.85, -0.3, 1.5, 0, 1.5)
  for (form in c("squares", "likelihood")) {
    f <- if (form == "squares") ss else function(x) -ll(x)
    near <- minimum(f, start)
    x <- if (form == "squares") gauss(function(x) (F(x) - seen) / se, near) else scoring(F, seen, n, near)
    check(max(abs(x - near)) < 1e-6)
    case <- paste("mixture", name, form, sep = "-")
    keep(case, c("remission/cure/probability", "remission/relapse/probability", "remission/nrm/probability"), p3(x))
    keep(case, c("remission/relapse/shape", "remission/relapse/scale", "remission/nrm/shape", "remission/nrm/scale"), exp(x[3:6]))
    keep(case, c("squares", "loglik"), c(ss(x), ll(x)))
  }
}
# Illness and death with constant rates: h -> i (a), h -> d (b), i -> d (c); closed forms.
Ph <- function(t, a, b, c) exp(-(a + b) * t)
Pi <- function(t, a, b, c) a * (exp(-(a + b) * t) - exp(-c * t)) / (c - a - b)
ID <- function(x) { a <- exp(x[1]); b <- exp(x[2]); c <- exp(x[3])
  median <- uniroot(function(t) Ph(t, a, b, c) + Pi(t, a, b, c) - 0.5, c(0.01, 200), tol = 1e-15)$root
  c(Ph(5, a, b, c), Pi(5, a, b, c), 1 - Ph(10, a, b, c) - Pi(10, a, b, c), a / (a + b), median) }
seen <- c(0.42, 0.2, 0.6, 0.62, 7.5); se <- c(0.05, 0.04, 0.05, 0.06, 1 / 7.5)
residual <- function(x) { v <- ID(x); (c(v[1:4] - seen[1:4], log(v[5] / seen[5]))) / se }
x <- c(-2, -3, -1)
x <- gauss(residual, x)
keep("illness", c("h/i/rate", "h/d/rate", "i/d/rate"), exp(x))
keep("illness", paste0("attained", 1:5), ID(x)); keep("illness", "squares", sum(residual(x)^2))
# By likelihood: the first three as shares of 60, 60 and 80.
m <- c(60, 60, 80)
f <- function(x) { v <- ID(x)[1:3]; s <- seen[1:3]; sum(m * (s * log(s / v) + (1 - s) * log((1 - s) / (1 - v)))) + residual(x)[5]^2 / 2 }
near <- minimum(f, x)
x <- scoring(function(x) ID(x)[1:3], seen[1:3], m, near, function(x) residual(x)[5])
check(max(abs(x - near)) < 1e-5)
keep("illness-likelihood", c("h/i/rate", "h/d/rate", "i/d/rate"), exp(x)); keep("illness-likelihood", "loglik", -f(x))
writeLines(rates, file.path(out, "rates.csv"))

# --- posteriors ------------------------------------------------------------------------------------------------------
post <- "case,what,value"
say <- function(case, what, value) post <<- c(post, paste(case, what, num(value), sep = ","))
for (z in list(c(40, 0.35), c(91, 0.34), c(10, 0.1), c(200, 0.9))) {
  a <- z[1] * z[2] + 1; b <- z[1] * (1 - z[2]) + 1; case <- paste0("beta-", z[1], "-", z[2])
  say(case, c("mean", "sd", "lower", "upper"), c(a / (a + b), sqrt(a * b / ((a + b)^2 * (a + b + 1))), qbeta(c(0.025, 0.975), a, b)))
}
# Weibull survival 0.6 at 12 and 0.4 at 60, 50 patients each; log shape ~ N(0, 1), log scale ~ N(3.5, 1.5).
u <- seq(-3, 2, length.out = 2001); v <- seq(-2, 10, length.out = 2401)
g <- expand.grid(u = u, v = v)
S <- function(t) exp(-(t / exp(g$v))^exp(g$u))
lp <- 50 * (0.6 * log(S(12)) + 0.4 * log1p(-S(12))) + 50 * (0.4 * log(S(60)) + 0.6 * log1p(-S(60))) - g$u^2 / 2 - ((g$v - 3.5) / 1.5)^2 / 2
lp[is.nan(lp)] <- -Inf
w <- exp(lp - max(lp)); w <- w / sum(w)
quant <- function(x, p) { o <- order(x); cw <- cumsum(w[o]) - w[o] / 2; approx(cw, x[o], p, ties = "ordered")$y }
for (what in c("shape", "scale", "survival24")) {
  x <- switch(what, shape = exp(g$u), scale = exp(g$v), survival24 = S(24))
  mean <- sum(w * x)
  say("weibull-grid", paste0(what, c("-mean", "-sd", "-lower", "-upper")), c(mean, sqrt(sum(w * (x - mean)^2)), quant(x, 0.025), quant(x, 0.975)))
}
writeLines(post, file.path(out, "posterior.csv"))
writeLines(c(R.version.string, paste("numDeriv", packageVersion("numDeriv")),
  paste("range.csv", ranges, "rows; rates.csv", length(rates) - 1, "rows; posterior.csv", length(post) - 1, "rows"),
  paste(checks, "checks passed")), file.path(out, "VERSIONS_calibrate.txt"))
