# Writes the expected numbers of curves, tests between groups, Cox models and restricted means: Rscript tests/reference/survival-methods.R
# Oracle: package survival 3.5-3 and its data sets (LGPL-2.1; only the columns used are written, as numbers).
#   lung: Loprinzi 1994. veteran: Kalbfleisch & Prentice 1980. ovarian: Edmonson 1979. colon: Moertel 1990. mgus2: Kyle 2002.
#   bladder: Wei, Lin & Weissfeld 1989. pbc, pbcseq: Fleming & Harrington 1991; Murtaugh 1994.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

# Curves: intervals on three scales, late entry (age as the time scale), quantiles.
curve <- function(fit, name) save(data.frame(time = fit$time, atrisk = fit$n.risk, events = fit$n.event, censored = fit$n.censor, value = fit$surv,
                                             lower = fit$lower, upper = fit$upper, error = fit$std.err * fit$surv), name)
curve(survfit(Surv(time, status) ~ 1, lung, conf.type = "plain"), "lung.plain.csv")
curve(survfit(Surv(time, status) ~ 1, lung, conf.type = "log", conf.int = 0.9), "lung.log90.csv")
set.seed(1)
aged <- mgus2[sample(nrow(mgus2), 300), ]
aged$entry <- round(aged$age * 12) + (aged$id %% 12)
aged$exit <- aged$entry + aged$futime
aged <- aged[aged$exit > aged$entry, ]
aged$sex01 <- as.integer(aged$sex == "M")
aged$cause <- with(aged, ifelse(pstat == 1, 1, 2 * death))
aged$exit <- with(aged, ifelse(pstat == 1, entry + pmax(ptime, 1), exit))
save(aged[c("entry", "exit", "death", "cause", "sex01")], "aged.data.csv")
curve(survfit(Surv(entry, exit, cause > 0) ~ 1, aged, conf.type = "log-log"), "aged.curve.csv")
fit <- survfit(Surv(time, status) ~ 1, lung, conf.type = "log-log")
q <- quantile(fit, c(0.1, 0.25, 0.5, 0.75, 0.9))
save(data.frame(share = c(0.1, 0.25, 0.5, 0.75, 0.9), value = q$quantile, lower = q$lower, upper = q$upper), "lung.quantiles.csv")

# Groups.
lung2 <- data.frame(time = lung$time, status = lung$status - 1, age = lung$age, sex = lung$sex - 1, ecog = lung$ph.ecog, inst = lung$inst)
lung2 <- lung2[complete.cases(lung2), ]
save(lung2, "lung.cox.csv")
vet <- data.frame(time = veteran$time, status = veteran$status, trt = veteran$trt - 1, cell = as.integer(veteran$celltype) - 1, karno = veteran$karno, age = veteran$age)
save(vet, "veteran.cox.csv")
colon2 <- subset(colon, etype == 2)
colon2 <- data.frame(time = colon2$time, status = colon2$status, rx = as.integer(colon2$rx) - 1, extent = colon2$extent)
save(colon2, "colon.csv")
difference <- function(...) { d <- survdiff(...); o <- if (is.matrix(d$obs)) rowSums(d$obs) else d$obs; e <- if (is.matrix(d$exp)) rowSums(d$exp) else d$exp
  list(observed = o, expected = e, chisq = d$chisq, p = pchisq(d$chisq, length(d$n) - 1, lower.tail = FALSE)) }
named <- function(prefix, values) do.call(numbers, setNames(values, paste0(prefix, ".", names(values))))
late <- coxph(Surv(entry, exit, cause > 0) ~ sex01, aged, ties = "breslow")
save(rbind(
  named("lung", difference(Surv(time, status) ~ sex, lung2)),
  named("lung.inst", difference(Surv(time, status) ~ sex + strata(inst), lung2)),
  named("veteran", difference(Surv(time, status) ~ cell, vet)),
  named("colon", difference(Surv(time, status) ~ rx, colon2)),
  named("colon.extent", difference(Surv(time, status) ~ rx + strata(extent), colon2)),
  named("pbc.edema", difference(Surv(time, status == 2) ~ trt + strata(edema), pbc)),
  named("ovarian", difference(Surv(futime, fustat) ~ rx, ovarian))), "logrank.csv")
save(data.frame(time = ovarian$futime, status = ovarian$fustat, rx = ovarian$rx - 1), "ovarian.groups.csv")

# Cox.
model <- function(fit) { v <- vcov(fit); list(beta = coef(fit), covariance = as.vector(v), naive = as.vector(if (is.null(fit$naive.var)) v else fit$naive.var),
                                              loglik = fit$loglik, score = fit$score) }
