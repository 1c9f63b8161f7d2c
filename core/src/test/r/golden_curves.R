# Golden values for Engraft's survival curves.
#
#   cd core/src/test/r && Rscript golden_curves.R ../resources/golden
#
# Deterministic: every random data set sets its own seed. Only bmtcrr.csv (next to this script) is read.
#
# What is computed by what
#   km.csv         survival::survfit(Surv(time, status > 0)); with delayed entry Surv(entry, time, .).
#                  std_err is the standard error of S(t): survfit's std.err is that of log S, so it is multiplied by S.
#                  Weights: survfit(weights=, robust=FALSE), i.e. Greenwood with weighted counts. With integer weights
#                  survfit does that by itself; with any fractional weight it would switch to the infinitesimal
#                  jackknife (IJ). Checked below against replicated rows and against the written-out formula.
#   aj.csv         survival::survfit(Surv(time, factor(status))). Without delayed entry survfit's IJ variance is
#                  algebraically the delta-method (multinomial increments, "Greenwood type") variance: checked to 1e-10
#                  against etm and against the written-out recursion.
#                  Integer weights: rows replicated with rep(), because survfit(weights=) on several states always
#                  gives the IJ variance with a patient of weight w as ONE cluster, which is larger.
#                  Fractional weights: estimate from survfit(weights=) ; standard error from the written-out
#                  recursion with weighted counts (equal to the replicated-row answer where weights are integers).
#                  Delayed entry: estimate from survfit; standard error from etm (= the recursion) and limits from that
#                  standard error by the formulas in ci(), which reproduce survfit's limits in every other case.
#                  survfit's own IJ standard error differs from the delta method once there is delayed entry
#                  (the cross terms between times no longer cancel); it is kept in aj_survfit_ij.csv (log and log-log cases).
#                  aj_survfit_ij.csv keeps survfit's own IJ errors for fractional weights too.
#   quantiles.csv  quantile(survfit)
#   rmst.csv       summary(survfit, rmean = tau)$table
#
# What agrees, at 1e-10 (relative, or absolute near 0), stopifnot() below
#   - AJ estimates: survfit = cmprsk::cuminc (no entry) = etm = recursion
#   - AJ standard errors: survfit (no entry) = etm = recursion; with entry etm = recursion
#   - KM estimates and Greenwood errors: survfit = prodlim = d/(n(n-d)) written out, also with entry
# What differs
#   - cmprsk::cuminc's variance is the Aalen type, not the delta method: not compared.
#   - survfit's AJ variance with delayed entry: see above.
#   - prodlim also lists entry times as points, and keeps no time fix; etm and cmprsk keep no time fix:
#     they are given the times after survival::aeqSurv().
#   - etm starts after time 0: for the comparison all times are shifted by 1 where an event is at 0.
#   - KM at S = 0: survfit gives NaN for the standard error of S (0 * Inf) and NA limits; etm and AJ give 0 for it.
#     prodlim's standard error there is not compared.

args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages({ library(survival); library(cmprsk); library(etm); library(prodlim) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(stringsAsFactors = FALSE, warn = 1)
dir.create(file.path(out, "data"), recursive = TRUE, showWarnings = FALSE)
TOL <- 1e-10

# ---------------------------------------------------------------- output
num <- function(x) {
  if (is.character(x)) return(x)
  stopifnot(!any(is.infinite(x)))
  ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
}
write_csv <- function(d, file) {
  cols <- lapply(d, num)
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(cols), sep = ","))), con, sep = "\n")
}
close_to <- function(a, b) {          # same NA pattern is not asked for: compared where both are numbers
  ok <- !is.na(a) & !is.na(b)
  all(abs(a[ok] - b[ok]) <= TOL * pmax(abs(a[ok]), abs(b[ok])) + 1e-14)
}
same <- function(a, b) length(a) == length(b) && all(!is.na(a)) && all(!is.na(b)) && close_to(a, b)

# ---------------------------------------------------------------- data sets
data <- list()
add <- function(name, d) data[[name]] <<- d
cols <- function(time, status, ...) data.frame(time = as.numeric(time), status = as.integer(status), ...)

