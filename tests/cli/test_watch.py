"""``fazhi watch``: every save is told of once, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import page
from running import ROOT, fazhi, one_line

from scorer.cli.watch import patiently, saves
from scorer.document import Document
from scorer.errors import UnreadableError


class Done(Exception):
    """The script is over."""


def told(path: Path, *steps: Callable[[], object]) -> list[int]:
    """In which looks (0 is before the first) a save was told of, when the steps happen between the looks."""
    script = list(steps)
    looks = 0

    def sleep(_: float) -> None:
        nonlocal looks
        looks += 1
        if not script:
            raise Done
        script.pop(0)()

    found = []
    with pytest.raises(Done):
        for _ in saves(path, sleep=sleep):
            found.append(looks)
    return found


def nothing() -> None:
    """Half a second in which nobody does anything."""


def test_the_first_check_is_at_once(tmp_path: Path) -> None:
    """The file as it is counts first, and only once."""
    path = tmp_path / "a.txt"
    path.write_text("一")

    assert told(path, nothing, nothing) == [0]


def test_each_save_is_told_once_when_it_has_settled(tmp_path: Path) -> None:
    """A file that is still growing is waited for."""
    path = tmp_path / "a.txt"
    path.write_text("一")
    grow = [lambda n=n: path.write_text("一" * n) for n in (2, 3, 4)]

    assert told(path, *grow, nothing, nothing, nothing) == [0, 4]


def test_saving_by_rename(tmp_path: Path) -> None:
    """Word writes another file, removes the first and renames: one save, also when times and sizes are equal."""
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("一")
    stamp = path.stat()

    def write() -> None:
        other.write_text("二")
        os.utime(other, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert told(path, write, path.unlink, lambda: other.rename(path), nothing, nothing) == [0, 4]


def test_a_file_that_comes_back_unchanged_is_no_save(tmp_path: Path) -> None:
    """Moved away and back again is no change."""
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("一")

    assert told(path, lambda: path.rename(other), lambda: other.rename(path), nothing, nothing) == [0]


def test_a_locked_file_is_tried_again() -> None:
    """Reading is tried a few times before it is given up."""
    tries: list[int] = []

    def read() -> Document:
        tries.append(1)
        if len(tries) < 3:
            raise UnreadableError("打不开")
        return Document.from_text("一")

    assert patiently(read, sleep=lambda _: None).text == "一"


def test_a_file_that_stays_locked_is_given_up() -> None:
    """The last failure is the one that is told."""

    def read() -> Document:
        raise UnreadableError("打不开")

    with pytest.raises(UnreadableError, match="打不开"):
        patiently(read, sleep=lambda _: None)


def test_a_missing_file_is_refused_at_once(tmp_path: Path) -> None:
    """A mistyped name is not waited for."""
    assert "找不到" in one_line(fazhi("watch", tmp_path / "没有.docx"))


def test_once(tmp_path: Path) -> None:
    """One check, then the end."""
    path = tmp_path / "报告.txt"
    path.write_text(page(), "utf-8")
    ran = fazhi("watch", "--once", path)

    assert ran.code == 0
    assert "得分" in ran.out


def test_a_session(tmp_path: Path) -> None:
    """First the summary, after a save what changed, a broken state in one line, Ctrl-C ends politely."""
    path = tmp_path / "报告.txt"
    path.write_text(page(problems="一是乡镇执法力量薄弱。二是普法宣传方式单一。"), "utf-8")
    log = tmp_path / "log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}

    def wait_for(words: str) -> None:
        until = time.monotonic() + 60
        while words not in log.read_text("utf-8"):
            assert time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.1)

    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "scorer", "watch", str(path)], env=environment, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL
        )
        try:
            wait_for("等待存盘")
            path.write_text(page(), "utf-8")
            wait_for("改好1项，新出0项")
            path.write_bytes(b"")
            wait_for("这次没有检查")
            path.write_text(page(problems=""), "utf-8")
            wait_for("✗ 新出")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
    words = log.read_text("utf-8")

    assert words.rstrip().endswith("已结束。")
    assert "Traceback" not in words
