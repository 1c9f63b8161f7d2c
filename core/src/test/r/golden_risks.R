# Absolute risks by cause-specific Cox models, and multi-state Cox models:
#   Rscript golden_risks.R ../resources/golden
# survival 3.5-3, riskRegression 2022.11.28. Writes risks/*.csv: data sets, and what the packages say.
# absolute.csv: riskRegression's predict of CSC, product limit and exp(-H). Its standard errors by influence functions are the
# derivatives by the rows' weights only without ties and with exp(-H) (peer_error, given there alone); std_error is by
# differences in each row's weight, with coxph refitted, everywhere.
# coefficients.csv: survival's coxph of several states; states.csv: products of I + dH of the hazards that survfit of that
# fit gives, as survfit itself takes matrix exponentials; their errors by differences in the subjects' weights, refitted.
suppressMessages({library(survival); library(riskRegression); library(prodlim)})
out <- file.path(commandArgs(TRUE)[1], "risks"); dir.create(out, showWarnings = FALSE)
options(digits = 17)
ctrl <- coxph.control(eps = 1e-13, iter.max = 100, toler.chol = 1e-14)
num <- function(x) sprintf("%.17g", x)
put <- function(d, name) write.csv(d, file.path(out, name), row.names = FALSE, quote = FALSE)

b <- read.csv("bmtcrr.csv")
bmt <- data.frame(time = b$months, status = b$status, age = b$age, disease = b$disease, phase = b$phase, source = b$source)
set.seed(20261130)
n <- 150
tied <- data.frame(x = round(rnorm(n), 2), g = sample(c("a", "b", "c"), n, TRUE), centre = sample(c("k", "l"), n, TRUE))
t0 <- rexp(n, 0.05 * exp(0.4 * tied$x)); c0 <- runif(n, 5, 40)
tied$time <- pmax(1, ceiling(pmin(t0, c0))); tied$status <- ifelse(t0 <= c0, sample(1:3, n, TRUE, c(.5, .3, .2)), 0)
tied <- tied[, c("time", "status", "x", "g", "centre")]
p <- pbc[!is.na(pbc$protime), ]
liver <- data.frame(time = p$time, status = p$status, age = p$age, bili = p$bili, edema = p$edema, albumin = p$albumin)
loose <- bmt; loose$time <- round(bmt$time + order(runif(nrow(bmt))) * 1e-4, 6); stopifnot(!anyDuplicated(loose$time))
sets <- list(bmt = bmt, tied = tied, liver = liver, loose = loose)
for (s in names(sets)) { d <- sets[[s]]; for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- num(d[[v]]); put(d, paste0(s, ".csv")) }

cases <- list(
  list("bmt", Hist(time, status) ~ age + disease + phase + source, "age,disease,phase,source", "", c(3, 6, 12, 24, 60)),
  list("bmt", Hist(time, status) ~ disease, "disease", "", c(6, 12, 36)),
  list("loose", Hist(time, status) ~ age + disease, "age,disease", "", c(3, 6, 12, 24, 60)),
  list("tied", Hist(time, status) ~ x + g, "x,g", "", c(2, 5, 10, 20)),
  list("tied", Hist(time, status) ~ x + strata(centre), "x", "centre", c(2, 5, 10, 20)),
  list("liver", Hist(time, status) ~ age + log(bili) + edema + albumin, "age,log(bili),edema,albumin", "", c(365, 1000, 2500)))
