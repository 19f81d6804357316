"""Answers of insight, one module per page."""
