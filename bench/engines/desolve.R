# deSolve's lsoda, one patient at a time, right-hand side (and, for the engine *-jacobian, the Jacobian) compiled from C.
# usage: Rscript desolve.R LIBRARY ENGINE JOB RTOL:ATOL...; prints the lines that harness.h describes
suppressPackageStartupMessages(library(deSolve))
args <- commandArgs(trailingOnly = TRUE)
engine <- args[2]
job <- args[3]
invisible(dyn.load(args[1]))
dll <- sub("\\.so$", "", basename(args[1]))
head <- scan(file.path(job, "job.txt"), quiet = TRUE)
patients <- head[1]; slots <- head[2]; states <- head[3]
times <- c(0, head[-(1:4)])
values <- matrix(readBin(file.path(job, "slots.bin"), "double", patients * slots), nrow = slots)
exact <- grepl("jacobian", engine)
first <- seq_len(states)
for (tolerance in args[-(1:3)]) {
  text <- strsplit(tolerance, ":")[[1]]
  rtol <- as.numeric(text[1]); atol <- as.numeric(text[2])
  out <- array(NaN, c(states, length(times) - 1, patients))
  steps <- 0; evaluations <- 0; failed <- 0
  start <- proc.time()
  for (i in seq_len(patients)) {
    run <- if (exact) {
      lsoda(values[first, i], times, "derivs", values[-first, i], rtol = rtol, atol = atol, jacfunc = "jacobian_full",
            jactype = "fullusr", dllname = dll, initfunc = "initmod", maxsteps = 1e5)
    } else {
      lsoda(values[first, i], times, "derivs", values[-first, i], rtol = rtol, atol = atol,
            dllname = dll, initfunc = "initmod", maxsteps = 1e5)
    }
    state <- attr(run, "istate")
    if (state[1] == 2 && nrow(run) == length(times)) out[, , i] <- t(run[-1, -1]) else failed <- failed + 1
    steps <- steps + state[2]
    evaluations <- evaluations + state[3]
  }
  used <- proc.time() - start
  cat(sprintf("%s,%s,%s,%d,%.6f,%d,0,%d,%d\n", engine, text[1], text[2], patients, used[["user.self"]] + used[["sys.self"]],
              as.integer(steps), as.integer(evaluations), as.integer(failed)))
  writeBin(as.vector(out), file.path(job, sprintf("%s_%s_%s.bin", engine, text[1], text[2])))
}
