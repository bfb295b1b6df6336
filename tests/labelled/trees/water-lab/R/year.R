args <- commandArgs(trailingOnly = TRUE)
source("R/html.R")
data <- read.csv(args[1])
html_page(args[2], "Year", aggregate(value ~ well + what, data, median))
