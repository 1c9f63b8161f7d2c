# Golden values of io.engraft.evidence: exact proportions (stats), beta-binomial ranges (by hand), pooled proportions
# (metafor, and by hand with uniroot). Rscript golden_evidence.R ../resources/golden
suppressMessages(library(metafor))
out <- commandArgs(TRUE)[1]
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
set.seed(20261122)

# ---- exact proportions ------------------------------------------------------------------------------------------------
xn <- rbind(c(22, 60), c(0, 10), c(10, 10), c(1, 1), c(0, 1), c(1, 2), c(35, 100), c(11, 18), c(14, 17), c(5, 10), c(7, 10),
            c(6, 21), c(3, 14), c(1, 1e6), c(0, 1e6), c(350000, 1e6), c(999999, 1e6), c(1e6, 1e6), c(500123, 1e6), c(17, 1e5))
xn <- rbind(xn, t(sapply(1:40, function(i) { n <- sample(c(5, 30, 100, 1000, 20000), 1); c(rbinom(1, n, runif(1)), n) })))
lines <- "x,n,level,cp_low,cp_high,wilson_low,wilson_high,jeffreys_low,jeffreys_high"
for (i in seq_len(nrow(xn))) for (level in c(0.95, 0.9, 0.999)) {
  x <- xn[i, 1]; n <- xn[i, 2]; a <- (1 - level) / 2
  cp <- binom.test(x, n, conf.level = level)$conf.int
  z <- qnorm(a, lower.tail = FALSE)
  # the score interval is the set of p with (x - np)^2 <= z^2 np(1-p): roots of a quadratic, checked against prop.test
  # (for x > n/2 by symmetry, as the difference of nearly equal numbers loses digits there)
  y <- min(x, n - x); A <- 1 + z^2 / n; B <- -(2 * y / n + z^2 / n); C <- (y / n)^2
  hi <- (-B + sqrt(B^2 - 4 * A * C)) / (2 * A); lo <- C / A / hi
  if (x > n / 2) { t <- lo; lo <- 1 - hi; hi <- 1 - t }
  w <- suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)
  stopifnot(abs(w - c(lo, hi)) < 1e-12)
  jl <- if (x == 0) 0 else qbeta(a, x + .5, n - x + .5)
  ju <- if (x == n) 1 else qbeta(a, x + .5, n - x + .5, lower.tail = FALSE)
  lines <- c(lines, paste(c(x, n, num(level), num(c(cp, lo, if (x == n) 1 else hi, jl, ju))), collapse = ","))
}
writeLines(gsub("1e\\+06", "1000000", gsub("1e\\+05", "100000", lines)), file.path(out, "exact_proportion.csv"))

tests <- rbind(c(22, 60, .30), c(22, 60, .40), c(22, 60, .35), c(22, 60, .5), c(0, 60, .35), c(60, 60, .35), c(0, 10, 0), c(3, 10, 0),
               c(10, 10, 1), c(9, 10, 1), c(5, 10, .5), c(2, 10, .5), c(8, 10, .5), c(350000, 1e6, .351), c(349000, 1e6, .35),
               c(20, 1e6, 1e-5), c(2, 1e6, 1e-5), c(10, 1000, .5), c(990, 1000, .5), c(500, 1000, .3), c(1, 60, .99), c(430, 1000, .15))
tests <- rbind(tests, t(sapply(1:150, function(i) {
  n <- sample(c(1, 2, 7, 20, 60, 100, 500, 5000), 1); c(rbinom(1, n, runif(1)), n, round(runif(1), 3)) })))
lines <- "x,n,p0,p_value"
for (i in seq_len(nrow(tests))) {
  p <- binom.test(tests[i, 1], tests[i, 2], tests[i, 3])$p.value
  lines <- c(lines, paste(c(sprintf("%.0f", tests[i, 1:2]), num(tests[i, 3]), num(p)), collapse = ","))
}
writeLines(lines, file.path(out, "exact_test.csv"))

# ---- beta-binomial: by its formula, summed as integers have it ------------------------------------------------------
lines <- "x,n,a,b,m,level,lower,upper,k,probability,at_most"
for (s in list(c(35, 100, .5, .5, 60), c(35, 100, 1, 1, 60), c(0, 20, .5, .5, 10), c(20, 20, 1, 1, 30), c(3, 7, .5, .5, 1),
               c(52, 100, 2, 3, 500), c(1, 1000, .5, .5, 1000))) {
  x <- s[1]; n <- s[2]; a <- s[3] + x; b <- s[4] + n - x; m <- s[5]; k <- 0:m
  p <- exp(lchoose(m, k) + lbeta(k + a, m - k + b) - lbeta(a, b)); F <- cumsum(p)
  stopifnot(abs(F[m + 1] - 1) < 1e-11)
  for (level in c(.95, .8)) {
    lo <- k[which(F >= (1 - level) / 2)[1]]; hi <- k[which(F >= (1 + level) / 2)[1]]
    for (q in unique(c(0, lo, round((lo + hi) / 2), hi, m)))
      lines <- c(lines, paste(c(x, n, s[3:4], m, num(level), lo, hi, q, num(p[q + 1]), num(F[q + 1])), collapse = ","))
  }
}
writeLines(lines, file.path(out, "predictive.csv"))

