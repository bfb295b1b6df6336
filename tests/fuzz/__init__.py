"""Coverage-guided fuzzing: a target for each parser, and the inputs that once broke one."""
