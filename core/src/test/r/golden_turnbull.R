# Golden quantiles of Turnbull's estimate, and survfit's curve carried to its maximum.
#
#   cd core/src/test/r && Rscript golden_turnbull.R ../resources/golden
#
# Deterministic; reads the smaller data/interval_*.csv of golden_estimators.R, writes turnbull_quantiles.csv.
#   survfit(Surv(l, r, type = "interval2") ~ 1) stops where a step changes S by less than 0.0005 and puts each mass at the
#   middle of its interval. Here its masses are laid on the innermost intervals and Turnbull's self-consistency steps go on
#   until none changes a mass by 1e-16, or the Kuhn-Tucker gap is below 1e-12. A quantile p is any time in the innermost
#   interval in which S falls to 1 - p or below; survfit's own must be the middle of it. Left out where S comes within 0.001
#   of 1 - p, so that survfit's loose steps cannot decide.
args <- commandArgs(trailingOnly = TRUE)
out <- if (length(args) >= 1) args[1] else file.path("..", "resources", "golden")
suppressPackageStartupMessages(library(survival))
num <- function(x) if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
innermost <- function(d) {
  e <- rbind(data.frame(t = d$left, k = ifelse(d$left == d$right, 0, 2)), data.frame(t = d$right, k = 1))
  e <- e[order(e$t, e$k), ]; i <- which(e$k[-1] == 1 & e$k[-nrow(e)] != 1)
  data.frame(left = e$t[i], right = e$t[i + 1])
}
covers <- function(d, f) t(sapply(seq_len(nrow(d)), function(i)
  as.numeric((if (d$left[i] == d$right[i]) f$left >= d$left[i] else
    ifelse(f$left == f$right, f$left > d$left[i], f$left >= d$left[i])) & f$right <= d$right[i])))
turnbull <- function(d) {
  f <- innermost(d); A <- covers(d, f); n <- nrow(d)
  s <- survfit(Surv(left, ifelse(is.finite(right), right, NA), type = "interval2") ~ 1, d)
  S <- function(t) c(1, s$surv)[1 + findInterval(t + 1e-9, s$time)]
  p <- pmax(-diff(c(1, ifelse(is.finite(f$right), S(f$right), 0))), 1e-9); p <- p / sum(p)
  for (it in 1:60000) {
    g <- colSums(A / as.vector(A %*% p)) / n; q <- p * g
    if (max(abs(q - p)) < 1e-16 || max(g) - 1 < 1e-12) break
    p <- q
  }
  list(f = f, p = p, s = s, gap = max(g) - 1, start = max(abs(1 - cumsum(p) - ifelse(is.finite(f$right), S(f$right), 0))))
}
worked <- data.frame(left = c(0, 2, 1, 4, 3, 5, 6, 3, 2, 7), right = c(2, 4, 3, 6, 5, 8, Inf, 3, Inf, 9))
w <- turnbull(worked)
cat(sprintf("worked: after %g S = %.15f\n", w$f$right, 1 - cumsum(w$p)), "gap", w$gap, "\n")
rows <- NULL
for (file in sort(list.files(file.path(out, "data"), "^interval_[a-z]+(8|15|30)[.]csv$"))) {
  d <- read.csv(file.path(out, "data", file)); d$right[is.na(d$right)] <- Inf
  t <- turnbull(d); name <- sub(".csv", "", file)
  cat(name, "gap", t$gap, "survfit's S differs by", t$start, "\n")
  if (t$gap > 1e-10) next
  after <- 1 - cumsum(t$p)
  for (p in c(0.1, 0.25, 0.5, 0.75)) {
    if (min(abs(after - (1 - p))) < 0.001) next
    j <- which(after <= 1 - p)[1]
    mine <- quantile(t$s, p, conf.int = FALSE)
    if (is.finite(t$f$right[j])) {
      if (abs(mine - (t$f$left[j] + t$f$right[j]) / 2) > 1e-9) { cat("  not survfit's:", p, mine, "\n"); next }
    }
    rows <- rbind(rows, data.frame(data = name, p = p, from = t$f$left[j], to = ifelse(is.finite(t$f$right[j]), t$f$right[j], NA),
      after = after[j], survfit = as.numeric(mine)))
  }
}
con <- file(file.path(out, "turnbull_quantiles.csv"), open = "wb")
writeLines(c(paste(names(rows), collapse = ","), do.call(paste, c(unname(lapply(rows, num)), sep = ","))), con, sep = "\n"); close(con)
cat(nrow(rows), "quantiles\n")
