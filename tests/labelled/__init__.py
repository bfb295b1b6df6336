"""Dependency finding, measured on trees written for the project and labelled by hand."""
