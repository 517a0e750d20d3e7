"""Work on strangers' files in processes of their own: one that crashes, hangs or eats the memory costs one file, not the run.

``concurrent.futures`` gives up the whole pool when one process dies and cannot end one that hangs; pebble, which can, is
LGPL. So each process has a pipe of its own here, and a task at a time to answer for.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from scorer.confined import confine
from scorer.errors import FazhiError

DEADLINE = 30.0
"""Seconds for one task."""
START_UP = 30.0
"""Seconds more for a process that still has to load the rules."""
AHEAD = 2
"""Tasks that a process is given before it answers, so that it never waits for the next one."""


class Failure(NamedTuple):
    """What became of a task without a result: ``crashed``, ``hung``, ``memory``, ``error`` (with the kind of error),
    or ``stop``: the run cannot go on, with the line to be shown."""

    kind: str
    detail: str = ""


class _Worker:
    def __init__(self, context: Any, prepare: Callable[[Any], Callable[[Any], Any]], settings: Any) -> None:
        self.pipe, inner = context.Pipe()
        self.process = context.Process(target=_serve, args=(inner, prepare, settings), daemon=True)
        self.process.start()
        inner.close()
        self.given: deque[int] = deque()
        self.due = 0.0
        self.fresh = True

    def stop(self) -> None:
        """End it and whatever it started."""
        with suppress(OSError, AttributeError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its own group, once it has made one
        with suppress(OSError):
            self.process.kill()
        self.process.join(5)
        self.pipe.close()


class Pool:
    """Processes that each call ``prepare(settings)`` once and then its result for every task.

    ``prepare`` must be importable by name; settings, tasks and results are pickled. Use as a context manager.
    """

    def __init__(self, prepare: Callable[[Any], Callable[[Any], Any]], settings: Any, jobs: int, deadline: float = DEADLINE) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._prepare = prepare
        self._settings = settings
        self._jobs = max(1, jobs)
        self._deadline = deadline
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            if worker.given:
                worker.stop()
            else:
                with suppress(OSError):
                    worker.pipe.send(None)
        for worker in self._workers:
            if not worker.given:
                worker.process.join(5)
                worker.stop()

    def run(self, tasks: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Results as they come, each with the number of its task; a ``Failure`` for a task that has none."""
        waiting = deque(range(len(tasks)))
        while len(self._workers) < min(self._jobs, len(tasks)):
            self._workers.append(_Worker(self._context, self._prepare, self._settings))
        try:
            for worker in self._workers:
                self._feed(worker, tasks, waiting)
            while waiting or any(worker.given for worker in self._workers):
                yield from self._next(tasks, waiting)
        except GeneratorExit:
            for worker in self._workers:
                worker.stop()
            self._workers = []
            raise

    def _next(self, tasks: Sequence[Any], waiting: deque[int]) -> Iterator[tuple[int, Any]]:
        busy = [worker for worker in self._workers if worker.given]
        patience = max(0.0, min(worker.due for worker in busy) - time.monotonic())
        ready = set(wait([worker.pipe for worker in busy], timeout=patience))
        for worker in busy:
            if worker.pipe in ready:
                try:
                    result = worker.pipe.recv()
                except (EOFError, OSError):
                    yield worker.given.popleft(), Failure("crashed")
                    self._replace(worker, tasks, waiting)
                    continue
                number = worker.given.popleft()
                worker.fresh = False
                worker.due = time.monotonic() + self._deadline
                self._feed(worker, tasks, waiting)
                yield number, result
            elif time.monotonic() >= worker.due:
                yield worker.given.popleft(), Failure("hung", f"{self._deadline:g}")
                self._replace(worker, tasks, waiting)

    def _replace(self, worker: _Worker, tasks: Sequence[Any], waiting: deque[int]) -> None:
        worker.stop()
        waiting.extendleft(reversed(worker.given))  # those it had not begun
        self._workers.remove(worker)
        if waiting:
            self._workers.append(_Worker(self._context, self._prepare, self._settings))
            self._feed(self._workers[-1], tasks, waiting)

    def _feed(self, worker: _Worker, tasks: Sequence[Any], waiting: deque[int]) -> None:
        while waiting and len(worker.given) < AHEAD:
            if not worker.given:
                worker.due = time.monotonic() + self._deadline + (START_UP if worker.fresh else 0)
            number = waiting.popleft()
            worker.given.append(number)
            try:
                worker.pipe.send(tasks[number])
            except OSError:
                return  # it died: seen when its answer is awaited


class Beside:
    """One piece of work at the side of the main one: in a copy of this process where the system can copy processes and has a
    second processor, else when ``join`` is called. Use as a context manager."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._process: Any = None
        # Never beside other threads (a cluster's client has some): the copy could wait for a lock that nobody gives back.
        if (
            "fork" in multiprocessing.get_all_start_methods()
            and sys.platform != "darwin"
            and (os.cpu_count() or 1) > 1
            and threading.active_count() == 1
        ):
            self._process = multiprocessing.get_context("fork").Process(target=_quietly, args=(work,), daemon=True)

    def __enter__(self) -> Beside:
        if self._process is not None:
            self._process.start()
        return self

    def join(self) -> None:
        """Wait until it is done; where it failed at the side it is done here, so that errors are those of this process."""
        if self._process is not None:
            self._process.join()
            if self._process.exitcode == 0:
                return
        self._work()

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()


def _quietly(work: Callable[[], object]) -> None:
    try:
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def _serve(pipe: Connection, prepare: Callable[[Any], Callable[[Any], Any]], settings: Any) -> None:
    """The life of one process."""
    confine()
    work: Callable[[Any], Any] | None = None
    made: Any = None
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return  # the run is gone
        if task is None:
            return
        if work is None:
            made = attempt(prepare, settings)
            if not isinstance(made, Failure):
                work = made
                # The pack is for good; the collector looking through it again and again took 5 ms of the 100 of a report, and
                # looking through a report while it is being worked on another tenth: it makes no circles to speak of.
                gc.collect()
                gc.freeze()
                gc.set_threshold(100_000, 50, 100)
        result = attempt(work, task) if work is not None else made
        try:
            pipe.send(result)
        except (OSError, ValueError):
            return


def attempt(work: Callable[[Any], Any], task: Any) -> Any:
    """The result of one task, or the ``Failure`` that it ended in."""
    try:
        return work(task)
    except FazhiError as error:
        return Failure("stop", str(error))
    except MemoryError:
        return Failure("memory")
    except Exception as error:
        return Failure("error", type(error).__name__)
