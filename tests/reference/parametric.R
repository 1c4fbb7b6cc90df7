# Writes the expected numbers of parametric fits: Rscript tests/reference/parametric.R
# Oracles: survreg of package survival 3.5-3 for exponential and Weibull models; for late entry and mixtures with a cured share the likelihood written out below,
# with derivatives by deriv3, climbed by Newton's method.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

climb <- function(value, at) {
  at <- optim(at, function(p) -sum(value(p)), control = list(maxit = 5000, reltol = 1e-12))$par
  for (i in 1:200) {
    v <- value(at); g <- colSums(attr(v, "gradient")); H <- apply(attr(v, "hessian"), 2:3, sum)
    step <- -solve(H, g)
    while (!is.finite(sum(value(at + step))) || sum(value(at + step)) < sum(v) - 1e-9) step <- step / 2
    at <- at + step
    if (max(abs(step)) < 1e-13) break
  }
  v <- value(at)
  list(at = at, loglik = sum(v), covariance = as.vector(solve(-apply(attr(v, "hessian"), 2:3, sum))))
}
named <- function(prefix, values) do.call(numbers, setNames(values, paste0(prefix, ".", names(values))))

weibull <- deriv3(~ d * (b + (exp(b) - 1) * (log(x) - a) - a) - exp(exp(b) * (log(x) - a)) + exp(exp(b) * (log(e) - a)), c("a", "b"), function(a, b, e, x, d) NULL)
# S(x) = p + (1 - p) exp(-H); the density is (1 - p) h exp(-H).
cured <- deriv3(~ d * (b + (exp(b) - 1) * (log(x) - a) - a - exp(exp(b) * (log(x) - a)) - log(1 + exp(g)))
                + (1 - d) * (log(exp(g) + exp(-exp(exp(b) * (log(x) - a)))) - log(1 + exp(g)))
                - (log(exp(g) + exp(-exp(exp(b) * (log(e) - a)))) - log(1 + exp(g))), c("a", "b", "g"), function(a, b, g, e, x, d) NULL)
cured1 <- deriv3(~ d * (-a - x / exp(a) - log(1 + exp(g))) + (1 - d) * (log(exp(g) + exp(-x / exp(a))) - log(1 + exp(g))), c("a", "g"), function(a, g, x, d) NULL)

aged <- read.csv(file.path(folder, "aged.data.csv"))
colon2 <- read.csv(file.path(folder, "colon.csv"))
lung2 <- read.csv(file.path(folder, "lung.cox.csv"))
tiny <- 1e-300
e1 <- survreg(Surv(time, status) ~ 1, lung2, dist = "exponential")
e2 <- survreg(Surv(time, status) ~ 1, lung2, dist = "weibull", control = survreg.control(rel.tolerance = 1e-14, maxiter = 100))
save(rbind(
  numbers(lung.exponential = exp(coef(e1)), lung.exponentialerror = sqrt(vcov(e1)[1, 1]), lung.exponentialloglik = e1$loglik[1],
          lung.weibullscale = exp(coef(e2)), lung.weibullshape = 1 / e2$scale, lung.weibullerrors = sqrt(diag(vcov(e2))), lung.weibullloglik = e2$loglik[1]),
  named("aged", climb(function(p) weibull(p[1], p[2], aged$entry, aged$exit, aged$cause > 0), c(7, 2))),
  named("colon.cure", climb(function(p) cured(p[1], p[2], p[3], tiny, colon2$time, colon2$status), c(log(1000), 0, 0))),
  named("colon.cure1", climb(function(p) cured1(p[1], p[2], colon2$time, colon2$status), c(log(1000), 0))),
  named("colon.late", climb(function(p) cured(p[1], p[2], p[3], with(subset(colon2, time > 200), 150 + 50 * (extent == 3)), subset(colon2, time > 200)$time, subset(colon2, time > 200)$status), c(log(1000), 0, 0)))),
  "parametric.csv")
