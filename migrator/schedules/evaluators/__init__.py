"""When each target's own expression of a schedule fires; written from the targets' documentation, blind to `forms`."""
