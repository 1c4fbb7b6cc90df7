# Loads the tables of a trial's folder into R as they are, without renaming a column, and prints what survfit makes of them:
# Rscript tests/reference/load-tables.R FOLDER
# Lines: endpoint, arm, month, estimate, lower, upper, separated by tabs; then models with covariates and strata, which only have to run.
library(survival)
folder <- commandArgs(trailingOnly = TRUE)[1]
events <- read.csv(file.path(folder, "events.csv"))
subjects <- read.csv(file.path(folder, "subjects.csv"))
visits <- read.csv(file.path(folder, "visits.csv"))
stopifnot(!anyDuplicated(subjects[c("USUBJID", "TRT01P")]), all(visits$USUBJID %in% subjects$USUBJID), all((events$CNSDTDSC != "") == (events$CNSR != 0)))
line <- function(endpoint, arm, month, e, l, u) cat(sprintf("%s\t%s\t%d\t%.12g\t%.12g\t%.12g\n", endpoint, arm, month, e, l, u))
months <- c(6, 12)
# The endpoints censored at a transplant are there where an arm has one.
there <- function(...) intersect(c(...), events$PARAMCD)
for (endpoint in there("OS", "EFS", "RFS", "DOR", "EFSHSCT", "RFSHSCT", "DORHSCT")) for (arm in unique(events$TRT01P)) {
  fit <- survfit(Surv(AVAL, CNSR == 0) ~ 1, data = events, subset = PARAMCD == endpoint & TRT01P == arm, conf.type = "log-log")
  s <- summary(fit, times = months * 30.4375)
  for (i in seq_along(months)) line(endpoint, arm, months[i], s$surv[i], s$lower[i], s$upper[i])
}
for (endpoint in there("RELAPSE", "RELHSCT")) for (arm in unique(events$TRT01P)) {
  relapse <- subset(events, PARAMCD == endpoint & TRT01P == arm)
  fit <- survfit(Surv(AVAL, factor(CNSR, c(1, 0, 2))) ~ 1, data = relapse)
  s <- summary(fit, times = months * 30.4375)
  for (i in seq_along(months)) line(endpoint, arm, months[i], s$pstate[i, 2], NA, NA)
}
fit <- coxph(Surv(AVAL, CNSR == 0) ~ TRT01P + BLASTPCT + strata(KMT2AR), data = events, subset = PARAMCD == "EFS")
stopifnot(is.finite(coef(fit)), nrow(merge(events, subjects[c("USUBJID", "TRT01P", "CMAX")])) == nrow(events))
if ("STRATARN" %in% names(events)) {
  stopifnot(nrow(unique(events[c("USUBJID", "STRATARN", "STRATAR")])) == length(unique(events$USUBJID)))
  test <- survdiff(Surv(AVAL, CNSR == 0) ~ TRT01P + strata(STRATARN), data = events, subset = PARAMCD == "EFS")
  cat(sprintf("STRATIFIED\t%s\t%.12g\n", paste(sort(unique(events$STRATAR)), collapse = ";"), test$chisq))
}
