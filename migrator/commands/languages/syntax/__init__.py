"""Perl, PHP, Ruby, JavaScript and R as one sort of tree: words, expressions, statements."""
