# Golden values for predictions, residuals and checks of Cox models:  Rscript golden_cox_checks.R ../resources/golden
# The fits are those of golden_cox.R, coxph at eps 1e-13. Frequency weights are repeated rows: residuals are those of the
# first of them. Predictions of robust fits are not here, as survfit mixes a robust with a model-based part.
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "cox")
num <- function(x) ifelse(is.na(x), "", sprintf("%.15g", x))
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
curves <- list(); rows <- list(); zph <- list(); sch <- list()
read <- function(nm) {
  drawn <- nm %in% c("wei", "logn", "logl", "days")
  d <- read.csv(file.path(out, if (drawn) "aft" else "cox", paste0("data_", nm, ".csv")))
  if (drawn) d$g <- factor(d$g, levels = c("CR1", "CR2", "adv"))
  d$row <- seq_len(nrow(d))
  d
}
one <- function(nm, ties, opt) {
  d <- read(nm); drawn <- nm %in% c("wei", "logn", "logl", "days")
  id <- paste(nm, ties, opt, sep = "_")
  e <- d
  if (opt == "frequency") e <- d[rep(d$row, d$freq), ]
  y <- if (grepl("entry", opt) || nm == "heart") "Surv(entry, time, status)" else "Surv(time, status)"
  x <- if (drawn) "x1 + x2 + year + g" else "a + b + c"
  if (grepl("strata", opt)) x <- paste(x, "+ strata(s)")
  a <- list(formula = as.formula(paste(y, "~", x)), data = e, ties = ties, control = ctl)
  if (opt == "sampling") { a$weights <- e$samp; a$cluster <- e$row }
  fit <- do.call(coxph, a)
  fit$call$data <- NULL; fit$call <- as.call(c(quote(coxph), a))
  if (opt != "sampling") {
    new <- e[!duplicated(e$row), ][c(1, 7, 20), ]
    f <- survfit(fit, newdata = new, conf.type = "log-log")
    for (k in 1:3) {
      g <- f[k]; last <- max(g$time)
      at <- unique(quantile(g$time[g$n.event > 0], c(0, .1, .25, .5, .75, .9, 1), type = 1))
      s <- summary(g, times = at, extend = FALSE)
      curves[[paste(id, k)]] <<- data.frame(case = id, row = new$row[k], time = num(s$time), hazard = num(s$cumhaz),
        survival = num(s$surv), std_err = num(s$std.err), lower = num(s$lower), upper = num(s$upper),
        q25 = num(quantile(g, .25)$quantile), q50 = num(quantile(g, .5)$quantile),
        q50_lower = num(quantile(g, .5)$lower), q50_upper = num(quantile(g, .5)$upper))
    }
  }
  keep <- if (opt == "frequency") !duplicated(e$row) else rep(TRUE, nrow(e))
  few <- keep & (e$row %% 5 == 1)
  sc <- as.matrix(residuals(fit, "score")); df <- as.matrix(residuals(fit, "dfbeta")); dfs <- as.matrix(residuals(fit, "dfbetas"))
  r <- data.frame(case = id, row = e$row[few], martingale = num(residuals(fit, "martingale")[few]),
    deviance = num(residuals(fit, "deviance")[few]))
  for (j in seq_along(coef(fit))[1:3]) { r[[paste0("score", j)]] <- num(sc[few, j]); r[[paste0("dfbeta", j)]] <- num(df[few, j]); r[[paste0("dfbetas", j)]] <- num(dfs[few, j]) }
  rows[[id]] <<- r
  # Schoenfeld residuals come in the order of time within strata; sums by time do not depend on the order of ties.
  if (opt %in% c("plain", "entry") ) {
    s1 <- as.matrix(residuals(fit, "schoenfeld")); s2 <- as.matrix(residuals(fit, "scaledsch"))
    t1 <- as.numeric(rownames(s1)); u <- sort(unique(t1)); u <- u[seq(1, length(u), by = 6)]
    sum1 <- t(sapply(u, function(t) colSums(s1[t1 == t, , drop = FALSE])))
    sum2 <- t(sapply(u, function(t) colSums(s2[t1 == t, , drop = FALSE])))
    k <- sapply(u, function(t) sum(t1 == t))
    for (j in 1:ncol(s1)) sch[[paste(id, j)]] <<- data.frame(case = id, column = j, time = num(u), events = k, plain = num(sum1[, j]), scaled = num(sum2[, j]))
  }
  for (tr in c("km", "identity", "rank", "log")) {
    z <- tryCatch(cox.zph(fit, transform = tr)$table, error = function(err) NULL)
    if (!is.null(z)) zph[[paste(id, tr)]] <<- data.frame(case = id, transform = tr, term = rownames(z), chisq = num(z[, 1]), df = z[, 2], p = num(z[, 3]))
  }
}
for (ties in c("efron", "breslow")) {
  for (nm in c("wei", "days")) for (opt in c("plain", "strata", "entry", "frequency", "sampling", "entrystrata")) one(nm, ties, opt)
  for (nm in c("lung", "veteran", "bladder", "heart")) for (opt in c("plain", "strata")) one(nm, ties, opt)
}
write <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
write(curves, "coxph_curves.csv"); write(rows, "coxph_residuals.csv"); write(sch, "coxph_schoenfeld.csv"); write(zph, "cox_zph.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(length(rows), "fits")), file.path(dir, "VERSIONS_cox_checks.txt"))
