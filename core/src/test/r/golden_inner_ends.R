# Golden values where patients have several rows: the end of a row at which the next begins is no censoring.
#
#   cd core/src/test/r && Rscript golden_inner_ends.R ../resources/golden
#
# Writes data/inner_*.csv (id, entry, time, status, group, weight), inner_ends.csv in long form and VERSIONS_inner_ends.txt.
#   km       survfit(Surv(entry, time, status) ~ 1, id = id), with the weights where a data set has others than 1; for
#            groups, of the rows of each alone: in one call with groups, survfit 3.5-3 counts as censored what depends on
#            the order of the rows (and so many at inner ends). Points are those with an event or a censoring. Not by group
#            where patients change it.
#   reverse  survfit(Surv(entry, time, status == 0) ~ 1) of whole follow-up: one row a patient, before it was split.
#            (survfit(Surv(entry, time, status == 0), id = id) of the split rows would count inner ends as events.)
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
num <- function(x) if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
write_csv <- function(d, file) {
  con <- file(file.path(out, file), open = "wb"); on.exit(close(con))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, num)), sep = ","))), con, sep = "\n")
}
rows <- list()
points <- function(fit, dataset, kind, group = "all") {
  keep <- fit$n.event + fit$n.censor > 0
  rows[[length(rows) + 1]] <<- data.frame(dataset, kind, group, time = fit$time, n_risk = fit$n.risk,
    n_event = fit$n.event, n_censor = fit$n.censor, survival = fit$surv)[keep, ]
}
write <- function(name, whole, split, weighted, groups = TRUE) {
  mixed <- split[sample(nrow(split)), ]
  write_csv(mixed[c("id", "entry", "time", "status", "group", "weight")], file.path("data", paste0("inner_", name, ".csv")))
  for (g in c("all", if (groups) sort(unique(split$group)))) {
    d <- if (g == "all") split else split[split$group == g, ]
    w <- d$weight
    f <- Surv(entry, time, status) ~ 1
    environment(f) <- environment()
    points(if (weighted) survfit(f, d, id = id, weights = w) else survfit(f, d, id = id), name, "km", g)
  }
  if (!weighted) points(survfit(Surv(entry, time, status == 0) ~ 1, whole), name, "reverse")
}
split_at <- function(whole, cuts) {
  s <- survSplit(Surv(entry, time, status) ~ ., whole, cut = cuts, start = "entry", end = "time", event = "status")
  s[order(s$id, s$entry), ]
}
# Two groups for good, rows split at whole times that are event times too.
set.seed(101)
n <- 40
whole <- data.frame(id = seq_len(n), entry = 0, time = sample(1:12, n, TRUE), status = rbinom(n, 1, 0.5),
  group = sample(c("A", "B"), n, TRUE), weight = 1)
write("whole", whole, split_at(whole, c(2, 4, 7)), FALSE)
# Delayed entry, and patients who change their group at 3.
set.seed(102)
n <- 60
whole <- data.frame(id = seq_len(n), entry = sample(c(0, 0, 1.5, 2), n, TRUE), time = round(2 + rexp(n, 0.2), 1) + 0.5,
  status = rbinom(n, 1, 0.6), group = "A", weight = 1)
s <- split_at(whole, c(3, 5))
moves <- sample(seq_len(n), 25)
s$group <- ifelse(s$id %in% moves & s$entry >= 3, "B", "A")
write("moving", whole, s, FALSE, FALSE)
# Weights that change with the rows.
set.seed(103)
n <- 50
whole <- data.frame(id = seq_len(n), entry = 0, time = round(rexp(n, 0.1), 1) + 0.1, status = rbinom(n, 1, 0.5),
  group = sample(c("A", "B"), n, TRUE), weight = 1)
s <- split_at(whole, c(1, 3, 6, 10))
s$weight <- round(runif(nrow(s), 0.5, 2) * 4) / 4
write("weights", whole, s, TRUE)
write_csv(do.call(rbind, rows), "inner_ends.csv")
con <- file(file.path(out, "VERSIONS_inner_ends.txt"), open = "wb")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(nrow(do.call(rbind, rows)), "points")), con, sep = "\n")
close(con)
