# Golden values for terms of covariates:  Rscript golden_terms.R ../resources/golden   (after golden_aft.R)
# Columns of splines::ns, at its data and beyond; survreg with references, products, splines, powers and logarithms, and
# what it predicts for new rows. No random numbers. Data: bmtcrr.csv here, data_*.csv of golden_aft.R.
options(warn = 2)
suppressPackageStartupMessages({library(survival); library(splines)})
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "aft")
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
read <- function(nm) {
  d <- if (nm == "bmtcrr") read.csv("bmtcrr.csv") else read.csv(file.path(dir, paste0("data_", nm, ".csv")))
  if (nm == "bmtcrr") d <- transform(d, time = months, status = as.integer(status > 0), x1 = age, g = phase, s = sex)
  d <- d[, intersect(c("time", "status", "x1", "g", "s"), names(d))]
  for (v in c("g", "s")) d[[v]] <- factor(d[[v]], levels = sort(unique(d[[v]]), method = "radix"))   # code points
  transform(d, x3 = x1 + 5)   # positive
}
sets <- c("bmtcrr", "wei", "logl", "days")

# ---- columns of splines ----
basis <- list()
for (nm in sets) for (df in c(1:6, 9)) {
  x <- read(nm)$x1; b <- ns(x, df = df); r <- range(x)
  new <- sort(c(r, r[1] - c(0.5, 3), r[2] + c(0.5, 3), quantile(x, c(0.05, 0.3, 0.5, 0.8), names = FALSE), attr(b, "knots"), mean(r)))
  p <- predict(b, new)
  for (k in seq_len(df)) basis[[paste(nm, df, k)]] <- data.frame(data = nm, spline = df, column = k, x = num(new), value = num(p[, k]))
}
given <- list(bmtcrr = c(20, 40), wei = c(-0.5, 0.25, 1), logl = 0, days = c(-1, 1))
for (nm in sets) {
  x <- read(nm)$x1; b <- ns(x, knots = given[[nm]]); r <- range(x)
  new <- sort(c(r, r[1] - 2, r[2] + 2, quantile(x, c(0.1, 0.35, 0.6, 0.9), names = FALSE)))
  p <- predict(b, new)
  for (k in seq_len(ncol(b))) basis[[paste(nm, "given", k)]] <-
    data.frame(data = nm, spline = paste0("knots=", paste(given[[nm]], collapse = ";")), column = k, x = num(new), value = num(p[, k]))
}

# ---- fits ----
ctl <- survreg.control(rel.tolerance = 1e-13, maxiter = 500)
# The terms as Engraft reads them, the formula, and the reference of g where it is not the first level.
options <- list(
  reference = list(terms = "x1,g", f = ~ x1 + g, last = TRUE),
  product = list(terms = "x1*g", f = ~ x1 * g),
  productreference = list(terms = "x1,g,x1:g", f = ~ x1 + g + x1:g, last = TRUE),
  levels = list(terms = "g*s", f = ~ g * s),
  cells = list(terms = "g,g:s", f = ~ g + g:s),
  slopes = list(terms = "g,g:x1", f = ~ g + g:x1),
  spline = list(terms = "ns(x1,3),g", f = ~ ns(x1, 3) + g),
  knots = list(terms = "ns(x1,knots=KNOTS)", f = ~ ns(x1, knots = KNOTS)),
  splineproduct = list(terms = "ns(x1,2)*s", f = ~ ns(x1, 2) * s),
  three = list(terms = "x1*s*g", f = ~ x1 * s * g),
  power = list(terms = "x1,I(x1^2),s", f = ~ x1 + I(x1^2) + s),
  logarithm = list(terms = "log(x3),s,s:I(x3^0.5)", f = ~ log(x3) + s + s:I(x3^0.5)))
