"""Requests of customers about their own data: seeing it, carrying it away, having it erased everywhere."""
