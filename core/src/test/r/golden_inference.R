# Golden values of tests: Gray (cmprsk::cuminc), restricted means and survival or incidence at a fixed time (survfit, and
# the definitions written out), exact permutation (all assignments, survdiff's statistic), robust log-rank (coxph's robust
# score test), trend and pairs (survdiff). Run in this folder: Rscript golden_inference.R ../resources/golden
suppressPackageStartupMessages({library(survival); library(cmprsk)})
out <- commandArgs(TRUE)[[1]]
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
checks <- numeric(0)
agree <- function(name, a, b, tolerance = 1e-9) {
  stopifnot(all(abs(a - b) <= tolerance * pmax(1e-12, abs(b))))
  checks[name] <<- (if (is.na(checks[name])) 0 else checks[name]) + length(a)
}
seed <- function(s) set.seed(s, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
make <- function(s, n, k, width, causes = 2) {
  seed(s)
  g <- sample(c(seq_len(k), seq_len(k), sample.int(k, n - 2 * k, TRUE)))
  t <- rexp(n, 0.02 * (1 + 0.4 * g)); c <- runif(n, 5, 120)
  time <- pmin(t, c)
  time <- if (width > 0) ceiling(time / width) else round(time, 6)
  status <- ifelse(t <= c, sample.int(causes, n, TRUE, c(2, rep(1, causes - 1))), 0L)
  data.frame(time = time, status = status, group = LETTERS[g], strata = sample(c("x", "y", "z"), n, TRUE),
             weight = round(runif(n, 0.2, 3), 3), cluster = sample.int(max(3, n %/% 4), n, TRUE))
}
sets <- list(
  inf_two = make(101, 60, 2, 0), inf_two_days = make(102, 200, 2, 1), inf_three_days = make(103, 150, 3, 1),
  inf_four_heavy = make(104, 160, 4, 15), inf_five_causes = make(105, 300, 5, 0, 3), inf_small = make(106, 16, 2, 3),
  inf_large = make(107, 1500, 3, 1))
bmt <- read.csv("bmtcrr.csv")
seed(108)
sets$inf_bmtcrr <- data.frame(time = bmt$months, status = bmt$status, group = bmt$phase, strata = bmt$sex,
  weight = round(runif(nrow(bmt), 0.5, 2), 3), cluster = sample.int(40, nrow(bmt), TRUE))
sets$inf_bmtcrr <- sets$inf_bmtcrr[complete.cases(sets$inf_bmtcrr), ]
entry <- make(109, 180, 3, 1); entry$entry <- floor(runif(180) * entry$time * 0.6); entry <- entry[entry$entry < entry$time, ]
sets$inf_entry <- entry
# One group leaves before the first event.
early <- make(110, 90, 2, 1)
sets$inf_early_leaver <- rbind(early, data.frame(time = 0.5, status = 0L, group = "C", strata = c("x", "y"), weight = 1, cluster = 1))
for (name in names(sets)) {
  d <- sets[[name]]
  d$time <- num(d$time); d$weight <- num(d$weight)
  write.table(d, file.path(out, "data", paste0(name, ".csv")), sep = ",", quote = FALSE, row.names = FALSE)
}
counted <- numeric(0)
save <- function(file, lines) {
  writeLines(lines, file.path(out, file))
  counted[file] <<- length(unique(sub(",.*", "", lines[-1])))
}

# Gray
lines <- "case,dataset,strata,rho,cause,group,against,statistic,df,p"
gray <- function(d, rho, cause, strata) {
  f <- if (strata) cuminc(d$time, d$status, d$group, d$strata, rho = rho) else cuminc(d$time, d$status, d$group, rho = rho)
  f$Tests[as.character(cause), ]
}
for (name in setdiff(names(sets), "inf_entry")) for (strata in c(FALSE, TRUE)) for (rho in c(0, 0.5, 1, -0.5)) {
  d <- sets[[name]]
  if (name == "inf_early_leaver") d <- d[d$group != "C", ]
  for (cause in sort(setdiff(unique(d$status), 0))) {
    r <- gray(d, rho, cause, strata)
    lines <- c(lines, sprintf("%s_cause%d_rho%g%s,%s,%s,%g,%d,,,%s,%d,%s", name, cause, rho, if (strata) "_strata" else "",
      name, if (strata) "yes" else "no", rho, cause, num(r[["stat"]]), as.integer(r[["df"]]), num(r[["pv"]])))
  }
}
for (name in c("inf_three_days", "inf_four_heavy", "inf_five_causes")) for (strata in c(FALSE, TRUE)) {
  d <- sets[[name]]; levels <- sort(unique(d$group))
  for (i in seq_along(levels)) for (j in seq_along(levels)) if (i < j) {
    r <- gray(d[d$group %in% levels[c(i, j)], ], 0, 1, strata)
    lines <- c(lines, sprintf("%s_pairs%s,%s,%s,0,1,%s,%s,%s,1,%s", name, if (strata) "_strata" else "", name,
      if (strata) "yes" else "no", levels[i], levels[j], num(r[["stat"]]), num(r[["pv"]])))
  }
}
save("gray.csv", lines)

# Restricted means: survfit's, and the definition
area <- function(d, tau) {
  y <- if (is.null(d$entry)) Surv(d$time, d$status > 0) else Surv(d$entry, d$time, d$status > 0)
  f <- survfit(y ~ 1, timefix = TRUE)
  tab <- summary(f, rmean = tau)$table
  m <- tab[["rmean"]]; se <- tab[[grep("^\\*?se\\(rmean\\)|se\\(rmean\\)", names(tab), value = TRUE)]]
  at <- f$time <= tau
  s <- c(1, f$surv[at]); knots <- c(0, f$time[at], tau)
  pieces <- diff(knots) * s
  after <- rev(cumsum(rev(pieces)))[-1]
  v <- f$n.event[at] / (f$n.risk[at] * (f$n.risk[at] - f$n.event[at]))
  v[f$n.event[at] == 0 | after == 0] <- 0
  agree("rmst: survfit = definition", c(m, se), c(sum(pieces), sqrt(sum(after^2 * v))))
  c(m, se)
}
lines <- "case,dataset,tau,level,pairs,group,against,measure,estimate,lower,upper,z,p,adjusted"
for (name in names(sets)) {
  d <- sets[[name]]
  if (name == "inf_early_leaver") d <- d[d$group != "C", ]
  levels <- sort(unique(d$group))
  longest <- min(tapply(d$time, d$group, max))
  for (share in c(0.4, 0.6, 0.95)) for (level in c(0.95, 0.9)) for (pairs in c("none", "holm", "bonferroni")) {
    tau <- signif(share * longest, 3)
    if (level == 0.9 && pairs != "none") next
    e <- sapply(levels, function(g) area(d[d$group == g, ], tau))
    key <- sprintf("%s_%g_%g_%s,%s,%s,%s,%s", name, tau, level, pairs, name, num(tau), num(level), pairs)
    q <- qnorm((1 + level) / 2)
    for (g in levels) lines <- c(lines, paste(key, g, "", "rmst", num(e[1, g]), num(e[1, g] - q * e[2, g]), num(e[1, g] + q * e[2, g]), "", "", "", sep = ","))
    dif <- e[1, -1] - e[1, 1]; V <- diag(e[2, -1]^2, length(dif)) + e[2, 1]^2
    chi <- drop(dif %*% solve(V, dif))
    lines <- c(lines, paste(key, "", "", "chi-square", num(chi), "", "", num(length(dif)), num(pchisq(chi, length(dif), lower.tail = FALSE)), "", sep = ","))
    rows <- list()
    for (i in seq_along(levels)) for (j in seq_along(levels)) if (j > i && (i == 1 || pairs != "none")) {
      a <- e[, j]; b <- e[, i]; la <- tau - a[1]; lb <- tau - b[1]
      se <- sqrt(a[2]^2 + b[2]^2); r1 <- sqrt((a[2] / a[1])^2 + (b[2] / b[1])^2); r2 <- sqrt((a[2] / la)^2 + (b[2] / lb)^2)
      rows[[length(rows) + 1]] <- data.frame(group = levels[j], against = levels[i],
        measure = c("difference", "ratio", "time-lost difference", "time-lost ratio"),
        estimate = c(a[1] - b[1], a[1] / b[1], b[1] - a[1], la / lb),
        lower = c(a[1] - b[1] - q * se, exp(log(a[1] / b[1]) - q * r1), b[1] - a[1] - q * se, exp(log(la / lb) - q * r2)),
        upper = c(a[1] - b[1] + q * se, exp(log(a[1] / b[1]) + q * r1), b[1] - a[1] + q * se, exp(log(la / lb) + q * r2)),
        z = c((a[1] - b[1]) / se, log(a[1] / b[1]) / r1, (b[1] - a[1]) / se, log(la / lb) / r2))
    }
    rows <- do.call(rbind, rows); rows$p <- 2 * pnorm(-abs(rows$z))
    rows$adjusted <- NA
    if (pairs != "none") for (m in unique(rows$measure)) rows$adjusted[rows$measure == m] <- p.adjust(rows$p[rows$measure == m], pairs)
    lines <- c(lines, with(rows, paste(key, group, against, measure, num(estimate), num(lower), num(upper), num(z), num(p), num(adjusted), sep = ",")))
  }
}
save("rmst_test.csv", lines)

# Fixed time
source("inverted.R")
f <- list(plain = function(p) p, log = log, "log-log" = function(p) log(-log(p)), logit = qlogis, arcsin = function(p) asin(sqrt(p)))
slope <- list(plain = function(p) 1, log = function(p) 1 / p, "log-log" = function(p) 1 / (p * log(p)),
  logit = function(p) 1 / (p * (1 - p)), arcsin = function(p) 1 / (2 * sqrt(p * (1 - p))))
point <- function(d, t, cause) {
  if (cause == 0) {
    y <- if (is.null(d$entry)) Surv(d$time, d$status > 0) else Surv(d$entry, d$time, d$status > 0)
    s <- summary(survfit(y ~ 1), times = t)
    return(c(s$surv, s$std.err))
  }
  s <- summary(survfit(Surv(d$time, factor(d$status)) ~ 1), times = t)
  p <- s$pstate[, s$states == cause]
  agree("fixed time: survfit = cuminc", p, timepoints(cuminc(d$time, d$status), t)$est[paste(1, cause), 1])
  c(p, s$std.err[, s$states == cause])
}
lines <- "case,dataset,time,cause,scale,group,against,estimate,lower,upper,statistic,df,p"
for (name in names(sets)) for (cause in 0:2) {
  d <- sets[[name]]
  if (name == "inf_early_leaver") d <- d[d$group != "C", ]
  if (name == "inf_entry" && cause > 0) next
  levels <- sort(unique(d$group))
  for (share in c(0.3, 0.6)) {
    t <- signif(share * min(tapply(d$time, d$group, max)), 3)
    e <- sapply(levels, function(g) point(d[d$group == g, ], t, cause))
    if (any(e[1, ] <= 0 | e[1, ] >= 1)) next
    for (scale in names(f)) {
      x <- f[[scale]](e[1, ]); v <- (slope[[scale]](e[1, ]) * e[2, ])^2
      dif <- x[-1] - x[1]; chi <- drop(dif %*% solve(diag(v[-1], length(dif)) + v[1], dif))
      key <- sprintf("%s_%g_cause%d_%s,%s,%s,%d,%s", name, t, cause, scale, name, num(t), cause, scale)
      lines <- c(lines, paste(key, "", "", "", "", "", num(chi), length(dif), num(pchisq(chi, length(dif), lower.tail = FALSE)), sep = ","))
      for (g in levels[-1]) {
        delta <- e[1, g] - e[1, 1]; limits <- inverted(scale, e[1, g], e[1, 1], diag(c(v[g], v[1])))
        z <- abs(x[g] - x[1]) / sqrt(v[g] + v[1]) * sign(delta)
        lines <- c(lines, paste(key, g, levels[1], num(delta), num(limits[1]), num(limits[2]), num(z), "", num(2 * pnorm(-abs(z))), sep = ","))
      }
    }
  }
}
save("fixed_time.csv", lines)

# The rank statistic written out, with entry, weights and clusters; w is survdiff's S(t-)^rho
rank_stat <- function(d, rho = 0, robust = FALSE) {
  g <- factor(d$group); K <- nlevels(g); U <- numeric(K); V <- matrix(0, K, K)
  entry <- if (is.null(d$entry)) rep(-1, nrow(d)) else d$entry
  w <- if (robust) d$weight else rep(1, nrow(d))
  R <- matrix(0, nrow(d), K)
  for (s in unique(d$strata)) {
    S <- 1
    for (t in sort(unique(d$time[d$status > 0 & d$strata == s]))) {
      at <- d$strata == s & entry < t & d$time >= t; ev <- at & d$time == t & d$status > 0
      n <- sum(w[at]); dd <- sum(w[ev]); ng <- as.vector(tapply(w * at, g, sum)); dg <- as.vector(tapply(w * ev, g, sum))
      p <- ng / n; L <- S^rho
      U <- U + L * (dg - dd * p)
      if (n > 1) V <- V + L^2 * dd * (n - dd) / (n - 1) * (diag(p) - outer(p, p))
      for (i in which(at)) R[i, ] <- R[i, ] + w[i] * L * ((as.integer(g[i]) == seq_len(K)) - p) * ((ev[i]) - dd / n)
      S <- S * (n - dd) / n
    }
  }
  if (robust) V <- crossprod(rowsum(R, if (is.null(d$cluster)) seq_len(nrow(d)) else d$cluster))
  keep <- seq_len(K - 1)
  list(U = U, V = V, chi = tryCatch(drop(U[keep] %*% solve(V[keep, keep], U[keep])), error = function(e) NA))
}

# Exact permutation
small <- function(s, n, k, width, strata = 1, late = FALSE) {
  seed(s)
  d <- data.frame(time = rexp(n, 0.1), status = rbinom(n, 1, 0.75), group = LETTERS[rep(seq_len(k), length.out = n)],
                  strata = letters[1 + (seq_len(n) - 1) %/% ceiling(n / strata)])
  d$time <- if (width > 0) ceiling(d$time / width) else round(d$time, 4)
  if (late) d$entry <- floor(d$time * runif(n) * 0.8 * 2) / 2
  if (late) d$entry[d$entry >= d$time] <- 0
  d
}
exact <- list(perm_a = small(1, 8, 2, 0), perm_b = small(2, 9, 2, 3), perm_c = small(3, 10, 2, 5), perm_d = small(4, 11, 2, 0),
  perm_three = small(5, 8, 3, 4), perm_three_cont = small(6, 7, 3, 0), perm_strata = small(7, 11, 2, 4, 2),
  perm_strata_three = small(8, 10, 3, 4, 2), perm_entry = small(9, 10, 2, 2, 1, TRUE), perm_entry_strata = small(10, 12, 2, 2, 2, TRUE),
  perm_uneven = transform(small(11, 12, 2, 6), group = rep(c("A", "B"), c(4, 8))), perm_heavy = small(12, 12, 2, 12))
assignments <- function(labels) {
  if (length(labels) == 0) return(list(character()))
  found <- list()
  for (l in unique(labels)) {
    rest <- labels[-match(l, labels)]
    found <- c(found, lapply(assignments(rest), function(a) c(l, a)))
  }
  found
}
lines <- "case,dataset,rho,statistic,hits,assignments,p"
for (name in names(exact)) {
  d <- exact[[name]]
  w <- d; w$time <- num(w$time)
  write.table(w, file.path(out, "data", paste0(name, ".csv")), sep = ",", quote = FALSE, row.names = FALSE)
  for (rho in c(0, 1)) {
    stat <- function(x) {
      r <- rank_stat(x, rho)$chi
      if (is.na(r)) 0 else r
    }
    observed <- stat(d)
    if (is.null(d$entry)) agree("exact: written out = survdiff", observed, survdiff(Surv(time, status) ~ group + strata(strata), d, rho = rho)$chisq)
    parts <- lapply(split(seq_len(nrow(d)), d$strata), function(i) list(i = i, a = assignments(sort(d$group[i]))))
    grid <- expand.grid(lapply(parts, function(p) seq_along(p$a)))
    hits <- 0
    for (r in seq_len(nrow(grid))) {
      x <- d
      for (s in seq_along(parts)) x$group[parts[[s]]$i] <- parts[[s]]$a[[grid[r, s]]]
      hits <- hits + (stat(x) >= observed * (1 - 1e-10))
    }
    lines <- c(lines, sprintf("%s_rho%g,%s,%g,%s,%d,%d,%s", name, rho, name, rho, num(observed), hits, nrow(grid), num(hits / nrow(grid))))
  }
}
save("permutation.csv", lines)

# Robust log-rank
lines <- "case,dataset,weights,cluster,strata,entry,rho,statistic,df,p"
for (name in setdiff(names(sets), "inf_large")) for (weights in c(FALSE, TRUE)) for (cluster in c(FALSE, TRUE)) for (strata in c(FALSE, TRUE)) for (rho in c(0, 1)) {
  if (!weights && !cluster) next
  d <- sets[[name]]
  if (name == "inf_early_leaver") d <- d[d$group != "C", ]
  x <- d
  if (!weights) x$weight <- 1
  if (!cluster) x$cluster <- seq_len(nrow(x))
  if (!strata) x$strata <- "all"
  chi <- rank_stat(x, rho, TRUE)$chi
  k <- length(unique(x$group))
  if (rho == 0) {
    y <- if (is.null(x$entry)) Surv(x$time, x$status > 0) else Surv(x$entry, x$time, x$status > 0)
    fit <- coxph(y ~ factor(group) + strata(strata), x, weights = weight, cluster = cluster, robust = TRUE, ties = "breslow",
      control = coxph.control(eps = 1e-12, iter.max = 50, timefix = TRUE))
    agree("robust: written out = coxph", chi, fit$rscore, 1e-8)
  }
  lines <- c(lines, sprintf("%s_%s%s%s_rho%g,%s,%s,%s,%s,%s,%g,%s,%d,%s", name, if (weights) "w" else "", if (cluster) "c" else "", if (strata) "s" else "", rho,
    name, if (weights) "yes" else "no", if (cluster) "yes" else "no", if (strata) "yes" else "no", if (is.null(d$entry)) "no" else "yes", rho,
    num(chi), k - 1L, num(pchisq(chi, k - 1, lower.tail = FALSE))))
}
save("robust_rank.csv", lines)

# Trend and pairs
lines <- "case,dataset,rho,strata,adjustment,group,against,measure,z,p,adjusted"
for (name in c("inf_three_days", "inf_four_heavy", "inf_five_causes", "inf_bmtcrr", "inf_large")) for (rho in c(0, 1)) for (strata in c(FALSE, TRUE)) {
  d <- sets[[name]]; levels <- sort(unique(d$group)); k <- length(levels)
  fit <- function(x) if (strata) survdiff(Surv(time, status > 0) ~ group + strata(strata), x, rho = rho) else survdiff(Surv(time, status > 0) ~ group, x, rho = rho)
  sums <- function(x) if (is.matrix(x)) rowSums(x) else x
  for (adjustment in c("holm", "bonferroni")) {
    key <- sprintf("%s_rho%g%s_%s,%s,%g,%s,%s", name, rho, if (strata) "_strata" else "", adjustment, name, rho, if (strata) "yes" else "no", adjustment)
    s <- fit(d); c <- seq_len(k)^2
    z <- sum(c * (sums(s$obs) - sums(s$exp))) / sqrt(drop(c %*% s$var %*% c))
    lines <- c(lines, paste(key, levels[k], levels[1], "trend", num(z), num(2 * pnorm(-abs(z))), "", sep = ","))
    rows <- NULL
    for (i in seq_len(k)) for (j in seq_len(k)) if (i < j) {
      p <- fit(d[d$group %in% levels[c(i, j)], ])
      rows <- rbind(rows, data.frame(group = levels[i], against = levels[j], z = sqrt(p$chisq) * sign(sums(p$obs)[1] - sums(p$exp)[1])))
    }
    rows$p <- 2 * pnorm(-abs(rows$z))
    lines <- c(lines, with(rows, paste(key, group, against, "pair", num(z), num(p), num(p.adjust(p, adjustment)), sep = ",")))
  }
}
save("rank_contrasts.csv", lines)
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("cmprsk", packageVersion("cmprsk")),
  "command: Rscript golden_inference.R ../resources/golden (in core/src/test/r)",
  paste0("cases: ", paste(names(counted), counted, collapse = ", ")), paste0("cross-checks passed: ", paste(names(checks), checks, collapse = ", "))),
  file.path(out, "VERSIONS_inference.txt"))
