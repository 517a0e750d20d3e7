"""A worker with two files that are its ruin."""

from __future__ import annotations

import os
import time
from typing import Any

from scorer.audit import job


def prepare(settings: job.Settings) -> Any:
    """The usual work, but for the two files."""
    worker = job.Worker(settings)

    def work(task: Any) -> Any:
        if isinstance(task, job.Task) and "死循环" in task.path:
            time.sleep(1000)
        if isinstance(task, job.Task) and "崩溃" in task.path:
            os._exit(9)
        return worker(task)

    return work
