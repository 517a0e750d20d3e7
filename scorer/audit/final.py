"""A finished audit frozen: a manifest of hashes over inputs, packs, decisions and outputs, and the proof of it.

``定稿清单.json`` names every file by part: ``inputs`` (the reports), ``previous`` (last year's), ``given`` (roster, template),
``packs`` (copied beside the outputs into ``定稿规则包/``, so that the rules are kept whatever program comes later) and
``outputs`` (decisions included). The log of runs goes on; its part up to the freezing is proved. The manifest bears no
signature: whoever keeps its own hash (it is printed and stands in the log) can prove the manifest too.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit import runlog
from scorer.audit.folder import File, walk
from scorer.audit.model import Audit
from scorer.audit.plan import Plan
from scorer.audit.standing import paths_of, places, verdicts_of
from scorer.audit.store import FOLDER
from scorer.audit.unfinished import Open, lines
from scorer.errors import FazhiError
from scorer.files import save
from scorer.rulepack.model import Pack
from scorer.rulepack.store import files_of
from scorer.version import VERSION

NAME, PACKS = "定稿清单.json", "定稿规则包"
SCHEMA = "fazhi-final/1"
LARGEST = 200_000_000
INPUTS, PREVIOUS, GIVEN, OUTPUTS = "inputs", "previous", "given", "outputs"
PART_WORDS = {INPUTS: "报送材料", PREVIOUS: "上年材料", GIVEN: "名册和模板", OUTPUTS: "结果"}


class Frozen(NamedTuple):
    """What was frozen: when, by whom, how many files, and the hash of the manifest itself."""

    made: str
    by: str
    files: int
    sha256: str
    left: tuple[str, ...] = ()
    """What was still open then, a line each."""


class Difference(NamedTuple):
    """A file that is not as it was: ``what`` is changed, missing or added; ``part`` one of ``PART_WORDS``."""

    what: str
    part: str
    path: str


CHANGED, MISSING, ADDED = "changed", "missing", "added"
DIFFERENCE_WORDS = {CHANGED: "改过", MISSING: "缺少", ADDED: "多出"}


def frozen(out: Path) -> Frozen | None:
    """What the manifest of a folder says of itself; None where there is none. Raises ``FazhiError`` for a broken one."""
    path = out / NAME
    if not path.exists():
        return None
    data, digest = _read(path)
    return _frozen(data, digest)


def _frozen(data: Mapping[str, Any], digest: str) -> Frozen:
    left = tuple(Open(str(one["what"]), tuple(map(str, one["names"]))).line for one in data["open"])
    return Frozen(str(data["made"]), str(data["by"]), len(data["files"]), digest, left)


def refuse(out: Path) -> None:
    """Raises ``FazhiError`` where the audit in a folder is frozen."""
    known = frozen(out)
    if known is not None:
        who = f"（{known.by}）" if known.by else ""
        raise FazhiError(
            f"这次审核已于{known.made.replace('T', ' ')}定稿{who}，没有改动任何文件",
            where=str(out),
            remedy="请用 -o 换一个文件夹；确要再改，加 --reopen，会记入运行记录",
        )


def refuse_open(left: Sequence[Open], out: Path) -> None:
    """Raises ``FazhiError`` where anything is still open."""
    if left:
        raise FazhiError(
            f"还有没有办完的，没有定稿（其余结果已照常写好）：{lines(left)}",
            where=str(out),
            remedy="请办完后再定稿；确要带着这些定稿，加 --accept-open，会记入定稿清单和运行记录",
        )


def refuse_nameless(by: str) -> None:
    """Raises ``FazhiError`` where nobody would stand for what is frozen."""
    if not by:
        raise FazhiError("定稿要写明操作人", remedy="请加 --by 姓名")


def reopen(out: Path, now: datetime.datetime, by: str) -> None:
    """Make a frozen audit one that can be changed: its manifest stays under another name, and it is logged."""
    known = frozen(out)
    if known is None:
        return
    aside = out / f"定稿清单（{known.made.replace(':', '').replace('T', ' ')} 已撤销）.json"
    runlog.append(out, "撤销定稿", [f"原定稿 {known.made.replace('T', ' ')}，清单 sha256 {known.sha256}，留存为 {aside.name}"], now, by)
    try:
        (out / NAME).replace(aside)
    except OSError as error:
        raise FazhiError(f"改不了名（{error.strerror}）", where=str(out / NAME)) from error


# -- freezing -------------------------------------------------------------------------------------------------------------


def copy_packs(out: Path, name: str) -> None:
    """The files of the pack beside the outputs. Two of one name (an own pack called like a shipped one) stand in folders of their own."""
    taken: dict[str, bytes] = {}
    for file in files_of(name):
        data = file.read_bytes()
        place, number = file.name, 2
        while place in taken and taken[place] != data:
            place, number = f"{number}/{file.name}", number + 1
        taken[place] = data
    for place, data in taken.items():
        save(out / PACKS / place, data)


def freeze(
    plan: Plan, rules: Pack, audit: Audit, judged: Mapping[str, str], now: datetime.datetime, by: str, left: Sequence[Open] = ()
) -> Frozen:
    """Write the manifest: everything else is in its place. ``judged`` has the hash of each report (by path) as it was judged,
    ``left`` what is frozen although it is open.

    Raises ``FazhiError``, for a report that changed in the meantime too; then nothing is frozen.
    """
    out = plan.out
    copy_packs(out, plan.pack)
    paths = paths_of(plan)
    given = {key: path for key, path in paths.items() if key not in ("folder", "previous")}
    own = {out, *given.values(), *([plan.previous] if plan.previous else [])}
    listed = [_row(INPUTS, file.path, Path(file.full)) for file in walk(plan.folder, own)[0]]
    odd = [row["path"] for row in listed if judged.get(row["path"], row["sha256"]) != row["sha256"]]
    if odd:
        raise FazhiError("文件在审核期间有改动，没有定稿", where="、".join(odd[:5]), remedy="请再运行一次")
    if plan.previous is not None:
        listed += [_row(PREVIOUS, file.path, Path(file.full)) for file in walk(plan.previous, own - {plan.previous})[0]]
    listed += [_row(GIVEN, key, path) for key, path in given.items()]
    listed += [_row(OUTPUTS, file.path, Path(file.full)) for file in _outputs(out)]
    log = (out / runlog.NAME).read_bytes() if (out / runlog.NAME).exists() else b""
    verdicts = list(verdicts_of(audit).values())
    data = {
        "schema": SCHEMA,
        "made": now.isoformat(timespec="seconds"),
        "by": by,
        "tool": {"name": "fazhi-scorer", "version": VERSION},
        "pack": {"id": rules.id, "title": rules.title, "version": rules.version, "sha256": rules.sha256},
        "year": audit.report_year,
        "verdicts": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
        "open": [{"what": one.word, "names": list(one.names)} for one in left],
        "places": {INPUTS if key == "folder" else key: places(path, out) for key, path in paths.items()},
        "log": {"size": len(log), "sha256": hashlib.sha256(log).hexdigest()},
        "files": listed,
    }
    body = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    save(out / NAME, body)
    return _frozen(data, hashlib.sha256(body).hexdigest())


def _outputs(out: Path) -> tuple[File, ...]:
    """All files of the folder but the store, the log, and manifests."""
    found = []
    for place, folders, names in os.walk(out):
        if Path(place) == out:
            folders[:] = [name for name in folders if name != FOLDER]
            names = [name for name in names if name != runlog.NAME and not (name.startswith("定稿清单") and name.endswith(".json"))]
        for name in names:
            full = Path(place, name)
            status = full.lstat()
            found.append(File(full.relative_to(out).as_posix(), str(full), status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def _row(part: str, path: str, full: Path) -> dict[str, Any]:
    size, digest = _digest(full)
    return {"part": part, "path": path, "size": size, "sha256": digest}


def _digest(path: Path) -> tuple[int, str]:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return stream.tell(), digest
    except OSError as error:
        raise FazhiError(f"读不了（{error.strerror}）", where=str(path), remedy="请关闭正在使用它的程序后再试") from error


# -- proving --------------------------------------------------------------------------------------------------------------


class Proof(NamedTuple):
    """What a check of the manifest found: what was frozen, every difference, and parts that could not be looked at (part, place)."""

    frozen: Frozen
    pack: str
    differences: tuple[Difference, ...]
    absent: tuple[tuple[str, str], ...]


def verify(out: Path, elsewhere: Mapping[str, Path] | None = None) -> Proof:
    """Hold everything against the manifest. ``elsewhere`` says where inputs or previous lie now, by part.

    Raises ``FazhiError`` where there is no manifest or it cannot be read.
    """
    path = out / NAME
    if not path.exists():
        raise FazhiError("没有定稿清单", where=str(path), remedy="先用 fazhi audit … --final 定稿")
    data, digest = _read(path)
    known = _frozen(data, digest)
    by_part: dict[str, dict[str, dict[str, Any]]] = {}
    for row in data["files"]:
        by_part.setdefault(row["part"], {})[row["path"]] = row
    differences: list[Difference] = []
    absent: list[tuple[str, str]] = []
    for part in (INPUTS, PREVIOUS):
        if part not in data["places"]:
            continue
        folder = (elsewhere or {}).get(part) or _place(data["places"][part], out)
        if folder is None or not folder.is_dir():
            absent.append((part, data["places"][part][0]))
            continue
        given = [_place(place, out) for key, place in data["places"].items() if key != part]
        files = walk(folder, {out, *(path for path in given if path is not None and path.resolve() != folder.resolve())})[0]
        differences += _differences(part, by_part.get(part, {}), files)
    for key, row in by_part.get(GIVEN, {}).items():
        place = _place(data["places"][key], out)
        if place is None:
            absent.append((GIVEN, data["places"][key][0]))
        elif _digest(place)[1] != row["sha256"]:
            differences.append(Difference(CHANGED, GIVEN, str(place)))
    differences += _differences(OUTPUTS, by_part.get(OUTPUTS, {}), _outputs(out))
    differences += _log(out, data["log"])
    pack = data["pack"]
    return Proof(known, f"{pack['id']} {pack['version']}（{str(pack['sha256'])[:12]}）", tuple(differences), tuple(absent))


def _differences(part: str, known: Mapping[str, Mapping[str, Any]], files: Sequence[File]) -> Iterable[Difference]:
    there = {file.path: file for file in files}
    for path, row in known.items():
        if path not in there:
            yield Difference(MISSING, part, path)
        elif there[path].size != row["size"] or _digest(Path(there[path].full))[1] != row["sha256"]:
            yield Difference(CHANGED, part, path)
    yield from (Difference(ADDED, part, path) for path in there if path not in known)


def _log(out: Path, known: Mapping[str, Any]) -> Iterable[Difference]:
    path = out / runlog.NAME
    if not path.exists():
        if known["size"]:
            yield Difference(MISSING, OUTPUTS, runlog.NAME)
        return
    with path.open("rb") as stream:
        head = stream.read(known["size"])
    if hashlib.sha256(head).hexdigest() != known["sha256"]:
        yield Difference(CHANGED, OUTPUTS, runlog.NAME)


def _place(known: Sequence[str], out: Path) -> Path | None:
    absolute, relative = known
    return next((path for path in ([out.resolve() / relative] if relative else []) + [Path(absolute)] if path.exists()), None)


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST)
        data = json.loads(raw)
        rows, log = data["files"], data["log"]
        if data["schema"] != SCHEMA or not all({"part", "path", "size", "sha256"} <= row.keys() for row in rows) or "size" not in log:
            raise ValueError
        if not all({"what", "names"} <= row.keys() for row in data.get("open", ())):
            raise ValueError
        return {"made": "", "by": "", "places": {}, "pack": {}, "open": [], **data}, hashlib.sha256(raw).hexdigest()
    except OSError as error:
        raise FazhiError(f"读不了（{error.strerror}）", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FazhiError("定稿清单已损坏，不能用来核对", where=str(path), remedy="请用备份中的清单") from error
