"""What each target would cost, in ranges, from a dated price list."""