b <- read.csv("bmtcrr.csv")
add("bmtcrr", cols(b$months, b$status, group = b$disease))
add("tiny_ties", cols(c(1, 2, 2, 2, 3, 3, 4, 5, 5, 5, 6, 7), c(1, 0, 1, 2, 0, 0, 2, 1, 1, 0, 0, 2)))
add("worked7", cols(c(1, 2, 2, 3, 4, 5, 5), c(1, 1, 0, 2, 0, 2, 0)))
set.seed(1001); n <- 50
add("no_ties", local({ x <- rexp(n, 1 / 3); c <- runif(n, 0, 8); cols(pmin(x, c), x <= c) }))
set.seed(1002); n <- 200
add("heavy_ties", cols(sample(1:10, n, TRUE), sample(0:2, n, TRUE, c(.35, .4, .25))))
set.seed(1003); n <- 150
add("groups3", local({ g <- rep(c("A", "B", "C"), c(60, 50, 40)); x <- rexp(n, c(A = .5, B = .8, C = .3)[g])
  c <- runif(n, 0.5, 6); cause <- sample(1:2, n, TRUE, c(.6, .4))
  cols(ceiling(pmin(x, c) * 12) / 4, ifelse(x <= c, cause, 0), group = g) }))
set.seed(1004); n <- 80
add("causes2", local({ x <- rexp(n, .6); c <- runif(n, 0, 5); cols(pmin(x, c), ifelse(x <= c, sample(1:2, n, TRUE), 0)) }))
set.seed(1005); n <- 120
add("causes3", local({ x <- rexp(n, .6); c <- runif(n, 0, 5)
  cols(ceiling(10 * pmin(x, c)), ifelse(x <= c, sample(1:3, n, TRUE, c(.5, .3, .2)), 0)) }))
set.seed(1006); n <- 160
add("causes4", local({ x <- rexp(n, .6); c <- runif(n, 0, 5)
  cols(ceiling(8 * pmin(x, c)) / 8, ifelse(x <= c, sample(1:4, n, TRUE, c(.4, .3, .2, .1)), 0)) }))
set.seed(1007); n <- 100
add("entry_ties", local({ e <- sample(0:6, n, TRUE); cols(e + sample(1:12, n, TRUE), rbinom(n, 1, .6), entry = as.numeric(e)) }))
set.seed(1008); n <- 60
add("entry_thin", local({ e <- c(0, 0, 0, 0.25, round(runif(n - 4, 1, 4), 2))
  t <- c(9, 8.5, 0.5, 0.75, e[-(1:4)] + round(rexp(n - 4, .3), 2) + .01)
  cols(t, c(0, 1, 1, 1, rbinom(n - 4, 1, .6)), entry = e) }))
# the risk set is one patient, who has the event at 2: S = 0 from then on although others enter later
add("entry_zero", cols(c(1, 2, 4, 5, 6, 6), c(0, 1, 2, 1, 0, 1), entry = c(0, 0, 3, 3, 3.5, 2)))
# the risk set empties by censoring at 2, refills from 3
add("entry_gap", cols(c(1, 2, 4, 5, 6, 6, 7), c(1, 0, 1, 2, 0, 1, 0), entry = c(0, 0, 3, 3, 3.5, 4, 3)))
set.seed(1009); n <- 120
add("entry_groups", local({ e <- round(rexp(n, .8), 1); g <- sample(c("N", "Y"), n, TRUE)
  cols(e + round(rexp(n, ifelse(g == "Y", .5, .25)), 1) + .1, sample(0:2, n, TRUE, c(.3, .4, .3)), entry = e, group = g) }))
set.seed(1010); n <- 120
add("entry_causes2", local({ e <- round(runif(n, 0, 3), 1); cols(e + ceiling(10 * rexp(n, .5)) / 10, sample(0:2, n, TRUE), entry = e) }))
set.seed(1011); n <- 40
add("weights_integer", cols(sample(1:15, n, TRUE), sample(0:2, n, TRUE, c(.3, .4, .3)), weight = as.numeric(sample(1:5, n, TRUE))))
set.seed(1012); n <- 40
add("weights_quarters", cols(sample(1:15, n, TRUE), sample(0:2, n, TRUE, c(.3, .4, .3)), weight = sample(1:12, n, TRUE) / 4))
set.seed(1013); n <- 60
add("weights_real", cols(round(rexp(n, .5), 2) + .01, sample(0:2, n, TRUE, c(.4, .4, .2)), weight = runif(n, .2, 3)))
set.seed(1014); n <- 60
add("weights_entry", local({ e <- as.numeric(sample(0:5, n, TRUE))
  cols(e + sample(1:9, n, TRUE), sample(0:2, n, TRUE, c(.3, .4, .3)), entry = e, weight = as.numeric(sample(1:4, n, TRUE))) }))
