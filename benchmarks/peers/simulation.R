# A five-state clock-reset simulation to 20 years, full paths, vectorised in base R: the stand-in for hesim, which
# Debian does not have (hesim was measured at 0.70 of this function's time). Rscript simulation.R [sizes]
source("common.R")
base_sim <- function(n, H = ms_horizon) {          # all patients one step at a time
  st <- rep(1L, n); t <- numeric(n); id <- seq_len(n); paths <- list()
  while (length(id)) {
    s <- st[id]; best <- rep(Inf, length(id)); to <- integer(length(id))
    for (k in seq_len(nrow(ms_model))) {
      j <- which(s == ms_model$from[k]); if (!length(j)) next
      w <- ms_model$scale[k] * (-log(runif(length(j))))^(1 / ms_model$shape[k])
      q <- w < best[j]; jj <- j[q]; best[jj] <- w[q]; to[jj] <- ms_model$to[k]
    }
    nt <- t[id] + best; cens <- nt > H
    paths[[length(paths) + 1L]] <- data.frame(id = id, from = s, to = ifelse(cens, 0L, to), t0 = t[id], t1 = pmin(nt, H))
    go <- !cens; t[id] <- nt; st[id[go]] <- to[go]
    id <- id[go & !(to == 3L | to == 5L)]
  }
  do.call(rbind, paths)
}
set.seed(20261122)
for (n in sizes(1, "1e4,1e5,1e6")) timeit("base_sim", "simulate", n, base_sim(n), 3L, version = "base")
