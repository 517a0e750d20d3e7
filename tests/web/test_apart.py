"""Checks in processes of their own: what hangs, dies or is not wanted any more costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import page

from scorer.web.apart import Apart
from scorer.web.work import Answer, Refused, Task

ROOT = Path(__file__).resolve().parents[2]


class Hangs(dict[str, str]):
    """A query at which the work never ends."""

    def get(self, *_: object) -> str:  # type: ignore[override]
        """Backtrack for years, in the other process."""
        return "" if multiprocessing.parent_process() is None else str(re.match("(a|aa|aaa)*b", "a" * 60))


class Dies(dict[str, str]):
    """A query at which the process ends."""

    def get(self, *_: object) -> str:  # type: ignore[override]
        """As a crash of a library does."""
        if multiprocessing.parent_process() is not None:
            os._exit(1)
        return ""


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    """With a limit that a report never needs."""
    apart = Apart(seconds=20)
    yield apart
    apart.close()


def task(query: dict[str, str] | None = None) -> Task:
    """A report to be checked."""
    return Task(page().encode(), {} if query is None else query, "", "national")


def run(apart: Apart, given: Task) -> Answer:
    """Without pages."""
    return apart.run(given, lambda page, pages: None)


def test_an_answer_comes_back(apart: Apart) -> None:
    """With its headers."""
    answer = run(apart, task())

    assert answer.headers["content-type"] == "application/json"
    assert "法治政府" in answer.body.decode()


def test_what_is_refused_is_refused_here_too(apart: Apart) -> None:
    """Status and sentence come over."""
    with pytest.raises(Refused) as caught:
        run(apart, Task(b"", {"name": "甲.txt"}, "", "national"))

    assert caught.value.status == 422
    assert caught.value.words.startswith("甲.txt：文件是空的")


def test_a_hanging_check_is_ended_and_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence for it; meanwhile and afterwards others are answered."""
    apart = Apart(seconds=4)
    run(apart, task())  # one process is ready
    said: list[str] = []

    def hang() -> None:
        try:
            run(apart, task(Hangs()))
        except Refused as refused:
            said.append(refused.words)

    thread = threading.Thread(target=hang)
    monkeypatch.setattr("scorer.web.apart.START_UP", 20)
    thread.start()
    time.sleep(0.5)
    assert run(apart, task()).body
    assert thread.is_alive()
    thread.join()
    assert len(said) == 1
    assert "检查超过4秒没有完成，已停止" in said[0]
    assert run(apart, task()).body
    apart.close()


def test_a_process_that_dies_is_said(apart: Apart) -> None:
    """And the next check gets another one."""
    with pytest.raises(Refused, match="进程意外结束"):
        run(apart, task(Dies()))
    assert run(apart, task()).body


def test_nobody_waits_any_more(apart: Apart) -> None:
    """The process is not kept busy for who went away."""
    with pytest.raises(Refused, match="检查已取消"):
        apart.run(task(Hangs()), lambda page, pages: None, lambda: False)


def test_after_the_end_nothing_is_begun() -> None:
    """The program is ending."""
    apart = Apart()
    apart.close()
    with pytest.raises(Refused, match="正在退出"):
        run(apart, task())


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_program_ends_when_told(sign: signal.Signals) -> None:
    """With a process ready for checks; by Ctrl-C and by SIGTERM."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "scorer", "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address[0]) as page_:
            assert page_.status == 200
        process.send_signal(sign)
        try:
            process.wait(30)
        finally:
            process.kill()
