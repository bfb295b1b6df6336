"""What a job does: wrappers peeled, steps, units, branches, effects, locks, waits; called scripts followed."""
