# Golden values for comparisons of groups whose clusters (or ids) may have rows in several groups: standard errors,
# covariances between groups, Wald's chi-square and contrasts of restricted means, survival and cumulative incidence.
#
#   cd core/src/test/r && Rscript golden_joint.R ../resources/golden
#
# Writes data/joint_*.csv, joint.csv in long form (case, dataset, measure, at, cause, scale, quantity, group, other, value)
# and VERSIONS_joint.txt. Deterministic; a few seconds.
#
# Everything comes from the influence matrices of one survfit with all groups:
#   survival   survfit(cluster=, robust=TRUE, weights=, influence=TRUE)$influence.surv, one row a cluster and one column a
#              time; checked against residuals(type = "pstate") and survfit's own robust std.err
#   rmst       the area under the same influences up to tau; checked against residuals(type = "rmst")
#   incidence  survfit of several states, influence.pstate with each row as its own id (3.5-3 leaves the cluster aside
#              there, and the weights too), times its weight, summed over clusters; checked against residuals(type = "pstate")
# The covariance of two groups is the sum over clusters of the products of the groups' influences, a cluster without rows
# in a group having none. Every influence is checked against the central difference of the estimate as the weights of the
# cluster's rows change together. Where nothing is nested the covariance is not 0.
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(stringsAsFactors = FALSE, warn = 1)
num <- function(x) if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
write_csv <- function(d, file) {
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}
near <- function(a, b, tol = 1e-10) all(abs(a - b) <= tol * pmax(abs(a), abs(b)) + 1e-13)
checks <- c(influence = 0, derivative = 0, std_err = 0, rmean = 0, nested = 0)
tick <- function(k) checks[k] <<- checks[k] + 1

# ---------------------------------------------------------------- data sets
draw <- function(n, seed, groups, days, entry = FALSE, weight = FALSE, clusters = 0, nested = FALSE) {
  set.seed(seed); k <- if (clusters) sample(1:clusters, n, TRUE) else 1:n
  g <- if (nested) k %% groups + 1 else sample(1:groups, n, TRUE)
  x <- rexp(n, .25 * (1 + .2 * g) * rgamma(max(k), 3, 3)[k]); c <- runif(n, 1, 12)
  e <- if (entry) ifelse(runif(n) < .5, 0, runif(n, 0, 2)) else rep(0, n)
  t <- e + pmin(x, c) + .01; s <- ifelse(x <= c, sample(1:2, n, TRUE, c(.6, .4)), 0)
  # One row of every group stays to the end, so that all are estimable at all times.
  last <- match(1:groups, g); t[last] <- 15; s[last] <- 0
  if (days) { e <- floor(2 * e); t <- pmax(ceiling(2 * t), e + 1) }
  d <- data.frame(time = t, status = s, group = letters[g])
  if (entry) d$entry <- e
  if (weight) d$weight <- round(runif(n, .2, 3), 3)
  if (clusters) d$cluster <- paste0("c", k)
  d
}
own <- list(
  joint_nested = draw(80, 3001, 2, TRUE, clusters = 16, nested = TRUE),
  joint_nested_weights = draw(120, 3002, 3, TRUE, weight = TRUE, clusters = 30, nested = TRUE),
  joint_spanning = draw(90, 3003, 2, TRUE, clusters = 14),
  joint_spanning_weights = draw(150, 3004, 3, TRUE, weight = TRUE, clusters = 25),
  joint_spanning_entry = draw(160, 3005, 3, TRUE, entry = TRUE, weight = TRUE, clusters = 30),
  joint_pairs = local({ d <- draw(100, 3006, 2, FALSE); d$cluster <- paste0("c", ave(1:100, d$group, FUN = seq_along)); d }),
  joint_weights = draw(100, 3007, 3, TRUE, weight = TRUE),
  joint_1000 = draw(1000, 3008, 4, FALSE, entry = TRUE, weight = TRUE, clusters = 120),
  # Patients who change their group: an id has rows in several groups.
  joint_switch = local({ d <- draw(90, 3009, 2, TRUE, weight = TRUE); set.seed(3010)
    r <- lapply(seq_len(nrow(d)), function(i) { x <- d[i, ]; cut <- if (runif(1) < .5 && x$time > 2) sample(1:(x$time - 1), 1) else NA
      if (is.na(cut) || i %in% match(c("a", "b"), d$group)) return(data.frame(time = x$time, status = x$status, group = x$group, entry = 0, weight = x$weight, id = paste0("p", i)))
      data.frame(time = c(cut, x$time), status = c(0, x$status), group = c(x$group, setdiff(c("a", "b"), x$group)), entry = c(0, cut),
                 weight = x$weight, id = paste0("p", i)) })
    do.call(rbind, r) }))
