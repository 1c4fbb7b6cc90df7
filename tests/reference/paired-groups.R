# Writes the expected numbers of comparisons between groups that hold the same patients: Rscript tests/reference/paired-groups.R
# Oracle: coxph(..., cluster =) of package survival 3.5-3 and its data set diabetic (Huster, Brookmeyer & Self 1989): two eyes of each patient, one of them treated.
# Times are rounded up to whole months, so that there are ties, and every ninth patient has one eye only, so that not all are in both groups.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected.R"))

eyes <- with(diabetic, data.frame(id = as.integer(factor(id)), trt = trt, time = ceiling(time), status = status, risk = risk))
eyes <- eyes[!(eyes$id %% 9 == 0 & eyes$trt == eyes$id %% 2), ]
wide <- merge(subset(eyes, trt == 1, -trt), subset(eyes, trt == 0, -trt), by = "id", all = TRUE, suffixes = c(".first", ".second"))
save(wide, "diabetic.pairs.csv")

exact <- coxph.control(eps = 1e-14, toler.chol = 1e-16, iter.max = 50)
efron <- coxph(Surv(time, status) ~ trt, eyes, cluster = id, control = exact)
breslow <- coxph(Surv(time, status) ~ trt, eyes, cluster = id, ties = "breslow", control = exact)

# The difference of the means of a number (the risk group of an eye), with the variance of a linear model clustered by patient (Liang & Zeger 1986), n/(n - 1) of it, written out.
line <- lm(risk ~ trt, eyes)
x <- model.matrix(line)
bread <- solve(crossprod(x))
clusters <- nrow(wide)
meat <- crossprod(rowsum(x * resid(line), eyes$id))
save(numbers(beta = coef(efron), robust = sqrt(vcov(efron)), breslow.beta = coef(breslow), breslow.robust = sqrt(vcov(breslow)),
             score = unname(summary(breslow)$robscore["test"]), mean = coef(line)["trt"], mean.error = sqrt(clusters / (clusters - 1) * (bread %*% meat %*% bread)[2, 2])), "diabetic.csv")
