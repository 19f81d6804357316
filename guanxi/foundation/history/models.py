"""The ledger of the history, and the two tables in which the Iceberg catalogue points at the current metadata.

Both are written on one connection and in one transaction: a batch is known exactly when its files are.
"""

from typing import ClassVar

from django.db import models


class Commit(models.Model):
    """One change of one dataset, in the order of its ids."""

    class Kind(models.TextChoices):
        APPEND = "append"
        WITHDRAW = "withdraw"
        ERASE = "erase"
        COMPACT = "compact"

    dataset = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    batch = models.CharField(max_length=255, blank=True)
    snapshot = models.BigIntegerField(null=True)
    rows = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dataset", "batch"]), models.Index(fields=["dataset", "snapshot"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.batch or self.dataset}"


class CatalogueTable(models.Model):
    """Where a table's current metadata lies. Shape and name are those of Iceberg's JDBC catalogue, version 1."""

    pk = models.CompositePrimaryKey("catalog_name", "table_namespace", "table_name")
    catalog_name = models.CharField(max_length=255)
    table_namespace = models.CharField(max_length=255)
    table_name = models.CharField(max_length=255)
    metadata_location = models.CharField(max_length=1000, null=True)  # noqa: DJ001 - Iceberg's shape
    previous_metadata_location = models.CharField(max_length=1000, null=True)  # noqa: DJ001 - Iceberg's shape
    iceberg_type = models.CharField(max_length=5, null=True)  # noqa: DJ001 - Iceberg's shape

    class Meta:
        db_table = "iceberg_tables"

    def __str__(self) -> str:
        return self.table_name


class CatalogueNamespace(models.Model):
    """Properties of a namespace, in the shape of Iceberg's JDBC catalogue."""

    pk = models.CompositePrimaryKey("catalog_name", "namespace", "property_key")
    catalog_name = models.CharField(max_length=255)
    namespace = models.CharField(max_length=255)
    property_key = models.CharField(max_length=255)
    property_value = models.CharField(max_length=1000)

    class Meta:
        db_table = "iceberg_namespace_properties"

    def __str__(self) -> str:
        return self.namespace