for (name in names(own)) write_csv(own[[name]], file.path("data", paste0(name, ".csv")))

# ---------------------------------------------------------------- fits
prepare <- function(name) {
  d <- read.csv(file.path(out, "data", paste0(name, ".csv")))
  d$cl <- if (!is.null(d$cluster)) d$cluster else if (!is.null(d$id)) d$id else paste0("r", seq_len(nrow(d)))
  if (is.null(d$weight)) d$weight <- 1
  d$row <- seq_len(nrow(d)); d$state <- factor(d$status, 0:2); d
}
# residuals() evaluates the call anew, so that its data must be found by name.
surv_fit <- function(d, influence = FALSE) {
  now_fitted <<- d
  if (is.null(d$entry)) eval(bquote(survfit(Surv(time, status > 0) ~ group, now_fitted, weights = weight, cluster = cl, robust = TRUE, influence = .(influence))), globalenv())
  else eval(bquote(survfit(Surv(entry, time, status > 0) ~ group, now_fitted, weights = weight, cluster = cl, robust = TRUE, influence = .(influence))), globalenv())
}
state_fit <- function(d, influence = FALSE) {
  now_fitted <<- d
  if (is.null(d$entry)) eval(bquote(survfit(Surv(time, state) ~ group, now_fitted, weights = weight, id = row, influence = .(influence))), globalenv())
  else eval(bquote(survfit(Surv(entry, time, state) ~ group, now_fitted, weights = weight, id = row, influence = .(influence))), globalenv())
}
spread <- function(m, clusters) { all <- matrix(0, length(clusters), ncol(m), dimnames = list(clusters, NULL)); all[rownames(m), ] <- m; all }
at_step <- function(times, t, values, before) { i <- findInterval(t, times); if (i == 0) before else values[i] }
area <- function(times, values, before, tau) { use <- times < tau; x <- c(0, times[use], tau); sum(diff(x) * c(before, values[use])) }

# Influence of every cluster (rows) on every group's estimate (columns), and the estimates.
measure_of <- function(d, measure, at, cause, influence = TRUE) {
  clusters <- unique(d$cl); groups <- sort(unique(d$group))
  est <- setNames(numeric(length(groups)), groups); inf <- matrix(0, length(clusters), length(groups), dimnames = list(clusters, groups))
  f <- if (measure == "incidence") state_fit(d, influence) else surv_fit(d, influence)
  from <- cumsum(c(0, f$strata))
  for (g in seq_along(groups)) {
    i <- (from[g] + 1):from[g + 1]; times <- f$time[i]
    est[g] <- switch(measure, survival = at_step(times, at, f$surv[i], 1), rmst = area(times, f$surv[i], 1, at),
                     incidence = at_step(times, at, f$pstate[i, cause + 1], 0))
    if (!influence) next
    if (measure == "incidence") {
      m <- f$influence.pstate[[g]]
      place <- findInterval(at, times) + dim(m)[2] - length(times)
      i <- as.integer(rownames(m)); v <- rowsum(d$weight[i] * m[, place, cause + 1], d$cl[i])
    } else {
      m <- f$influence.surv[[g]]
      v <- matrix(apply(m, 1, function(r) if (measure == "rmst") area(times, r, 0, at) else at_step(times, at, r, 0)), dimnames = list(rownames(m), NULL))
      if (measure == "survival") { stopifnot(near(sqrt(sum(v^2)), at_step(times, at, f$std.err[i], 0) * (if (f$logse) est[g] else 1))); tick("std_err") }
    }
    inf[, g] <- spread(v, clusters)[, 1]
  }
  list(estimate = est, influence = inf)
}
check <- function(d, measure, at, cause, m) {
  f <- if (measure == "incidence") state_fit(d) else surv_fit(d)
  r <- residuals(f, times = at, type = if (measure == "rmst") "rmst" else "pstate", weighted = TRUE)
  r <- if (measure == "incidence") r[, cause + 1] else as.vector(r)
  for (g in colnames(m$influence)) {
    v <- rowsum(ifelse(d$group == g, r, 0), d$cl)[rownames(m$influence), 1]
    stopifnot(near(v, m$influence[, g], 1e-9)); tick("influence")
  }
  if (measure == "rmst") { stopifnot(near(summary(f, rmean = at)$table[, "rmean"], m$estimate)); tick("rmean") }
  h <- 1e-4
  for (k in head(rownames(m$influence), 6)) {
    moved <- function(by) { e <- d; e$weight <- e$weight * ifelse(e$cl == k, 1 + by, 1); measure_of(e, measure, at, cause, FALSE)$estimate }
    slope <- (moved(h) - moved(-h)) / (2 * h)
    stopifnot(all(abs(slope - m$influence[k, ]) <= 1e-5 * max(abs(m$influence)))); tick("derivative")
  }
}