set.seed(1015); n <- 60
add("weights_real_entry_groups", local({ e <- as.numeric(sample(0:5, n, TRUE))
  cols(e + sample(1:9, n, TRUE), sample(0:2, n, TRUE, c(.3, .4, .3)), entry = e, weight = round(runif(n, .1, 2), 3),
       group = sample(c("x", "y"), n, TRUE)) }))
# weights that are not binary fractions and a last event: n - d is 0 only up to rounding
add("weights_tenths", cols(c(1, 2, 2, 3, 4, 5, 6, 7, 7, 7), c(1, 1, 2, 0, 2, 1, 0, 1, 2, 1), weight = c(.1, .7, .3, .6, .2, .9, 1.1, .1, .2, .3)))
add("all_censored", cols(c(1, 2, 2, 4), c(0, 0, 0, 0)))
add("one_event", cols(3, 1))
add("one_censored", cols(3, 0))
add("all_events", cols(c(1, 2, 2, 3, 4, 4, 4, 6, 7, 7), c(1, 1, 2, 2, 1, 1, 2, 1, 2, 1)))
add("last_event_after_censoring", cols(c(1, 2, 3, 4, 5, 6), c(1, 0, 2, 0, 1, 1)))
add("flat_half", cols(c(1, 2, 3, 3.5, 5, 6, 7, 8), c(1, 1, 2, 1, 1, 0, 1, 0)))
add("flat_half_censored", cols(c(1, 2, 3, 4, 5, 6, 7, 8), c(1, 1, 1, 1, 0, 0, 1, 1)))
add("flat_half_to_end", cols(c(1, 2, 3, 4), c(1, 2, 0, 0)))
# products that are 1/2 or 3/4 or 9/10 only up to rounding: 0.9 * 8/9 * 7/8 * 6/7 * 5/6 = 0.5
add("flat_half_rounding", cols(c(1:5, 11:15), c(rep(1, 5), 0, 1, 0, 1, 1)))
set.seed(1016); n <- 60
add("median_not_reached", local({ x <- rexp(n, .1); c <- runif(n, 1, 4); cols(round(pmin(x, c), 2), ifelse(x <= c, sample(1:2, n, TRUE), 0)) }))
add("event_at_zero", cols(c(0, 0, 0, 1, 2, 2, 3, 4), c(1, 0, 2, 1, 0, 2, 1, 0)))
set.seed(1017); n <- 40
add("tiny_times", cols(sample(1:60, n, TRUE) * 1e-6, sample(0:2, n, TRUE)))
set.seed(1018); n <- 60
add("large_times", cols(1e5 + sample(0:400, n, TRUE), sample(0:2, n, TRUE)))
k <- c(17, 29, 58, 93, 111, 115, 119)
add("near_ties", cols(c(2, sqrt(2)^2, 2, 3, sqrt(3)^2, 0.3, 0.1 * 3, 0.1 + 0.2, k, k / 365.25 * 365.25, k / 30.4375 * 30.4375, 1.1 + 2.2, 3.3),
                      c(1, 0, 2, 1, 1, 0, 1, 2, rep(c(1, 0, 2), length.out = 21), 1, 0)))
add("near_ties_entry", cols(c(2, 3, sqrt(3)^2, 5, 6, 6, 7), c(1, 1, 2, 0, 2, 1, 0),
                            entry = c(0, sqrt(2)^2, 2, 2 - 4e-16, sqrt(3)^2, 1, 3)))
