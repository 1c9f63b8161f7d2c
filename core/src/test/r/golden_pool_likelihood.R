# Golden values of the binomial-normal pool of io.engraft.evidence: maximum and limits by hand from the likelihood (nested
# optimize and uniroot over Gauss-Hermite nodes placed at each study's mode), the maximum checked against lme4 and metafor.
# Rscript golden_pool_likelihood.R ../resources/golden
suppressMessages({library(lme4); library(metafor); library(numDeriv)})
out <- commandArgs(TRUE)[1]
num <- function(x) sprintf("%.17g", x)
studies <- read.csv(file.path(out, "pool_studies.csv"))
rare <- list(rare10 = data.frame(x = c(0, 1, 0, 2, 0, 0, 1, 0, 3, 0), n = c(31, 50, 17, 60, 22, 41, 38, 12, 55, 29)),
             rare3 = data.frame(x = c(0, 1, 2), n = c(20, 33, 41)),
             agree = data.frame(x = c(4, 10, 3), n = c(12, 30, 9)),
             nearly = data.frame(x = c(4, 9, 3), n = c(12, 30, 9)),
             page = data.frame(x = c(12, 30, 22, 15), n = c(40, 64, 91, 59)))
sets <- c(split(studies[, c("x", "n")], studies$dataset)[unique(studies$dataset)], rare)

