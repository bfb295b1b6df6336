"""Jobs that belong together, and what can be counted of them."""