# ---- pooled proportions ---------------------------------------------------------------------------------------------
data(dat.pritz1997)
sets <- list(
  pritz1997 = data.frame(x = dat.pritz1997$xi, n = dat.pritz1997$ni),           # 10/10 and 12/12 need the correction
  jmml_relapse = data.frame(x = c(35, 36, 44, 31, 20), n = c(100, 110, 129, 91, 44)), # rounded from E01 E11 E18 E26 E35
  homogeneous = data.frame(x = c(10, 20, 30, 41), n = c(30, 60, 90, 120)),
  two = data.frame(x = c(5, 30), n = c(20, 60)),
  zeros = data.frame(x = c(0, 0, 3, 1, 0), n = c(12, 40, 25, 8, 5)),
  wide = data.frame(x = c(1, 90, 50, 20, 3, 60), n = c(100, 100, 100, 25, 60, 61)),
  small = data.frame(x = c(6, 3, 5, 14, 11, 7), n = c(21, 14, 10, 17, 18, 10)))
for (i in 1:8) { k <- sample(3:25, 1); n <- sample(8:300, k, TRUE)
  sets[[paste0("random", i)]] <- data.frame(x = rbinom(k, n, plogis(rnorm(k, -.6, c(0, .3, .8, 1.5)[1 + i %% 4]))), n = n) }
write <- do.call(rbind, lapply(names(sets), function(s) cbind(dataset = s, sets[[s]])))
write.table(write, file.path(out, "pool_studies.csv"), sep = ",", quote = FALSE, row.names = FALSE)
lines <- "dataset,method,interval,tau2,mu,se,lower,upper,q,q_p,i2,pi_lower,pi_upper"
checked <- 0
for (s in names(sets)) {
  e <- escalc(measure = "PLO", xi = x, ni = n, data = sets[[s]], add = .5, to = "only0"); y <- c(e$yi); v <- c(e$vi); k <- length(y)
  w0 <- 1 / v; m0 <- sum(w0 * y) / sum(w0); Q <- sum(w0 * (y - m0)^2)
  gen <- function(t) { w <- 1 / (v + t); m <- sum(w * y) / sum(w); list(w = w, m = m, q = sum(w * (y - m)^2)) }
  score <- function(t) { g <- gen(t); sum(g$w^2 * (y - g$m)^2) - sum(g$w) + sum(g$w^2) / sum(g$w) }
  hand <- list(DL = max(0, (Q - (k - 1)) / (sum(w0) - sum(w0^2) / sum(w0))),
    PM = if (Q <= k - 1) 0 else uniroot(function(t) gen(t)$q - (k - 1), c(0, 1000), tol = 1e-16, maxiter = 5000)$root,
    REML = { grid <- c(0, exp(seq(-18, 6, .05))); f <- sapply(grid, score); at <- which(f[-length(f)] > 0 & f[-1] <= 0)
      roots <- sapply(at, function(i) uniroot(score, grid[i + 0:1], tol = 1e-16, maxiter = 5000)$root)
      ll <- function(t) { g <- gen(t); .5 * sum(log(g$w)) - .5 * log(sum(g$w)) - .5 * g$q }
      cand <- c(0, unlist(roots)); cand[which.max(sapply(cand, ll))] })
  for (method in names(hand)) {
    t <- hand[[method]]
    r <- suppressWarnings(rma(y, v, method = method, control = list(threshold = 1e-14, tol = 1e-14, maxiter = 100000, stepadj = .5)))
    stopifnot(abs(r$tau2 - t) < 1e-7 * (1 + t), abs(r$QE - Q) < 1e-10 * (1 + Q)); checked <- checked + 1
    for (test in c("z", "knha")) {
      r <- suppressWarnings(rma(y, v, tau2 = t, test = test))
      se0 <- sqrt(1 / sum(1 / (v + t)))
      pi <- if (k > 2) c(r$beta) + c(-1, 1) * qt(.975, k - 2) * sqrt(t + se0^2) else c(NA, NA)
      lines <- c(lines, paste(c(s, method, if (test == "z") "wald" else "hartung-knapp", num(c(t, r$beta, r$se, r$ci.lb, r$ci.ub, Q,
        pchisq(Q, k - 1, lower.tail = FALSE), max(0, (Q - k + 1) / Q), pi))), collapse = ","))
    }
  }
}
writeLines(lines, file.path(out, "pool.csv"))
writeLines(c(R.version.string, paste("metafor", packageVersion("metafor")), paste("metadat", packageVersion("metadat")),
  sprintf("tau^2 by hand equals metafor's to 1e-7 in %d cases", checked)), file.path(out, "VERSIONS_evidence.txt"))
