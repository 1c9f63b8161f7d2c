# Golden values for Cox models:  Rscript golden_cox.R ../resources/golden
# In cells "|" stands for a comma. survival's coxph at eps 1e-13 on the data sets of golden_aft.R and of the survival package. Frequency weights are repeated rows.
suppressPackageStartupMessages({library(survival); library(splines)})
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "cox"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
cases <- list(); coefs <- list()
keep <- function(id, data, option, ties, fit, labels) {
  s <- summary(fit)
  robust <- !is.null(fit$naive.var)
  naive <- if (robust) fit$naive.var else fit$var
  cases[[id]] <<- data.frame(case = id, data = data, option = option, ties = ties, null = num(fit$loglik[1]),
    model = num(fit$loglik[2]), score = num(fit$score), wald = num(fit$wald.test),
    robust_score = if (is.null(fit$rscore)) "" else num(fit$rscore))
  coefs[[id]] <<- data.frame(case = id, name = labels, estimate = num(coef(fit)), std_err = num(sqrt(diag(naive))),
    robust = if (robust) num(sqrt(diag(fit$var))) else "")
}
for (nm in c("wei", "logn", "logl", "days")) {
  d <- read.csv(file.path(out, "aft", paste0("data_", nm, ".csv")))
  d$g <- factor(d$g, levels = c("CR1", "CR2", "adv"))
  for (ties in c("efron", "breslow")) for (opt in c("plain", "strata", "entry", "entrystrata", "frequency", "sampling",
      "cluster", "robust", "offset", "product", "spline", "clusterstrata", "entrysampling")) {
    e <- d
    if (opt == "frequency") e <- d[rep(seq_len(nrow(d)), d$freq), ]
    y <- if (grepl("entry", opt)) "Surv(entry, time, status)" else "Surv(time, status)"
    x <- switch(opt, offset = "x1 + x2 + offset(0.1 * x1)", product = "x1 + g + x1:g", spline = "ns(x1, df = 3) + x2",
                "x1 + x2 + year + g")
    if (grepl("strata", opt)) x <- paste(x, "+ strata(s)")
    a <- list(formula = as.formula(paste(y, "~", x)), data = e, ties = ties, control = ctl)
    if (grepl("sampling", opt)) a$weights <- e$samp
    if (grepl("cluster", opt)) a$cluster <- e$cluster
    if (grepl("sampling|robust", opt)) a$cluster <- seq_along(e$time)
    fit <- do.call(coxph, a)
    lab <- sub("^g(CR2|adv)$", "g=\\1", names(coef(fit)))
    lab <- sub("^x1:g(CR2|adv)$", "x1:g=\\1", lab)
    lab <- sub("^ns\\(x1, df = 3\\)", "ns(x1|3)", lab)
    keep(paste(nm, ties, opt, sep = "_"), nm, opt, ties, fit, lab)
  }
}
# Sets of the survival package, written out for the tests.
sets <- list(
  lung = with(na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog", "inst")]),
              data.frame(entry = 0, time, status = status - 1, a = age, b = sex, c = ph.ecog, s = inst, id = seq_along(time))),
  veteran = with(veteran, data.frame(entry = 0, time, status, a = karno, b = diagtime, c = age, s = trt, id = seq_along(time))),
  bladder = with(bladder, data.frame(entry = 0, time = stop, status = event, a = rx, b = size, c = number, s = enum, id)),
  heart = with(heart, data.frame(entry = start, time = stop, status = event, a = age, b = year, c = as.numeric(transplant) - 1,
                                 s = surgery, id)))
for (nm in names(sets)) {
  d <- sets[[nm]]
  write.csv(lapply(d, num), file.path(dir, paste0("data_", nm, ".csv")), row.names = FALSE, quote = FALSE)
  for (ties in c("efron", "breslow")) for (opt in c("plain", "strata", "cluster", "clusterstrata")) {
    x <- if (grepl("strata", opt)) "a + b + c + strata(s)" else "a + b + c"
    y <- if (nm == "heart") "Surv(entry, time, status)" else "Surv(time, status)"
    a <- list(formula = as.formula(paste(y, "~", x)), data = d, ties = ties, control = ctl)
    if (grepl("cluster", opt)) a$cluster <- d$id
    fit <- do.call(coxph, a)
    keep(paste(nm, ties, opt, sep = "_"), nm, opt, ties, fit, names(coef(fit)))
  }
}
write <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
write(cases, "coxph_cases.csv"); write(coefs, "coxph_coefficients.csv")
cat(length(cases), "cases,", R.version.string, "survival", as.character(packageVersion("survival")), "\n")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(length(cases), "fits")), file.path(dir, "VERSIONS_cox.txt"))
