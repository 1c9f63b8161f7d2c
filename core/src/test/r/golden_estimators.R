# Golden values for pseudo-values, bands, Turnbull's estimate, life tables and smoothed hazards.
#
#   cd core/src/test/r && Rscript golden_estimators.R ../resources/golden
#
# Deterministic; reads data/*.csv of golden_curves.R, writes data/interval_*.csv and the files below. Packages are called,
# never read.
#   pseudo.csv     jackknife pseudo-values n T - (n - 1) T(-i) by refitting survfit without each row, its step functions
#                  read level beyond their end. Survival and incidence checked against prodlim::jackknife.
#                  (survival::pseudo takes the infinitesimal jackknife and is not compared.)
#   band_limits.csv, band_critical.csv   Nair's approximation solved with uniroot, limits written out on three scales;
#                  Hall-Wellner's critical value by nested integrate() of the bridge between two ends. Both checked against
#                  the tables of Klein and Moeschberger (appendix C.3, C.4) as km.ci holds them, whose entries of three
#                  levels are in band_tables.csv.
#   turnbull.csv   npsurv::npsurv (constrained Newton, tol 1e-15), then self-consistency steps on its support to 1e-15;
#                  Kuhn-Tucker conditions checked. survfit(type = "interval2") stops early: within 0.02, where npsurv's
#                  log-likelihood agrees to 1e-9.
#   lifetable.csv  KMsurv::lifetab; survival at the end from the next row, widths equal or not.
#   smoothed.csv   the formulas of Klein and Moeschberger 6.2 written out, boundary kernels (6.2.5 to 6.2.10) included.
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages({ library(survival); library(prodlim); library(km.ci); library(KMsurv); library(npsurv) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
num <- function(x) if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
write_csv <- function(d, file) {
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}
get <- function(name) read.csv(file.path(out, "data", paste0(name, ".csv")))
checks <- 0
same <- function(a, b, tol) { checks <<- checks + length(a); stopifnot(all(abs(a - b) <= tol * pmax(1, abs(b)))) }

# ------------------------------------------------------------------ pseudo-values
curve_s <- function(d) { f <- survfit(Surv(time, status > 0) ~ 1, d); list(t = f$time, v = f$surv, start = 1) }
curve_f <- function(d, k, levels) {
  f <- survfit(Surv(time, factor(status, c(0, levels))) ~ 1, d)
  list(t = f$time, v = f$pstate[, 1 + k], start = 0)
}
at <- function(g, t) c(g$start, g$v)[1 + findInterval(t, g$t)]
area <- function(g, tau) { x <- c(0, pmin(g$t, tau), tau); sum(diff(x) * c(g$start, g$v)) }
jack <- function(d, f) { n <- nrow(d); n * f(d) - (n - 1) * sapply(seq_len(n), function(i) f(d[-i, , drop = FALSE])) }
pseudo <- NULL
add <- function(case, data, item, cause, t, v) pseudo <<- rbind(pseudo, data.frame(case = case, data = data, item = item,
  cause = cause, t = t, row = seq_along(v), value = v))
for (name in c("worked7", "causes2", "causes3", "heavy_ties", "no_ties", "test_small", "event_at_zero", "all_events")) {
  d <- get(name); if (!is.null(d$entry) || !is.null(d$weight)) next
  levels <- sort(unique(d$status[d$status > 0]))
  ts <- unname(quantile(d$time, c(0.3, 0.7), type = 1)); ts <- unique(ts[ts > 0])
  for (t in ts) {
    v <- jack(d, function(x) at(curve_s(x), t)); add(paste0("pseudo_survival_", name, "_", t), name, "survival", "", t, v)
    p <- prodlim(Hist(time, status > 0) ~ 1, data = d)
    if (name != "event_at_zero") same(as.numeric(jackknife(p, times = t)), v, 1e-10)
    v <- jack(d, function(x) area(curve_s(x), t)); add(paste0("pseudo_rmst_", name, "_", t), name, "rmst", "", t, v)
    if (length(levels) > 1) for (k in levels) {
      v <- jack(d, function(x) at(curve_f(x, k, levels), t))
      add(paste0("pseudo_incidence_", name, "_", k, "_", t), name, "incidence", k, t, v)
      p <- prodlim(Hist(time, status) ~ 1, data = d)
      same(as.numeric(jackknife(p, times = t, cause = k)), v, 1e-10)
      v <- jack(d, function(x) area(curve_f(x, k, levels), t))
      add(paste0("pseudo_lost_", name, "_", k, "_", t), name, "lost", k, t, v)
    }
  }
}
write_csv(pseudo, "pseudo.csv")

# ------------------------------------------------------------------ bands
nair <- function(level, a, b) uniroot(function(c) dnorm(c) * (4 / c + (c - 1 / c) * log(b * (1 - a) / (a * (1 - b)))) -
  (1 - level), c(1.2, 10), tol = 1e-14)$root
stays <- function(k, x, y, time) { j <- -30:30; w <- 2 * k; s <- j * w
  sum(exp(-2 * s * (s + y - x) / time) - exp(-2 * (y + k + s) * (x + k + s) / time)) }
within_k <- function(k, a, b) {
  inner <- function(x) { m <- x * (1 - b) / (1 - a); sd <- sqrt((b - a) * (1 - b) / (1 - a))
    integrate(function(y) sapply(y, function(z) stays(k, x, z, b - a)) * dnorm(y, m, sd), max(-k, m - 9 * sd),
      min(k, m + 9 * sd), rel.tol = 1e-9)$value }
  s <- sqrt(a * (1 - a)); e <- min(k, 9 * s)
  2 * integrate(function(x) sapply(x, inner) * dnorm(x, 0, s), 0, e, rel.tol = 1e-9)$value
}
hall <- function(level, a, b) uniroot(function(k) within_k(k, a, b) - level, c(0.2, 2.5), tol = 1e-10)$root
critical <- NULL
for (level in c(0.90, 0.95, 0.99)) for (ab in list(c(.02, .3), c(.1, .6), c(.3, .5), c(.5, .9))) {
  critical <- rbind(critical, data.frame(case = paste("critical", level, ab[1], ab[2], sep = "_"), level = level,
    a1 = ab[1], a2 = ab[2], nair = nair(level, ab[1], ab[2]), hall = hall(level, ab[1], ab[2])))
}
write_csv(critical, "band_critical.csv")
hold <- list(hall = list(`90` = critical.value.hall.90, `95` = critical.value.hall.95, `99` = critical.value.hall.99),
  nair = list(`90` = critical.value.nair.90, `95` = critical.value.nair.95))
tables <- NULL
for (kind in names(hold)) for (level in names(hold[[kind]])) {
  m <- hold[[kind]][[level]]; a1 <- as.numeric(sub("al", "", colnames(m))) / 100; a2 <- seq(0.10, by = 0.02, length.out = nrow(m))
  for (i in seq(1, nrow(m), by = 9)) for (j in seq(1, ncol(m), by = 6)) if (a1[j] < a2[i] && !is.na(m[i, j]) && m[i, j] > 0 && a2[i] < 1)
    tables <- rbind(tables, data.frame(kind = kind, level = as.numeric(level) / 100, a1 = a1[j], a2 = a2[i], value = m[i, j]))
}
write_csv(tables, "band_tables.csv")
limits <- NULL
for (name in c("worked7", "jmml2000", "heavy_ties", "no_ties", "test_bmtcrr", "large_times", "tiny_times")) {
  d <- get(name); if (!is.null(d$entry) || !is.null(d$weight)) next
  f <- survfit(Surv(time, status > 0) ~ 1, d); n <- nrow(d)
  v <- cumsum(ifelse(f$n.event > 0 & f$n.risk > f$n.event, f$n.event / (f$n.risk * (f$n.risk - f$n.event)), 0))
  use <- which(f$n.event > 0 & f$surv > 0 & f$surv < 1); use <- seq(min(use), max(use)); use <- use[unique(round(seq(1, length(use), length.out = 15)))]; v <- v * 1
  s <- f$surv[use]; v <- v[use]; a <- n * v / (1 + n * v); a1 <- a[1]; a2 <- a[length(a)]
  if (a2 - a1 < 0.01) next
  for (kind in c("nair", "hall")) for (level in c(0.9, 0.95)) {
    crit <- if (kind == "nair") nair(level, a1, a2) else hall(level, a1, a2)
    w <- if (kind == "nair") s * sqrt(v) else s * (1 + n * v) / sqrt(n)
    th <- exp(crit * w / (s * log(s)))
    arc <- function(sign) sin(pmin(pi / 2, pmax(0, asin(sqrt(s)) + sign * crit * w / (2 * sqrt(s * (1 - s))))))^2
    both <- list(plain = list(pmax(0, s - crit * w), pmin(1, s + crit * w)), `log-log` = list(s^(1 / th), s^th),
      arcsin = list(arc(-1), arc(1)))
    for (scale in names(both)) limits <- rbind(limits, data.frame(case = paste("band", kind, scale, level, name, sep = "_"),
      data = name, kind = kind, level = level, scale = scale, a1 = a1, a2 = a2, critical = crit, time = f$time[use],
      lower = both[[scale]][[1]], upper = both[[scale]][[2]]))
  }
}
write_csv(limits, "band_limits.csv")

# ------------------------------------------------------------------ Turnbull
interval_data <- function(seed, n, shape) {
  set.seed(seed); t <- rexp(n, 0.1)
  l <- r <- numeric(n)
  if (shape == "current") { u <- round(runif(n, 0, 20), 1); l <- ifelse(t <= u, 0, u); r <- ifelse(t <= u, u, Inf) }
  if (shape == "visits") { w <- sample(1:4, n, TRUE); l <- floor(t / w) * w; r <- ifelse(runif(n) < 0.25, Inf, l + w) }
  if (shape == "mixed") { k <- sample(3, n, TRUE); t <- round(t, 2); l <- ifelse(k == 1, t, round(t * 0.6, 1))
    r <- ifelse(k == 1, t, ifelse(k == 2, Inf, round(t * 1.5 + 0.1, 1))) }
  data.frame(left = l, right = r)
}
covers <- function(d, f) t(sapply(seq_len(nrow(d)), function(i) {
  seen <- d$left[i] == d$right[i]
  lo <- if (seen) f$left >= d$left[i] & f$right <= d$right[i] else
    ifelse(f$left == f$right, f$left > d$left[i], f$left >= d$left[i]) & f$right <= d$right[i]
  as.numeric(lo) }))
innermost <- function(d) {
  e <- rbind(data.frame(t = d$left, k = ifelse(d$left == d$right, 0, 2)), data.frame(t = d$right, k = 1))
  e <- e[order(e$t, e$k), ]; i <- which(e$k[-1] == 1 & e$k[-nrow(e)] != 1)
  data.frame(left = e$t[i], right = e$t[i + 1])
}
turnbull <- NULL
for (shape in c("current", "visits", "mixed")) for (seed in 1:6) {
  n <- c(8, 15, 30, 60, 120, 250)[seed]
  d <- interval_data(seed * 100 + nchar(shape), n, shape); name <- paste0("interval_", shape, n)
  write_csv(data.frame(left = d$left, right = ifelse(is.finite(d$right), d$right, NA)), file.path("data", paste0(name, ".csv")))
  f <- innermost(d); A <- covers(d, f); stopifnot(all(rowSums(A) > 0))
  cnm <- npsurv::npsurv(as.matrix(d), maxit = 1000, tol = 1e-15)
  # Start: the peer's masses laid on our intervals, then self-consistency on all of them, which never leaves the maximum.
  p <- rep(1e-300, nrow(f))
  for (j in seq_along(cnm$f$p)) { k <- which(f$left == cnm$f$left[j] & f$right == cnm$f$right[j]); stopifnot(length(k) == 1); p[k] <- cnm$f$p[j] }
  p <- p / sum(p)
  for (it in 1:200000) { q <- p * colSums(A / as.vector(A %*% p)) / n; if (max(abs(q - p)) < 1e-16) { p <- q; break }; p <- q }
  g <- colSums(A / as.vector(A %*% p))
  cat(name, "masses", sum(p > 1e-10), "of", nrow(f), "gap", max(g) / n - 1, "from npsurv", max(abs(sum(log(A %*% p)) - cnm$ll)), "\n")
  stopifnot(max(g) / n - 1 < 1e-9)
  s <- survfit(Surv(left, ifelse(is.finite(right), right, NA), type = "interval2") ~ 1, d)
  turnbull <- rbind(turnbull, data.frame(case = paste0("turnbull_", name), data = name, left = f$left,
    right = ifelse(is.finite(f$right), f$right, NA), mass = ifelse(p < 1e-12, 0, p), loglik = sum(log(A %*% p))))
  # At the right ends of our intervals survfit's curve, with its loose tolerance.
  ours <- 1 - cumsum(p); ends <- f$right
  k <- is.finite(ends); cat("   survfit differs by", max(abs(ours[k] - c(1, s$surv)[1 + findInterval(ends[k] + 1e-9, s$time)])), "\n")
  stopifnot(max(abs(ours[k] - c(1, s$surv)[1 + findInterval(ends[k] + 1e-9, s$time)])) < 0.02, abs(sum(log(A %*% p)) - cnm$ll) < 1e-9)
}
write_csv(turnbull, "turnbull.csv")

# ------------------------------------------------------------------ life tables
life <- NULL
for (name in c("worked7", "jmml2000", "heavy_ties", "causes2", "causes3", "test_bmtcrr", "event_at_zero", "all_events")) {
  d <- get(name); if (!is.null(d$entry) || !is.null(d$weight)) next
  for (cuts in c("even", "uneven")) {
    top <- max(d$time); b <- if (cuts == "even") seq(0, by = ceiling(top / 5), length.out = 6) else c(0, top / 7, top / 2)
    b <- b[b <= top]; b <- c(unique(b), Inf); m <- length(b) - 1
    j <- findInterval(d$time, b)
    w <- tabulate(j[d$status == 0], m); e <- tabulate(j[d$status > 0], m)
    r <- lifetab(c(b[-(m + 1)], NA), nrow(d), w, e)
    life <- rbind(life, data.frame(case = paste0("lifetable_", name, "_", cuts), data = name, start = b[-(m + 1)],
      end = ifelse(is.finite(b[-1]), b[-1], NA), entering = r$nsubs, withdrawn = r$nlost, exposed = r$nrisk,
      events = r$nevent, surv = r$surv, se_surv = r$se.surv, pdf = r$pdf, se_pdf = r$se.pdf, hazard = r$hazard,
      se_hazard = r$se.hazard))
  }
}
write_csv(life, "lifetable.csv")

# ------------------------------------------------------------------ smoothed hazard
base <- list(uniform = function(x) ifelse(abs(x) <= 1, 0.5, 0), epanechnikov = function(x) ifelse(abs(x) <= 1, 0.75 * (1 - x^2), 0),
  biweight = function(x) ifelse(abs(x) <= 1, 15 / 16 * (1 - x^2)^2, 0))
edge <- list(
  uniform = function(q) c(4 * (1 + q^3) / (1 + q)^4, 6 * (1 - q) / (1 + q)^3) / 0.5,
  epanechnikov = function(q) { u <- (1 + q)^4 * (19 - 18 * q + 3 * q^2)
    c(64 * (2 - 4 * q + 6 * q^2 - 3 * q^3) / u, 240 * (1 - q)^2 / u) },
  biweight = function(q) { u <- (1 + q)^5 * (81 - 168 * q + 126 * q^2 - 40 * q^3 + 5 * q^4)
    c(64 * (8 - 24 * q + 48 * q^2 - 45 * q^3 + 15 * q^4) / u, 1120 * (1 - q)^3 / u) })
for (k in names(base)) for (q in c(0, 0.3, 0.8, 1)) {
  w <- function(x) base[[k]](x) * (edge[[k]](q)[1] + edge[[k]](q)[2] * x)
  same(integrate(w, -1, q, rel.tol = 1e-10)$value + 1 * (q == -1), 1, 1e-8)
  same(integrate(function(x) x * w(x), -1, q, rel.tol = 1e-10)$value, 0, 1e-8)
}
smoothed <- NULL
for (name in c("worked7", "jmml2000", "heavy_ties", "no_ties", "test_bmtcrr", "causes3")) {
  d <- get(name); if (!is.null(d$entry) || !is.null(d$weight)) next
  f <- survfit(Surv(time, status > 0) ~ 1, d); u <- f$n.event > 0; s <- f$time[u]; h <- f$n.event[u] / f$n.risk[u]; v <- h / f$n.risk[u]
  top <- max(s)
  for (k in names(base)) for (share in c(0.25, 0.5)) {
    b <- share * top
    for (t in top * c(0, 0.1, 0.3, 0.5, 0.77, 1)) {
      x <- (t - s) / b; q <- min(1, t / b); e <- min(1, (top - t) / b)
      w <- if (q < 1) { co <- edge[[k]](q); base[[k]](x) * (co[1] + co[2] * x) } else if (e < 1) { co <- edge[[k]](e)
        base[[k]](x) * (co[1] - co[2] * x) } else base[[k]](x)
      smoothed <- rbind(smoothed, data.frame(case = paste("smoothed", k, share, name, sep = "_"), data = name, kernel = k,
        bandwidth = b, time = t, hazard = sum(w * h) / b, se = sqrt(sum(w^2 * v)) / b))
    }
  }
}
write_csv(smoothed, "smoothed.csv")

files <- c("pseudo.csv", "band_critical.csv", "band_tables.csv", "band_limits.csv", "turnbull.csv", "lifetable.csv", "smoothed.csv")
lines <- c(R.version.string, sapply(c("survival", "prodlim", "km.ci", "KMsurv", "npsurv"), function(p) paste(p, packageVersion(p))),
  sapply(files, function(f) { d <- read.csv(file.path(out, f)); paste0(f, ": ", nrow(d), " rows",
    if (!is.null(d$case)) paste0(", ", length(unique(d$case)), " cases")) }), paste("cross-checks between packages and formulas:", checks))
writeLines(unname(lines), file.path(out, "VERSIONS_estimators.txt"))
cat(lines, sep = "\n")
