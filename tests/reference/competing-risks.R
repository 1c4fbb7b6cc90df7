# Writes the expected numbers of Gray's test and of Fine-Gray models: Rscript tests/reference/competing-risks.R
# Oracles: finegray and coxph of package survival 3.5-3; Gray's statistic written out below from Gray 1988 (Ann Stat 16:1141), section 2 and the variance of
# section 3 with its correction for ties, because the package cmprsk is not at hand. It is checked first against what cmprsk printed for the melanoma data
# (Andersen, Borgan, Gill & Keiding 1993; time, cause, ulceration): 26.120719 for melanoma and 0.158662 for other causes, as published in
# E. Zabor's tutorial "Survival analysis in R".
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

# One group's contributions at a time are sums over all (time, group) pairs: a direct double loop, slow and plain.
gray <- function(time, cause, group, k = 1) {
  groups <- sort(unique(group)); K <- length(groups)
  ts <- sort(unique(time[cause > 0]))
  Y <- sapply(groups, function(g) sapply(ts, function(t) sum(group == g & time >= t)))
  D1 <- sapply(groups, function(g) sapply(ts, function(t) sum(group == g & time == t & cause == k)))
  D <- sapply(groups, function(g) sapply(ts, function(t) sum(group == g & time == t & cause > 0)))
  D2 <- D - D1
  S <- apply(ifelse(Y > 0, 1 - D / Y, 1), 2, cumprod); Sm <- rbind(1, S[-length(ts), , drop = FALSE])
  F <- apply(ifelse(Y > 0, Sm * D1 / Y, 0), 2, cumsum); Fm <- rbind(0, F[-length(ts), , drop = FALSE])
  h <- ifelse(Y > 0, Y / Sm, 0)
  R <- h * (1 - Fm)
  d1 <- rowSums(D1)
  z <- colSums(ifelse(Y > 0, D1 - d1 * R / rowSums(R), 0))
  F0 <- cumsum(d1 / rowSums(h)); F0m <- c(0, F0[-length(ts)])
  lambda <- d1 / (rowSums(h) * (1 - F0m))
  V <- matrix(0, K, K)
  a <- array(0, c(length(ts), K, K))
  for (i in 1:K) for (r in 1:K) a[, i, r] <- h[, r] * ((i == r) - h[, i] / rowSums(h))
  cc <- array(0, dim(a)); for (i in 1:K) for (r in 1:K) cc[, i, r] <- cumsum(a[, i, r] * lambda)
  for (j in seq_along(ts)) for (r in 1:K) if (Y[j, r] > 0) {
    rest <- cc[length(ts), , r] - cc[j, , r]
    share <- if (S[j, r] > 0) (1 - F0[j]) / S[j, r] else 0
    tie1 <- if (d1[j] > 1) 1 - (d1[j] - 1) / (sum(h[j, ]) * Sm[j, r] - 1) else 1
    tie2 <- if (D2[j, r] > 1) 1 - (D2[j, r] - 1) / (Y[j, r] - 1) else 1
    own <- a[j, , r] + (1 - share) * rest
    V <- V + outer(own, own) * tie1 * Sm[j, r] * d1[j] / (sum(h[j, ]) * Y[j, r])
    other <- share * rest
    if (S[j, r] > 0) V <- V + outer(other, other) * tie2 * Sm[j, r]^2 * D2[j, r] / Y[j, r]^2
  }
  list(z = z, V = V, chisq = as.numeric(z[-1] %*% solve(V[-1, -1], z[-1])))
}

melanoma <- read.csv(file.path(folder, "melanoma.data.csv"))
stopifnot(abs(gray(melanoma$time, melanoma$cause, melanoma$ulcer, 1)$chisq - 26.120719) < 5e-7)
stopifnot(abs(gray(melanoma$time, melanoma$cause, melanoma$ulcer, 2)$chisq - 0.158662) < 5e-7)

