"""Tests of the rules, the hazards and the choice."""
