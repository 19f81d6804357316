"""How errors are written down: without the rows that PostgreSQL quotes, so that the log holds nothing of a customer."""

import logging

QUOTING = ("DETAIL:", "CONTEXT:", "LINE ")  # of an error: the row in question, the line of a COPY, the statement


class WithoutRows(logging.Formatter):
    """Leaves out the lines of an error that repeat what stands in the tables."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(line for line in super().format(record).split("\n") if not line.startswith(QUOTING))
