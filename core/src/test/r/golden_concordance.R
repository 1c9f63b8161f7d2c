# Golden values for concordance:  Rscript golden_concordance.R ../resources/golden
# survival's concordance on the data sets of golden_cox.R (run that first). A high score means an early event (reverse = TRUE) but in option "late".
# Frequency weights are repeated rows. survival 3.5-3 takes (entry, time] rows with timewt "n" alone: it refuses "S/G" and "n/G2", and fails
# with "S" and "I" in one way or another. For those, source is "definition": all pairs written out below, which is held against survival
# wherever survival does what it says. It does not in two more places, where source is "definition" too:
#   - a stratum with one event gets timewt "n" whatever was asked for (lung, strata, "I": 70.036 concordant; stratum 33 has two rows, whose
#     one pair counts 1 and not 1/2; by the definition 69.536);
#   - with (entry, time] rows, pairs of events tied after ymax are counted as tied (heart, tau: 16, and 14 up to tau).
# With more than keepstrata strata it takes another path, which gives other counts or crashes: all strata are kept here.
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "concordance"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
weightings <- c("n", "S", "S/G", "n/G2", "I")

# All pairs, one by one. goes.on: rows whose patient has a later one that begins where they end.
definition <- function(d, timewt, tau = Inf) {
  n <- nrow(d); a <- c(n = 0, S = 1, "S/G" = 2, "n/G2" = 2, I = 0)[[timewt]]; b <- c(n = 0, S = 1, "S/G" = 2, "n/G2" = 2, I = 1)[[timewt]]
  u <- matrix(0, n, 5); count <- numeric(5)
  for (s in unique(d$s)) {
    rows <- which(d$s == s); total <- sum(d$w[rows][!d$goes.on[rows]]); surv <- 1
    for (t in sort(unique(d$time[rows][d$status[rows] == 1]))) {
      risk <- rows[d$entry[rows] < t & d$time[rows] >= t]; at <- sum(d$w[risk]); ev <- risk[d$time[risk] == t & d$status[risk] == 1]
      v <- (total * surv)^a / at^b
      if (t <= tau) for (i in ev) for (j in risk) if (i != j) {
        if (j %in% ev) { if (j < i) next; k <- if (d$x[i] == d$x[j]) 5 else 4 } else k <- if (d$x[i] > d$x[j]) 1 else if (d$x[i] < d$x[j]) 2 else 3
        p <- v * d$w[i] * d$w[j]; count[k] <- count[k] + p; u[i, k] <- u[i, k] + p; u[j, k] <- u[j, k] + p
      }
      surv <- surv * (1 - sum(d$w[ev]) / at)
    }
  }
  pairs <- sum(count[1:3]); est <- (count[1] + count[3] / 2) / pairs
  list(concordance = est, count = count, dfbeta = (u[, 1] + u[, 3] / 2 - est * rowSums(u[, 1:3])) / pairs)
}

cases <- list(); checked <- 0
keep <- function(nm, opt, timewt, source, c, var, count, dfbeta) {
  id <- paste(nm, opt, timewt, sep = "_")
  cases[[id]] <<- data.frame(case = id, data = nm, option = opt, timewt = timewt, source = source, concordance = num(c), var = num(var),
    concordant = num(count[1]), discordant = num(count[2]), tied_x = num(count[3]), tied_y = num(count[4]), tied_xy = num(count[5]),
    checksum = if (is.null(dfbeta)) "" else num(sum(seq_along(dfbeta) * dfbeta)))
}
read <- function(nm) {
  drawn <- nm %in% c("wei", "logn", "days")
  d <- read.csv(file.path(out, if (drawn) "aft" else "cox", paste0("data_", nm, ".csv")))
  # Scores with ties: whole years, and a sum of two columns.
  d$x <- if (drawn) round(4 * d$x1) / 4 + d$x2 else d$a
  d$x2nd <- if (drawn) d$x1 else d$b + d$c / 8
  d$id <- if (drawn) d$cluster else d$id
  if (!drawn) { d$samp <- 0.25 + (seq_len(nrow(d)) * 7) %% 11 / 8; d$freq <- 1 + (seq_len(nrow(d)) * 5) %% 3 }
  d
}
options <- c("plain", "late", "strata", "cluster", "clusterstrata", "sampling", "samplingstrata", "samplingcluster", "frequency",
             "frequencystrata", "tau", "entry", "entrystrata", "entrysampling", "entrycluster")
