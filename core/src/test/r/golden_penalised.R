# Penalised Cox models:  Rscript golden_penalised.R ../resources/golden
# glmnet 4.1-6 at thresh 1e-20 (Breslow's ties; its objective is the partial log-likelihood over the number of rows less the
# penalty, columns of standard deviation 1), and survival's coxph with ridge() (Efron; theta / 2 times the sum of squares of
# coefficients times standard deviations, divisor n - 1). Writes penalised/*.csv.
suppressMessages({library(survival); library(glmnet)})
out <- file.path(commandArgs(TRUE)[1], "penalised"); dir.create(out, showWarnings = FALSE)
num <- function(x) sprintf("%.17g", x); glmnet.control(epsnr = 1e-16, mxitnr = 500)
set.seed(11)
n <- 120; x <- matrix(round(rnorm(n * 8), 3), n); x[, 2] <- round(x[, 1] + 0.3 * x[, 2], 3); x[, 8] <- rbinom(n, 1, .4)
colnames(x) <- paste0("x", 1:8)
t <- rexp(n, .1 * exp(.8 * x[, 1] - .5 * x[, 3])); c <- rexp(n, .05)
d <- data.frame(time = ceiling(pmin(t, c)), status = as.integer(t <= c), s = sample(c("a", "b"), n, TRUE), x)
write.csv(d, file.path(out, "data.csv"), row.names = FALSE, quote = FALSE)
rows <- NULL
add <- function(peer, alpha, lambda, strata, b) rows <<- rbind(rows, data.frame(peer, alpha = num(alpha), lambda = num(lambda), strata, name = names(b), estimate = num(b)))
for (strata in c("", "s")) for (alpha in c(1, .5, .05)) {
  y <- Surv(d$time, d$status); if (strata != "") y <- stratifySurv(y, as.integer(factor(d$s)))
  lambda <- c(.15, .05, .02, .005)
  g <- glmnet(x, y, family = "cox", alpha = alpha, lambda = lambda, thresh = 1e-20, maxit = 1e7)
  for (i in seq_along(lambda)) add("glmnet", alpha, lambda[i], strata, setNames(as.numeric(coef(g)[, i]), colnames(x)))
}
for (theta in c(1, 5, 40)) {
  f <- coxph(Surv(time, status) ~ ridge(x1, x2, x3, x4, x5, x6, x7, x8, theta = theta), d, control = coxph.control(eps = 1e-14, iter.max = 50, outer.max = 1))
  add("coxph", 0, theta / n * n / (n - 1), "", setNames(coef(f), colnames(x)))
}
write.csv(rows, file.path(out, "coefficients.csv"), row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("glmnet", packageVersion("glmnet")), paste("coefficients", nrow(rows))), file.path(out, "VERSIONS.txt"))
