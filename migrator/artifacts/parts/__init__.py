"""What the files of several targets are made of."""
