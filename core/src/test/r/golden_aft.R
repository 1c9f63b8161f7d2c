# Golden values for parametric models:  Rscript golden_aft.R ../resources/golden
# survreg for location-scale models; for the other families the likelihood is written out here with R's own d and p
# functions and maximised by optim, then Newton steps on numDeriv's Richardson derivatives.
suppressPackageStartupMessages({library(survival); library(numDeriv); library(survey)})
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "aft"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
set.seed(20261122, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

make <- function(n, law, cmax, round_to = 0, unit = 1) {
  x1 <- rnorm(n); x2 <- rbinom(n, 1, 0.4); year <- 1995 + sample(0:25, n, TRUE)
  g <- sample(c("CR1", "CR2", "adv"), n, TRUE); s <- sample(c("a", "b"), n, TRUE)
  lp <- 1.5 + 0.4 * x1 - 0.6 * x2 + 0.01 * (year - 2007) + 0.3 * (g == "adv")
  sc <- ifelse(s == "a", 0.7, 1.1)
  e <- switch(law, weibull = log(rexp(n)), lognormal = rnorm(n), loglogistic = rlogis(n))
  t <- exp(lp + sc * e); c <- runif(n, 0, cmax)
  status <- as.integer(t <= c); time <- pmin(t, c)
  if (round_to > 0) time <- pmax(round_to, ceiling(time / round_to) * round_to)
  time <- pmax(time, 1e-3) * unit
  width <- exp(rnorm(n, -1, 0.5)) * unit
  kind <- sample(c("exact", "interval", "left"), n, TRUE, c(0.5, 0.35, 0.15))
  left <- ifelse(status == 0 | kind == "exact", time, ifelse(kind == "left", 0, pmax(time - width, 0)))
  right <- ifelse(status == 0, Inf, ifelse(kind == "exact", time, time + width))
  data.frame(time = time, status = status, left = left, right = right, x1 = x1, x2 = x2, year = year, g = g, s = s,
             freq = sample(1:3, n, TRUE), samp = round(rexp(n) + 0.2, 3), cluster = sample(1:15, n, TRUE),
             entry = time * runif(n, 0, 0.9) * rbinom(n, 1, 0.6))
}
sets <- list(wei = make(120, "weibull", 12), logn = make(80, "lognormal", 9), logl = make(300, "loglogistic", 15, 0.25),
             days = make(150, "weibull", 20, 0.05, 365.25))
for (nm in names(sets)) {
  d <- sets[[nm]]
  w <- d; for (v in c("time", "left", "right", "x1", "samp", "entry")) w[[v]] <- num(d[[v]])
  w$right[is.infinite(d$right)] <- "Inf"
  write.csv(w, file.path(dir, paste0("data_", nm, ".csv")), row.names = FALSE, quote = FALSE)
}
contr <- function(d) { d$g <- factor(d$g, levels = c("CR1", "CR2", "adv")); d }   # code point order
ctl <- survreg.control(rel.tolerance = 1e-13, maxiter = 500)
dists <- c("exponential", "weibull", "rayleigh", "lognormal", "loglogistic", "gaussian", "logistic")
cases <- list(); coefs <- list(); resid <- list()
for (nm in names(sets)) for (dist in dists) {
  d <- contr(sets[[nm]])
  fixed <- dist %in% c("exponential", "rayleigh")
  opts <- c("null", "covariates", "frequency", "sampling", "cluster", "interval", "intervalnull",
            if (!fixed) c("strata", "stratafrequency"))
  for (opt in opts) {
    y <- if (grepl("interval", opt)) Surv(ifelse(d$left == 0, NA, d$left), ifelse(is.infinite(d$right), NA, d$right),
                                          type = "interval2") else Surv(d$time, d$status)
    d$y <- y
    f <- switch(opt, null = , intervalnull = y ~ 1, covariates = , interval = y ~ x1 + x2 + year + g,
                frequency = y ~ x1 + g, sampling = y ~ x1 + x2, cluster = y ~ x1 + x2 + g,
                strata = y ~ x1 + x2 + strata(s), stratafrequency = y ~ x2 + strata(s))
    if (grepl("interval", opt) && dist %in% c("gaussian", "logistic")) next
    a <- list(formula = f, data = d, dist = dist, control = ctl)
    if (opt %in% c("frequency", "stratafrequency")) a$weights <- d$freq
    if (opt == "sampling") { a$weights <- d$samp; a$robust <- TRUE }
    if (opt == "cluster") { a$cluster <- d$cluster; a$robust <- TRUE }
    fit <- do.call(survreg, a)
    stopifnot(all(is.finite(fit$coefficients)))
    naive <- if (is.null(fit$naive.var)) fit$var else fit$naive.var
    robust <- if (is.null(fit$naive.var)) NULL else sqrt(diag(fit$var))
    if (opt == "sampling") {
      # survreg 3.5-3 leaves the weights out of the scores of its sandwich; svysurvreg does not. Its variance has the factor n / (n - 1).
      sv <- do.call(svysurvreg, list(formula = f, design = svydesign(~1, weights = ~samp, data = d), dist = dist, control = ctl))
      stopifnot(max(abs(coef(sv) - coef(fit))) < 1e-9)
      robust <- sqrt(diag(vcov(sv)) * (nrow(d) - 1) / nrow(d))
    }
    est <- c(fit$coefficients, if (!fixed) log(fit$scale))
    lab <- c(names(fit$coefficients), if (!fixed) if (grepl("strata", opt)) paste0("Log(scale)[", names(fit$scale), "]") else "Log(scale)")
    lab <- sub("^g(CR2|adv)$", "g=\\1", lab)
    id <- paste(nm, dist, opt, sep = "_")
    cases[[id]] <- data.frame(case = id, data = nm, distribution = dist, option = opt,
                              null = num(fit$loglik[1]), model = num(fit$loglik[2]))
    coefs[[id]] <- data.frame(case = id, name = lab, estimate = num(est), std_err = num(sqrt(diag(naive))),
                              robust = if (is.null(robust)) "" else num(robust))
    if (opt == "covariates")
      resid[[id]] <- data.frame(case = id, row = seq_along(d$time), response = num(residuals(fit, "response")),
                                deviance = num(residuals(fit, "deviance")),
                                median = num(predict(fit, type = "quantile", p = 0.5)),
                                median_se = num(predict(fit, type = "quantile", p = 0.5, se.fit = TRUE)$se.fit))[1:20, ]
  }
}
wr <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
wr(cases, "survreg_cases.csv"); wr(coefs, "survreg_coefficients.csv"); wr(resid, "survreg_rows.csv")

# ---- families that survreg has not ----
lS <- list(
  gamma = function(t, p) pgamma(t, exp(p[[1]]), exp(p[[2]]), lower.tail = FALSE, log.p = TRUE),
  gompertz = function(t, p) -exp(p[[2]]) * expm1(p[[1]] * t) / p[[1]],
  gengamma = function(t, p) { w <- (log(t) - p[[1]]) / exp(p[[2]]); a <- p[[3]]^-2
    pgamma(a * exp(p[[3]] * w), a, lower.tail = p[[3]] < 0, log.p = TRUE) },
  weibull = function(t, p) -(t / exp(p[[2]]))^exp(p[[1]]),
  lognormal = function(t, p) plnorm(t, p[[1]], exp(p[[2]]), lower.tail = FALSE, log.p = TRUE),
  loglogistic = function(t, p) plogis(exp(p[[1]]) * (log(t) - p[[2]]), lower.tail = FALSE, log.p = TRUE),
  exponential = function(t, p) -exp(p[[1]]) * t)
lf <- list(
  gamma = function(t, p) dgamma(t, exp(p[[1]]), exp(p[[2]]), log = TRUE),
  gompertz = function(t, p) p[[2]] + p[[1]] * t + lS$gompertz(t, p),
  gengamma = function(t, p) { w <- (log(t) - p[[1]]) / exp(p[[2]]); a <- p[[3]]^-2
    log(abs(p[[3]])) + a * log(a) - lgamma(a) + a * (p[[3]] * w - exp(p[[3]] * w)) - p[[2]] - log(t) },
  weibull = function(t, p) dweibull(t, exp(p[[1]]), exp(p[[2]]), log = TRUE),
  lognormal = function(t, p) dlnorm(t, p[[1]], exp(p[[2]]), log = TRUE),
  loglogistic = function(t, p) dlogis(exp(p[[1]]) * (log(t) - p[[2]]), log = TRUE) + p[[1]] - log(t),
  exponential = function(t, p) p[[1]] - exp(p[[1]]) * t)
for (b in c("weibull", "lognormal", "loglogistic", "exponential", "gamma")) local({ b <- b
  lS[[paste0("cure-", b)]] <<- function(t, p) { c <- plogis(p[[1]]); log(c + (1 - c) * exp(lS[[b]](t, p[-1]))) }
  lf[[paste0("cure-", b)]] <<- function(t, p) plogis(p[[1]], lower.tail = FALSE, log.p = TRUE) + lf[[b]](t, p[-1]) })
basis <- function(x, k) { m <- length(k); cbind(1 + 0 * x, x, if (m > 2) sapply(2:(m - 1), function(j) {
  l <- (k[m] - k[j]) / (k[m] - k[1]); pmax(x - k[j], 0)^3 - l * pmax(x - k[1], 0)^3 - (1 - l) * pmax(x - k[m], 0)^3 })) }
dbasis <- function(x, k) { m <- length(k); cbind(0 * x, 1 + 0 * x, if (m > 2) sapply(2:(m - 1), function(j) {
  l <- (k[m] - k[j]) / (k[m] - k[1]); 3 * (pmax(x - k[j], 0)^2 - l * pmax(x - k[1], 0)^2 - (1 - l) * pmax(x - k[m], 0)^2) })) }
spline <- function(scale, k) {
  dens <- switch(scale, hazard = function(s) s - exp(s), odds = function(s) dlogis(s, log = TRUE),
                 normal = function(s) dnorm(s, log = TRUE))
  surv <- switch(scale, hazard = function(s) -exp(s), odds = function(s) plogis(s, lower.tail = FALSE, log.p = TRUE),
                 normal = function(s) pnorm(s, lower.tail = FALSE, log.p = TRUE))
  list(S = function(t, p) surv(rowSums(basis(log(t), k) * do.call(cbind, p))),
       f = function(t, p) { s <- rowSums(basis(log(t), k) * do.call(cbind, p))
         ds <- rowSums(dbasis(log(t), k) * do.call(cbind, p))
         dens(s) + suppressWarnings(log(ds)) - log(t) }) }
# X: design on parameter number `loc`; a second design Z on parameter number `anc` (0 for none)
loglik <- function(th, S, f, np, loc, d, X, anc, Z, entry, w) {
  base <- th[1:np]; bx <- th[np + seq_len(ncol(X))]; bz <- th[np + ncol(X) + seq_len(ncol(Z))]
  p <- lapply(base, function(b) rep(b, nrow(d)))
  if (ncol(X)) p[[loc]] <- p[[loc]] + drop(X %*% bx)
  if (ncol(Z)) p[[anc]] <- p[[anc]] + drop(Z %*% bz)
  at <- function(rows) lapply(p, function(v) v[rows])
  ev <- d$status == 1
  v <- numeric(nrow(d)); v[ev] <- f(d$time[ev], at(ev)); v[!ev] <- S(d$time[!ev], at(!ev))
  if (entry) { late <- d$entry > 0; v[late] <- v[late] - S(d$entry[late], at(late)) }
  sum(w * v)
}
maximise <- function(fn, start) {
  o <- optim(start, function(z) { v <- fn(z); if (is.finite(v)) -v else 1e10 }, method = "BFGS",
             control = list(maxit = 2000, reltol = 1e-14))
  th <- o$par
  for (k in 1:20) { g <- grad(fn, th, method.args = list(d = 0.01, eps = 1e-3, r = 6)); V <- solve(-hessian(fn, th)); step <- drop(V %*% g); size <- max(abs(step) / sqrt(abs(diag(V))))
    while (!isTRUE(fn(th + step) > fn(th) - 1e-9)) step <- step / 2
    th <- th + step
    if (size < 1e-10) break }
  stopifnot(size < 1e-7)
  s <- sqrt(diag(V))   # steps of a twentieth of a standard error
  list(par = th, value = fn(th), se = s * sqrt(diag(solve(-hessian(function(u) fn(th + s * u), 0 * th, method.args = list(eps = 0.05, r = 6))))))
}
gc1 <- list(); gc2 <- list()
add <- function(id, nm, family, opt, o, names) {
  gc1[[id]] <<- data.frame(case = id, data = nm, family = family, option = opt, model = num(o$value))
  gc2[[id]] <<- data.frame(case = id, name = names, estimate = num(o$par), std_err = num(o$se))
}
none <- function(d) matrix(0, nrow(d), 0)
start <- list(gamma = function(d) c(0, log(sum(d$status) / sum(d$time))), gompertz = function(d) c(0.001, log(sum(d$status) / sum(d$time))),
  gengamma = function(d) { s <- survreg(Surv(time, status) ~ 1, d, dist = "weibull"); c(s$coefficients, log(s$scale), 0.7) },
  weibull = function(d) { s <- survreg(Surv(time, status) ~ 1, d, dist = "weibull"); c(-log(s$scale), s$coefficients) },
  lognormal = function(d) { s <- survreg(Surv(time, status) ~ 1, d, dist = "lognormal"); c(s$coefficients, log(s$scale)) },
  loglogistic = function(d) { s <- survreg(Surv(time, status) ~ 1, d, dist = "loglogistic"); c(-log(s$scale), s$coefficients) },
  exponential = function(d) log(sum(d$status) / sum(d$time)))
pn <- list(gamma = c("shape", "rate"), gompertz = c("shape", "rate"), gengamma = c("mu", "sigma", "Q"),
  weibull = c("shape", "scale"), lognormal = c("meanlog", "sdlog"), loglogistic = c("shape", "scale"), exponential = "rate")
loc <- c(gamma = 2, gompertz = 2, gengamma = 1, weibull = 2, lognormal = 1, loglogistic = 2, exponential = 1)
for (nm in c("wei", "logn", "logl")) {
  d <- sets[[nm]]; one <- rep(1, nrow(d))
  for (fam in names(pn)) for (opt in c("plain", "entry", "covariates", "ancillary")) {
    if (opt == "plain" && fam %in% c("weibull", "lognormal", "loglogistic", "exponential")) next
    if (opt == "ancillary" && fam == "exponential") next
    anc <- if (fam == "exponential") 0 else c(2, 1)[loc[[fam]]]
    X <- if (opt %in% c("covariates", "ancillary")) cbind(d$x1, d$x2) else none(d)
    Z <- if (opt == "ancillary") cbind(d$x2) else none(d)
    np <- length(pn[[fam]]); ent <- opt %in% c("entry", "covariates"); w <- if (opt == "covariates") d$freq else one
    o <- maximise(function(z) loglik(z, lS[[fam]], lf[[fam]], np, loc[[fam]], d, X, anc, Z, ent, w),
                  c(start[[fam]](d), rep(0, ncol(X) + ncol(Z))))
    add(paste(nm, fam, opt, sep = "_"), nm, fam, opt, o,
        c(pn[[fam]], if (ncol(X)) c("x1", "x2"), if (ncol(Z)) paste0(pn[[fam]][anc], "(x2)")))
  }
}
for (nm in c("wei", "logn", "logl")) for (sc in c("hazard", "odds", "normal")) for (k in 1:2) for (opt in c("plain", "covariates")) {
  d <- sets[[nm]]; kn <- quantile(log(d$time[d$status == 1]), seq(0, 1, length.out = k + 2), names = FALSE)
  sp <- spline(sc, kn); X <- if (opt == "covariates") cbind(d$x1, d$x2) else none(d)
  s0 <- log(sum(d$status) / sum(d$time))
  o <- maximise(function(z) loglik(z, sp$S, sp$f, k + 2, 1, d, X, 0, none(d), FALSE, rep(1, nrow(d))),
                c(s0, 1, rep(0, k + ncol(X))))
  fam <- paste("spline", sc, k, sep = "-")
  add(paste(nm, fam, opt, sep = "_"), nm, fam, opt, o, c(paste0("gamma", 0:(k + 1)), if (ncol(X)) c("x1", "x2")))
}
# cured: a share that the follow-up shows
n <- 250; x2 <- rbinom(n, 1, 0.5); u <- runif(n) < plogis(-0.4 + 0.8 * x2)
t <- ifelse(u, Inf, rweibull(n, 1.3, 1.5)); cc <- runif(n, 2, 9)
cu <- data.frame(time = pmin(t, cc), status = as.integer(t <= cc), x1 = rnorm(n), x2 = x2, entry = 0)
w <- cu; for (v in c("time", "x1")) w[[v]] <- num(cu[[v]])
write.csv(w, file.path(dir, "data_cured.csv"), row.names = FALSE, quote = FALSE)
for (b in c("weibull", "lognormal", "loglogistic", "exponential", "gamma")) for (opt in c("plain", "covariates", "ancillary")) {
  fam <- paste0("cure-", b); ev <- cu[cu$status == 1, ]
  np <- 1 + length(pn[[b]]); X <- if (opt == "plain") none(cu) else cbind(cu$x2)
  Z <- if (opt == "ancillary") cbind(cu$x1) else none(cu); anc <- 1 + loc[[b]]
  o <- maximise(function(z) loglik(z, lS[[fam]], lf[[fam]], np, 1, cu, X, anc, Z, FALSE, rep(1, n)),
                c(qlogis(0.9 * mean(cu$status == 0)), start[[b]](ev), rep(0, ncol(X) + ncol(Z))))
  add(paste("cured", fam, opt, sep = "_"), "cured", fam, opt, o,
      c("cured", pn[[b]], if (ncol(X)) "x2", if (ncol(Z)) paste0(pn[[b]][loc[[b]]], "(x1)")))
}
wr(gc1, "family_cases.csv"); wr(gc2, "family_coefficients.csv")
# profile likelihood interval of the cured share, Weibull base
fn <- function(z) loglik(z, lS[["cure-weibull"]], lf[["cure-weibull"]], 3, 1, cu, none(cu), 0, none(cu), FALSE, rep(1, n))
mle <- as.numeric(gc2[["cured_cure-weibull_plain"]]$estimate); top <- fn(mle)
prof <- function(q) { f <- function(z) fn(c(q, z)); o <- optim(mle[-1], function(z) -f(z), method = "BFGS", control = list(reltol = 1e-15))
  th <- o$par; for (k in 1:4) th <- th + solve(-hessian(f, th), grad(f, th)); 2 * (top - f(th)) - qchisq(0.95, 1) }
lo <- uniroot(prof, c(mle[1] - 1.5, mle[1]), tol = 1e-10)$root; hi <- uniroot(prof, c(mle[1], mle[1] + 1.5), tol = 1e-10)$root
writeLines(c("level,lower,upper", paste(c("0.95", num(plogis(lo)), num(plogis(hi))), collapse = ",")), file.path(dir, "cure_profile.csv"))
writeLines(c(paste("R", getRversion()), paste("survival", packageVersion("survival")), paste("survey", packageVersion("survey")), paste("numDeriv", packageVersion("numDeriv")),
             paste("survreg cases", length(cases)), paste("family cases", length(gc1))), file.path(out, "VERSIONS_aft.txt"))
