"""Work that is broken off in time."""

from __future__ import annotations

import re
import threading
import time

import pytest

from scorer import confined
from scorer.confined import limited
from scorer.errors import FazhiError

ENDLESS = "a" * 60
"""A text for which the expression below would run for years."""


def endless() -> None:
    """An expression that backtracks without end."""
    re.match("(a|aa|aaa)*b", ENDLESS)


def test_an_endless_expression_is_broken_off_with_one_line() -> None:
    """Also inside C; the line names the file and says how long it was waited for."""
    with pytest.raises(FazhiError) as caught, limited(0.05, "甲.txt"):
        endless()

    assert str(caught.value).startswith("甲.txt：检查超过0.05秒没有完成，已停止。")
    assert "\n" not in str(caught.value)


def test_a_handler_of_broken_files_does_not_swallow_it() -> None:
    """Readers take any exception of a library for a broken file; this is none."""
    with pytest.raises(FazhiError, match="没有完成"), limited(0.05, "甲.txt"):
        try:
            endless()
        except Exception:
            pytest.fail("swallowed")


def test_the_time_can_begin_anew() -> None:
    """Every page that is recognised has its own."""
    with limited(0.4, "甲.txt") as again:
        for _ in range(3):
            time.sleep(0.2)
            again()


def test_in_time_nothing_happens() -> None:
    """And no alarm rings afterwards."""
    with limited(0.05, "甲.txt"):
        pass
    time.sleep(0.1)


def test_other_threads_are_left_alone() -> None:
    """Only the main thread can be interrupted."""
    seen: list[str] = []

    def work() -> None:
        with limited(0.01, "甲.txt"):
            time.sleep(0.05)
            seen.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["done"]


def test_without_alarms_a_thread_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops of Python end there too; Ctrl-C stays Ctrl-C."""
    monkeypatch.delattr(confined.signal, "setitimer")
    with pytest.raises(FazhiError, match="没有完成"), limited(0.05, "甲.txt"):
        while True:
            time.sleep(0.01)
    with pytest.raises(KeyboardInterrupt), limited(60, "甲.txt"):
        raise KeyboardInterrupt