# nodes and weights of Gauss-Hermite by Golub and Welsch
J <- 90; b <- sqrt(seq_len(J - 1) / 2); A <- matrix(0, J, J); A[cbind(1:(J - 1), 2:J)] <- b; A[cbind(2:J, 1:(J - 1))] <- b
e <- eigen(A, symmetric = TRUE); node <- e$values; lw <- log(sqrt(pi)) + 2 * log(abs(e$vectors[1, ])) + node^2
ll1 <- function(mu, tau, x, n) {
  h <- function(u) { eta <- mu + tau * u; x * plogis(eta, log.p = TRUE) + (n - x) * plogis(-eta, log.p = TRUE) - u^2 / 2 }
  u <- 0
  for (i in 1:200) { p <- plogis(mu + tau * u); s <- ((x - n * p) * tau - u) / (n * p * (1 - p) * tau^2 + 1)
    while (h(u + s) < h(u) && abs(s) > 1e-12) s <- s / 2
    u <- u + s; if (abs(s) < 1e-10) break }
  p <- plogis(mu + tau * u); sc <- 1 / sqrt(n * p * (1 - p) * tau^2 + 1)
  v <- h(u + sqrt(2) * sc * node) + lw; m <- max(v)
  lchoose(n, x) + log(sqrt(2) * sc) - log(2 * pi) / 2 + m + log(sum(exp(v - m)))
}
ll <- function(mu, tau, d) sum(mapply(function(x, n) ll1(mu, tau, x, n), d$x, d$n))
bestMu <- function(tau, d, extra = function(m) 0) optimize(function(m) ll(m, tau, d) + extra(m), c(-12, 12), maximum = TRUE, tol = 1e-9)
lines <- "dataset,k,mu,tau2,loglik,se,lower,upper,pi_lower,pi_upper,cp_lower,cp_upper,q,q_p,mean"
worst <- c(mu = 0, tau2 = 0, ll = 0)
for (s in names(sets)) {
  d <- sets[[s]]; k <- nrow(d)
  f <- function(q) -ll(q[1], q[2], d)
  start <- c(qlogis(sum(d$x) / sum(d$n)), .5)
  o <- optim(start, f, method = "L-BFGS-B", lower = c(-15, 0), upper = c(15, 20), control = list(factr = 10))
  mu <- o$par[1]; tau <- o$par[2]
  if (tau < 1e-3) { tau <- 0; mu <- qlogis(sum(d$x) / sum(d$n)) } else for (i in 1:4) {
    q <- c(mu, tau) - solve(hessian(f, c(mu, tau)), grad(f, c(mu, tau))); mu <- q[1]; tau <- q[2] }
  top <- ll(mu, tau, d)
  se <- if (tau == 0) 1 / sqrt(sum(d$n) * plogis(mu) * plogis(-mu)) else sqrt(solve(hessian(f, c(mu, tau)))[1, 1])
  # lme4 and metafor, as tight as they go
  d$s <- factor(seq_len(k))
  for (tol in 10^-(14:7)) { g <- suppressWarnings(suppressMessages(try(glmer(cbind(x, n - x) ~ 1 + (1 | s), d, family = binomial, nAGQ = 50,
    control = glmerControl(optimizer = "nloptwrap", optCtrl = list(algorithm = "NLOPT_LN_BOBYQA", xtol_abs = 1e-13, ftol_abs = 1e-15,
    xtol_rel = 1e-13, ftol_rel = 1e-15, maxeval = 1e5), tolPwrss = tol)), silent = TRUE))); if (!inherits(g, "try-error")) break }
  r <- suppressWarnings(try(rma.glmm(measure = "PLO", xi = x, ni = n, data = d, nAGQ = 50), silent = TRUE))
  # lme4 counts its log-likelihood from that of a probability a study
  # where a study has one event and the rest have next to none, lme4 may find no way at all
  away <- if (inherits(g, "try-error")) rep(NA, 3) else abs(c(fixef(g) - mu, VarCorr(g)$s[1] - tau^2, as.numeric(logLik(g)) + sum(dbinom(d$x, d$n, d$x / d$n, log = TRUE)) - top))
  lr <- if (inherits(r, "try-error")) NA else as.numeric(logLik(r))
  cat(sprintf("%-14s tau %.6f tol %.0e lme4: mu %.1e tau2 %.1e ll %.1e; loglik %.10f metafor %.10f (mu %.1e)\n", s, tau, tol, away[1], away[2], away[3], top, lr, if (inherits(r, "try-error")) NA else abs(r$beta - mu)))
  worst <- pmax(worst, away, na.rm = TRUE)
  # limits
  t <- qt(.975, k - 1); cc <- k * log(1 + t^2 / (k - 1)); cap <- max(1.5, tau * sqrt(1 + t^2 / (k - 1)))
  overTau <- function(h) { grid <- cap * (seq(0, 1, length.out = 13))^2; v <- sapply(grid, h); i <- which.max(v)
    max(v[i], optimize(h, c(grid[max(1, i - 1)], grid[min(13, i + 1)]), maximum = TRUE, tol = 1e-7)$objective) }
  prof <- function(m) 2 * (top - overTau(function(t) ll(m, t, d))) - cc
  reach <- function(F, side) { w <- .5; while (F(mu + side * w) < 0) w <- w * 1.6; uniroot(F, sort(mu + side * c(0, w)), tol = 1e-9)$root }
  lim <- c(reach(prof, -1), reach(prof, 1))
  new <- function(th) 2 * (top - overTau(function(t) if (t == 0) ll(th, 0, d) else bestMu(t, d, function(m) -((th - m) / t)^2 / 2)$objective)) - cc
  pil <- c(reach(new, -1), reach(new, 1))
  X <- sum(d$x); N <- sum(d$n); P <- X / N
  Q <- sum((d$x - d$n * P)^2 / (d$n * P * (1 - P)))
  mean <- integrate(function(u) plogis(mu + tau * u) * dnorm(u), -Inf, Inf, rel.tol = 1e-11)$value
  lines <- c(lines, paste(c(s, k, num(c(mu, tau^2, top, se, lim, pil, binom.test(X, N)$conf.int, Q,
    pchisq(Q, k - 1, lower.tail = FALSE), mean))), collapse = ","))
}
sets <- do.call(rbind, lapply(names(sets), function(s) cbind(dataset = s, sets[[s]][, c("x", "n")])))
write.table(sets, file.path(out, "pool_likelihood_studies.csv"), sep = ",", quote = FALSE, row.names = FALSE)
writeLines(lines, file.path(out, "pool_likelihood.csv"))
print(worst)
writeLines(c(R.version.string, paste("lme4", packageVersion("lme4")), paste("metafor", packageVersion("metafor")),
  sprintf("lme4's mu, tau^2 and log-likelihood within %.1e, %.1e and %.1e of the values by hand", worst[1], worst[2], worst[3])), file.path(out, "VERSIONS_pool_likelihood.txt"))
