# Values of the laws of time, by base R's distribution functions.
# Run: Rscript laws.R > ../resources/golden/laws.csv
options(digits = 17, scipen = -5)
cat("#", R.version.string, "package stats; columns family,a,b,quantity,at,value\n")
cat("family,a,b,quantity,at,value\n")
out <- function(family, a, b, quantity, at, value) {
  keep <- is.finite(value) & value != 0
  cat(sprintf("%s,%.17g,%.17g,%s,%.17g,%.17g\n", family, a, b, quantity, at[keep], value[keep]), sep = "")
}
laws <- list(
  exponential = list(d = function(x, a, b, log) dexp(x, a, log = log),
                     p = function(x, a, b, ...) pexp(x, a, ...), q = function(p, a, b, ...) qexp(p, a, ...),
                     m = function(tau, a, b) pexp(tau, a) / a, set = list(c(0.1, 0), c(3, 0))),
  weibull = list(d = function(x, a, b, log) dweibull(x, a, b, log = log),
                 p = function(x, a, b, ...) pweibull(x, a, b, ...), q = function(p, a, b, ...) qweibull(p, a, b, ...),
                 m = function(tau, a, b) b * gamma(1 + 1 / a) * pgamma((tau / b)^a, 1 / a),
                 set = list(c(0.64, 141.8), c(1, 2), c(2.5, 7), c(8, 30))),
  lognormal = list(d = function(x, a, b, log) dlnorm(x, a, b, log = log),
                   p = function(x, a, b, ...) plnorm(x, a, b, ...), q = function(p, a, b, ...) qlnorm(p, a, b, ...),
                   m = function(tau, a, b) exp(a + b^2 / 2) * pnorm((log(tau) - a) / b - b) +
                     tau * plnorm(tau, a, b, lower.tail = FALSE),
                   set = list(c(4.38, 1.5), c(0, 1), c(-1, 0.25))),
  gamma = list(d = function(x, a, b, log) dgamma(x, a, scale = b, log = log),
               p = function(x, a, b, ...) pgamma(x, a, scale = b, ...),
               q = function(p, a, b, ...) qgamma(p, a, scale = b, ...),
               m = function(tau, a, b) a * b * pgamma(tau, a + 1, scale = b) +
                 tau * pgamma(tau, a, scale = b, lower.tail = FALSE),
               set = list(c(0.5, 200), c(1, 3), c(3.7, 2), c(60, 0.5))),
  # T is log-logistic(shape a, scale b) where log T is logistic(log b, 1/a)
  loglogistic = list(d = function(x, a, b, log) {
                       l <- dlogis(log(x), log(b), 1 / a, log = TRUE) - log(x)
                       if (log) l else exp(l)
                     },
                     p = function(x, a, b, ...) plogis(log(x), log(b), 1 / a, ...),
                     q = function(p, a, b, ...) exp(qlogis(p, log(b), 1 / a, ...)),
                     m = function(tau, a, b) if (a == 2) b * atan(tau / b) else b * log1p(tau / b),
                     set = list(c(1, 4), c(2, 11)))
)
for (family in names(laws)) {
  law <- laws[[family]]
  for (s in law$set) {
    a <- s[1]; b <- s[2]
    probabilities <- c(1e-300, 1e-100, 1e-12, 1e-3, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999)
    tails <- c(1e-300, 1e-100, 1e-12, 1e-3)
    # Times round to 6 digits, so that R and Java read the same number; they reach far into both tails.
    times <- signif(c(law$q(probabilities, a, b), law$q(tails, a, b, lower.tail = FALSE)), 6)
    out(family, a, b, "density", times, law$d(times, a, b, log = FALSE))
    out(family, a, b, "logDensity", times, law$d(times, a, b, log = TRUE))
    out(family, a, b, "cumulativeProbability", times, law$p(times, a, b))
    out(family, a, b, "survival", times, law$p(times, a, b, lower.tail = FALSE))
    out(family, a, b, "logSurvival", times, law$p(times, a, b, lower.tail = FALSE, log.p = TRUE))
    out(family, a, b, "timeAt", probabilities, law$q(probabilities, a, b))
    out(family, a, b, "timeAtSurvival", tails, law$q(tails, a, b, lower.tail = FALSE))
    horizons <- signif(law$q(c(0.01, 0.3, 0.5, 0.9, 0.9999), a, b), 6)
    out(family, a, b, "meanUpTo", horizons, law$m(horizons, a, b))
  }
}
