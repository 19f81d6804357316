"""Answers about one customer, each named by what it says."""
