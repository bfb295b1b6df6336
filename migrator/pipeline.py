"""The one-way street from PATHs to a plan, in two readable functions."""
