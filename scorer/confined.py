"""Bounds for work on texts of strangers: a process that cannot eat the machine, a stretch of work that ends in time."""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

from scorer.errors import FazhiError

READING = 120.0
"""Seconds to read a file; pages that must be recognised have as long each."""
JUDGING = 60.0
"""Seconds to judge a text. Real reports take a tenth of one."""
MEMORY = 4 * 2**30
"""Bytes of address space for one process (where the system can bound it)."""


def confine() -> None:
    """Make this process one that ends with its owner: a group of its own, deaf to Ctrl-C, its memory bounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run that owns it decides
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _TimeUpError(BaseException):
    """Not an ``Exception``: no handler between here and the work may take it for a broken file."""


@contextlib.contextmanager
def limited(seconds: float, where: str, what: str = "检查") -> Iterator[Callable[[], None]]:
    """Work that is broken off after so many seconds with one line; the value starts the time anew.

    Expressions in C are broken off too where the system has alarms; elsewhere only between two steps of Python. In other
    threads than the main one there is no limit: who works there has processes to end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    clock: _Alarm | _Timer = _Alarm(seconds) if hasattr(signal, "setitimer") else _Timer(seconds)
    try:
        clock.start()
        yield clock.start
    except (_TimeUpError, KeyboardInterrupt) as error:
        if isinstance(error, KeyboardInterrupt) and not clock.rung:
            raise
        raise too_long(seconds, where, what) from None
    finally:
        clock.stop()


def too_long(seconds: float, where: str, what: str = "检查") -> FazhiError:
    """The line that says that a text took too long."""
    return FazhiError(
        f"{what}超过{seconds:g}秒没有完成，已停止", where=where, remedy="请看看文件里有没有大段重复或不属于报告的内容，只留报告正文再试"
    )


class _Alarm:
    """The system's alarm; one that was set before goes on afterwards."""

    rung = False

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._before: Any = signal.signal(signal.SIGALRM, self._ring)
        self._left = signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, *_: object) -> None:
        raise _TimeUpError

    def start(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)
        signal.setitimer(signal.ITIMER_REAL, *self._left)


class _Timer:
    """A thread that interrupts the main one, for systems without alarms."""

    rung = False

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timer: threading.Timer | None = None

    def _ring(self) -> None:
        self.rung = True
        _thread.interrupt_main()

    def start(self) -> None:
        self.stop()
        self._timer = threading.Timer(self._seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
