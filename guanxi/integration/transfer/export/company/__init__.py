"""The whole company as a zip archive of Parquet files with a description, so that it can leave us without us."""

from guanxi.integration.transfer.export.company.writing import write_company

__all__ = ["write_company"]
