args <- commandArgs(trailingOnly = TRUE)
source("R/html.R")
data <- read.csv(args[3])
today <- data[data$day == as.character(Sys.Date()), ]
html_page(args[4], "Today", if (args[2] == "short") head(today, 20) else today)
