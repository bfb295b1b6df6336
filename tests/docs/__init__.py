"""Tests of what is written for people: documents, samples, the checks' own script."""
