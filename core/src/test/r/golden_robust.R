# Golden values for robust variances, the other estimators of survival, time lost, reverse Kaplan-Meier and the variances of
# cumulative incidence.
#
#   cd core/src/test/r && Rscript golden_robust.R ../resources/golden
#
# Reads ../resources/golden/data/*.csv of golden_curves.R, writes seven data sets of its own (data/robust_*.csv), and
# robust.csv in long form: case, dataset, what is fitted, group, cause, time, quantity, value. Deterministic.
#
# What is computed by what
#   robust      survival::survfit(weights=, cluster=, robust=TRUE, stype=, ctype=); the standard error of S is std.err as it
#               stands for stype = 1 (there it is on the scale of S) and S std.err for stype = 2 (that of H). Empty where S = 0.
#               Several states: residuals(survfit, type = "pstate"), squared after sums over clusters, as the std.err of
#               survfit(cluster=) leaves the clusters aside there (3.5-3); it is used for several rows an id.
#               Frequency weights: rows replicated with rep(), each of its own.
#   model       survfit(stype = 2, ctype = 1 or 2), unweighted or on replicated rows; limits by survfit.
#   areas       robust: the derivative written out, for Kaplan-Meier equal to residuals(survfit, type = "rmst"); several
#               states: residuals(type = "auc"), squared after sums over clusters. survfit's own
#               se(rmean) is not robust (a Greenwood form), and for stype = 2 not the one of exp(-H): for model
#               variances the integral with survfit's std.err is written out, and equals se(rmean) for stype = 1.
#   covariance  residuals(survfit, type = "pstate").
#   reverse     survfit(Surv(time, status == 0)), prodlim(reverse = TRUE).
#   cuminc      cmprsk::cuminc()$var. aalen: the form in SAS's documentation written out; equal to cuminc without ties.
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages({ library(survival); library(cmprsk); library(prodlim) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(stringsAsFactors = FALSE, warn = 1)
num <- function(x) if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
write_csv <- function(d, file) {
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}
near <- function(a, b, tol = 1e-10) all(abs(a - b) <= tol * pmax(abs(a), abs(b)) + 1e-13)
checks <- c(jackknife = 0, greenwood = 0, cuminc_aalen = 0, rmean = 0, sum_of_lost = 0, residuals = 0)
tick <- function(k) checks[k] <<- checks[k] + 1

# ---------------------------------------------------------------- data sets
own <- list()
draw <- function(n, seed, days, entry = FALSE, weight = FALSE, clusters = 0, groups = FALSE) {
  set.seed(seed); k <- if (clusters) sample(1:clusters, n, TRUE) else 1:n
  x <- rexp(n, .25 * rgamma(max(k), 4, 4)[k]); c <- runif(n, 1, 9); e <- if (entry) ifelse(runif(n) < .4, 0, runif(n, 0, 3)) else rep(0, n)
  t <- e + pmin(x, c) + .01; s <- ifelse(x <= c, sample(1:2, n, TRUE, c(.6, .4)), 0)
  if (days) { e <- floor(2 * e); t <- pmax(ceiling(2 * t), e + 1) }
  d <- data.frame(time = t, status = s)
  if (entry) d$entry <- e
  if (weight) d$weight <- round(runif(n, .2, 3), 3)
  if (groups) d$group <- sample(c("x", "y"), n, TRUE)
  if (clusters) d$cluster <- k
  d
}
own$robust_clusters <- draw(120, 2001, TRUE, clusters = 15)
own$robust_clusters_weights <- draw(90, 2002, TRUE, weight = TRUE, clusters = 20)
own$robust_clusters_entry <- draw(150, 2003, TRUE, entry = TRUE, clusters = 25)
own$robust_all <- draw(160, 2004, TRUE, entry = TRUE, weight = TRUE, clusters = 30, groups = TRUE)
own$robust_2000 <- draw(2000, 2005, FALSE, entry = TRUE, weight = TRUE, clusters = 300)
own$robust_late <- draw(2000, 2006, FALSE, weight = TRUE)
own$robust_split <- local({ d <- draw(60, 2007, TRUE, entry = TRUE, weight = TRUE); set.seed(2008)
  r <- lapply(seq_len(nrow(d)), function(i) { x <- d[i, ]; cuts <- (x$entry + 1):x$time; cuts <- cuts[cuts < x$time]
    cuts <- sort(cuts[runif(length(cuts)) < .3]); m <- length(cuts) + 1
    data.frame(time = c(cuts, x$time), status = c(rep(0, m - 1), x$status), entry = c(x$entry, cuts), weight = x$weight, id = paste0("p", i)) })
  do.call(rbind, r) })
for (name in names(own)) write_csv(own[[name]], file.path("data", paste0(name, ".csv")))
get_data <- function(name) read.csv(file.path(out, "data", paste0(name, ".csv")))

# ---------------------------------------------------------------- output
rows <- list()
put <- function(case, dataset, kind, estimator, group, cause, time, quantity, value, time2 = NA)
  rows[[length(rows) + 1]] <<- data.frame(case, dataset, kind, estimator, group = as.character(group), cause = as.character(cause), time, time2, quantity, value)
some <- function(m) if (m <= 50) seq_len(m) else sort(unique(c(1:4, round(seq(1, m, length.out = 40)), (m - 5):m)))
types <- list(km = c(1, 1), breslow = c(2, 1), fh = c(2, 2))

# kind: sampling = the weights are sampling weights; cluster = as the data say; request = robust on request;
#       request_frequency = robust on request, weights are frequencies; model, model_frequency = not robust
prepare <- function(d, kind) {
  if (grepl("frequency", kind)) { d <- d[rep(seq_len(nrow(d)), d$weight), ]; d$weight <- NULL }
  if (is.null(d$weight)) d$weight <- 1
  d$cl <- if (kind == "cluster" && !is.null(d$cluster)) d$cluster else if (kind == "cluster" && !is.null(d$id)) d$id else seq_len(nrow(d))
  d$sid <- if (is.null(d$id)) seq_len(nrow(d)) else d$id
  rownames(d) <- NULL
  y <- aeqSurv(y_of(d))                        # survfit's time fix
  if (is.null(d$entry)) d$time <- y[, "time"] else { d$entry <- y[, "start"]; d$time <- y[, "stop"] }
  d
}
y_of <- function(d) if (is.null(d$entry)) Surv(d$time, d$status > 0) else Surv(d$entry, d$time, d$status > 0)
fit <- function(d, robust, st, ct, ...) {
  y <- y_of(d); assign("d", d, globalenv()); assign("y", y, globalenv())   # residuals() looks for them again
  if (robust) survfit(y ~ 1, weights = weight, cluster = cl, data = d, robust = TRUE, stype = st, ctype = ct, ...)
  else survfit(y ~ 1, data = d, stype = st, ctype = ct, ...)
}
se_of <- function(f, robust, st) ifelse(f$surv == 0, NA, if (robust && st == 1) f$std.err else f$surv * f$std.err)
area <- function(f, tau) { i <- f$time <= tau; sum(diff(c(0, f$time[i], tau)) * c(1, f$surv[i])) }

# the jackknife written out, as a second witness: derivatives of H by the weights
witness <- function(d, est) {
  e <- if (is.null(d$entry)) rep(-1, nrow(d)) else d$entry; ts <- sort(unique(d$time)); u <- matrix(0, nrow(d), length(ts)); now <- rep(0, nrow(d))
  for (j in seq_along(ts)) {
    r <- e < ts[j] & d$time >= ts[j]; ev <- r & d$time == ts[j] & d$status > 0; n <- sum(d$weight[r]); dd <- sum(d$weight[ev]); D <- sum(ev)
    if (D > 0) {
      k <- if (est == "fh") 0:(D - 1) else 0; each <- if (est == "fh") dd / D else dd
      if (est == "km") { a <- if (n > dd) dd / (n * (n - dd)) else NA; b <- 1 / (n - dd) }
      else if (est == "breslow") { a <- dd / n^2; b <- 1 / n }
      else { a <- each * sum(1 / (n - k * each)^2); b <- n / D * sum(1 / (n - k * each)^2) }
      now <- now + ifelse(r, -a, 0) + ifelse(ev, b, 0)
    }
    u[, j] <- now
  }
  list(time = ts, se = sqrt(colSums(rowsum(u * d$weight, d$cl)^2)), u = u)
}
# standard error of the area to tau: the influence on S is -S u, integrated
witness_area <- function(d, w, f, tau) {
  S <- f$surv[match(w$time, f$time)]; S[S == 0] <- 0; u <- w$u; u[, S == 0] <- 0
  i <- w$time <= tau; width <- diff(c(w$time[i], tau)); if (!any(i)) return(0)
  a <- -as.vector(u[, i, drop = FALSE] %*% (S[i] * width))
  sqrt(sum(rowsum(a * d$weight, d$cl)^2))
}

single <- function(dataset, kind, start = NULL) {
  whole <- get_data(dataset); robust <- !grepl("model", kind)
  parts <- if (is.null(whole$group) || kind == "request") list(all = whole) else split(whole, whole$group)
  for (est in names(types)) {
    st <- types[[est]][1]; ct <- types[[est]][2]
    case <- paste(c("km", dataset, kind, est, if (!is.null(start)) paste0("start", start)), collapse = "_")
    for (g in names(parts)) {
      d <- prepare(parts[[g]], kind); gg <- if (length(parts) == 1) "all" else g
      f <- if (is.null(start)) fit(d, robust, st, ct) else fit(d, robust, st, ct, start.time = start)
      i <- which(f$time %in% d$time & (if (is.null(start)) TRUE else f$time > start)); j <- i[some(length(i))]
      se <- se_of(f, robust, st)
      if (robust && is.null(start)) { w <- witness(d, est); stopifnot(near((se / f$surv)[i][!is.na(se[i])], w$se[!is.na(se[i])], 1e-9)); tick("jackknife")
        if (est == "km" && all(d$weight == 1) && is.null(d$entry) && kind != "cluster") {
          m <- survfit(Surv(time, status > 0) ~ 1, d); ok <- m$surv > 0; stopifnot(near((m$surv * m$std.err)[ok], se[i][ok])); tick("greenwood") } }
      put(case, dataset, kind, est, gg, "", f$time[j], "survival", f$surv[j], if (is.null(start)) NA else start)
      put(case, dataset, kind, est, gg, "", f$time[j], "std_err", se[j], if (is.null(start)) NA else start)
      put(case, dataset, kind, est, gg, "", f$time[j], "cumhaz", f$cumhaz[j], if (is.null(start)) NA else start)
      put(case, dataset, kind, est, gg, "", f$time[j], "std_chaz", f$std.chaz[j], if (is.null(start)) NA else start)
      if (!robust) { put(case, dataset, kind, est, gg, "", f$time[j], "lower", f$lower[j]); put(case, dataset, kind, est, gg, "", f$time[j], "upper", f$upper[j]) }
      if (!is.null(start)) next
      taus <- max(d$time) * c(.25, .6, .95); taus <- taus[taus > 0]
      acase <- sub("^km", "rmst", case)
      for (tau in taus) {
        put(acase, dataset, kind, est, gg, "", tau, "rmst", area(f, tau))
        if (!robust) {
          v <- diff(c(0, f$std.err^2)); A <- sapply(f$time, function(x) if (x > tau) 0 else area(f, tau) - area(f, x)); ok <- A > 0
          put(acase, dataset, kind, est, gg, "", tau, "rmst_se", sqrt(sum(A[ok]^2 * v[ok])))
        } else {
          # residuals(type = "rmst") is right for Kaplan-Meier; for stype = 2, ctype = 1 it is not the derivative of its
          # own area, and ctype = 2 it does not have: written out
          se_area <- witness_area(d, w, f, tau)
          put(acase, dataset, kind, est, gg, "", tau, "rmst_se", se_area)
          if (est == "km") {
            r <- residuals(f, times = tau, type = "rmst", weighted = TRUE)
            stopifnot(near(se_area, sqrt(sum(rowsum(as.numeric(r), d$cl)^2)), 1e-9)); tick("residuals")
            if (all(d$weight == 1) && is.null(d$entry) && kind == "request") {
              m <- survfit(Surv(time, status > 0) ~ 1, d); stopifnot(near(summary(m, rmean = tau)$table["se(rmean)"], sqrt(sum(r^2)))); tick("rmean") }
          }
        }
      }
      if (robust && est == "km") {
        ts <- unique(f$time[i][f$surv[i] > 0]); ts <- ts[round(quantile(seq_along(ts), c(.2, .5, .9), names = FALSE))]
        r <- rowsum(residuals(f, times = ts, type = "pstate", weighted = TRUE), d$cl); v <- crossprod(r)
        stopifnot(near(sqrt(diag(v)), se[match(ts, f$time)], 1e-9)); tick("residuals")
        for (a in 1:3) for (b in 1:3) put(sub("^km", "cov", case), dataset, kind, est, gg, "", ts[a], "covariance", v[a, b], ts[b])
      }
    }
  }
}

states <- function(dataset, kind) {
  whole <- get_data(dataset); parts <- if (is.null(whole$group) || kind == "request") list(all = whole) else split(whole, whole$group)
  case <- paste("aj", dataset, kind, sep = "_"); K <- max(whole$status)
  for (g in names(parts)) {
    d <- prepare(parts[[g]], kind); gg <- if (length(parts) == 1) "all" else g; d$ev <- factor(d$status, 0:K); assign("d", d, globalenv())
    # residuals() of several states wants (start, stop]
    if (is.null(d$entry)) { stopifnot(min(d$time) > 0); d$entry <- 0; assign("d", d, globalenv()) }
    f <- survfit(Surv(entry, time, ev) ~ 1, d, id = sid, cluster = cl, weights = weight)
    i <- which(f$time %in% d$time); j <- i[some(length(i))]; s <- match(as.character(1:K), f$states)
    for (k in 1:K) {
      put(case, dataset, kind, "aj", gg, k, f$time[j], "incidence", f$pstate[j, s[k]])
    }
    if (dataset == "robust_split") se <- f$std.err[j, s] else {
      r <- residuals(f, times = f$time[j], type = "pstate", weighted = TRUE)      # rows, times, states
      se <- sapply(1:K, function(k) sqrt(colSums(rowsum(r[, , s[k]], d$cl)^2)))
      # survfit's std.err of several states leaves cluster aside: equal only where each row is one
      if (!any(duplicated(d$cl))) { stopifnot(near(se, f$std.err[j, s], 1e-9)); tick("residuals") }
    }
    for (k in 1:K) put(case, dataset, kind, "aj", gg, k, f$time[j], "std_err", as.matrix(se)[, k])
    if (dataset == "robust_split") next        # residuals() of several states stops on several rows an id
    taus <- max(d$time) * c(.3, .6, .95)
    for (tau in taus) {
      r <- residuals(f, times = tau, type = "auc", weighted = TRUE)
      stopifnot(near(rowSums(r), 0)); tick("sum_of_lost")
      cl <- d$cl[match(rownames(r), as.character(d$sid))]; if (is.null(rownames(r))) cl <- d$cl
      if (nrow(r) == nrow(d)) cl <- d$cl
      ii <- f$time <= tau
      for (k in 1:K) {
        put(sub("^aj", "rmtl", case), dataset, kind, "aj", gg, k, tau, "rmtl", sum(diff(c(0, f$time[ii], tau)) * c(0, f$pstate[ii, s[k]])))
        put(sub("^aj", "rmtl", case), dataset, kind, "aj", gg, k, tau, "rmtl_se", sqrt(sum(rowsum(r[, s[k]], cl)^2)))
      }
    }
  }
}

# ---------------------------------------------------------------- robust
sampling <- c("weights_quarters", "weights_real", "weights_tenths", "weights_integer", "weights_entry", "weights_real_entry_groups", "robust_late")
clustered <- c("robust_clusters", "robust_clusters_weights", "robust_clusters_entry", "robust_all", "robust_2000", "robust_split")
request <- c("bmtcrr", "heavy_ties", "worked7", "causes3", "entry_ties", "entry_gap", "entry_thin", "entry_causes2")
for (name in sampling) { single(name, "sampling"); states(name, "sampling") }
for (name in clustered) { single(name, "cluster"); states(name, "cluster") }
for (name in request) { single(name, "request"); if (name != "entry_ties") states(name, "request") }
single("weights_integer", "request_frequency"); single("weights_entry", "request_frequency")
states("weights_integer", "request_frequency"); states("weights_entry", "request_frequency")
single("robust_clusters", "cluster", start = 3.5); single("robust_all", "cluster", start = 4.5); single("weights_real", "sampling", start = 1)
# ---------------------------------------------------------------- other estimators, model variance
for (name in c("bmtcrr", "tiny_ties", "heavy_ties", "worked7", "all_events", "entry_ties", "entry_zero", "entry_gap", "groups3", "event_at_zero", "one_event", "large_times"))
  single(name, "model")
single("weights_integer", "model_frequency"); single("weights_entry", "model_frequency")

# ---------------------------------------------------------------- variances of cumulative incidence
sas <- function(d, k) {
  t <- sort(unique(d$time)); m <- length(t); S <- 1; F <- 0; Ss <- Fs <- a <- b <- c <- numeric(m)
  for (i in 1:m) {
    n <- sum(d$time >= t[i]); e <- sum(d$time == t[i] & d$status > 0); dk <- sum(d$time == t[i] & d$status == k)
    Ss[i] <- S; F <- F + S * dk / n; S <- S * (1 - e / n); Fs[i] <- F
    if (n > 1) { b[i] <- dk * (n - dk) / (n^2 * (n - 1)); if (e < n) { a[i] <- e / ((n - 1) * (n - e)); c[i] <- dk * (n - dk) / (n * (n - e) * (n - 1)) } }
  }
  list(time = t, F = Fs, v = sapply(1:m, function(j) { i <- 1:j; D <- Fs[j] - Fs[i]; sum(D^2 * a[i] + Ss[i]^2 * b[i] - 2 * D * Ss[i] * c[i]) }))
}
for (name in c("bmtcrr", "tiny_ties", "worked7", "heavy_ties", "causes2", "causes3", "causes4", "flat_half", "groups3", "median_not_reached", "large_times",
               "last_event_after_censoring", "all_events", "tiny_times")) {
  d <- get_data(name)
  for (k in seq_len(max(d$status))) {
    s <- sas(d, k); x <- cuminc(d$time, d$status)[[paste("1", k)]]; at <- findInterval(s$time, x$time)
    if (!any(duplicated(d$time[d$status > 0]))) { alone <- sapply(s$time, function(u) sum(d$time >= u)) == 1     # with one at risk cuminc adds S^2, Aalen nothing
      stopifnot(near(x$var[at][!alone], s$v[!alone])); tick("cuminc_aalen") }
    j <- some(length(at))
    # where everybody has had an event only rounding is left of cuminc's variance
    zero <- function(v) ifelse(abs(v) < 1e-15, 0, v)
    put(paste0("cuminc_", name), name, "cmprsk", "aj", "all", k, s$time[j], "incidence", x$est[at][j])
    put(paste0("cuminc_", name), name, "cmprsk", "aj", "all", k, s$time[j], "variance", zero(x$var[at][j]))
    put(paste0("aalen_", name), name, "aalen", "aj", "all", k, s$time[j], "incidence", s$F[j])
    put(paste0("aalen_", name), name, "aalen", "aj", "all", k, s$time[j], "variance", zero(s$v[j]))
  }
}
# ---------------------------------------------------------------- follow-up
for (name in c("bmtcrr", "tiny_ties", "worked7", "heavy_ties", "causes3", "flat_half", "groups3", "jmml2000", "large_times")) {
  d <- get_data(name); d$any <- as.integer(d$status > 0)
  f <- survfit(Surv(time, any == 0) ~ 1, d, conf.type = "log-log"); j <- some(length(f$time)); q <- quantile(f, .5)
  case <- paste0("reverse_", name); se <- ifelse(f$surv == 0, NA, f$surv * f$std.err)
  put(case, name, "still_at_risk", "km", "all", "", f$time[j], "survival", f$surv[j]); put(case, name, "still_at_risk", "km", "all", "", f$time[j], "std_err", se[j])
  put(case, name, "still_at_risk", "km", "all", "", .5, "median", q$quantile); put(case, name, "still_at_risk", "km", "all", "", .5, "median_upper", q$upper)
  p <- prodlim(Hist(time, any) ~ 1, d, reverse = TRUE); j <- some(length(p$time)); case <- paste0("reverse_first_", name)
  put(case, name, "event_first", "km", "all", "", p$time[j], "survival", p$surv[j])
  put(case, name, "event_first", "km", "all", "", p$time[j], "std_err", ifelse(p$surv == 0, NA, p$se.surv)[j])
}
all <- do.call(rbind, rows)
write_csv(all, "robust.csv")
distinct <- nrow(all)
writeLines(c(paste("R", getRversion()), paste("survival", packageVersion("survival")), paste("cmprsk", packageVersion("cmprsk")),
  paste("prodlim", packageVersion("prodlim")), paste("cases", length(unique(all$case))), paste("numbers", distinct),
  paste("check", names(checks), checks)), file.path(out, "VERSIONS_robust.txt"))
