"""Checks in processes of their own: a text that hangs costs its own request, not the page, and the program ends when it is told to.

The audit's pool works through a list; here requests come when they come, tell of their pages, and go away.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from scorer.confined import confine, too_long
from scorer.web.work import PASTED, Answer, Refused, Task, done, refused

SECONDS = 30.0
"""For one check; who waits at a page waits no longer. Every page that is recognised has as long again."""
START_UP = 30.0
"""More for a process that still has to load the rules."""
LOOK = 0.2
"""Seconds between two looks at whether anybody still waits."""


class _Process:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, inner = context.Pipe()
        self.process = context.Process(target=_serve, args=(inner,), daemon=True)
        self.process.start()
        inner.close()
        self.fresh = True

    def stop(self) -> None:
        with suppress(OSError):
            self.process.kill()
        self.process.join(5)
        self.pipe.close()


class Apart:
    """Runs tasks in processes that are kept for the next ones. Its methods may be called from any thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._closed = False

    def warm(self, pack: str) -> None:
        """Have a process ready that has loaded the pack."""
        with self._lock:
            if self._closed or self._idle or self._busy:
                return
        process = self._take()
        with suppress(OSError):
            process.pipe.send(pack)
        self._give(process)

    def run(self, task: Task, progress: Callable[[int, int], None], wanted: Callable[[], bool] = lambda: True) -> Answer:
        """The answer to a task. Raises ``Refused``, also when it takes too long or ``wanted`` says that nobody waits any more,
        and whatever ``progress`` raises."""
        process = self._take()
        try:
            answer = self._answer(process, task, progress, wanted)
        except BaseException:
            self._give(process, stop=True)
            raise
        self._give(process)
        if isinstance(answer, Refused):
            raise answer
        return answer

    def close(self) -> None:
        """End all processes, those at work too."""
        with self._lock:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            with suppress(OSError):
                process.process.kill()

    def _take(self) -> _Process:
        with self._lock:
            if self._closed:
                raise Refused(503, "程序正在退出")
            process = self._idle.pop() if self._idle else _Process()
            self._busy.add(process)
            return process

    def _give(self, process: _Process, *, stop: bool = False) -> None:
        with self._lock:
            self._busy.discard(process)
            if not stop and not self._closed:
                self._idle.append(process)
                return
        process.stop()

    def _answer(self, process: _Process, task: Task, progress: Callable[[int, int], None], wanted: Callable[[], bool]) -> Answer | Refused:
        seconds = self._seconds + (START_UP if process.fresh else 0)
        try:
            process.pipe.send((task, seconds))
            due = time.monotonic() + seconds
            while True:
                if process.pipe.poll(LOOK):
                    kind, said = process.pipe.recv()
                    if kind != "page":
                        process.fresh = False
                        return Answer(*said) if kind == "done" else Refused(*said)
                    progress(*said)
                    due = time.monotonic() + seconds
                elif time.monotonic() > due:
                    raise Refused(422, str(too_long(self._seconds, task.query.get("name", "")[:200] or PASTED)))
                elif not wanted():
                    raise Refused(400, "检查已取消")
        except (EOFError, OSError):
            if self._closed:
                raise Refused(503, "程序正在退出") from None
            raise Refused(500, "检查时进程意外结束，可能是文件有问题。请另存一份再试，其余文件可以照常检查") from None


def _serve(pipe: Connection) -> None:
    """The life of one process."""
    confine()
    while True:
        try:
            given: Any = pipe.recv()
        except (EOFError, OSError):
            return  # the page is gone
        if isinstance(given, str):
            _load(given)
            continue
        task, seconds = given

        def page(number: int, pages: int, seconds: float = seconds) -> None:
            _alarm(seconds)
            pipe.send(("page", (number, pages)))

        _alarm(seconds)
        try:
            said: tuple[str, Any] = ("done", tuple(done(task, page)))
        except Exception as error:
            refusal = refused(error)
            said = ("refused", (refusal.status, refusal.words))
        _alarm(0)
        try:
            pipe.send(said)
        except (OSError, ValueError):
            return


def _alarm(seconds: float) -> None:
    """This process ends by itself when the one that would end it is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds and seconds + 5)


def _load(pack: str) -> None:
    from scorer import assessing  # noqa: F401 - takes its time
    from scorer.errors import FazhiError
    from scorer.rulepack.store import load_pack

    with suppress(FazhiError):  # said when something is checked
        load_pack(pack)
