"""Shell text to our own tree, with the parser's faults repaired. Nothing is expanded or run."""
