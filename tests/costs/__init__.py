"""Tests of the price list and of each target's bill."""
