"""Tests of the files for Step Functions."""
