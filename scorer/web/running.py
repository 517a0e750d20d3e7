"""Which page runs on this machine: a second start opens that one instead of starting another."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from scorer.files import cache_folder
from scorer.version import VERSION

NAME = "fazhi-scorer"
SECONDS = 2.0
"""A page on this machine answers at once; one that does not is none."""


def hello() -> dict[str, str]:
    """What a running page says of itself."""
    return {"program": NAME, "version": VERSION}


def found() -> str:
    """The address of a page of this version that runs for this user, with the way in to its review desk; empty when there is none."""
    try:
        port = int(_file().read_text("ascii"))
        if not 0 < port < 65536:
            return ""
        address = f"http://127.0.0.1:{port}/"
        # Never through a proxy: the address is this machine's.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{address}api/hello", timeout=SECONDS) as answer:
            if json.loads(answer.read(1000)) != hello():
                return ""
        entrance = _entrance().read_text("ascii") if _entrance().is_file() else ""
        return address + entrance.removeprefix("/") if entrance.startswith("/review/enter?") else address
    except (OSError, ValueError, RuntimeError):
        return ""


@contextlib.contextmanager
def registered(port: int, entrance: str = "") -> Iterator[None]:
    """While it runs, ``found`` finds the page at this port, and the address by which its user comes in to the review desk: it is
    kept where only the user reads. A folder that cannot be written to only costs the second start."""
    file = None
    with contextlib.suppress(OSError, RuntimeError):
        file = _file()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(str(port), "ascii")
        _entrance().unlink(missing_ok=True)
        if entrance:
            _entrance().touch(mode=0o600)
            _entrance().write_text(entrance, "ascii")
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            if file is not None and int(file.read_text("ascii")) == port:
                file.unlink()
                _entrance().unlink(missing_ok=True)


def _entrance() -> Path:
    return cache_folder() / "page.entrance"


def _file() -> Path:
    return cache_folder() / "page.port"