# survfit's time fix joins neighbours whose gap is <= sqrt(eps) = 1.49e-8, absolute OR relative to mean|time|, in chains:
# 1 and 1 + 1e-8 and 1 + 2e-8 are one time (the smallest); 2 and 2 + 6e-8 are two.
add("timefix_chain", cols(c(1, 1 + 1e-8, 1 + 2e-8, 2, 2 + 6e-8, 3), c(1, 0, 2, 1, 1, 0)))
set.seed(1019); n <- 2000
add("jmml2000", local({ cause <- sample(0:2, n, TRUE, c(.47, .36, .17))
  x <- ifelse(cause == 1, rweibull(n, 1.1, .6), ifelse(cause == 2, rweibull(n, .8, .5), Inf)); c <- runif(n, 1, 10)
  cols(ceiling(pmin(x, c) * 365.25), ifelse(x <= c, cause, 0), group = sample(c("BU", "TREO"), n, TRUE)) }))
set.seed(1020); n <- 50
add("group_without_cause", local({ g <- rep(c("A", "B"), each = 25); s <- sample(0:2, n, TRUE); s[g == "B" & s == 2] <- 1
  cols(sample(1:12, n, TRUE), s, group = g) }))
set.seed(1021); n <- 30
add("group_all_censored", local({ g <- rep(c("A", "B"), each = 15); s <- sample(0:2, n, TRUE); s[g == "B"] <- 0
  cols(sample(1:12, n, TRUE), s, group = g) }))

# Fractions are weights of a sample, which errors must be robust for (IJ below); as frequencies they are taken so many times that they are whole.
fractional <- c(weights_quarters = 4, weights_tenths = 10, weights_real = 10, weights_real_entry_groups = 10)
for (name in names(fractional)) { d <- data[[name]]; d$weight <- round(d$weight * fractional[[name]]); data[[paste0(name, "_whole")]] <- d }
for (name in names(data)) write_csv(data[[name]][, intersect(c("time", "status", "entry", "weight", "group"), names(data[[name]])), drop = FALSE],
                                    file.path("data", paste0(name, ".csv")))

# ---------------------------------------------------------------- written-out definitions (also the fourth witness)
# times after survfit's time fix
fixed <- function(d) {
  y <- if (is.null(d$entry)) Surv(d$time, d$status > 0) else Surv(d$entry, d$time, d$status > 0)
  y <- aeqSurv(y)
  if (is.null(d$entry)) d$time <- y[, "time"] else { d$entry <- y[, "start"]; d$time <- y[, "stop"] }
  d
}
definition <- function(d, K) {        # d after fixed(); one group
  w <- if (is.null(d$weight)) rep(1, nrow(d)) else d$weight
  e <- if (is.null(d$entry)) rep(-Inf, nrow(d)) else d$entry
  t <- sort(unique(d$time)); m <- length(t)
  S <- 1; G <- 0; H <- 0; HV <- 0; F <- rep(0, K); V <- matrix(0, K + 1, K + 1)
  r <- list(time = t, n = numeric(m), d = matrix(0, m, K), c = numeric(m), S = numeric(m), se = numeric(m), H = numeric(m),
            Hse = numeric(m), F = matrix(0, m, K), Fse = matrix(0, m, K))
  for (i in seq_len(m)) {
    n <- sum(w[e < t[i] & d$time >= t[i]])
    dk <- sapply(seq_len(K), function(k) sum(w[d$time == t[i] & d$status == k])); dd <- sum(dk)
    if (abs(n - dd) < 1e-9 * n) dd <- n
    r$n[i] <- n; r$d[i, ] <- dk; r$c[i] <- sum(w[d$time == t[i] & d$status == 0])
    M <- diag(K + 1); M[1, 1] <- 1 - dd / n; M[-1, 1] <- dk / n
    C <- (diag(dk * n, K, K) - outer(dk, dk)) / n^3             # covariance of the increments
    L <- rbind(-rep(1, K), diag(K))
    V <- M %*% V %*% t(M) + S^2 * (L %*% C %*% t(L))
    F <- F + S * dk / n; S <- S * (1 - dd / n)
    G <- G + dd / (n * (n - dd)); H <- H + dd / n; HV <- HV + dd / n^2
    r$S[i] <- S; r$se[i] <- S * sqrt(G); r$H[i] <- H; r$Hse[i] <- sqrt(HV); r$F[i, ] <- F; v <- diag(V)[-1]; r$Fse[i, ] <- sqrt(ifelse(v < 1e-14, 0, v))   # rounding left over where it is 0
  }
  r
}
# limits for a probability p with standard error se
ci <- function(p, se, type, level) {
  z <- qnorm(1 - (1 - level) / 2)
  suppressWarnings(switch(type,
    "plain"   = list(pmax(0, p - z * se), pmin(1, p + z * se)),
    "log"     = list(exp(log(p) - z * se / p), pmin(1, exp(log(p) + z * se / p))),
    "log-log" = { q <- log(-log(p)); h <- z * se / (p * log(p)); list(exp(-exp(q - h)), exp(-exp(q + h))) },
    "logit"   = { q <- log(p / (1 - p)); h <- z * se / (p * (1 - p)); list(1 - 1 / (1 + exp(q - h)), 1 - 1 / (1 + exp(q + h))) },
    "arcsin"  = { q <- asin(sqrt(p)); h <- z * se / (2 * sqrt(p * (1 - p)))
                  list(sin(pmax(0, q - h))^2, sin(pmin(pi / 2, q + h))^2) }))
}

