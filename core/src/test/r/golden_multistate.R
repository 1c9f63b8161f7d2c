# Golden values for multi-state data: state occupation, transition probabilities, hazards, sojourn times, checks.
#
#   cd core/src/test/r && Rscript golden_multistate.R ../resources/golden
#
# Deterministic: every data set sets its own seed. bmtcrr.csv (next to this script) is read, nothing else.
#
# What is computed by what
#   ms_occupancy.csv   survival::survfit(Surv(t1, t2, to) ~ 1, id=, istate=): probabilities and infinitesimal jackknife.
#   ms_sojourn.csv     summary(survfit, rmean = tau): expected time in each state, with its error.
#   ms_hazard.csv      survfit of one transition at a time: Nelson-Aalen with its infinitesimal jackknife (id=, robust)
#                      and with sum of d / n^2; the hazard is compared with that of the multi-state survfit.
#   ms_transition.csv  etm: P(s, t);  ms_covariance.csv its Greenwood-type covariance. etm gives 0 for
#                      most pairs of different target states, which it leaves out; those are from the recursion written out
#                      below, which equals etm's wherever etm has a value.
#   ms_check.csv       survcheck: rows in which it finds an overlap, a gap, a jump or a teleport.
#
# What survfit (3.5-3) does that was found by experiment, and what is done about it here
#   - without influence = TRUE the error leaves out that p0 is estimated; with it, it does not. Here influence = TRUE.
#   - p0 is estimated from those at risk at the first event if there is no start.time. Engraft: those at risk at the
#     start. Data sets here have the same people at both, or start.time is between two days.
#   - start.time = s keeps the events at s; Engraft's P(s, t) has those after s. Starts here are between two days.
#   - cluster= is ignored beside id=; clusters are summed here from the influence of the subjects.
#   - weights that differ between the rows of a subject: the influence of the subject is multiplied by the weight of
#     its last row. Engraft weights each row. Here each row is its own id (p0 given), and rows are summed by subject.
#   - se(rmean) of weighted data leaves the weights out: here it is made from the influence, and the unweighted one compared.
#   - influence.pstate is dp/dw; the error is the root of the sum of (w dp/dw)^2.