# ---------------------------------------------------------------- output
rows <- list()
source("inverted.R")
scales <- list(plain = list(function(p) p, function(p) 1), log = list(log, function(p) 1 / p),
  "log-log" = list(function(p) log(-log(p)), function(p) 1 / (p * log(p))), logit = list(qlogis, function(p) 1 / (p * (1 - p))),
  arcsin = list(function(p) asin(sqrt(p)), function(p) 1 / (2 * sqrt(p * (1 - p)))))
chisq <- function(x, v) { k <- length(x); l <- cbind(-1, diag(k - 1)); y <- l %*% x; drop(t(y) %*% solve(l %*% v %*% t(l), y)) }
run <- function(name, measure, at, cause = 1, scale = "plain") {
  d <- prepare(name); m <- measure_of(d, measure, at, cause); check(d, measure, at, cause, m)
  case <- paste(name, measure, at, if (measure == "incidence") cause else "any", scale, sep = "_")
  put <- function(quantity, group, other, value) rows[[length(rows) + 1]] <<- data.frame(case, dataset = name, measure, at, cause, scale, quantity, group, other, value)
  v <- crossprod(m$influence); p <- m$estimate; groups <- names(p); k <- length(p)
  if (grepl("nested", name) || name == "joint_weights") { stopifnot(all(v[row(v) != col(v)] == 0)); tick("nested") } else stopifnot(all(v[row(v) != col(v)] != 0))
  for (g in seq_len(k)) {
    put("estimate", groups[g], "", p[g]); put("std_err", groups[g], "", sqrt(v[g, g]))
    for (h in seq_len(g - 1)) put("covariance", groups[g], groups[h], v[g, h])
  }
  f <- scales[[scale]]; slope <- f[[2]](p) + 0 * p
  x <- chisq(f[[1]](p), v * outer(slope, slope)); put("chisq", "", "", x); put("p", "", "", pchisq(x, k - 1, lower.tail = FALSE))
  z975 <- qnorm(.975)
  for (g in 2:k) for (h in seq_len(g - 1)) {
    se <- sqrt(v[g, g] + v[h, h] - 2 * v[g, h]); diff <- p[g] - p[h]
    put("difference", groups[g], groups[h], diff); 
    w <- v * outer(slope, slope)
    put("difference_upper", groups[g], groups[h], if (measure == "rmst") diff + z975 * se else inverted(scale, p[g], p[h], w[c(g, h), c(g, h)])[2])
    if (measure == "rmst") {
      lse <- sqrt(v[g, g] / p[g]^2 + v[h, h] / p[h]^2 - 2 * v[g, h] / p[g] / p[h])
      put("z", groups[g], groups[h], diff / se); put("ratio_upper", groups[g], groups[h], p[g] / p[h] * exp(z975 * lse))
      q <- at - p; lost <- sqrt(v[g, g] / q[g]^2 + v[h, h] / q[h]^2 - 2 * v[g, h] / q[g] / q[h])
      put("lost_ratio_upper", groups[g], groups[h], q[g] / q[h] * exp(z975 * lost))
    } else {
      zz <- (f[[1]](p[g]) - f[[1]](p[h])) / sqrt(w[g, g] + w[h, h] - 2 * w[g, h])
      put("z", groups[g], groups[h], abs(zz) * sign(diff))
    }
  }
}
for (name in names(own)) {
  days <- !name %in% c("joint_pairs", "joint_1000"); t <- if (days) c(5, 12) else c(2.5, 6)
  for (tau in t) run(name, "rmst", tau)
  run(name, "survival", t[1], scale = "log-log"); run(name, "survival", t[2], scale = "plain"); run(name, "survival", t[2], scale = "log")
  run(name, "incidence", t[1], 1, "log-log"); run(name, "incidence", t[2], 2, "logit"); run(name, "incidence", t[2], 1, "arcsin")
}
write_csv(do.call(rbind, rows), "joint.csv")
stopifnot(all(checks > 0))
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste0("checks: ", paste(names(checks), checks, collapse = ", "))),
           file.path(out, "VERSIONS_joint.txt"))