# ---------------------------------------------------------------- estimators
views <- function(d) {                 # ungrouped, and by group
  v <- list(all = list(all = d[, setdiff(names(d), "group"), drop = FALSE]))
  if (!is.null(d$group)) v$bygroup <- split(d[, setdiff(names(d), "group"), drop = FALSE], d$group)
  v
}
y_km <- function(d) if (is.null(d$entry)) Surv(d$time, d$status > 0) else Surv(d$entry, d$time, d$status > 0)
km_fit <- function(d, type = "log", level = .95) {
  y <- y_km(d)
  if (is.null(d$weight)) survfit(y ~ 1, conf.type = type, conf.int = level)
  else survfit(y ~ 1, weights = weight, data = data.frame(weight = d$weight), conf.type = type, conf.int = level, robust = FALSE)
}
km_fit_grouped <- function(d, type, level) {
  y <- y_km(d)
  if (is.null(d$weight)) survfit(y ~ group, data = d, conf.type = type, conf.int = level)
  else survfit(y ~ group, data = d, weights = weight, conf.type = type, conf.int = level, robust = FALSE)
}
aj_fit <- function(d, K, type = "log", level = .95) {
  d$ev <- factor(d$status, 0:K); d$id <- seq_len(nrow(d))
  if (is.null(d$weight)) d$weight <- 1
  if (is.null(d$entry)) { if (all(d$weight == 1)) survfit(Surv(time, ev) ~ 1, data = d, conf.type = type, conf.int = level)
                          else survfit(Surv(time, ev) ~ 1, data = d, weights = weight, conf.type = type, conf.int = level) }
  else { if (all(d$weight == 1)) survfit(Surv(entry, time, ev) ~ 1, data = d, id = id, conf.type = type, conf.int = level)
         else survfit(Surv(entry, time, ev) ~ 1, data = d, id = id, weights = weight, conf.type = type, conf.int = level) }
}
integral <- function(w) !is.null(w) && all(w == round(w))
replicated <- function(d) { r <- d[rep(seq_len(nrow(d)), d$weight), setdiff(names(d), "weight"), drop = FALSE]; rownames(r) <- NULL; r }

km_frame <- function(f, keep) data.frame(time = f$time, n_risk = f$n.risk, n_event = f$n.event, n_censor = f$n.censor, survival = f$surv,
  std_err = ifelse(f$surv == 0, NaN, f$surv * f$std.err), lower = f$lower, upper = f$upper, cumhaz = f$cumhaz, std_chaz = f$std.chaz)[keep, ]

KM <- AJ <- IJ <- Q <- R <- list(); ncheck <- c(km_definition = 0, km_prodlim = 0, aj_definition = 0, aj_cuminc = 0, aj_etm = 0, replicates = 0)
tick <- function(what) ncheck[what] <<- ncheck[what] + 1

