# Golden values for rows built from several tables:  Rscript golden_rows.R ../resources/golden
# survival's tmerge, survSplit, survcheck and coxph (eps 1e-13) on drawn data and on jasa, pbc, pbcseq and veteran of the
# survival package. Two records of one patient and time have equal values, as tmerge takes the last of them and we refuse
# values that differ. rows.csv: one line a row and case; counts.csv: tmerge's tcount, each term merged into rows that no
# other term has cut, as ours are counted; check.csv: survcheck's flags and transitions; fits.csv: coefficients.
suppressPackageStartupMessages(library(survival))
out <- commandArgs(TRUE); out <- if (length(out)) out[[1]] else "../resources/golden"
dir <- file.path(out, "rows"); dir.create(dir, showWarnings = FALSE, recursive = TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", as.numeric(x)))
put <- function(d, f) write.csv(as.data.frame(lapply(d, function(x) if (is.numeric(x)) num(x) else ifelse(is.na(x), "", as.character(x)))),
                                file.path(dir, f), row.names = FALSE, quote = FALSE)
ctl <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
rows <- list(); counts <- list(); fits <- list()
keep <- function(case, d, status, a = NA, b = NA) {
  f <- function(x) if (is.numeric(x)) num(x) else ifelse(is.na(x), "", as.character(x))
  rows[[case]] <<- data.frame(case = case, id = as.character(d$id), entry = num(d$tstart), time = num(d$tstop), status = status,
                              a = f(a), b = f(b))
}
tcount <- function(case, d, term) {
  x <- attr(d, "tcount"); x <- x[rownames(x) == term, , drop = FALSE]
  counts[[paste(case, term)]] <<- data.frame(case = case, term = term, x)
}
fit <- function(case, f, names = names(coef(f)))
  fits[[case]] <<- data.frame(case = case, name = names, estimate = num(coef(f)), std_err = num(sqrt(diag(vcov(f)))), loglik = num(f$loglik[2]))

# Drawn data: entry and end of follow-up, visits before, at, within, at the end of and after it, some of nobody.
set.seed(20270412)
n <- 60
base <- data.frame(id = sprintf("P%02d", sample(99, n)), t0 = sample(c(0, 0, 0, 3, 10), n, TRUE))
base$t1 <- base$t0 + sample(5:90, n, TRUE)
base$status <- sample(0:2, n, TRUE)
base$x <- round(rnorm(n), 3)
m <- 420
visits <- data.frame(id = sample(c(base$id, "P00", "Q1"), m, TRUE), time = sample(-4:95, m, TRUE))
visits <- visits[!duplicated(visits), ]
visits$value <- round(rexp(nrow(visits)), 3)
visits$level <- sample(c("low", "middle", "high"), nrow(visits), TRUE)
visits$value[sample(nrow(visits), 40)] <- NA
visits <- rbind(visits, visits[sample(nrow(visits), 25), ])
# Each patient has a value from the begin on, so that no row lacks one.
first <- data.frame(id = base$id, time = base$t0 - sample(0:2, n, TRUE), value = 1, level = "low")
visits <- rbind(visits, first[!paste(first$id, first$time) %in% paste(visits$id, visits$time), ])
visits$amount <- round(runif(nrow(visits)), 2)
onset <- data.frame(id = base$id, time = ifelse(runif(n) < 0.5, sample(-2:60, n, TRUE), NA))
happen <- data.frame(id = sample(c(base$id, "Q2"), 150, TRUE), time = sample(0:95, 150, TRUE))
happen <- happen[!duplicated(happen), ]
happen$kind <- "infection"
# A row ends with one event: none at the end of a follow-up that ends with one.
end <- paste(base$id, base$t1)[base$status > 0]
happen <- happen[!paste(happen$id, happen$time) %in% end, ]
put(base, "data_base.csv"); put(visits, "data_visits.csv"); put(onset, "data_onset.csv"); put(happen, "data_happen.csv")
start <- function() {
  d <- tmerge(base[, c("id", "x", "status", "t0", "t1")], base, id = id, tstart = t0, tstop = t1)
  tmerge(d, base, id = id, end = event(t1, status))
}
st <- start()
# status 3 is infection, in rows that end with one.
one <- function(case, d, a = NULL, b = NULL, ev = NULL) {
  s <- d$end; if (!is.null(ev)) s <- ifelse(d[[ev]] > 0 & s == 0, 3, s)
  keep(case, d, s, if (is.null(a)) NA else d[[a]], if (is.null(b)) NA else d[[b]])
  d
}
d <- one("value", tmerge(start(), visits, id = id, v = tdc(time, value)), a = "v"); tcount("value", d, "v")
d <- one("level", tmerge(start(), visits, id = id, v = tdc(time, level)), a = "v"); tcount("level", d, "v")
d <- one("lag", tmerge(start(), visits, id = id, v = tdc(time, value), options = list(delay = 7)), a = "v"); tcount("lag", d, "v")
d <- one("clear", tmerge(start(), visits, id = id, v = tdc(time, value, 9), options = list(na.rm = FALSE)), a = "v"); tcount("clear", d, "v")
d <- one("initial", tmerge(start(), subset(visits, time > 5), id = id, v = tdc(time, value, -1)), a = "v"); tcount("initial", d, "v")
d <- one("sum", tmerge(start(), visits, id = id, v = cumtdc(time, amount, 0)), a = "v"); tcount("sum", d, "v")
d <- one("count", tmerge(start(), visits, id = id, v = cumtdc(time)), a = "v"); tcount("count", d, "v")
d <- one("onset", tmerge(start(), onset, id = id, v = tdc(time)), a = "v"); tcount("onset", d, "v")
d <- one("event", tmerge(start(), happen, id = id, e = event(time)), ev = "e"); tcount("event", d, "e")
d <- one("number", tmerge(start(), happen, id = id, e = event(time), nr = cumevent(time)), a = "nr", ev = "e")
d <- one("both", tmerge(start(), visits, id = id, v = tdc(time, value), w = tdc(time, level)), a = "v", b = "w")
d <- tmerge(tmerge(tmerge(start(), visits, id = id, v = tdc(time, value)), onset, id = id, o = tdc(time)), happen, id = id, e = event(time), k = cumtdc(time))
keep("all", d, ifelse(d$e > 0 & d$end == 0, 3, d$end), d$v, d$k)
d$s <- factor(ifelse(d$e > 0 & d$end == 0, 3, d$end), 0:3)
sp <- survSplit(Surv(tstart, tstop, s) ~ ., as.data.frame(unclass(d)), cut = c(5, 10, 20, 40), episode = "ep", start = "tstart", end = "tstop", event = "s")
keep("split", sp, as.numeric(sub("censor", "0", sp$s)), sp$v, sp$ep)
# A gap: the begin of some rows moved, which leaves tmerge's attributes as they are.
g <- tmerge(start(), data.frame(id = base$id, time = base$t0 + 4), id = id, q = tdc(time))
at <- attributes(g); u <- unclass(g); move <- which(u$q == 1 & u$tstop - u$tstart > 3); u$tstart[move] <- u$tstart[move] + 2
attributes(u) <- at; g <- u
put(data.frame(id = g$id, entry = g$tstart, time = g$tstop, status = g$end, x = g$x), "data_gaps.csv")
w <- tmerge(g, visits, id = id, v = tdc(time, value)); keep("gap_value", w, w$end, w$v); tcount("gap_value", w, "v")
w <- tmerge(g, happen, id = id, e = event(time)); keep("gap_event", w, ifelse(w$e > 0 & w$end == 0, 3, w$end)); tcount("gap_event", w, "e")
w <- tmerge(g, onset, id = id, v = tdc(time)); keep("gap_onset", w, w$end, w$v); tcount("gap_onset", w, "v")

# survcheck of the rows with gaps, and of recurring events.
checks <- list()
chk <- function(case, d, s) {
  k <- survcheck(Surv(d$tstart, d$tstop, factor(s, 0:3, c("censored", "1", "2", "infection"))) ~ 1, id = d$id)
  tr <- as.data.frame(as.table(k$transitions), stringsAsFactors = FALSE)
  tr <- tr[tr$Freq > 0 & tr[[2]] != "(censored)", ]
  checks[[case]] <<- data.frame(case = case, overlap = k$flag["overlap"], gap = k$flag["gap"], jump = k$flag["jump"],
    teleport = k$flag["teleport"], gap_rows = paste(k$gap$row, collapse = ";"), gap_ids = paste(unique(k$gap$id), collapse = ";"),
    transitions = paste(sub("^\\(s0\\)$", "event-free", tr[[1]]), tr[[2]], tr$Freq, sep = ">", collapse = ";"))
}
w <- tmerge(g, visits, id = id, v = tdc(time, value)); chk("gap_value", w, w$end)
w <- tmerge(g, happen, id = id, e = event(time)); chk("gap_event", w, ifelse(w$e > 0 & w$end == 0, 3, w$end))
put(do.call(rbind, checks), "check.csv")

# jasa as the vignette cuts it, and heart, which counts days from 1; a transplant on the day of death is half a day earlier.
w0 <- with(jasa, data.frame(id = seq_along(fustat), fu = as.numeric(fu.date - accept.dt), status = fustat,
  tx = as.numeric(tx.date - accept.dt), surgery = surgery, age = age))
put(w0, "data_jasa.csv")
early <- function(d) transform(d, tx = ifelse(tx == fu, tx - .5, tx))
w1 <- transform(early(w0), fu = pmax(.5, fu))
h <- tmerge(w1[, c("id", "surgery", "age")], w1, id = id, death = event(fu, status), transplant = tdc(tx))
keep("jasa", h, h$death, h$transplant); tcount("jasa", h, "transplant")
fit("jasa", coxph(Surv(tstart, tstop, death) ~ age + transplant + surgery, h, control = ctl, ties = "breslow"), c("age", "transplant", "surgery"))
w1 <- early(transform(w0, fu = fu + 1, tx = tx + 1))
h <- tmerge(w1[, c("id", "surgery", "age")], w1, id = id, death = event(fu, status), transplant = tdc(tx))
stopifnot(h$id == heart$id, h$tstart == heart$start, h$tstop == heart$stop, h$death == heart$event, h$transplant == as.numeric(heart$transplant) - 1)
keep("heart", h, h$death, h$transplant); tcount("heart", h, "transplant")
fit("heart", coxph(Surv(tstart, tstop, death) ~ transplant, h, control = ctl), "transplant")

# pbc and pbcseq, as the vignette does it.
p <- subset(pbc, id <= 312, select = c(id, time, status)); put(p, "data_pbc.csv")
q <- pbcseq[, c("id", "day", "ascites", "bili", "albumin", "protime", "alk.phos")]; names(q)[7] <- "alkphos"; put(q, "data_pbcseq.csv")
p2 <- tmerge(data.frame(id = p$id, one = 1)[, c("id", "one")], p, id = id, death = event(time, status))
for (v in c("ascites", "bili", "albumin", "protime", "alkphos")) {
  q$new <- q[[v]]; w <- tmerge(p2, q, id = id, new = tdc(day, new))
  x <- attr(w, "tcount"); counts[[paste("pbc", v)]] <- data.frame(case = "pbc", term = v, x["new", , drop = FALSE])
}
p3 <- tmerge(p2, q, id = id, ascites = tdc(day, ascites), bili = tdc(day, bili), albumin = tdc(day, albumin), protime = tdc(day, protime), alkphos = tdc(day, alkphos))
keep("pbc", p3, p3$death, p3$bili, p3$protime)
fit("pbc", coxph(Surv(tstart, tstop, death == 2) ~ log(bili) + log(protime), p3, control = ctl), c("log(bili)", "log(protime)"))
p4 <- tmerge(p2, q, id = id, bili = tdc(day, bili), protime = tdc(day, protime), options = list(delay = 14))
fit("pbc_lag", coxph(Surv(tstart, tstop, death == 2) ~ log(bili) + log(protime), p4, control = ctl), c("log(bili)", "log(protime)"))

# Splits: veteran at 90 and 180 days, and at every event.
vet <- transform(veteran, id = seq_len(nrow(veteran)))
v2 <- survSplit(Surv(time, status) ~ ., vet, cut = c(90, 180), episode = "ep", start = "tstart", end = "tstop", event = "event")
keep("veteran", v2, v2$event, v2$karno, v2$ep)
fit("veteran_episodes", coxph(Surv(tstart, tstop, event) ~ trt + karno:strata(ep), v2, control = ctl), c("trt", "karno1", "karno2", "karno3"))
v3 <- survSplit(Surv(time, status) ~ ., vet, cut = sort(unique(vet$time[vet$status == 1])), episode = "ep", start = "tstart", end = "tstop", event = "event")
fit("veteran_time", coxph(Surv(tstart, tstop, event) ~ karno + product, transform(v3, product = karno * log(tstop)), control = ctl), c("karno", "karno_log_time"))
fits$veteran_rows <- data.frame(case = "veteran_rows", name = "rows", estimate = num(nrow(v3)), std_err = "", loglik = "")

put(do.call(rbind, rows), "rows.csv"); put(do.call(rbind, counts), "counts.csv"); put(do.call(rbind, fits), "fits.csv")
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste(length(rows), "cases,", nrow(do.call(rbind, rows)), "rows,",
  length(counts), "counts")), file.path(dir, "VERSIONS_rows.txt"))
cat(readLines(file.path(dir, "VERSIONS_rows.txt")), sep = "\n")
