"""The way out: customers as files that other programs read, and the whole company in open formats."""
