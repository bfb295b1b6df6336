"""Tests of `migrator.settings`."""
