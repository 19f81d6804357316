"""Customers: from rows of a file to source records of the record."""
