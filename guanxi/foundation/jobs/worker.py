"""The process that runs jobs. Run as many as wanted; they share the queue in the database."""

import asyncio
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

CONCURRENCY = 2
HEARTBEAT = 5.0  # seconds
STALLED = 30.0  # seconds without a heartbeat
GRACE = 20.0  # seconds a running job gets to end after SIGTERM


def work() -> None:
    """Run jobs until SIGTERM or SIGINT."""
    asyncio.run(_work())


async def _work() -> None:
    # Only the worker itself needs an asynchronous connection; jobs that enqueue jobs do so in Django's transaction.
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    async with app.with_connector(connector).open_async() as queue:
        await queue.run_worker_async(
            concurrency=CONCURRENCY,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            shutdown_graceful_timeout=GRACE,
            fetch_job_polling_interval=2.0,
        )
