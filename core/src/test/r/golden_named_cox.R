# Named cases and the heart of Cox models:  Rscript golden_named_cox.R ../resources/golden
# survival's coxph at eps 1e-13 on rows made by formula (no random numbers) and on heart and jasa of the survival package.
# cox/named_rows.csv holds the rows, cox/named_fits.csv what coxph says of them, cox/named_curves.csv survfit.
# slide: z varies within risk sets, x = z + slide with slide the same for all at risk, from -2700 to 3000 and tracking time:
#   both have one partial likelihood, and the fit is made by z. skew, skewcensored: one value of 5e4 among values of at most 7.
# year: centred years and their squares. flat: NEWS of survival 2.36-6.
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "cox"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
rows <- list(); fits <- list()
set <- function(name, entry, time, status, x1, x2 = 0, x3 = 0, x4 = 0) {
  rows[[name]] <<- data.frame(set = name, entry = num(entry), time = num(time), status = status, x1 = num(x1), x2 = num(x2),
                              x3 = num(x3), x4 = num(x4))
  data.frame(entry, time, status, x1, x2, x3, x4)
}
keep <- function(case, set, ties, fit) {
  fits[[case]] <<- data.frame(case = case, set = set, ties = ties, name = names(coef(fit)), estimate = num(coef(fit)),
    std_err = num(sqrt(diag(fit$var))), null = num(fit$loglik[1]), model = num(fit$loglik[2]), score = num(fit$score))
}
s <- do.call(rbind, lapply(1:60, function(i) {
  z <- ((i * 7) %% 11) / 4 - 1
  j <- 1:max(1, min(20, round(14 - 5 * z + (i * 13) %% 12 - 6)))
  data.frame(entry = j - 1, time = j, status = as.integer(j == max(j) & (i * 17) %% 5 < 3),
             z = z + ((i * 5 + j * 3) %% 7) / 8, slide = -3000 + 300 * j)
}))
d <- set("slide", s$entry, s$time, s$status, s$z, s$slide)
for (ties in c("efron", "breslow", "exact"))
  keep(paste0("slide_", ties), "slide", ties, coxph(Surv(entry, time, status) ~ x1, d, ties = ties, control = ctl))
x <- c(1, 1, 1, 0, 1, rep(0, 35))
d <- set("flat", 0, 1:40, 1, x)
keep("flat", "flat", "efron", coxph(Surv(time, status) ~ x1, d, control = ctl))
m <- 1:40
x <- exp(((m * 7) %% 41) / 41 * 5 - 3); x[11] <- 5e4
d <- set("skew", 0, m, as.integer(m %% 3 > 0), x)
keep("skew", "skew", "efron", coxph(Surv(time, status) ~ x1, d, control = ctl))
d <- set("skewcensored", 0, m, as.integer(m %% 3 > 0 & m != 11), x)
keep("skewcensored", "skewcensored", "efron", coxph(Surv(time, status) ~ x1, d, control = ctl))
d <- set("offset", 0, m, as.integer(m %% 3 > 0), ((m * 11) %% 23) / 23)
keep("offset", "offset", "efron", coxph(Surv(time, status) ~ x1, d, control = ctl))
d <- set("year", 0, m, as.integer(m %% 4 > 0), (m * 7) %% 19 - 9, ((m * 7) %% 19 - 9)^2)
keep("year", "year", "efron", coxph(Surv(time, status) ~ x1, d, control = ctl))
keep("year_square", "year", "efron", coxph(Surv(time, status) ~ x1 + x2, d, control = ctl))
# N13 to N17.
h <- heart
d <- set("heart", h$start, h$stop, h$event, h$age, h$year, h$surgery, as.numeric(h$transplant) - 1)
keep("N13", "heart", "efron", coxph(Surv(entry, time, status) ~ x1 + x2 + x3 + x4, d, control = ctl))
keep("N15", "heart", "efron", coxph(Surv(entry, time, status) ~ x4, d, control = ctl))
g <- jasa
d <- set("jasa", 0, g$futime, g$fustat, g$age, 0, g$surgery, g$transplant)
keep("N14", "jasa", "efron", coxph(Surv(time, status) ~ x4, d, control = ctl))
g <- jasa[jasa$futime > 30, ]
d <- set("landmark", 0, g$futime - 30, g$fustat, g$age, 0, g$surgery,
         as.integer(g$transplant == 1 & !is.na(g$wait.time) & g$wait.time <= 30))
keep("N16", "landmark", "efron", coxph(Surv(time, status) ~ x4, d, control = ctl))
k <- summary(survfit(Surv(start, stop, event) ~ transplant, heart), times = c(90, 365))
curves <- data.frame(group = as.integer(k$strata) - 1, time = k$time, survival = num(k$surv), std_err = num(k$std.err),
                     at_risk = k$n.risk)
write <- function(x, f) write.csv(x, file.path(dir, f), row.names = FALSE, quote = FALSE)
write(do.call(rbind, rows), "named_rows.csv"); write(do.call(rbind, fits), "named_fits.csv"); write(curves, "named_curves.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(length(fits), "fits")),
           file.path(dir, "VERSIONS_named_cox.txt"))
