"""What a program's tree does: its values, its calls, and what they touch."""
