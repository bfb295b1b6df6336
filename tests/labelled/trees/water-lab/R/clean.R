args <- commandArgs(trailingOnly = TRUE)
files <- list.files(args[1], pattern = "\\.txt$", full.names = TRUE)
raw <- do.call(rbind, lapply(files, read.delim, dec = ","))
raw <- raw[!is.na(raw$well) & raw$flag != "QC", ]
write.csv(raw, args[2], row.names = FALSE)
