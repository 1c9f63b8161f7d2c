# Golden values for Fine-Gray models:  Rscript golden_finegray.R ../resources/golden
# cmprsk's crr at gtol 1e-14 (coefficients, sandwich, pseudo-likelihood, predicted incidence), and survival's finegray with
# coxph at eps 1e-13 (delayed entry, strata, weights, several rows an id, both ways with ties; coefficients, the model's own
# errors, pseudo-likelihood, baseline hazard). finegray puts events before censorings at one time, crr does not. Frequency
# weights are repeated rows. finegray's robust errors hold no part of the estimated weights, so they are not written.
suppressPackageStartupMessages({library(survival); library(cmprsk)})
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "finegray"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
cases <- list(); coefs <- list(); curves <- list()

draw <- function(n, seed, unit) {
  set.seed(seed)
  x1 <- round(rnorm(n), 3); x2 <- rbinom(n, 1, 0.4); s <- sample(c("u", "v", "w"), n, TRUE, c(0.5, 0.3, 0.2))
  rate1 <- 0.06 * exp(0.5 * x1 - 0.4 * x2); rate2 <- 0.05 * exp(-0.2 * x1 + 0.5 * x2)
  t <- rexp(n, rate1 + rate2); cause <- ifelse(runif(n) < rate1 / (rate1 + rate2), 1, 2)
  c <- rexp(n, ifelse(s == "u", 0.03, 0.06))
  status <- ifelse(t <= c, cause, 0); time <- unit * (floor(pmin(t, c) / unit) + 1)
  entry <- ifelse(runif(n) < 0.6, 0, unit * floor(runif(n) * time / unit))
  data.frame(time, status, entry, x1, x2, s, freq = sample(0:3, n, TRUE), samp = round(runif(n, 0.3, 3), 2),
             cluster = sample(1:25, n, TRUE))
}
b <- read.csv("bmtcrr.csv")
sets <- list(days = draw(200, 41, 1), weeks = draw(300, 42, 3), fine = draw(250, 43, 0.25),
  bmt = with(b, data.frame(time = months, status, age, aml = 1 * (disease == "AML"), relapse = 1 * (phase == "Relapse"),
                           source = 1 * (source == "BM+PB"))))
for (nm in names(sets)) {
  d <- sets[[nm]]
  write.csv(lapply(d, function(x) if (is.numeric(x)) num(x) else x), file.path(dir, paste0("data_", nm, ".csv")), row.names = FALSE, quote = FALSE)
}

add <- function(id, data, peer, option, ties, cause, null, model, names, est, se, robust) {
  cases[[id]] <<- data.frame(case = id, data, peer, option, ties, cause, null = num(null), model = num(model))
  coefs[[id]] <<- data.frame(case = id, name = names, estimate = num(est), std_err = num(se), robust = num(robust))
}
curve <- function(id, profile, quantity, time, value)
  curves[[length(curves) + 1]] <<- data.frame(case = id, profile, quantity, time = num(time), value = num(value))

profiles <- list(bmt = rbind(c(30, 0, 1, 1), c(20, 1, 0, 0)), sim = rbind(c(0.5, 0), c(-1, 1)))
for (nm in names(sets)) {
  d <- sets[[nm]]
  full <- if (nm == "bmt") c("age", "aml", "relapse", "source") else c("x1", "x2")
  for (cause in 1:2) for (cv in list(full, full[1], full[2])) {
    # crr now and then halves its steps to nothing before the end: it begins again a Newton step on.
    start <- rep(0, length(cv))
    for (again in 1:3) {
      f <- crr(d$time, d$status, as.matrix(d[, cv, drop = FALSE]), failcode = cause, cencode = 0, gtol = 1e-14, maxiter = 200, init = start)
      start <- f$coef + as.vector(f$invinf %*% f$score)
    }
    id <- paste("crr", nm, cause, paste(cv, collapse = "+"), sep = "_")
    add(id, nm, "crr", paste(cv, collapse = "+"), "breslow", cause, f$loglik.null, f$loglik, cv, f$coef, sqrt(diag(f$invinf)), sqrt(diag(f$var)))
    if (length(cv) > 1) {
      p <- predict(f, profiles[[if (nm == "bmt") "bmt" else "sim"]])
      for (t in quantile(d$time, c(0.2, 0.5, 0.8), type = 1)) for (k in 1:2)
        curve(id, k, "incidence", t, max(0, p[p[, 1] <= t, 1 + k]))
    }
  }
}
split_rows <- function(d, seed) {
  set.seed(seed)
  d$id <- seq_len(nrow(d))
  cut <- runif(nrow(d)) < 0.4 & d$time > 3
  at <- floor(d$time / 2)
  a <- d[cut, ]; a$time <- at[cut]; a$status <- 0; a$entry <- 0
  d$entry <- ifelse(cut, at, 0); d$x1 <- ifelse(cut, d$x1 + 1, d$x1)
  e <- rbind(a, d); e[order(e$id, e$entry), ]
}
for (nm in c("days", "weeks", "fine")) for (ties in c("breslow", "efron")) for (cause in 1:2)
  for (opt in c("plain", "entry", "strata", "entrystrata", "frequency", "sampling", "entrysampling", "rows")) {
    e <- sets[[nm]]
    if (opt == "frequency") e <- e[rep(seq_len(nrow(e)), e$freq), ]
    if (opt == "rows") {
      e <- split_rows(e, 7)
      if (ties == "breslow" && cause == 1)
        write.csv(lapply(e, function(x) if (is.numeric(x)) num(x) else x), file.path(dir, paste0("data_", nm, "_rows.csv")), row.names = FALSE, quote = FALSE)
    }
    if (!grepl("rows", opt)) e$id <- seq_len(nrow(e))
    e$state <- factor(e$status, 0:2); e$grp <- e$s
    y <- if (grepl("entry|rows", opt)) "Surv(entry, time, state)" else "Surv(time, state)"
    form <- as.formula(paste(y, "~ x1 + x2 + grp + entry + samp", if (grepl("strata", opt)) "+ strata(s)" else ""))
    a <- list(formula = form, data = e, etype = as.character(cause))
    if (grepl("entry|rows", opt)) a$id <- e$id
    fg <- do.call(finegray, a)
    if (grepl("sampling", opt)) fg$fgwt <- fg$fgwt * fg$samp
    fg$w <- fg$fgwt
    g <- coxph(as.formula(paste("Surv(fgstart, fgstop, fgstatus) ~ x1 + x2", if (grepl("strata", opt)) "+ strata(grp)" else "")),
               data = fg, weights = w, ties = ties, control = ctl)
    id <- paste("finegray", nm, ties, cause, opt, sep = "_")
    naive <- if (is.null(g$naive.var)) g$var else g$naive.var
    add(id, nm, "finegray", opt, ties, cause, g$loglik[1], g$loglik[2], c("x1", "x2"), coef(g), sqrt(diag(naive)), NA)
    if (!grepl("strata", opt)) {
      h <- survfit(g, newdata = data.frame(x1 = 0.5, x2 = 0), se.fit = FALSE)
      for (t in quantile(e$time, c(0.2, 0.5, 0.8), type = 1)) curve(id, 1, "hazard", t, max(0, h$cumhaz[h$time <= t]))
    }
  }
write <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
write(cases, "cases.csv"); write(coefs, "coefficients.csv"); write(curves, "curves.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("cmprsk", packageVersion("cmprsk")),
  paste(length(cases), "fits,", length(curves), "points of curves")), file.path(dir, "VERSIONS_finegray.txt"))
cat(length(cases), "cases\n")