progression <- with(mgus2, data.frame(time = ifelse(pstat == 0, futime, ptime), cause = ifelse(pstat == 0, 2 * death, 1), sex = as.integer(sex == "M"), age = age))
save(progression, "mgus2.fg.csv")
waiting <- with(transplant, data.frame(time = futime, cause = c(censored = 0, ltx = 1, death = 2, withdraw = 3)[as.character(event)], abo = as.integer(abo) - 1, age = age))
waiting <- waiting[complete.cases(waiting), ]
save(waiting, "transplant.csv")
liver <- with(subset(pbc, !is.na(trt)), data.frame(time = time, cause = status, trt = trt - 1, age = age, logbili = log(bili)))
strata2 <- function(d, k) { g <- split(d, d$age > 70); z <- Reduce(`+`, lapply(g, function(x) gray(x$time, x$cause, x$sex, k)$z)); V <- Reduce(`+`, lapply(g, function(x) gray(x$time, x$cause, x$sex, k)$V)); z[2]^2 / V[2, 2] }
save(numbers(mgus2.1 = gray(progression$time, progression$cause, progression$sex, 1)$chisq, mgus2.2 = gray(progression$time, progression$cause, progression$sex, 2)$chisq,
             mgus2.strata = strata2(progression, 2),
             mgus2.strata.score = sum(sapply(split(progression, progression$age > 70), function(x) gray(x$time, x$cause, x$sex, 2)$z[2])),
             pbc.1 = gray(liver$time, liver$cause, liver$trt, 1)$chisq, pbc.2 = gray(liver$time, liver$cause, liver$trt, 2)$chisq,
             transplant.1 = gray(waiting$time, waiting$cause, waiting$abo, 1)$chisq, transplant.2 = gray(waiting$time, waiting$cause, waiting$abo, 2)$chisq,
             transplant.3 = gray(waiting$time, waiting$cause, waiting$abo, 3)$chisq), "gray.csv")

# Fine-Gray; the last with late entry.
exact <- coxph.control(eps = 1e-14, toler.chol = 1e-16, iter.max = 50)
fine <- function(data, k, right, ties) {
  data$id <- seq_len(nrow(data)); causes <- max(data$cause)
  data$state <- factor(data$cause, 0:causes)
  wide <- finegray(Surv(time, state) ~ ., data, etype = as.character(k), id = id)
  fit <- coxph(as.formula(paste("Surv(fgstart, fgstop, fgstatus) ~", right)), wide, weights = fgwt, cluster = id, ties = ties, control = exact)
  list(beta = coef(fit), covariance = as.vector(vcov(fit)))
}
named <- function(prefix, values) do.call(numbers, setNames(values, paste0(prefix, ".", names(values))))
aged <- read.csv(file.path(folder, "aged.data.csv"))
aged$id <- seq_len(nrow(aged)); aged$state <- factor(aged$cause, 0:2)
wide <- finegray(Surv(entry, exit, state) ~ sex01 + id, aged, etype = "2", id = id)
late <- coxph(Surv(fgstart, fgstop, fgstatus) ~ sex01, wide, weights = fgwt, cluster = id, control = exact)
progression$old <- as.integer(progression$age > 70)
# With strata in the formula finegray takes the censoring of each stratum apart.
divided <- transform(progression, id = seq_len(nrow(progression)), state = factor(cause, 0:2))
split <- finegray(Surv(time, state) ~ sex + old + id + strata(old), divided, etype = "2", id = id)
within <- coxph(Surv(fgstart, fgstop, fgstatus) ~ sex + strata(old), split, weights = fgwt, cluster = id, control = exact)
save(rbind(
  named("mgus2.1", fine(progression, 1, "age + sex", "efron")),
  named("mgus2.2", fine(progression, 2, "age + sex", "breslow")),
  named("transplant.1", fine(waiting, 1, "age + I(abo == 3)", "efron")),
  named("pbc.1", fine(liver, 1, "trt + age + logbili", "efron")),
  numbers(mgus2.strata.beta = coef(within), mgus2.strata.covariance = vcov(within)),
  numbers(aged.beta = coef(late), aged.covariance = vcov(late))), "finegray.csv")

# Aalen-Johansen with late entry. The jackknife standard error of survfit is another estimate there, so that the delta-method one (Marubini & Valsecchi 1995,
# equation 10.12) is summed out below.
fit <- survfit(Surv(entry, exit, state) ~ 1, aged, id = id, conf.type = "log-log")
ts <- sort(unique(aged$exit))
n <- sapply(ts, function(t) sum(aged$entry < t & aged$exit >= t))
d <- sapply(ts, function(t) sum(aged$exit == t & aged$cause > 0))
dk <- sapply(ts, function(t) sum(aged$exit == t & aged$cause == 2))
before <- c(1, cumprod(1 - d / n))[seq_along(ts)]
incidence <- cumsum(before * dk / n)
error <- sapply(seq_along(ts), function(j) { s <- 1:j; rest <- incidence[j] - incidence[s]
  sqrt(sum(ifelse(d[s] == n[s], 0, rest^2 * d[s] / (n[s] * (n[s] - d[s]))) + before[s]^2 * dk[s] * (n[s] - dk[s]) / n[s]^3 - 2 * rest * before[s] * dk[s] / n[s]^2)) })
stopifnot(max(abs(summary(fit, times = ts)$pstate[, 3] - incidence)) < 1e-12)
save(data.frame(time = ts, value = incidence, error = error), "aged.incidence.csv")
