import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from guanxi.integration.transfer.export.customers.taking import Taken


def write_lines(path: Path, customers: Iterable[Taken]) -> int:
    """A JSON object a line for each customer; keys are the record's own. How many customers."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for count, customer in enumerate(customers, start=1):  # noqa: B007 (the last number is the count)
            file.write(json.dumps(_object(customer), ensure_ascii=False, default=_text) + "\n")
    return count


def _object(customer: Taken) -> dict[str, Any]:
    plain = {name: value for name, value in customer.plain.items() if name not in {"pk", "email", "phone", "custom"}}
    return {
        "guanxi_number": customer.plain["pk"],
        "customer_numbers": customer.numbers,
        **plain,
        "company": customer.company,
        "emails": customer.emails,
        "phones": customer.phones,
        "tags": customer.tags,
        "own_fields": dict(customer.custom),
        "figures": dict(customer.read),
    }


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
