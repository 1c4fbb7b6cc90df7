# Reads the events.csv of a counterfactual trial's folder as it is and prints what R makes of the differences between arms, to be held beside `contrasts` of its summary.json:
# Rscript tests/reference/check-trial.R FOLDER
# Of relapse the ratio is that of subdistribution hazards and the test has the score of Gray's. The arms hold the same patients: models are clustered by patient, risk differences have the interval of Agresti & Min (2005) where all patients are in both arms, and a mean of patients in one arm or both has the variance of a linear model clustered by patient, n/(n - 1) of it.
library(survival)
events <- read.csv(file.path(commandArgs(trailingOnly = TRUE)[1], "events.csv"))
arms <- unique(events$TRT01P)
clustered <- function(value, d) {
  line <- lm(value ~ d$arm)
  x <- model.matrix(line)
  n <- length(unique(d$USUBJID))
  bread <- solve(crossprod(x))
  c(coef(line)[2], sqrt(n / (n - 1) * (bread %*% crossprod(rowsum(x * resid(line), d$USUBJID)) %*% bread)[2, 2]))
}
for (endpoint in c("EFS", "OS", "RFS", "RELAPSE")) for (arm in arms[-1]) {
  d <- subset(events, PARAMCD == endpoint & TRT01P %in% c(arms[1], arm))
  # All are followed to the horizon: who dies in remission has no relapse until then.
  d$AVAL[d$CNSR == 2] <- max(events$AVAL)
  d$CNSR[d$CNSR == 2] <- 1
  d$arm <- as.integer(d$TRT01P == arm)
  until <- min(730.5, max(d$AVAL))
  fit <- coxph(Surv(AVAL, 1 - CNSR) ~ arm, d, cluster = USUBJID)
  test <- summary(coxph(Surv(AVAL, 1 - CNSR) ~ arm, d, cluster = USUBJID, ties = "breslow"))$robscore
  mean <- clustered(pmin(d$AVAL, until), d)
  cat(sprintf("%s, %s: hazard ratio %.6f (%.6f to %.6f), robust score test p %.6g, mean difference %.4f days (standard error %.4f)\n", endpoint, arm, exp(coef(fit)),
              exp(confint(fit))[1], exp(confint(fit))[2], test["pvalue"], mean[1], mean[2]))
  for (month in c(12, 24)[c(12, 24) * 30.4375 <= until]) {
    had <- d$AVAL <= month * 30.4375 & d$CNSR == 0
    wide <- merge(data.frame(id = d$USUBJID, had)[d$arm == 1, ], data.frame(id = d$USUBJID, had)[d$arm == 0, ], by = "id")
    n <- nrow(wide); b <- sum(wide$had.x & !wide$had.y); c <- sum(wide$had.y & !wide$had.x)
    some <- n < length(unique(d$USUBJID))
    risk <- if (some) clustered(as.numeric(had), d) else c((b - c) / n, NA)
    interval <- if (some) risk[1] + c(-1, 1) * qnorm(0.975) * risk[2] else (b - c) / (n + 2) + c(-1, 1) * qnorm(0.975) * sqrt(b + c + 1 - (b - c)^2 / (n + 2)) / (n + 2)
    cat(sprintf("  risk difference at month %d: %.6f (%.6f to %.6f)\n", month, risk[1], interval[1], interval[2]))
  }
}