risks <- function(formula, d, w, ties, who, times, causes) {
  d$w <- w; rhs <- paste(deparse(formula[[3]]), collapse = "")
  h <- lapply(causes, function(k) {
    m <- coxph(as.formula(paste("Surv(time, status ==", k, ") ~", rhs)), d, weights = w, ties = ties, control = ctrl)
    s <- survfit(m, newdata = d[who, ]); if (is.null(s$strata)) list(list(s$time, as.matrix(s$cumhaz))) else s })
  tt <- sort(unique(d$time[d$status > 0])); res <- array(NA, c(length(causes), 2, length(who), length(times)))
  for (i in seq_along(who)) {
    H <- sapply(h, function(x) { if (inherits(x, "survfit")) { # one curve a patient, each in its stratum
        e <- cumsum(x$strata); z <- (if (i == 1) 1 else e[i - 1] + 1):e[i]; stepfun(x$time[z], c(0, x$cumhaz[z]))(tt)
      } else stepfun(x[[1]][[1]], c(0, x[[1]][[2]][, i]))(tt) })
    dH <- rbind(H[1, ], diff(H))
    for (f in 1:2) { S <- if (f == 1) cumprod(1 - rowSums(dH)) else exp(-rowSums(H))
      for (k in seq_along(causes)) res[k, f, i, ] <- stepfun(tt, c(0, cumsum(c(1, head(S, -1)) * dH[, k])))(times) }
  }
  res
}
rows <- NULL
for (k in seq_along(cases)) for (ties in c("efron", "breslow")) {
  c <- cases[[k]]; d <- sets[[c[[1]]]]
  f <- CSC(c[[2]], data = d, ties = ties, control = ctrl, surv.type = "hazard")
  who <- c(1, 7, 20, 41, 88); causes <- sort(unique(d$status[d$status > 0])); one <- rep(1, nrow(d)); e <- 1e-4; ij <- 0
  at <- risks(c[[2]], d, one, ties, who, c[[5]], causes)
  for (i in seq_len(nrow(d))) { w <- one; w[i] <- 1 + e; up <- risks(c[[2]], d, w, ties, who, c[[5]], causes); w[i] <- 1 - e
    ij <- ij + ((up - risks(c[[2]], d, w, ties, who, c[[5]], causes)) / (2 * e))^2 }
  for (cause in seq_along(causes)) for (pl in c(TRUE, FALSE)) {
    q <- suppressWarnings(predict(f, newdata = d[who, ], times = c[[5]], cause = causes[cause], se = TRUE, product.limit = pl, keep.newdata = FALSE))
    whole <- suppressWarnings(predict(f, newdata = d[who, ], times = sort(unique(d$time)), cause = causes[cause], product.limit = pl, keep.newdata = FALSE)$absRisk)
    # riskRegression lets survival fall below 0 where the hazards of a time add to more than 1.
    if (any(whole < 0 | whole > 1) || any(apply(whole, 1, diff) < 0)) next
    stopifnot(max(abs(q$absRisk - at[cause, 2 - pl, , ])) < 1e-12)
    for (i in seq_along(who)) rows <- rbind(rows, data.frame(set = c[[1]], covariates = gsub(",", "+", c[[3]]), strata = c[[4]], ties = ties,
      cause = causes[cause], form = if (pl) "product" else "exp", row = who[i], time = c[[5]], risk = num(q$absRisk[i, ]),
      std_error = num(sqrt(ij[cause, 2 - pl, i, ])), peer_error = if (c[[1]] == "loose" && !pl) num(q$absRisk.se[i, ]) else ""))
  }
}
put(rows, "absolute.csv")

# Illness and death, some subjects entering late; times on a grid so that there are ties.
set.seed(7)
n <- 90; ms <- NULL
for (i in 1:n) {
  age <- round(rnorm(1), 2); arm <- sample(0:1, 1); entry <- if (runif(1) < .3) sample(1:4, 1) else 0
  g <- function(rate) ceiling(rexp(1, rate * exp(.3 * age - .4 * arm)) * 2) / 2 + 0.5
  end <- sample(12:30, 1); a <- entry + g(.06); b2 <- entry + g(.03)
  if (min(a, b2) >= end) ms <- rbind(ms, data.frame(id = i, entry = entry, time = end, from = "well", to = "", age, arm))
  else if (b2 <= a) ms <- rbind(ms, data.frame(id = i, entry = entry, time = b2, from = "well", to = "dead", age, arm))
  else { ms <- rbind(ms, data.frame(id = i, entry = entry, time = a, from = "well", to = "ill", age, arm))
    d <- a + g(.1); back <- a + g(.05)
    if (min(d, back) >= end) { ms <- rbind(ms, data.frame(id = i, entry = a, time = max(end, a + .5), from = "ill", to = "", age, arm)) }
    else if (d <= back) ms <- rbind(ms, data.frame(id = i, entry = a, time = d, from = "ill", to = "dead", age, arm))
    else ms <- rbind(ms, data.frame(id = i, entry = a, time = back, from = "ill", to = "well", age, arm),
                     data.frame(id = i, entry = back, time = max(end, back) + .5, from = "well", to = "", age, arm)) }
}
put(transform(ms, age = num(age)), "illness.csv")
ms$event <- factor(ifelse(ms$to == "", "censored", ms$to), c("censored", "dead", "ill", "well"))
ms$from <- factor(ms$from, c("dead", "ill", "well"))
models <- list(
  own = list(Surv(entry, time, event) ~ age + arm),
  some = list(list(Surv(entry, time, event) ~ age, 3:1 ~ arm)),
  shared = list(list(Surv(entry, time, event) ~ arm, 3:1 + 2:1 ~ age / common)),
  baseline = list(list(Surv(entry, time, event) ~ age, 3:1 + 2:1 ~ age / shared)))
