"""Read Python programs by their syntax tree."""
