"""Tests of the shell stage."""
