"""Customers as files: read once, written as tables, cards or lines."""

from guanxi.integration.transfer.export.customers.writing import write_customers

__all__ = ["write_customers"]
