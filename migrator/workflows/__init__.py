"""The target-neutral form of a cluster: one workflow per schedule in it."""
