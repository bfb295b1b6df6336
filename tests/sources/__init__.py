"""Tests of `migrator.sources`."""