bar <- function(x) gsub(",", "|", x)   # commas part the cells of the files
ours <- function(names, d) {
  part <- function(p) {
    for (v in c("g", "s")) for (l in levels(d[[v]])) if (p == paste0(v, l)) return(paste0(v, "=", l))
    p <- gsub("knots = c\\(([^)]*)\\)", "knots=\\1", gsub(" ", "", sub("knots = ", "knots=", p)))
    p <- gsub("knots=c\\(([^)]*)\\)", "knots=\\1", p)
    if (grepl("knots=", p)) { m <- regmatches(p, regexec("^(ns\\(x1,knots=)([^)]*)(\\).*)$", p))[[1]]; p <- paste0(m[2], gsub(",", ";", m[3]), m[4]) }
    p
  }
  vapply(strsplit(names, ":", fixed = TRUE), function(x) paste(vapply(x, part, ""), collapse = ":"), "")
}
cases <- list(); coefs <- list(); rows <- list()
for (nm in sets) for (dist in c("weibull", "lognormal", "loglogistic")) for (opt in names(options)) {
  o <- options[[opt]]; d <- read(nm)
  knots <- if (length(given[[nm]]) == 1) given[[nm]] else as.call(c(as.name("c"), as.list(given[[nm]])))
  f <- do.call(substitute, list(o$f[[2]], list(KNOTS = knots)))
  terms <- sub("KNOTS", paste(given[[nm]], collapse = ";"), o$terms)
  reference <- if (isTRUE(o$last)) tail(levels(d$g), 1) else ""
  if (nzchar(reference)) d$g <- relevel(d$g, reference)
  fit <- eval(call("survreg", as.formula(call("~", quote(Surv(time, status)), f)), data = quote(d), dist = dist, control = quote(ctl)))
  stopifnot(all(is.finite(fit$coefficients)), all(diag(fit$var) > 0))
  id <- paste(nm, dist, opt, sep = "_")
  cases[[id]] <- data.frame(case = id, data = nm, distribution = dist, terms = bar(terms), reference = reference,
                            model = num(fit$loglik[2]))
  coefs[[id]] <- data.frame(case = id, name = bar(c(ours(names(fit$coefficients), d), "Log(scale)")),
                            estimate = num(c(fit$coefficients, log(fit$scale))), std_err = num(sqrt(diag(fit$var))))
  # New rows: every level of g and s, x1 below, within and above its range.
  r <- range(d$x1); at <- c(r[1] - 0.3 * diff(r), r[1], mean(r), quantile(d$x1, 0.7, names = FALSE), r[2] + 0.4 * diff(r))
  if (nm == "bmtcrr") at[1] <- 1
  n <- 10; new <- data.frame(x1 = rep(at, length.out = n), g = factor(rep(levels(d$g), length.out = n), levels = levels(d$g)),
                             s = factor(rep(levels(d$s), each = 3, length.out = n), levels = levels(d$s)))
  new$x3 <- pmax(new$x1 + 5, 0.5)
  lp <- predict(fit, new, type = "lp", se.fit = TRUE); q <- predict(fit, new, type = "quantile", p = 0.5, se.fit = TRUE)
  rows[[id]] <- data.frame(case = id, x1 = num(new$x1), x3 = num(new$x3), g = new$g, s = new$s, lp = num(lp$fit),
                           lp_se = num(lp$se.fit), median = num(q$fit), median_se = num(q$se.fit))
}
wr <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
wr(basis, "ns_columns.csv"); wr(cases, "terms_cases.csv"); wr(coefs, "terms_coefficients.csv"); wr(rows, "terms_rows.csv")
writeLines(c(paste("R", getRversion()), paste("survival", packageVersion("survival")), paste("splines", packageVersion("splines")),
             paste("fits", length(cases)), paste("coefficients", nrow(do.call(rbind, coefs))), paste("predicted rows", nrow(do.call(rbind, rows))),
             paste("values of splines", nrow(do.call(rbind, basis)))), file.path(out, "VERSIONS_terms.txt"))