check_km <- function(d, name) {
  f <- km_fit(d); x <- fixed(d); r <- definition(x, max(1, max(x$status)))
  i <- f$time %in% x$time; stopifnot(same(f$time[i], r$time), same(f$surv[i], r$S), same(f$n.risk[i], r$n), same(f$n.event[i], rowSums(r$d)),
    same(f$n.censor[i], r$c), same(f$cumhaz[i], r$H), same(f$std.chaz[i], r$Hse))
  ok <- r$S > 0; stopifnot(same((f$surv * f$std.err)[i][ok], r$se[ok])); tick("km_definition")
  if (is.null(d$weight) && nrow(d) > 1 && any(d$status > 0)) {
    x$any <- as.integer(x$status > 0)
    p <- if (is.null(d$entry)) prodlim(Hist(time, any) ~ 1, data = x) else prodlim(Hist(time, any, entry = entry) ~ 1, data = x)
    j <- match(r$time, p$time); stopifnot(!anyNA(j), same(p$surv[j], r$S), same(p$se.surv[j][ok], r$se[ok])); tick("km_prodlim")
  }
  if (integral(d$weight)) { g <- km_fit(replicated(d)); known <- is.finite(g$std.err)      # Inf where S is 0
    stopifnot(same(g$surv, f$surv), close_to(g$std.err[known], f$std.err[known]), same(g$n.risk, f$n.risk),
    same(g$std.chaz, f$std.chaz)); tick("replicates") }
  if (!is.null(d$weight) && all(d$weight * 4 == round(d$weight * 4))) {   # d/(n(n-d)) scales with 1/weight
    h <- d; h$weight <- h$weight * 4; g <- km_fit(replicated(h)); known <- is.finite(g$std.err)
    stopifnot(same(g$surv, f$surv), close_to(g$std.err[known] * 2, f$std.err[known])); tick("replicates") }
}
# everything about one group and K causes; returns the points with the delta-method standard error
aj_points <- function(d, K, name) {
  x <- fixed(d); r <- definition(x, K)
  f <- aj_fit(if (integral(d$weight)) replicated(d) else d, K); i <- f$time %in% x$time
  st <- match(as.character(seq_len(K)), f$states)
  F <- f$pstate[i, st, drop = FALSE]; se <- f$std.err[i, st, drop = FALSE]
  real <- !is.null(d$weight) && !integral(d$weight)
  stopifnot(same(f$time[i], r$time), same(as.vector(F), as.vector(r$F))); tick("aj_definition")
  # with weights= the several-state survfit counts patients, not weights, in n.risk and n.event: written out instead
  if (!real) stopifnot(same(as.vector(f$n.risk[i, 1]), r$n), same(as.vector(f$n.event[i, st]), as.vector(r$d)))
  if (is.null(d$entry) && !real) stopifnot(same(as.vector(se), as.vector(r$Fse)))
  present <- which(colSums(r$d) > 0); y <- if (integral(d$weight)) replicated(x) else x
  if (!real && length(present) && nrow(y) > 1) {
    shift <- if (min(y$time) <= 0) 1 else 0
    ed <- data.frame(id = seq_len(nrow(y)), from = "0", to = ifelse(y$status == 0, "cens", as.character(y$status)),
                     entry = if (is.null(y$entry)) 0 else y$entry + shift, exit = y$time + shift)
    if (is.null(y$entry)) { ed$time <- ed$exit; ed$entry <- ed$exit <- NULL }
    s <- c("0", as.character(present)); tra <- matrix(FALSE, length(s), length(s)); tra[1, -1] <- TRUE
    e <- etm(ed, s, tra, "cens", 0, covariance = TRUE)
    j <- match(sprintf("%.12g", e$time), sprintf("%.12g", r$time + shift)); stopifnot(!anyNA(j))
    for (k in present) stopifnot(same(unname(e$est["0", as.character(k), ]), r$F[j, k]),
      close_to(sqrt(pmax(0, e$cov[paste("0", k), paste("0", k), ])), ifelse(r$Fse[j, k] < 1e-9, NA, r$Fse[j, k])))
    tick("aj_etm")
    if (is.null(y$entry)) {
      ci0 <- cuminc(y$time, y$status); 
      for (k in present) { g <- ci0[[paste("1", k)]]
        v <- timepoints(list(g), r$time)$est[1, ]; ok <- !is.na(v)
        stopifnot(any(ok), same(as.vector(v[ok]), r$F[ok, k])) }
      tick("aj_cuminc")
    }
  }
  if (real && all(d$weight * 4 == round(d$weight * 4))) {
    h <- d; h$weight <- h$weight * 4; g <- aj_fit(replicated(h), K)
    if (is.null(d$entry)) stopifnot(same(2 * as.vector(g$std.err[, st]), as.vector(r$Fse))); tick("replicates") }
  list(x = x, r = r, f = f, i = i, st = st, F = F, se = if (is.null(d$entry) && !real) se else r$Fse, real = real)
}

