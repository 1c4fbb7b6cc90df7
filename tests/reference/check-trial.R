# Reads the events.csv of a trial's folder as it is and prints what R makes of the differences between arms, to be held beside `contrasts` of its summary.json:
# Rscript tests/reference/check-trial.R FOLDER
library(survival)
events <- read.csv(file.path(commandArgs(trailingOnly = TRUE)[1], "events.csv"))
arms <- unique(events$TRT01P)
for (endpoint in c("EFS", "OS", "RFS")) for (arm in arms[-1]) {
  d <- subset(events, PARAMCD == endpoint & TRT01P %in% c(arms[1], arm))
  d$arm <- as.integer(d$TRT01P == arm)
  until <- min(730.5, max(d$AVAL))
  fit <- coxph(Surv(AVAL, 1 - CNSR) ~ arm, d)
  test <- survdiff(Surv(AVAL, 1 - CNSR) ~ arm, d)
  mean <- summary(survfit(Surv(AVAL, 1 - CNSR) ~ arm, d), rmean = until)$table[, "rmean"]
  wide <- merge(subset(d, arm == 1, c(USUBJID, AVAL, CNSR)), subset(d, arm == 0, c(USUBJID, AVAL, CNSR)), by = "USUBJID", suffixes = c("", ".0"))
  own <- pmin(wide$AVAL, until) - pmin(wide$AVAL.0, until)
  risk <- sapply(c(12, 24) * 30.4375, function(day) mean((wide$AVAL <= day & wide$CNSR == 0) - (wide$AVAL.0 <= day & wide$CNSR.0 == 0)))
  cat(sprintf("%s, %s: hazard ratio %.6f (%.6f to %.6f), log-rank p %.6g, mean difference %.4f days\n", endpoint, arm, exp(coef(fit)),
              exp(confint(fit))[1], exp(confint(fit))[2], pchisq(test$chisq, 1, lower.tail = FALSE), mean[2] - mean[1]))
  if (endpoint != "RFS") cat(sprintf("  pairs: mean difference %.4f days, standard error %.4f; risk differences %s\n", mean(own), sd(own) / sqrt(length(own)), paste(sprintf("%.6f", risk), collapse = ", ")))
}
