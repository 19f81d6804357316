"""Scores: columns of statistics in, columns of figures out. Nothing here reads or writes anything."""
