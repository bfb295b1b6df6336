"""Tests of `migrator.inventory`."""
