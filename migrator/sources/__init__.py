"""Files to entries: one module per format, a shared grammar one layer below, and the tree that the files lie in."""