for (nm in c("lung", "veteran", "bladder", "heart", "wei", "logn", "days")) {
  d0 <- read(nm)
  tau <- as.numeric(quantile(d0$time, 0.6, type = 1))
  for (opt in options) {
    late <- grepl("entry", opt) || nm == "heart"
    if (late && !(nm %in% c("heart", "wei", "logn", "days"))) next
    d <- d0
    # With few rows pairs can be written out.
    if (late && nrow(d) > 250) d <- d[seq_len(250), ]
    full <- d
    if (grepl("frequency", opt)) d <- d[rep(seq_len(nrow(d)), d$freq), ]
    w <- if (grepl("sampling", opt)) d$samp else rep(1, nrow(d))
    s <- if (grepl("strata", opt)) d$s else rep(1, nrow(d))
    # Patients of heart have two rows where they were transplanted.
    cl <- if (grepl("cluster", opt) || nm == "heart") d$id else NULL
    ymax <- if (opt == "tau") tau else max(d$time)
    e <- data.frame(time = d$time, status = as.numeric(d$status > 0), x = if (opt == "late") -d$x else d$x, w = w, s = s,
                    entry = if (late) d$entry else -1, goes.on = FALSE)
    if (nm == "heart") e$goes.on <- sapply(seq_len(nrow(d)), function(i) any(d$id == d$id[i] & d$entry == d$time[i]) && e$status[i] == 0)
    for (timewt in weightings) {
      if (!late) {
        a <- list(object = if (grepl("strata", opt)) Surv(time, status) ~ x + strata(s) else Surv(time, status) ~ x,
                  data = e, weights = w, ymax = ymax, timewt = timewt, influence = 1, reverse = opt != "late", keepstrata = TRUE)
        a$data$x <- d$x
        if (!is.null(cl)) a$cluster <- cl
        f <- do.call(concordance, a)
        count <- if (is.matrix(f$count)) colSums(f$count) else f$count
        dfbeta <- if (is.null(cl) && !grepl("frequency", opt)) f$dfbeta else NULL
        keep(nm, opt, timewt, "survival", f$concordance, f$var, count, dfbeta)
        if (timewt != "n" && any(tapply(e$status * (e$time <= ymax), e$s, sum) == 1) && length(unique(e$s)) > 1) {
          g <- definition(e, timewt, ymax)
          db <- if (is.null(cl)) g$dfbeta else as.vector(rowsum(g$dfbeta, cl))
          keep(nm, opt, timewt, "definition", g$concordance, sum(db^2), g$count, if (is.null(dfbeta)) NULL else g$dfbeta)
        } else if (nrow(e) < 400) {
          g <- definition(e, timewt, ymax)
          stopifnot(max(abs(g$concordance - f$concordance), abs(g$count - count) / pmax(1, count)) < 1e-11)
          if (is.null(cl)) stopifnot(abs(sum(g$dfbeta^2) / f$var - 1) < 1e-10)
          checked <- checked + 1
        }
      } else {
        g <- definition(e, timewt, ymax)
        db <- if (is.null(cl)) g$dfbeta else as.vector(rowsum(g$dfbeta, cl))
        source <- "definition"
        if (timewt == "n" && opt != "tau") {
          a <- list(object = if (grepl("strata", opt)) Surv(entry, time, status) ~ x + strata(s) else Surv(entry, time, status) ~ x,
                    data = e, weights = w, timewt = "n", influence = 1, reverse = TRUE, ymax = ymax, keepstrata = TRUE)
          if (!is.null(cl)) a$cluster <- cl
          f <- do.call(concordance, a)
          count <- if (is.matrix(f$count)) colSums(f$count) else f$count
          stopifnot(max(abs(g$concordance - f$concordance), abs(g$count - count) / pmax(1, count)) < 1e-11, abs(sum(db^2) / f$var - 1) < 1e-10)
          source <- "survival"; checked <- checked + 1
        }
        keep(nm, opt, timewt, source, g$concordance, sum(db^2), g$count, if (is.null(cl) && !grepl("frequency", opt)) g$dfbeta)
      }
    }
  }
}
# Reference rows N31 and N32.
k <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog")])
write.csv(data.frame(time = k$time, status = k$status - 1, age = k$age, sex = k$sex, ecog = k$ph.ecog), file.path(dir, "data_lung.csv"), row.names = FALSE, quote = FALSE)
k <- na.omit(lung[, c("time", "status", "ph.karno")])
write.csv(data.frame(time = k$time, status = k$status - 1, karno = k$ph.karno), file.path(dir, "data_karno.csv"), row.names = FALSE, quote = FALSE)
# Two scores at once: fits whose linear predictors are the scores, as their one coefficient is held at 1. With clusters 3.5-3 stops on two fits,
# and with weights it multiplies by them twice (lung, "n": variance 0.00088987, and 0.00079155 of the one score alone): there the dfbetas
# of each score alone are multiplied here.
pairs <- list()
fixed <- coxph.control(iter.max = 0)
for (nm in c("lung", "veteran", "bladder", "wei", "days")) for (opt in c("plain", "cluster", "sampling")) for (timewt in weightings) {
  d <- read(nm); d$status <- as.numeric(d$status > 0); d$w <- if (opt == "sampling") d$samp else 1
  if (opt != "plain") {
    one <- function(score) concordance(Surv(time, status) ~ score, data.frame(time = d$time, status = d$status, score = score), weights = d$w, timewt = timewt, influence = 1, reverse = TRUE)
    f <- list(one(d$x), one(d$x2nd))
    db <- sapply(f, function(g) if (opt == "cluster") as.vector(rowsum(g$dfbeta, d$id)) else g$dfbeta)
    f <- list(concordance = sapply(f, function(g) g$concordance), var = crossprod(db))
  } else {
    f1 <- coxph(Surv(time, status) ~ x, d, init = 1, control = fixed, weights = w)
    f2 <- coxph(Surv(time, status) ~ x2nd, d, init = 1, control = fixed, weights = w)
    f <- concordance(f1, f2, timewt = timewt)
  }
  pairs[[length(pairs) + 1]] <- data.frame(data = nm, option = opt, timewt = timewt, first = num(f$concordance[1]), second = num(f$concordance[2]),
    var1 = num(f$var[1, 1]), var2 = num(f$var[2, 2]), covariance = num(f$var[1, 2]))
}
write <- function(x, f) write.csv(do.call(rbind, x), file.path(dir, f), row.names = FALSE, quote = FALSE)
write(cases, "concordance_cases.csv"); write(pairs, "concordance_pairs.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(length(cases), "cases,", length(pairs), "of two scores"),
  paste("written out = survival in", checked, "cases")), file.path(dir, "VERSIONS_concordance.txt"))