exact <- coxph.control(eps = 1e-14, toler.chol = 1e-16, iter.max = 50)
save(rbind(
  named("lung.efron", model(coxph(Surv(time, status) ~ age + sex + ecog, lung2, ties = "efron", control = exact))),
  named("lung.breslow", model(coxph(Surv(time, status) ~ age + sex + ecog, lung2, ties = "breslow", control = exact))),
  named("lung.strata", model(coxph(Surv(time, status) ~ age + ecog + strata(sex), lung2, control = exact))),
  named("lung.cluster", model(coxph(Surv(time, status) ~ age + sex + ecog, lung2, cluster = inst, control = exact))),
  named("lung.clusterbreslow", model(coxph(Surv(time, status) ~ age + sex + ecog, lung2, cluster = inst, ties = "breslow", control = exact))),
  named("lung.weights", model(coxph(Surv(time, status) ~ age + sex, lung2, weights = 1 + ecog / 2, cluster = seq_len(nrow(lung2)), control = exact))),
  named("veteran", model(coxph(Surv(time, status) ~ trt + karno + age + strata(cell), vet, control = exact))),
  named("colon.groups", model(coxph(Surv(time, status) ~ factor(rx), colon2, control = exact))),
  named("colon.extent", model(coxph(Surv(time, status) ~ factor(rx) + strata(extent), colon2, control = exact))),
  named("pbc.edema", model(coxph(Surv(time, status == 2) ~ trt + age + log(bili) + log(albumin) + strata(edema), subset(pbc, !is.na(trt)), control = exact))),
  named("aged", model(coxph(Surv(entry, exit, cause > 0) ~ sex01, aged, control = exact)))), "cox.csv")

# Start-stop rows: recurrences of bladder tumours, clustered by patient; bilirubin and prothrombin time as they change.
bladder3 <- with(bladder2, data.frame(start = start, stop = stop, event = event, rx = rx - 1, size = size, number = number, enum = enum, id = id))
bladder3 <- bladder3[bladder3$start < bladder3$stop, ]
save(bladder3, "bladder.cox.csv")
sequence <- subset(pbcseq, !is.na(protime))
sequence <- do.call(rbind, lapply(split(sequence, sequence$id), function(d) data.frame(
  id = d$id, start = d$day, stop = c(d$day[-1], d$futime[1]), death = c(rep(0, nrow(d) - 1), as.integer(d$status[1] == 2)), bili = d$bili, protime = d$protime)))
sequence <- sequence[sequence$start < sequence$stop, ]
save(sequence, "pbcseq.cox.csv")
save(rbind(
  named("bladder", model(coxph(Surv(start, stop, event) ~ rx + size + number + strata(enum), bladder3, cluster = id, control = exact))),
  named("pbcseq", model(coxph(Surv(start, stop, death) ~ bili + protime, sequence, cluster = id, control = exact)))), "cox.startstop.csv")

# The same patients with and without a transplant, made up: at risk from its day on, followed to day 730.5 (an event of 0 is none); clustered by patient.
set.seed(2)
frailty <- rgamma(90, 2, 2)
chance <- rexp(90)
transplant <- sample(c(60, 69, 75), 90, replace = TRUE)
day <- function(x) ifelse(x > 730.5, 0, x)
paired <- data.frame(transplant = transplant, event = day(transplant + ceiling(600 * chance / frailty)),
                     without = day(transplant + ceiling(350 * (0.8 * chance + 0.2 * rexp(90)) / frailty)))
save(paired, "paired.data.csv")
twice <- with(paired, data.frame(start = c(transplant, transplant), day = c(event, without), with = rep(1:0, each = nrow(paired)), id = rep(seq_len(nrow(paired)), 2)))
twice$stop <- ifelse(twice$day > 0, twice$day, 730.5)
fit <- coxph(Surv(start, stop, day > 0) ~ with, twice, cluster = id, control = exact)
interval <- summary(fit)$conf.int
save(numbers(ratio = interval[, "exp(coef)"], lower = interval[, "lower .95"], upper = interval[, "upper .95"], robust = sqrt(vcov(fit)), naive = sqrt(fit$naive.var)), "paired.cox.csv")

# Restricted means, milestones, landmark.
area <- function(fit, until) { t <- summary(fit, rmean = until)$table; if (is.matrix(t)) t[, c("rmean", "se(rmean)")] else t[c("rmean", "se(rmean)")] }
m <- area(survfit(Surv(time, status) ~ sex, lung2), 500)
v <- area(survfit(Surv(time, status) ~ 1, vet), 365.25)
at <- function(fit, t) { s <- summary(fit, times = t); list(surv = s$surv, error = s$std.err) }
lung.at <- at(survfit(Surv(time, status) ~ sex, lung2), 365.25)
marked <- subset(lung2, time > 180)
save(rbind(
  numbers(lung.mean = m[, 1], lung.error = m[, 2], veteran.mean = v[1], veteran.error = v[2], lung.year = lung.at$surv, lung.yearerror = lung.at$error),
  named("landmark", model(coxph(Surv(rep(180, nrow(marked)), time, status) ~ sex, marked, control = exact)))), "means.csv")
