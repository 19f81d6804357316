"""What customers own, and what was done to it."""
