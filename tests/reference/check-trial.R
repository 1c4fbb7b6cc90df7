# Reads the events.csv of a trial's folder as it is and prints what R makes of the differences between arms, to be held beside `contrasts` of its summary.json:
# Rscript tests/reference/check-trial.R FOLDER
# Of relapse the ratio is that of subdistribution hazards. In a counterfactual trial the test of relapse has the score of Gray's, and the arms hold the same patients: models are clustered by patient, risk differences have the interval of Agresti & Min (2005) where all patients are in both arms, and a mean of patients in one arm or both has the variance of a linear model clustered by patient, n/(n - 1) of it.
library(survival)
events <- read.csv(file.path(commandArgs(trailingOnly = TRUE)[1], "events.csv"))
arms <- unique(events$TRT01P)
months <- c(12, 24)
interval <- function(x, e) x + c(0, -1, 1) * qnorm(0.975) * e
show_risk <- function(month, x) cat(sprintf("  risk difference at month %d: %.6f (%.6f to %.6f)\n", month, x[1], x[2], x[3]))

# Arms of different patients. Gray's test is not in the package; competing-risks.R of this folder writes it out.
unpaired <- function(endpoint, arm, d) {
  until <- min(730.5, max(d$AVAL))
  at <- months[months * 30.4375 <= until]
  if (endpoint == "RELAPSE") {
    d$id <- seq_len(nrow(d))
    d$state <- factor(d$CNSR, c(1, 0, 2), c("censored", "relapse", "death"))
    fit <- coxph(Surv(fgstart, fgstop, fgstatus) ~ arm, finegray(Surv(AVAL, state) ~ ., d, etype = "relapse", id = id), weights = fgwt, cluster = id)
    curve <- summary(survfit(Surv(AVAL, state) ~ arm, d), times = at * 30.4375)
    risk <- matrix(curve$pstate[, 2], ncol = 2); error <- matrix(curve$std.err[, 2], ncol = 2); p <- NA; mean <- c(NA, NA)
  } else {
    fit <- coxph(Surv(AVAL, 1 - CNSR) ~ arm, d)
    p <- survdiff(Surv(AVAL, 1 - CNSR) ~ arm, d)$pvalue
    km <- survfit(Surv(AVAL, 1 - CNSR) ~ arm, d)
    curve <- summary(km, times = at * 30.4375)
    risk <- 1 - matrix(curve$surv, ncol = 2); error <- matrix(curve$std.err, ncol = 2)
    rmean <- summary(km, rmean = until)$table
    mean <- c(diff(rmean[, "rmean"]), sqrt(sum(rmean[, "se(rmean)"]^2)))
  }
  cat(sprintf("%s, %s: hazard ratio %.6f (%.6f to %.6f), log-rank test p %.6g, mean difference %.4f days (standard error %.4f)\n", endpoint, arm, exp(coef(fit)), exp(confint(fit))[1], exp(confint(fit))[2], p, mean[1], mean[2]))
  for (i in seq_along(at)) show_risk(at[i], interval(risk[i, 2] - risk[i, 1], sqrt(error[i, 1]^2 + error[i, 2]^2)))
}

clustered <- function(value, d) {
  line <- lm(value ~ d$arm)
  x <- model.matrix(line)
  n <- length(unique(d$USUBJID))
  bread <- solve(crossprod(x))
  c(coef(line)[2], sqrt(n / (n - 1) * (bread %*% crossprod(rowsum(x * resid(line), d$USUBJID)) %*% bread)[2, 2]))
}
for (endpoint in c("EFS", "OS", "RFS", "RELAPSE")) for (arm in arms[-1]) {
  d <- subset(events, PARAMCD == endpoint & TRT01P %in% c(arms[1], arm))
  d$arm <- as.integer(d$TRT01P == arm)
  if (!anyDuplicated(d$USUBJID)) {
    unpaired(endpoint, arm, d)
    next
  }
  # All are followed to the horizon: who dies in remission has no relapse until then.
  d$AVAL[d$CNSR == 2] <- max(events$AVAL)
  d$CNSR[d$CNSR == 2] <- 1
  until <- min(730.5, max(d$AVAL))
  fit <- coxph(Surv(AVAL, 1 - CNSR) ~ arm, d, cluster = USUBJID)
  test <- summary(coxph(Surv(AVAL, 1 - CNSR) ~ arm, d, cluster = USUBJID, ties = "breslow"))$robscore
  mean <- clustered(pmin(d$AVAL, until), d)
  cat(sprintf("%s, %s: hazard ratio %.6f (%.6f to %.6f), robust score test p %.6g, mean difference %.4f days (standard error %.4f)\n", endpoint, arm, exp(coef(fit)),
              exp(confint(fit))[1], exp(confint(fit))[2], test["pvalue"], mean[1], mean[2]))
  for (month in months[months * 30.4375 <= until]) {
    had <- d$AVAL <= month * 30.4375 & d$CNSR == 0
    wide <- merge(data.frame(id = d$USUBJID, had)[d$arm == 1, ], data.frame(id = d$USUBJID, had)[d$arm == 0, ], by = "id")
    n <- nrow(wide); b <- sum(wide$had.x & !wide$had.y); c <- sum(wide$had.y & !wide$had.x)
    some <- n < length(unique(d$USUBJID))
    risk <- if (some) clustered(as.numeric(had), d) else c((b - c) / n, NA)
    show_risk(month, if (some) interval(risk[1], risk[2]) else c(risk[1], (b - c) / (n + 2) + c(-1, 1) * qnorm(0.975) * sqrt(b + c + 1 - (b - c)^2 / (n + 2)) / (n + 2)))
  }
}