fitted <- function(f, ties, by) { w <<- by; coxph(f, data = cbind(ms, w = w), id = id, istate = from, ties = ties, control = ctrl, weights = w) }
states <- c("dead", "ill", "well")
# coxph of several states puts the factor of proportional baselines on the wrong one of the two in survfit (3.5-3: the first
# death from the state well at time 1, one of some 60 at risk, gets twice the hazard that Breslow's formula gives). So these
# hazards are of the same model with its rows stacked by hand.
ways <- list(c("ill", "dead"), c("well", "dead"), c("well", "ill"), c("ill", "well"))
stacked <- function(w) do.call(rbind, lapply(seq_along(ways), function(r) { z <- ms$from == ways[[r]][1]
  x <- ms[z, ]; x$status <- 1 * (x$to == ways[[r]][2]); x$w <- w[z]; x$base <- if (r == 1) 2 else r; x$factor <- 1 * (r == 1)
  for (q in 1:4) x[[paste0("age", q)]] <- if (q == r) x$age else 0; x }))
byHand <- function(w, new) {
  m <- coxph(Surv(entry, time, status) ~ age1 + age2 + age3 + age4 + factor + strata(base), stacked(w), weights = w, ties = "breslow", control = ctrl)
  s <- lapply(1:4, function(r) { nd <- data.frame(age1 = 0, age2 = 0, age3 = 0, age4 = 0, factor = 1 * (r == 1), base = if (r == 1) 2 else r)
    nd[[paste0("age", r)]] <- new$age; survfit(m, newdata = nd) })
  tt <- sort(unique(unlist(lapply(s, function(x) x$time))))
  list(time = tt, cumhaz = sapply(s, function(x) stepfun(x$time, c(0, x$cumhaz))(tt)), states = states)
}
probability <- function(fit, new, start, times, w = NULL) {
  s <- if (!is.null(w)) byHand(w, new) else survfit(fit, newdata = new, p0 = as.numeric(levels(ms$from) == "well"))
  h <- matrix(s$cumhaz, nrow = length(s$time)); colnames(h) <- colnames(fit$smap)
  p <- as.numeric(states == start); st <- s$states
  out <- matrix(NA, length(times), 3); prev <- rep(0, ncol(h)); cur <- p
  path <- matrix(NA, length(s$time), 3)
  for (i in seq_along(s$time)) { dA <- matrix(0, 3, 3, dimnames = list(states, states)); dh <- h[i, ] - prev; prev <- h[i, ]
    for (j in seq_len(ncol(h))) { ft <- as.integer(strsplit(colnames(h)[j], ":")[[1]]); dA[st[ft[1]], st[ft[2]]] <- dh[j] }
    diag(dA) <- -rowSums(dA); cur <- as.numeric(cur %*% (diag(3) + dA)); path[i, ] <- cur }
  for (k in seq_along(times)) out[k, ] <- if (any(s$time <= times[k])) path[max(which(s$time <= times[k])), ] else p
  out
}
co <- NULL; pr <- NULL; times <- c(2, 6, 12, 20)
for (m in names(models)) for (ties in "breslow") { # coxph takes no other for several states
  f <- models[[m]][[1]]
  one <- rep(1, nrow(ms)); fit <- coxph(f, data = ms, id = id, istate = from, ties = ties, control = ctrl, robust = FALSE)
  stopifnot(identical(fit$states, states)); v <- sqrt(diag(if (is.null(fit$naive.var)) fit$var else fit$naive.var))
  co <- rbind(co, data.frame(model = m, ties = ties, name = names(coef(fit)), estimate = num(coef(fit)), std_error = num(v),
                             loglik = num(fit$loglik[2]), states = paste(fit$states, collapse = " ")))
  new <- data.frame(age = c(0.4, -1), arm = c(1, 0))
  for (r in 1:2) {
    hand <- m == "baseline"; of <- function(w) probability(if (hand) fit else fitted(f, ties, w), new[r, ], "well", times, if (hand) w)
    q <- of(one); e <- 1e-4; ij <- 0
    for (i in unique(ms$id)) { w <- one; w[ms$id == i] <- 1 + e; up <- of(w)
      w[ms$id == i] <- 1 - e; ij <- ij + ((up - of(w)) / (2 * e))^2 }
    for (j in 1:3) pr <- rbind(pr, data.frame(model = m, ties = ties, age = new$age[r], arm = new$arm[r], state = states[j],
                                              time = times, probability = num(q[, j]), std_error = num(sqrt(ij[, j]))))
  }
}
put(co, "coefficients.csv"); put(pr, "states.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("riskRegression", packageVersion("riskRegression")),
  paste("absolute risks", nrow(rows)), paste("coefficients", nrow(co)), paste("state probabilities", nrow(pr))), file.path(out, "VERSIONS.txt"))