args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages({ library(survival); library(etm) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(stringsAsFactors = FALSE, warn = 1)
dir.create(file.path(out, "data"), recursive = TRUE, showWarnings = FALSE)

num <- function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x)
write_csv <- function(d, file) {
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}

# ---------------------------------------------------------------- data
# Subjects walk through states with given daily rates (rows from, columns to), in whole days unless continuous.
walk <- function(n, rates, start, seed, entry = FALSE, end = c(20, 60), continuous = FALSE, first_event = TRUE) {
  set.seed(seed); st <- rownames(rates); L <- list()
  for (i in seq_len(n)) {
    s <- sample(names(start), 1, prob = start)
    t <- if (entry) sample(0:8, 1) else 0
    stop <- t + if (continuous) runif(1, end[1], end[2]) else sample(end[1]:end[2], 1)
    repeat {
      r <- rates[s, ]
      x <- t + if (sum(r) > 0) { if (continuous) rexp(1, sum(r)) else ceiling(rexp(1, sum(r))) } else Inf
      if (x > stop || sum(r) == 0) {
        if (stop > t) L[[length(L) + 1]] <- data.frame(id = i, entry = t, time = stop, from = s, to = "censored")
        break
      }
      nx <- sample(st, 1, prob = r)
      L[[length(L) + 1]] <- data.frame(id = i, entry = t, time = x, from = s, to = nx)
      s <- nx; t <- x
      if (sum(rates[s, ]) == 0) break
    }
  }
  do.call(rbind, L)
}
Q <- function(st, ...) { m <- matrix(0, length(st), length(st), dimnames = list(st, st)); v <- list(...)
  for (e in v) m[e[[1]], e[[2]]] <- as.numeric(e[[3]]); m }
id3 <- Q(c("healthy", "ill", "dead"), list("healthy", "ill", .03), list("healthy", "dead", .01), list("ill", "dead", .05))
rec <- Q(c("healthy", "ill", "dead"), list("healthy", "ill", .06), list("ill", "healthy", .08),
         list("healthy", "dead", .01), list("ill", "dead", .03))
jm <- Q(c("remission", "relapsed", "second remission", "dead without relapse", "dead after relapse"),
        list("remission", "relapsed", .02), list("remission", "dead without relapse", .008),
        list("relapsed", "second remission", .05), list("relapsed", "dead after relapse", .06),
        list("second remission", "relapsed", .02), list("second remission", "dead after relapse", .01))
b <- read.csv("bmtcrr.csv")
data <- list(
  illness_death = walk(80, id3, c(healthy = 1), 11),
  illness_death_small = walk(12, id3, c(healthy = 1), 12),
  illness_death_continuous = walk(90, id3, c(healthy = 1), 13, continuous = TRUE),
  recovery = walk(100, rec, c(healthy = 1), 14),
  recovery_continuous = walk(60, rec, c(healthy = 1), 15, continuous = TRUE),
  recovery_two_starts = walk(90, rec, c(healthy = .6, ill = .4), 16),
  recovery_ties = walk(150, rec * 4, c(healthy = .7, ill = .3), 17, end = c(4, 9)),
  jmml5 = walk(120, jm, c(remission = 1), 18, end = c(30, 90)),
  jmml5_two_starts = walk(100, jm, c(remission = .8, relapsed = .2), 19, end = c(30, 90)),
  entry_illness_death = walk(90, id3, c(healthy = .7, ill = .3), 20, entry = TRUE),
  entry_recovery = walk(120, rec, c(healthy = .6, ill = .4), 21, entry = TRUE),
  entry_ties = walk(150, rec * 3, c(healthy = .5, ill = .5), 22, entry = TRUE, end = c(4, 10)),
  entry_jmml5 = walk(110, jm, c(remission = 1), 23, entry = TRUE, end = c(30, 90)),
  competing_bmtcrr = data.frame(id = seq_len(nrow(b)), entry = 0, time = b$months, from = "alive",
                                to = c("censored", "relapse", "death")[b$status + 1])
)
# Many values, few samples drawn: weights a subject, groups a subject, clusters of subjects, weights a row.
set.seed(31); w <- walk(80, rec, c(healthy = .6, ill = .4), 32); w$weight <- round(runif(80, .3, 2.5), 3)[w$id]
data$weights_subject <- w
set.seed(33); w <- walk(60, rec, c(healthy = 1), 34); w$weight <- sample(1:4, 60, TRUE)[w$id]; data$weights_count <- w
set.seed(35); w <- walk(60, jm, c(remission = 1), 36, entry = TRUE, end = c(30, 90)); w$weight <- round(runif(nrow(w), .2, 2), 3)
data$weights_row <- w
set.seed(37); w <- walk(120, rec, c(healthy = .6, ill = .4), 38); w$group <- sample(c("A", "B", "C"), 120, TRUE)[w$id]
data$groups3 <- w
set.seed(39); w <- walk(90, rec, c(healthy = .6, ill = .4), 40, entry = TRUE); w$cluster <- sample(1:15, 90, TRUE)[w$id]
data$clusters <- w
states <- list(); for (n in names(data)) { d <- data[[n]]
  states[[n]] <- if (grepl("bmtcrr", n)) c("alive", "relapse", "death") else if (grepl("jmml|row", n)) rownames(jm) else rownames(rec)
  write_csv(d, file.path("data", paste0("ms_", n, ".csv"))) }

# ---------------------------------------------------------------- survfit
occ <- NULL; soj <- NULL; haz <- NULL; ncase <- 0
fitted <- function(d, st, ids = d$id, ...) {
  ev <- factor(d$to, c("censored", st)); is <- factor(d$from, st)
  a <- list(Surv(d$entry, d$time, ev) ~ 1, id = ids, istate = is, influence = TRUE, ...)
  if (!is.null(d$weight)) a$weights <- d$weight
  f <- do.call(survfit, a)
  stopifnot(identical(f$states, st)); f
}
run <- function(name, start = NA, p0 = NULL, group = "all", tau = NULL, by = NULL) {
  d <- data[[name]]; st <- states[[name]]
  if (group != "all") d <- d[d$group == group, ]
  extra <- list(); if (!is.na(start)) extra$start.time <- start; if (!is.null(p0)) extra$p0 <- p0
  ids <- if (identical(by, "row")) seq_len(nrow(d)) else d$id
  f <- do.call(fitted, c(list(d, st, ids), extra))
  s0 <- if (is.na(start)) 0 else start
  if (is.null(p0)) {                       # the same people at the start and at the first event, see above
    at0 <- d$entry <= s0 & d$time > s0
    w <- if (is.null(d$weight)) rep(1, nrow(d)) else d$weight
    stopifnot(max(abs(tapply(w[at0], factor(d$from[at0], st), sum, default = 0) / sum(w[at0]) - f$p0)) < 1e-14)
  }
  se <- f$std.err
  if (!is.null(by)) {                      # sums of the subjects' (or rows') influence
    I <- f$influence.pstate; I <- I[, dim(I)[2] - rev(seq_along(f$time)) + 1, , drop = FALSE]
    first <- match(dimnames(I)[[1]], as.character(ids))    # a row of each subject that is left after the start
    stopifnot(length(first) == dim(I)[1], !anyNA(first))
    key <- (if (by == "row") d$id else d$cluster)[first]
    w <- (if (is.null(d$weight)) rep(1, nrow(d)) else d$weight)[first]
    for (k in seq_along(st)) for (i in seq_along(f$time)) se[i, k] <- sqrt(sum(rowsum(I[, i, k] * w, key)^2))
  }
  case <- paste(c(name, if (!is.na(start)) paste0("from", start), if (!is.null(p0)) "given", if (group != "all") group), collapse = "_")
  ncase <<- ncase + 1
  keep <- if (length(f$time) > 40) sort(unique(round(seq(1, length(f$time), length.out = 40)))) else seq_along(f$time)
  g <- expand.grid(i = keep, k = seq_along(st))
  occ <<- rbind(occ, data.frame(case, dataset = name, group, start = s0, p0 = if (is.null(p0)) "" else paste(num(p0), collapse = ";"),
    time = f$time[g$i], state = st[g$k], probability = f$pstate[cbind(g$i, g$k)], std_err = se[cbind(g$i, g$k)]))
  if (!is.null(tau)) {
    m <- summary(f, rmean = tau)$table
    if (!is.null(d$weight)) {              # the table's error leaves the weights out: from the influence instead
      I <- f$influence.pstate; I <- I[, dim(I)[2] - rev(seq_along(f$time)) + 1, , drop = FALSE]
      w <- d$weight[match(dimnames(I)[[1]], as.character(ids))]
      grid <- c(s0, f$time[f$time < tau]); len <- diff(c(grid, tau))
      # before the first time the influence is that of p0, the first slice where p0 is estimated
      I0 <- f$influence.pstate[, 1, ]; if (dim(f$influence.pstate)[2] == length(f$time)) I0 <- 0 * I0
      for (k in seq_along(st)) {
        area <- drop(cbind(I0[, k], I[, seq_len(length(grid) - 1), k]) %*% len)
        stopifnot(abs(sqrt(sum(area^2)) - m[k, "se(rmean)"]) < 1e-10)
        m[k, "se(rmean)"] <- sqrt(sum((w * area)^2))
      }
    }
    soj <<- rbind(soj, data.frame(case, dataset = name, group, start = s0, p0 = if (is.null(p0)) "" else paste(num(p0), collapse = ";"),
      tau, state = st, time_in = m[, "rmean"], std_err = m[, "se(rmean)"]))
  }
  if (is.null(by) && is.null(p0) && is.na(start)) {
    ch <- f$cumhaz; nm <- colnames(ch)
    for (k in seq_along(nm)) {
      ft <- as.integer(strsplit(nm[k], "[.:]")[[1]])
      x <- d[d$from == st[ft[1]], ]; x$e <- as.integer(x$to == st[ft[2]]); if (is.null(x$weight)) x$weight <- 1
      r <- survfit(Surv(entry, time, e) ~ 1, x, id = id, weights = weight, robust = TRUE)
      m <- survfit(Surv(entry, time, e) ~ 1, x, weights = weight, robust = FALSE)
      stopifnot(identical(r$time, m$time), all(r$time %in% f$time))
      i <- match(r$time, f$time)
      stopifnot(max(abs(ch[i, k] - r$cumhaz)) < 1e-12, max(abs(r$cumhaz - m$cumhaz)) < 1e-12)
      haz <<- rbind(haz, data.frame(case, dataset = name, group, from = st[ft[1]], to = st[ft[2]], time = r$time,
        hazard = r$cumhaz, robust = r$std.chaz, poisson = m$std.chaz))
    }
  }
}
p3 <- c(.5, .3, .2); p5 <- c(.4, .3, .2, .05, .05)
for (n in c("illness_death", "illness_death_small", "illness_death_continuous", "recovery", "recovery_continuous",
            "recovery_two_starts", "recovery_ties")) {
  run(n, tau = if (n == "recovery_ties") 4.5 else 20); run(n, p0 = p3, tau = if (n == "recovery_ties") 4.5 else 20)
  run(n, start = 2.5, tau = if (n == "recovery_ties") 4.5 else 20)
}
for (n in c("jmml5", "jmml5_two_starts")) { run(n, tau = 40); run(n, p0 = p5, tau = 40); run(n, start = 7.5, tau = 40) }
for (n in c("entry_illness_death", "entry_recovery", "entry_ties")) {
  run(n, start = 3.5, tau = if (n == "entry_ties") 7 else 15); run(n, start = 5.5, tau = if (n == "entry_ties") 7 else 15)
  run(n, p0 = p3, tau = if (n == "entry_ties") 7 else 15) }
run("entry_jmml5", start = 4.5, tau = 30); run("entry_jmml5", p0 = p5, tau = 30)
run("competing_bmtcrr", tau = 24); run("competing_bmtcrr", start = 3.05, tau = 24)
run("weights_subject", tau = 20); run("weights_subject", p0 = p3, tau = 20); run("weights_subject", start = 2.5, tau = 20)
run("weights_row", p0 = p5, by = "row")
for (g in c("A", "B", "C")) { run("groups3", group = g, tau = 20); run("groups3", group = g, p0 = p3, tau = 20); run("groups3", group = g, start = 3.5) }
run("clusters", p0 = p3, by = "cluster"); run("clusters", start = 5.5, by = "cluster")

# ---------------------------------------------------------------- etm
tr <- NULL; cv <- NULL
# The Greenwood-type recursion written out, entries of P row by row: with H = I + dA of a time,
# C <- (I x H') C (I x H) + sum over j of (P[, j] P[, j]') x cov(dA[j, ]), multinomial given the number at risk in j.
greenwood <- function(d, st, s, t) {
  K <- length(st); f <- match(d$from, st); to <- match(d$to, st); P <- diag(K); C <- matrix(0, K * K, K * K)
  for (u in sort(unique(d$time[!is.na(to) & d$time > s & d$time <= t]))) {
    H <- diag(K); N <- 0
    for (j in 1:K) {
      n <- sum(f == j & d$entry < u & d$time >= u); if (n == 0) next
      dN <- tabulate(to[f == j & d$time == u & !is.na(to)], K); h <- dN / n; h[j] <- 1 - sum(h); H[j, ] <- h
      N <- N + kronecker(P[, j] %o% P[, j], (diag(h) - h %o% h) / n)
    }
    A <- kronecker(diag(K), t(H)); C <- A %*% C %*% t(A) + N; P <- P %*% H
  }
  C
}
etm_case <- function(name, s, ts, cov_at) {
  d <- data[[name]]; st <- states[[name]]; K <- length(st)
  if (!is.null(d$weight)) { d$w <- d$weight; d <- d[rep(seq_len(nrow(d)), d$w), ]
    d$id <- paste(d$id, ave(d$id, d$id, d$entry, FUN = seq_along)) }
  tra <- matrix(FALSE, K, K); for (i in which(d$to != "censored")) tra[match(d$from[i], st), match(d$to[i], st)] <- TRUE
  e <- etm(data.frame(id = d$id, from = d$from, to = ifelse(d$to == "censored", "cens", d$to), entry = d$entry, exit = d$time),
           st, tra, "cens", s = s, t = "last", covariance = TRUE)
  case <- paste0(name, "_s", s); ncase <<- ncase + 1
  for (t in ts) {
    i <- findInterval(t, e$time); if (i == 0) next; P <- e$est[, , i]
    g <- expand.grid(a = 1:K, m = 1:K); lab <- paste(st[g$a], st[g$m]); stopifnot(setequal(dimnames(e$cov)[[1]], lab))
    tr <<- rbind(tr, data.frame(case, dataset = name, s, t, from = st[g$a], to = st[g$m],
      probability = P[cbind(g$a, g$m)], std_err = sqrt(pmax(0, diag(matrix(e$cov[lab, lab, i], K * K))))))
    if (t %in% cov_at) {
      C <- greenwood(d, st, s, t); same <- outer(g$m, g$m, "==")
      place <- (g$a - 1) * K + g$m                                   # row by row
      G <- C[place, place]; E <- matrix(e$cov[lab, lab, i], K * K)
      stopifnot(max(abs((G - E)[same | E != 0])) < 1e-12)             # etm leaves out most pairs of different targets
      cv <<- rbind(cv, data.frame(case, dataset = name, s, t,
        row = rep(place - 1, times = K * K), column = rep(place - 1, each = K * K), covariance = as.vector(G)))
    }
  }
}
for (n in c("illness_death", "illness_death_small", "illness_death_continuous", "recovery", "recovery_continuous", "recovery_two_starts")) {
  etm_case(n, 0, c(3, 6, 10, 15, 20), c(6, 15)); etm_case(n, 5, c(6, 10, 15, 20), 15) }
etm_case("recovery_ties", 0, 1:4, c(2, 4)); etm_case("recovery_ties", 1, 2:4, 4)
for (n in c("jmml5", "jmml5_two_starts")) { etm_case(n, 0, c(5, 10, 20, 30), 20); etm_case(n, 10, c(15, 20, 30), 30) }
for (n in c("entry_illness_death", "entry_recovery")) { etm_case(n, 2, c(5, 8, 12, 16), c(5, 12)); etm_case(n, 6, c(8, 12, 16), 12) }
etm_case("entry_ties", 2, 3:7, 5); etm_case("entry_jmml5", 3, c(8, 15, 30), 15); etm_case("weights_count", 0, c(5, 10, 20), c(5, 20))
etm_case("competing_bmtcrr", 0, c(1, 3, 6, 12, 24), c(3, 12))

# ---------------------------------------------------------------- survcheck on dirty data
chk <- NULL
for (seed in 1:25) {
  d <- walk(12, rec, c(healthy = .6, ill = .4), 500 + seed); set.seed(700 + seed); d <- d[sample(nrow(d)), ]
  bad <- sample(nrow(d), 6)
  for (i in bad) switch(sample(4, 1), d$from[i] <- setdiff(c("healthy", "ill"), d$from[i])[1],
    d$entry[i] <- max(0, d$entry[i] - sample(1:4, 1)), d$entry[i] <- min(d$time[i] - .5, d$entry[i] + sample(1:4, 1)),
    d <- rbind(d, d[i, ]))
  d <- d[d$entry < d$time & d$from != d$to, ]
  s <- survcheck(Surv(entry, time, factor(to, c("censored", rownames(rec)))) ~ 1, d, id = id, istate = factor(from, rownames(rec)))
  name <- paste0("dirty", seed); ncase <- ncase + 1
  write_csv(d, file.path("data", paste0("ms_", name, ".csv")))
  f <- s$flag
  rows <- function(x) if (is.null(x)) "" else paste(sort(x$row), collapse = ";")
  chk <- rbind(chk, data.frame(dataset = name, overlap = f["overlap"], gap = f["gap"], jump = f["jump"], teleport = f["teleport"],
    overlap_rows = rows(s$overlap), gap_rows = rows(s$gap), jump_rows = rows(s$jump), teleport_rows = rows(s$teleport)))
}
rownames(chk) <- NULL
write_csv(occ, "ms_occupancy.csv"); write_csv(soj, "ms_sojourn.csv"); write_csv(haz, "ms_hazard.csv")
write_csv(tr, "ms_transition.csv"); write_csv(cv, "ms_covariance.csv"); write_csv(chk, "ms_check.csv")
numbers <- 2 * nrow(occ) + 2 * nrow(soj) + 3 * nrow(haz) + 2 * nrow(tr) + nrow(cv) + 4 * nrow(chk)
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("etm", packageVersion("etm")),
  paste(ncase, "cases,", numbers, "numbers")), file.path(out, "VERSIONS_multistate.txt"))
cat(ncase, "cases,", numbers, "numbers\n")
