# fluxes of all stars of the newest night
library(FITSio)
args <- commandArgs(TRUE)
redDir <- args[1]
photDir <- args[2]

nights <- sort(list.files(redDir))
night <- nights[length(nights)]
out <- data.frame()
for (f in list.files(paste0(redDir, "/", night), pattern = "fits$", full.names = TRUE)) {
  img <- readFITS(f)
  out <- rbind(out, data.frame(file = basename(f), flux = sum(img$imDat)))
}
write.table(out, file = file.path(photDir, paste0(night, ".dat")), row.names = FALSE)
