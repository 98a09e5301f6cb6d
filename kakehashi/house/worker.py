"""The worker: runs what was enqueued, as the worker's role."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, cast

from kakehashi.house import prepare
from kakehashi.house.address import Address

if TYPE_CHECKING:
    import argparse

    from procrastinate.contrib.django.django_connector import DjangoConnector

GRACE = 8  # seconds a job has to finish when the worker is told to stop


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop. Any number of workers may run, on any number of machines."""
    with prepare.server(Address.from_environment()):
        prepare.set_up_django("worker")
        asyncio.run(_work(arguments.concurrency))
    return 0


async def _work(concurrency: int) -> None:
    from procrastinate.contrib.django import app

    from kakehashi.policy import queue  # noqa: F401  (its periodic task)

    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            await working.run_worker_async(
                name=f"{os.uname().nodename}.{os.getpid()}",
                concurrency=concurrency,
                shutdown_graceful_timeout=GRACE,
                delete_jobs="successful",
                install_signal_handlers=True,
            )