types <- c("log", "log-log", "plain", "logit", "arcsin"); short <- c("log", "loglog", "plain", "logit", "arcsin")
opts <- function(name, view, what) {
  five <- data.frame(type = types, level = .95)
  extra <- data.frame(type = c("log-log", "log", "plain", "arcsin", "logit"), level = c(.9, .99, .9, .99, .9))
  if (name == "jmml2000") return(if (view == "all") data.frame(type = "log-log", level = .95)
                                 else data.frame(type = "plain", level = .9))
  if (name %in% c("bmtcrr", "tiny_ties", "entry_causes2", "weights_integer")) return(rbind(five, extra))
  if (name %in% c("groups3", "entry_groups") && view == "all") return(five[c(2, 4), ])
  if (name %in% c("worked7", "heavy_ties", "entry_ties", "all_events", "flat_half", "causes3", "entry_zero")) return(rbind(five, extra[1:2, ]))
  if (name %in% c("causes4", "no_ties", "causes2", "groups3", "entry_groups", "entry_thin", "weights_quarters", "weights_quarters_whole", "weights_entry", "all_censored",
                  "one_event", "one_censored", "event_at_zero", "group_without_cause", "group_all_censored", "last_event_after_censoring", "entry_gap",
                  "median_not_reached", "near_ties")) return(if (view == "all" || what == "km" || name %in% c("group_without_cause", "group_all_censored", "groups3")) five else five[1:2, ])
  five[1:3, ]
}
probs <- c(.1, .25, .5, .75, .9)

