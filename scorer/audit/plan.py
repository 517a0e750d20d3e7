"""What the user asks of an audit, and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scorer.audit.model import Audit
from scorer.audit.workers import DEADLINE


@dataclass(frozen=True)
class Plan:
    """What the user asked for."""

    folder: Path
    out: Path
    roster: Path | None = None
    year: int | None = None
    previous: Path | None = None
    jobs: int = 0
    scheduler: str = ""
    """The address of a dask scheduler whose workers do the work; empty for processes of this machine."""
    pack: str = "national"
    template: Path | None = None
    circular: Path | None = None
    deadline: datetime.date | None = None
    signer: str = ""
    fresh: bool = False
    timeout: float = DEADLINE
    now: datetime.datetime | None = None
    replace: bool = False
    """Whether another pack or another year may take the place of what stands in ``out``."""
    final: bool = False
    accept_open: bool = False
    """Whether it is frozen also with work undone, which is then told in the manifest and in the log."""
    reopen: bool = False
    """Whether a frozen audit may be changed again."""
    by: str = ""
    """Who runs it; the user's name on this machine where it is empty."""


class Done(NamedTuple):
    """What came of it: the audit, how many files were worked on and how many were kept, and lines the user should read."""

    audit: Audit
    worked: int
    kept: int
    lines: tuple[str, ...]


Tell = Callable[[str, int, int], None]
"""Progress: what is being done, how many are done, of how many."""
