html_page <- function(file, title, table) {
  rows <- apply(table, 1, function(r) paste0("<tr><td>", paste(r, collapse = "</td><td>"), "</td></tr>"))
  writeLines(c(paste0("<h1>", title, "</h1><table>"), rows, "</table>"), file)
}
