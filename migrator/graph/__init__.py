"""Dependencies between jobs, each with its evidence and a confidence."""
