"""Compiled packs: kept in memory while a process runs, and in the user's cache folder for the next cold start.

A kept pack is plain data for ``marshal``, the automaton included; it is taken only when it is whole, when nobody but the user
could have written it, and when every file it was made from and all code that made it is unchanged. A cache that cannot be
read or written is silently done without.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import zlib
from pathlib import Path
from typing import Any

import ahocorasick

from scorer import folding
from scorer.files import cache_folder, own_folder, owned
from scorer.rulepack.find import DEFAULT_PACK, find_pack
from scorer.rulepack.matcher import Compiled, Matcher, compiled
from scorer.rulepack.model import Pack
from scorer.rulepack.phrases import Table
from scorer.text import sentences
from scorer.version import VERSION

MAX_BYTES = 64 << 20
KEPT = 8
_MAGIC = b"fazhi-pack/2\n"
_HEAD = len(_MAGIC) + 4
_OWN_CODE = ("find", "matcher", "merge", "model", "phrases", "references", "schema", "store", "yamlnodes")

_Stamp = tuple[tuple[str, int, int, int], ...]
_loaded: dict[str, tuple[_Stamp, Pack]] = {}


def load_pack(name: str = DEFAULT_PACK) -> Pack:
    """The pack of that name (shipped) or path (a .yaml file), checked, merged with what it extends, and compiled.

    The same object comes back as long as no file of it is edited. Raises ``PackError`` with every mistake found,
    ``FazhiError`` when there is no such pack.
    """
    path = find_pack(name).resolve()
    known = _loaded.get(str(path))
    if known is not None and _stamp([file for file, *_ in known[0]]) == known[0]:
        return known[1]
    pack, files = _made(path)
    stamp = _stamp(files)
    _loaded.pop(str(path), None)
    while len(_loaded) >= KEPT:
        _loaded.pop(next(iter(_loaded)), None)
    if stamp is not None:
        _loaded[str(path)] = stamp, pack
    return pack


def files_of(name: str) -> tuple[Path, ...]:
    """The files of a pack, those of the packs that it extends included. Raises like ``load_pack``."""
    return tuple(Path(file) for file in _made(find_pack(name).resolve())[1])


def forget() -> None:
    """Nothing is remembered in this process any more."""
    _loaded.clear()


def _stamp(files: list[str]) -> _Stamp | None:
    """What changes with every edit of the files; None while one of them is not there."""
    try:
        return tuple((file, status.st_mtime_ns, status.st_size, status.st_ino) for file in files for status in (os.stat(file),))  # noqa: PTH116
    except OSError:
        return None


def _made(path: Path) -> tuple[Pack, list[str]]:
    """The pack and the files that it was made from."""
    key = _key(path)
    kept = _read(key)
    if kept is not None:
        try:
            data, phrases, table = kept
            matcher = Matcher(Compiled(*phrases), lambda: Table(*marshal.loads(table)))
            return Pack.of(data, matcher), [file for file, _ in data["files"]]
        except (KeyError, TypeError, ValueError, AttributeError, EOFError):
            pass  # not of our making: done anew
    from scorer.rulepack.merge import resolve

    data = resolve(path)
    expanded: Table = data.pop("table")
    phrases = compiled(expanded)
    plain: Any = tuple(expanded)
    _write(key, (data, tuple(phrases), marshal.dumps(plain)))
    return Pack.of(data, Matcher(phrases, lambda: expanded)), [file for file, _ in data["files"]]


def _key(path: Path) -> str:
    """The name of the cache file of a pack: it changes with the pack's place, all code that compiles it, and the versions of the
    interpreter (``marshal``, the table of characters) and of the automaton."""
    digest = hashlib.sha256(f"{VERSION} {sys.version} {path}".encode("utf-8", "surrogateescape"))
    here = Path(__file__).parent
    files = [here / "pack.schema.json", *(here / f"{name}.py" for name in _OWN_CODE), Path(folding.__file__), Path(sentences.__file__)]
    try:
        for file in files:
            digest.update(file.read_bytes())
        status = Path(ahocorasick.__file__).stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    except OSError:  # code without files: the program's version has to do
        pass
    return f"{digest.hexdigest()[:32]}.pack"


def _read(key: str) -> tuple[Any, Any, Any] | None:
    """What was kept, if it is the user's own, whole, and every file it was made from is unchanged."""
    try:
        folder = cache_folder()
        with (folder / key).open("rb") as stream:
            status = os.fstat(stream.fileno())
            if status.st_size > MAX_BYTES or not (owned(status) and owned(folder.stat())):
                return None
            raw = stream.read(status.st_size)
        if not raw.startswith(_MAGIC) or int.from_bytes(raw[len(_MAGIC) : _HEAD]) != zlib.crc32(memoryview(raw)[_HEAD:]):
            return None
        kept = marshal.loads(memoryview(raw)[_HEAD:])
        data, phrases, table = kept
        return (data, phrases, table) if all(_digest(name) == digest for name, digest in data["files"]) else None
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, EOFError):
        return None


def _digest(name: str) -> str:
    return hashlib.sha256(Path(name).read_bytes()).hexdigest()


def _write(key: str, kept: tuple[Any, Any, Any]) -> None:
    folder = own_folder()
    if folder is None:
        return
    try:
        for old in sorted(folder.glob("*.pack"), key=lambda other: other.stat().st_mtime)[: 1 - KEPT]:
            old.unlink()
        for old in folder.glob("*.json"):  # of earlier versions
            old.unlink()
        body = marshal.dumps(kept)
        temporary = folder / f"{key}.{os.getpid()}.tmp"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(_MAGIC + zlib.crc32(body).to_bytes(4) + body)
        temporary.replace(folder / key)
    except (OSError, ValueError):
        return
