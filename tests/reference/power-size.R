# Writes the expected numbers of tests/Nadir.Tests/Designs/PowerCurveTests.cs: Rscript tests/reference/power-size.R
# Oracle: R's glm, binomial with a probit link; Fieller's bounds as the roots of the distance from the line, by uniroot.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

size <- c(100, 141, 160, 178, 200)
shown <- c(1170, 1451, 1597, 1648, 1744)
trials <- rep(2000, 5)
x <- sqrt(size)
fit <- glm(cbind(shown, trials - shown) ~ x, family = binomial("probit"), control = glm.control(epsilon = 1e-15, maxit = 100))
b <- coef(fit)
v <- vcov(fit)
height <- qnorm(0.8)
distance <- function(x) (height - b[1] - b[2] * x)^2 - qnorm(0.975)^2 * (v[1, 1] + 2 * x * v[1, 2] + x^2 * v[2, 2])
root <- unname((height - b[1]) / b[2])
bound <- function(from, to) uniroot(distance, c(from, to), tol = 1e-14)$root^2
save(numbers(intercept = b[1], slope = b[2], covariance = as.vector(v), size = root^2, lower = bound(root / 2, root), upper = bound(root, 2 * root)), "power-size.csv")
