# Writes the expected numbers of tests/Nadir.Tests/Survival from R's own data sets: Rscript tests/reference/survival.R
# Oracle: package survival 3.5-3. A file holds the data (time, cause; 0 is censoring) and, for each curve, the fit at every distinct time.
library(survival)
options(digits = 17)
folder <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected")

number <- function(x) ifelse(is.na(x), "NaN", sprintf("%.17g", x))
save <- function(frame, name) {
  frame[] <- lapply(frame, function(column) if (is.numeric(column)) number(column) else column)
  write.csv(frame, file.path(folder, name), row.names = FALSE, quote = FALSE)
}

kaplan_meier <- function(name, time, status) {
  save(data.frame(time = time, cause = as.integer(status)), paste0(name, ".data.csv"))
  fit <- survfit(Surv(time, status) ~ 1, conf.type = "log-log")
  save(data.frame(time = fit$time, atrisk = fit$n.risk, events = fit$n.event, censored = fit$n.censor,
                  value = fit$surv, lower = fit$lower, upper = fit$upper), paste0(name, ".curve.csv"))
  half <- quantile(fit, 0.5)
  data.frame(name = name, median = unname(half$quantile), lower = unname(half$lower), upper = unname(half$upper))
}

medians <- rbind(
  kaplan_meier("aml-maintained", aml$time[aml$x == "Maintained"], aml$status[aml$x == "Maintained"]),
  kaplan_meier("aml", aml$time, aml$status),
  kaplan_meier("ovarian", ovarian$futime, ovarian$fustat),
  kaplan_meier("veteran", veteran$time, veteran$status),
  kaplan_meier("lung", lung$time, lung$status - 1))
save(medians, "medians.csv")

# Primary biliary cholangitis, by treatment: transplant, with death before it as the competing event (and the other way round).
trial <- subset(pbc, !is.na(trt))
trial <- data.frame(time = trial$time, cause = trial$status, trt = trial$trt - 1, age = trial$age, edema = trial$edema, bili = trial$bili, albumin = trial$albumin)
save(trial, "pbc.csv")
for (arm in 0:1) {
  fit <- survfit(Surv(time, factor(cause, 0:2, labels = c("censored", "transplant", "death"))) ~ 1, subset(trial, trt == arm), conf.type = "log-log")
  for (k in 1:2) {
    save(data.frame(time = fit$time, atrisk = fit$n.risk[, 1], events = fit$n.event[, k + 1], censored = fit$n.censor,
                    value = fit$pstate[, k + 1], lower = fit$lower[, k + 1], upper = fit$upper[, k + 1]),
         paste0("pbc.arm", arm, ".cause", k, ".csv"))
  }
}

# Progression to plasma-cell malignancy, with death before it as the competing event (the example of the survival vignette).
time <- with(mgus2, ifelse(pstat == 0, futime, ptime))
cause <- with(mgus2, ifelse(pstat == 0, 2 * death, 1))
save(data.frame(time = time, cause = cause), "mgus2.data.csv")
fit <- survfit(Surv(time, factor(cause, 0:2, labels = c("censored", "progression", "death"))) ~ 1, conf.type = "log-log")
for (k in 1:2) {
  save(data.frame(time = fit$time, atrisk = fit$n.risk[, 1], events = fit$n.event[, k + 1], censored = fit$n.censor,
                  value = fit$pstate[, k + 1], lower = fit$lower[, k + 1], upper = fit$upper[, k + 1]),
       paste0("mgus2.cause", k, ".csv"))
}

wilson <- expand.grid(successes = c(0, 1, 5, 61, 75), n = c(75, 379))
bounds <- t(mapply(function(x, n) prop.test(x, n, correct = FALSE)$conf.int, wilson$successes, wilson$n))
save(cbind(wilson, value = wilson$successes / wilson$n, lower = bounds[, 1], upper = bounds[, 2]), "wilson.csv")
