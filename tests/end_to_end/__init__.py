"""Tests of whole runs: hostile input, real crontabs, and what must not change with the surroundings."""
