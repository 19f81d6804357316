from tests.integration.transfer.export.taking import people  # noqa: F401 (a fixture)
