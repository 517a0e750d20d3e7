"""LibreOffice, where it is installed, as a converter of old formats to .docx: a child process that may fail or hang.

The documents come from strangers: macros are off, links are not followed, the profile is a fresh one in a temporary folder,
and the whole process group ends when the time is up, or when the process that asked is gone. The exit status proves nothing; the
output is looked at.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

SECONDS = 60.0
FEWEST, MOST, MAX_TOGETHER = 2, 500, 500_000_000
"""Of old Word files: how many are worth a call for all of them, how many and how many bytes go into one."""
ROUNDS = 5
READY = "FAZHI_CONVERTED"
"""The variable that names the folder of files that are converted already, for the processes of an audit."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_LOCK = threading.Lock()
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    # A proxy that is not there: nothing can be fetched.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@lru_cache(maxsize=1)
def program() -> str | None:
    """Where LibreOffice is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice") or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(raw: bytes, suffix: str) -> bytes | None:
    """The document as .docx; None when LibreOffice is not there, fails, or takes longer than ``SECONDS``. What ``converted`` has
    made of it before is taken."""
    kept = _kept(raw)
    if kept is not None:
        return kept
    command = program()
    if command is None:
        return None
    with _LOCK, tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(raw)
        _convert(command, Path(folder), [source], SECONDS)
        return _output(Path(folder) / "out" / "in.docx")


@contextmanager
def shared() -> Iterator[None]:
    """For as long as it lasts, what ``convert_all`` makes is at hand for ``to_docx``, here and in processes started meanwhile."""
    before = os.environ.get(READY)
    with tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as folder:
        os.environ[READY] = folder
        try:
            yield
        finally:
            os.environ.pop(READY)
            if before is not None:
                os.environ[READY] = before


def convert_all(paths: Sequence[str]) -> None:
    """The old Word files among these by one call of LibreOffice, which takes longer to start than to convert; within ``shared``.
    One that it fails on is left out, and left to ``to_docx``."""
    command, ready = program(), os.environ.get(READY)
    old = _old_files(paths) if command is not None and ready else []
    if command is None or ready is None or len(old) < FEWEST:
        return
    work = Path(ready)
    (work / "in").mkdir(exist_ok=True)
    waiting = []
    for path in old:
        raw = path.read_bytes()
        source = work / "in" / f"{hashlib.sha256(raw).hexdigest()}.doc"
        source.write_bytes(raw)
        waiting.append(source)
    for _ in range(ROUNDS):
        _convert(command, work, waiting, SECONDS + len(waiting))
        # It ends at a file that it cannot stand: that one is left out, those after it are tried again.
        left = [source for source in waiting if not (work / "out" / f"{source.stem}.docx").is_file()]
        if len(left) < FEWEST or len(left) == len(waiting):
            break
        waiting = left[1:]


def _old_files(paths: Sequence[str]) -> list[Path]:
    """Those in the container of Word 97-2003; what cannot be opened is somebody else's to tell."""
    found: list[Path] = []
    total = 0
    for path in map(Path, paths):
        try:
            with path.open("rb") as stream:
                if stream.read(len(_OLD)) != _OLD:
                    continue
                total += os.fstat(stream.fileno()).st_size
        except OSError:
            continue
        if total > MAX_TOGETHER or len(found) == MOST:
            break
        found.append(path)
    return found


def _kept(raw: bytes) -> bytes | None:
    folder = os.environ.get(READY)
    return _output(Path(folder) / "out" / f"{hashlib.sha256(raw).hexdigest()}.docx") if folder else None


def _output(path: Path) -> bytes | None:
    try:
        return path.read_bytes() or None
    except OSError:
        return None


def _convert(command: str, work: Path, sources: Sequence[Path], seconds: float) -> None:
    """Files to .docx in the folder ``out``; what comes of it is looked at, not told."""
    if not (work / "profile").is_dir():
        _profile(work / "profile")
    guardian = str(Path(__file__).with_name("guardian.py"))
    words = [sys.executable, "-I", "-S", guardian, str(work), command]
    words += ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(work / 'profile').as_uri()}"]
    words += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "out"), *map(str, sources)]
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment.update(http_proxy="http://127.0.0.1:9", https_proxy="http://127.0.0.1:9", HOME=str(work))
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _end(process)


def _profile(folder: Path) -> None:
    (folder / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        "utf-8",
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The converter and all it started: its guardian ends them when nobody holds its input any more."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
