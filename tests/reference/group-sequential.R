# Writes group-sequential boundaries of error spending (Lan & DeMets 1983) at two-sided 5%: Rscript tests/reference/group-sequential.R
# Oracle: the recursion of Armitage, McPherson & Rowe 1969 below, by Simpson's rule on 4001 nodes and R's pnorm and uniroot.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

bounds <- function(t, spend) {
  z <- c(); spent <- 0; n <- 4001
  for (k in seq_along(t)) {
    p <- spend(t[k]) - spent; spent <- spend(t[k])
    tail <- function(c) if (k == 1) pnorm(-c) else sum(mass * pnorm((u - c * sqrt(t[k])) / sqrt(t[k] - t[k - 1])))
    z[k] <- uniroot(function(c) tail(c) - p, c(0.5, 9), tol = 1e-13)$root
    nodes <- seq(-z[k], z[k], length = n) * sqrt(t[k])
    density <- if (k == 1) dnorm(nodes, sd = sqrt(t[1])) else sapply(nodes, function(x) sum(mass * dnorm(x - u, sd = sqrt(t[k] - t[k - 1]))))
    mass <- density * c(1, rep(c(4, 2), length = n - 2), 1) * diff(nodes)[1] / 3; u <- nodes
  }
  z
}
obf <- function(t) 2 * (1 - pnorm(qnorm(1 - 0.0125) / sqrt(t)))
pocock <- function(t) 0.025 * log(1 + (exp(1) - 1) * t)
uneven <- c(0.3, 0.35, 0.7, 0.95)
save(numbers(obf = bounds(1:5 / 5, obf), pocock = bounds(1:5 / 5, pocock), uneven = bounds(uneven, obf)), "group-sequential.csv")
