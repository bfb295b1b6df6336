"""Tests of dependencies and relations."""
