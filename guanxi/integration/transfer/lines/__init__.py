"""Transactions: from rows of a file to order lines of the history."""