for (name in names(data)) {
  d <- data[[name]]; K <- max(1, d$status)
  for (view in names(views(d))) {
    parts <- views(d)[[view]]; base <- if (view == "all") name else paste0(name, "_bygroup")
    for (g in names(parts)) check_km(parts[[g]], name)
    # ---- Kaplan-Meier, quantiles
    o <- opts(name, view, "km")
    for (a in seq_len(nrow(o))) {
      type <- o$type[a]; level <- o$level[a]; tag <- paste0(base, "_", short[match(type, types)], "_", round(100 * level))
      head <- function(n, case, g) data.frame(case = rep(case, n), dataset = name, conf_type = type, level = as.character(level), group = g)
      whole <- if (view == "all") NULL else km_fit_grouped(d, type, level)
      qwhole <- if (view == "all") NULL else quantile(whole, probs = probs)
      for (g in names(parts)) {
        # the grouped answer is taken as fitted on the whole data; time fix then runs over all groups
        f <- if (view == "all") km_fit(parts[[g]], type, level) else whole[which(names(whole$strata) == paste0("group=", g))]
        fr <- km_frame(f, round(f$time, 12) %in% round(fixed(parts[[g]])$time, 12)); stopifnot(nrow(fr) == length(unique(fixed(parts[[g]])$time)))
        l <- ci(fr$survival, fr$std_err, type, level)
        stopifnot(close_to(fr$lower, l[[1]]), close_to(fr$upper, l[[2]]))
        if (view != "all") stopifnot(same(fr$survival, definition(fixed(parts[[g]]), K)$S))
        if (!name %in% names(fractional)) KM[[length(KM) + 1]] <- cbind(head(nrow(fr), paste0("km_", tag), g)[, 1:5], fr)
        q <- if (view == "all") quantile(f, probs = probs) else lapply(qwhole, function(m) m[paste0("group=", g), ])
        if (!name %in% names(fractional)) Q[[length(Q) + 1]] <- cbind(head(length(probs), paste0("quantile_", tag), g), p = probs,
                                    data.frame(quantile = as.vector(q$quantile), lower = as.vector(q$lower), upper = as.vector(q$upper)))
      }
    }
    # ---- restricted mean
    last <- min(sapply(parts, function(x) max(x$time))); ev <- sort(unique(d$time[d$status > 0 & d$time > 0 & d$time <= last]))
    taus <- unique(c(signif(last * c(.1, .25, .5, .75, .9), 3), if (length(ev)) ev[ceiling(length(ev) / 2)], last)); taus <- sort(taus[taus <= last & taus > 0])
    taus <- taus[taus >= max(sapply(parts, function(x) min(x$time)))]      # survfit refuses a tau before the first time
    for (tau in taus) for (g in names(parts)) {
      s <- summary(km_fit(parts[[g]]), rmean = tau)$table
      r <- definition(fixed(parts[[g]]), K); j <- r$time < tau
      area <- sum(diff(c(0, r$time[j], tau)) * c(1, r$S[j])); stopifnot(same(area, unname(s["rmean"])))
      if (!name %in% names(fractional)) R[[length(R) + 1]] <- data.frame(case = paste0("rmst_", base), dataset = name, group = g, tau = tau, rmst = s[["rmean"]], std_err = s[["se(rmean)"]])
    }
    # ---- Aalen-Johansen
    pts <- lapply(names(parts), function(g) aj_points(parts[[g]], K, name)); names(pts) <- names(parts)
    o <- opts(name, view, "aj")
    for (a in seq_len(nrow(o))) {
      type <- o$type[a]; level <- o$level[a]; tag <- paste0(base, "_", short[match(type, types)], "_", round(100 * level))
      for (g in names(parts)) {
        p <- pts[[g]]; m <- length(p$r$time)
        f <- aj_fit(if (integral(parts[[g]]$weight)) replicated(parts[[g]]) else parts[[g]], K, type, level)
        dim(f$lower) <- dim(f$upper) <- dim(f$pstate)        # logit and arcsin drop the dimensions
        own <- is.null(parts[[g]]$entry) && !p$real          # survfit's own standard error and limits
        for (k in seq_len(K)) {
          sl <- f$lower[p$i, p$st[k]]; su <- f$upper[p$i, p$st[k]]
          l <- ci(p$F[, k], p$se[, k], type, level); na <- is.na(sl)
          if (own) { stopifnot(close_to(sl, l[[1]]), close_to(su, l[[2]])); l <- list(sl, su) }
          else { l[[1]][is.na(l[[2]])] <- NaN; l[[2]][is.na(l[[1]])] <- NaN }
          # incidence 1 up to rounding (0.99999999999999944, 1.0000000000000002): written as 1, error 0, survfit's limits for 1
          inc <- p$F[, k]; se <- p$se[, k]; one <- abs(inc - 1) < 1e-12
          inc[one] <- 1; se[one] <- 0; l <- lapply(l, function(v) { v[one] <- if (type %in% c("log", "plain")) 1 else NaN; v })
          row <- data.frame(case = rep(paste0("aj_", tag), m), dataset = name, conf_type = type, level = as.character(level), group = g, cause = k,
                            time = p$r$time, n_risk = p$r$n, n_event = p$r$d[, k], incidence = inc)
          if (!name %in% names(fractional)) AJ[[length(AJ) + 1]] <- cbind(row, data.frame(std_err = se, lower = l[[1]], upper = l[[2]]))
          if (!own && a <= 2 && !grepl('_whole$', name)) IJ[[length(IJ) + 1]] <- cbind(row, data.frame(std_err = f$std.err[p$i, p$st[k]], lower = sl, upper = su))
        }
      }
    }
  }
}
bind <- function(l) { r <- do.call(rbind, l); rownames(r) <- NULL; r }
KM <- bind(KM); AJ <- bind(AJ); IJ <- bind(IJ); Q <- bind(Q); R <- bind(R)
write_csv(KM, "km.csv"); write_csv(AJ, "aj.csv"); write_csv(IJ, "aj_survfit_ij.csv"); write_csv(Q, "quantiles.csv"); write_csv(R, "rmst.csv")

cases <- function(x) length(unique(x$case))
writeLines(c(R.version.string, sapply(c("survival", "cmprsk", "etm", "prodlim"), function(p) paste(p, packageVersion(p))),
  paste("date", format(Sys.Date())), "command: Rscript golden_curves.R ../resources/golden (in core/src/test/r)",
  sprintf("data sets %d; cases km %d, aj %d, quantiles %d, rmst %d; rows km %d, aj %d, quantiles %d, rmst %d, aj_survfit_ij %d", length(data),
          cases(KM), cases(AJ), cases(Q), cases(R), nrow(KM), nrow(AJ), nrow(Q), nrow(R), nrow(IJ)),
  paste("cross-checks passed:", paste(names(ncheck), ncheck, collapse = ", "))), file.path(out, "VERSIONS.txt"))
cat(readLines(file.path(out, "VERSIONS.txt")), sep = "\n")
