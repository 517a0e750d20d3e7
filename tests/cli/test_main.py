"""The process of a command: what it leaves behind, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
COMPLETE = ROOT / "examples" / "complete.txt"


def run(*words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, or ``code`` in one."""
    start = ["-c", code] if code else ["-m", "scorer"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, *start, *words], env=environment, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("score", str(COMPLETE)), 0),
        (("score", str(COMPLETE), "--fail-under", "100"), 0),
        (("score", "无此文件.txt"), 2),
        (("nonsense",), 2),
        (("--help",), 0),
    ],
)
def test_the_exit_status_is_that_of_the_command(words: tuple[str, ...], status: int) -> None:
    """However the process is left, the status tells how it went."""
    assert run(*words).returncode == status


def test_all_that_was_said_arrives() -> None:
    """A long output through a pipe is whole: as long as when the command runs inside another program."""
    inside = f"import sys; sys.argv = ['fazhi', 'score', {str(COMPLETE)!r}, '--format', 'json']; import scorer.cli.main as m; m.main()"
    quick, usual = run("score", str(COMPLETE), "--format", "json"), run(code=inside)

    assert len(quick.stdout) > 5000
    assert quick.stdout == usual.stdout


def test_what_is_registered_for_the_end_is_done() -> None:
    """Helpers that end themselves when the interpreter ends do so here too."""
    code = "import atexit, sys; atexit.register(print, 'ended'); sys.argv = ['fazhi', '-V']; import scorer.cli.main as m; m.console()"

    assert run(code=code).stdout.splitlines()[-1] == "ended"


def test_inside_another_program_the_process_goes_on() -> None:
    """``main`` raises its status and leaves the process to its owner."""
    code = (
        f"import sys; sys.argv = ['fazhi', 'score', {str(COMPLETE)!r}]; import scorer.cli.main as m\n"
        "try: m.main()\n"
        "except SystemExit as left: print('left', left.code)"
    )

    assert run(code=code).stdout.splitlines()[-1] == "left 0"
