# Shared by the scripts beside it: where expected numbers go and how they are written.
library(survival)
options(digits = 17)
folder <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "expected")

number <- function(x) ifelse(is.na(x), "NaN", sprintf("%.17g", x))
save <- function(frame, name) {
  frame[] <- lapply(frame, function(column) if (is.numeric(column)) number(column) else column)
  write.csv(frame, file.path(folder, name), row.names = FALSE, quote = FALSE)
}

# A topic's numbers: one row a number, named.
numbers <- function(...) {
  values <- list(...)
  data.frame(quantity = unlist(lapply(names(values), function(n) if (length(values[[n]]) == 1) n else paste0(n, ".", seq_along(values[[n]])))),
             value = unlist(lapply(values, as.numeric), use.names = FALSE))
}
