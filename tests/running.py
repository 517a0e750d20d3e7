"""Runs the program as a user would, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str


def fazhi(*args: str | Path | bytes, cwd: Path | None = None) -> Ran:
    """Run the program as a user would."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "scorer", *args], cwd=cwd, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def one_line(ran: Ran) -> str:
    """The one line of a refusal: exit state 2, nothing on the screen, no traceback."""
    assert ran.code == 2, ran.err
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("错误：")
    return ran.err.strip()
