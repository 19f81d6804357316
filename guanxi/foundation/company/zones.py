"""The time zones that a company can have."""

from zoneinfo import available_timezones


def zones() -> list[str]:
    """UTC and every place; not the names of a machine's own files, such as localtime, which no database knows."""
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]
