# Limits of a difference a - b by inverting its comparison on a transformed scale: the d with the smallest distance from the
# estimates, in their covariance V on that scale, over all pairs (b + d, b) equal to z. Beyond [0, 1] the scales go on rising.
inverted <- function(scale, a, b, V, z = qnorm(0.975)) {
  g <- switch(scale, plain = function(p) p, log = log, `log-log` = function(p) log(-log(p)), logit = qlogis,
    arcsin = function(p) ifelse(p < 0, p, ifelse(p > 1, pi / 2 + p - 1, asin(sqrt(pmin(1, pmax(0, p)))))))
  from <- if (scale %in% c("plain", "arcsin")) -3 else 0; to <- switch(scale, plain = 4, arcsin = 4, log = 40, 1)
  W <- solve(V); x <- c(g(a), g(b))
  far <- function(d) {
    q <- function(p) { r <- c(g(p + d), g(p)) - x; v <- drop(r %*% W %*% r); if (is.finite(v)) v else 1e300 }
    lo <- max(from, from - d); hi <- min(to, to - d); at <- seq(lo, hi, length.out = 82); at <- at[2:81]
    v <- sapply(at, q); k <- which.min(v)
    optimise(q, c(if (k == 1) lo else at[k - 1], if (k == length(at)) hi else at[k + 1]), tol = 1e-11)$objective - z^2
  }
  edge <- function(sign) {
    step <- 1e-3; end <- a - b
    repeat { end <- end + sign * step; if ((scale == "plain" || abs(end) < 1) && far(end) < 0) step <- 1.3 * step else break }
    if (scale != "plain" && abs(end) >= 1 && !(scale %in% c("log", "arcsin"))) end <- sign * (1 - 1e-9)
    uniroot(far, sort(c(a - b, end)), tol = 1e-13)$root
  }
  c(max(-1, edge(-1)), min(1, edge(1)))
}
