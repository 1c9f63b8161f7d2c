# Golden values for exact ties, Firth's penalty and profile limits:  Rscript golden_cox_exact.R ../resources/golden
# Exact ties are coxph's at eps 1e-13. Firth's estimates maximise coxph's own log-likelihood at given coefficients plus half
# the log determinant of its information (iter.max = 0), by Newton's method on Richardson differences; profile limits are
# where the profile of either falls by qchisq(0.95, 1) / 2, by uniroot.
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "cox"); num <- function(x) ifelse(is.na(x), "", sprintf("%.15g", x))
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
read <- function(nm) {
  drawn <- nm %in% c("wei", "logn", "logl", "days")
  d <- read.csv(file.path(out, if (drawn) "aft" else "cox", paste0("data_", nm, ".csv")))
  if (drawn) d$g <- factor(d$g, levels = c("CR1", "CR2", "adv"))
  d
}
# The 227 patients of the reference numbers N01 to N05.
l <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog")])
write.csv(with(l, data.frame(time, status = status - 1, age, sex, ecog = ph.ecog)), file.path(dir, "lung_n01.csv"), row.names = FALSE, quote = FALSE)
exact <- list()
for (nm in c("days", "lung", "veteran", "bladder", "heart")) for (opt in c("plain", "strata", "frequency", "entry")) {
  d <- read(nm); drawn <- nm == "days"
  if (opt == "frequency") { if (!drawn) next; d <- d[rep(seq_len(nrow(d)), d$freq), ] }
  if (opt == "entry" && !drawn) next
  y <- if (opt == "entry" || nm == "heart") "Surv(entry, time, status)" else "Surv(time, status)"
  x <- if (drawn) "x1 + x2 + year + g" else "a + b + c"
  if (opt == "strata") x <- paste(x, "+ strata(s)")
  f <- coxph(as.formula(paste(y, "~", x)), d, ties = "exact", control = ctl)
  exact[[paste(nm, opt)]] <- data.frame(data = nm, option = opt, place = seq_along(coef(f)), estimate = num(coef(f)),
    std_err = num(sqrt(diag(f$var))), null = num(f$loglik[1]), model = num(f$loglik[2]), score = num(f$score))
}
# Log-likelihood and information of coxph at given coefficients.
maker <- function(form, d, ties) {
  base <- coxph(form, d, ties = ties, control = ctl)
  d$..fixed <- 0
  function(b, firth) {
    f <- suppressWarnings(coxph(form, d, ties = ties, init = b, control = coxph.control(iter.max = 0, toler.chol = 1e-14)))
    l <- f$loglik[length(f$loglik)]
    if (firth) l - 0.5 * as.numeric(determinant(f$var)$modulus) else l
  }
}
# Derivatives by central differences, extrapolated twice.
rich <- function(f, h) { a <- f(h); b <- f(h / 2); c <- f(h / 4); d1 <- (4 * b - a) / 3; d2 <- (4 * c - b) / 3; (16 * d2 - d1) / 15 }
grad <- function(l, b, s) sapply(seq_along(b), function(j) rich(function(h) { e <- replace(numeric(length(b)), j, h * s[j]); (l(b + e) - l(b - e)) / (2 * h * s[j]) }, 0.02))
hess <- function(l, b, s) { H <- sapply(seq_along(b), function(j) { h <- 0.01 * s[j]; e <- replace(numeric(length(b)), j, h); (grad(l, b + e, s) - grad(l, b - e, s)) / (2 * h) }); (H + t(H)) / 2 }
maximise <- function(l, b, s, free = seq_along(b)) {
  lf <- function(x) { z <- b; z[free] <- x; l(z) }
  x <- b[free]; sf <- s[free]
  for (it in 1:60) {
    g <- grad(lf, x, sf)
    if (it %% 3 == 1) H <- hess(lf, x, sf)
    step <- -solve(H, g); k <- 1
    while (lf(x + k * step) < lf(x) - 1e-9 && k > 1e-4) k <- k / 2
    x <- x + k * step
    if (max(abs(step / sf)) < 1e-10) break
  }
  b[free] <- x; b
}
firth <- list()
sep <- data.frame(time = c(1, 2, 3, 4, 5, 6, 7, 8), status = c(1, 1, 1, 0, 1, 0, 0, 0), a = c(1, 1, 1, 1, 0, 0, 0, 0), b = c(2, 1, 4, 3, 3, 1, 2, 5))
cases <- list(
  list("sep", "plain", Surv(time, status) ~ a + b, sep),
  list("veteran", "plain", Surv(time, status) ~ a + b + c, read("veteran")),
  list("veteran", "strata", Surv(time, status) ~ a + b + c + strata(s), read("veteran")),
  list("heart", "plain", Surv(entry, time, status) ~ a + b + c, read("heart")),
  list("lung", "plain", Surv(time, status) ~ a + b + c, read("lung")),
  list("days", "entry", Surv(entry, time, status) ~ x1 + x2, read("days")))
xs <- function(f) setdiff(all.vars(f), c("entry", "time", "status", "s"))
for (cs in cases) for (ties in c("efron", "breslow")) for (pen in c(TRUE, FALSE)) {
  d <- cs[[4]]; form <- cs[[3]]; v <- xs(form)
  if (cs[[1]] == "sep" && !pen) next
  fun <- maker(form, d, ties); l <- function(b) fun(b, pen)
  plain <- if (cs[[1]] == "sep") NULL else coxph(form, d, ties = ties, control = ctl)
  start <- if (is.null(plain)) c(1, 0) else unname(coef(plain))
  s <- if (is.null(plain)) c(1, 0.5) else unname(sqrt(diag(plain$var)))
  b <- if (pen) unname(maximise(l, start, s)) else start
  se <- sqrt(diag(suppressWarnings(coxph(form, d, ties = ties, init = b, control = coxph.control(iter.max = 0)))$var))
  best <- l(b); target <- best - qchisq(0.95, 1) / 2
  # Without a penalty the profile is coxph's own, the fixed coefficient as an offset.
  prof <- function(j, x) {
    if (pen) { z <- b; z[j] <- x; return(l(maximise(l, z, s, setdiff(seq_along(b), j)))) }
    d$..off <- x * d[[v[j]]]
    g <- update(form, as.formula(paste(". ~ . -", v[j], "+ offset(..off)")))
    max(coxph(g, d, ties = ties, control = ctl)$loglik)
  }
  limits <- !pen || (ties == "efron" && cs[[1]] %in% c("sep", "days")) || cs[[1]] == "sep"
  for (j in seq_along(b)) {
    lower <- upper <- fall <- NA
    if (limits) {
      w <- 2 * se[j]; up <- b[j] + w; while (prof(j, up) > target) up <- up + w
      lo <- b[j] - w; while (prof(j, lo) > target) lo <- lo - w
      upper <- uniroot(function(x) prof(j, x) - target, c(b[j], up), tol = 1e-10)$root
      lower <- uniroot(function(x) prof(j, x) - target, c(lo, b[j]), tol = 1e-10)$root
      fall <- 2 * (best - prof(j, 0))
    }
    firth[[length(firth) + 1]] <- data.frame(data = cs[[1]], option = cs[[2]], ties = ties, firth = pen, place = j, estimate = num(b[j]),
      std_err = num(se[j]), null = num(l(0 * b)), model = num(best), lower = num(lower), upper = num(upper), fall = num(fall))
  }
  cat(cs[[1]], ties, pen, "\n")
}
write <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
write(exact, "coxph_exact.csv"); write(firth, "cox_firth_profile.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival"))), file.path(dir, "VERSIONS_cox_exact.txt"))
