"""Tests of clusters and their metrics."""
