"""The outputs of an audit on disk: each written whole or not at all, and only when it changed where that is dear."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.model import ASKED, ASSESSED, Audit, Entry, Likeness
from scorer.audit.office import Office
from scorer.audit.reviewfile import TEMPLATE
from scorer.audit.store import CURRENT, FOLDER, Store
from scorer.files import save
from scorer.rulepack.model import Pack
from scorer.version import VERSION

REPORTS, LETTERS = "reports", "feedback"
INDEX, TABLE, CIRCULAR, REVIEW = "index.html", "audit.xlsx", "通报.docx", "review.yaml"
TABLE_NEW = f"{FOLDER}/audit.xlsx"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#%&\s]+')
BESIDE = "（程序新稿"
REMEMBERED = 8
OWN_FAULT = "检查"
"""How the reason begins where the program gave up, and not the file was at fault."""
_NAME_BYTES = 180
"""File systems take 255 bytes; a Chinese character is three."""


class LetterTask(NamedTuple):
    """One letter: the audit narrowed to its entry, the file to write, and the hash of what this program last wrote there."""

    audit: Audit
    target: str
    known: str = ""


class Written(NamedTuple):
    """What became of a file: the size of the one in its place, the hashes of what this program put there and beside it (the
    last first, with spaces between), and the name of the new one that stands beside it because a person had changed it."""

    size: int
    digest: str
    beside: str = ""


def save_beside(target: Path, data: bytes, known: str) -> Written:
    """Write a file, but never over one that a person changed: then the new one stands beside it.

    ``known`` are the hashes of what was written there and beside it before.
    """
    fresh = hashlib.sha256(data).hexdigest()
    digests = list(dict.fromkeys([fresh, *known.split()]))[:REMEMBERED]
    place = next(path for path in candidates(target) if digest_of_file(path) in ("", *digests))
    save(place, data)
    return Written(target.stat().st_size, " ".join(digests), "" if place == target else place.name)


def candidates(target: Path) -> Iterator[Path]:
    """Where a file may be written: in its place, else beside it under the first of these names that no person's file has."""
    yield target
    for number in itertools.count(1):
        yield target.with_name(f"{target.stem}{BESIDE}{number if number > 1 else ''}）{target.suffix}")


def digest_of_file(path: Path) -> str:
    """The hash of a file; empty where there is none. Raises ``FazhiError`` for one that cannot be read."""
    from scorer.errors import FazhiError

    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise FazhiError(f"读不了（{error.strerror}）", where=str(path), remedy="请关闭正在使用它的程序后再运行") from error


def file_names(labels: Iterable[str], suffix: str) -> dict[str, str]:
    """A file name for each label: readable, safe on every system, different from all others also where case does not count."""
    safe = {label: _UNSAFE.sub("_", label).strip("._ ") or "_" for label in labels}
    counts: dict[str, int] = defaultdict(int)
    for name in safe.values():
        counts[name.casefold()] += 1
    names = {}
    for label, name in safe.items():
        short = name.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
        if short != name or counts[name.casefold()] > 1 or _reserved(name):
            short += "-" + hashlib.sha256(label.encode("utf-8", "replace")).hexdigest()[:8]
        names[label] = short + suffix
    return names


def _reserved(name: str) -> bool:
    return bool(re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", name, re.IGNORECASE))


# -- letters --------------------------------------------------------------------------------------------------------------


def narrowed(audit: Audit, number: int, likenesses: Sequence[Likeness]) -> Audit:
    """The audit as the letter to one unit sees it: nothing of the others but what they share with it."""
    return replace(audit, entries=(audit.entries[number],), gates=(audit.gates[number],), likenesses=tuple(likenesses), made="")


def write_letter(task: LetterTask, template: bytes | None, deadline: datetime.date | None, office: Office) -> Written:
    """Make and write one letter."""
    from scorer.audit.outputs import letters

    data = letters.letter(task.audit, task.audit.entries[0], template, deadline, office=office)
    return save_beside(Path(task.target), data, task.known)


def letter_tasks(
    audit: Audit, folder: Path, digests: Mapping[str, str], constant: str, store: Store
) -> tuple[list[LetterTask], dict[str, Any], dict[str, Any]]:
    """The letters that have to be written anew, what will be remembered of all (file -> [key, size, hash]), and what was.

    ``digests`` are those of the summaries by path; ``constant`` stands for all that letters have in common.
    """
    by_unit: dict[str, list[Likeness]] = defaultdict(list)
    for likeness in audit.likenesses:
        for name in {likeness.unit, likeness.other}:
            by_unit[name].append(likeness)
    old = store.all_remembered("letter")
    sizes = {item.name: item.stat().st_size for item in folder.iterdir()} if folder.is_dir() else {}
    names = file_names([entry.unit for entry in audit.entries], ".docx")
    tasks, kept = [], {}
    for number, entry in enumerate(audit.entries):
        if not has_letter(entry):
            continue
        own = by_unit.get(entry.unit, [])
        parts = (replace(entry, summary=None), digests.get(entry.path, ""), audit.gates[number], own, constant)
        key = hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
        name = names[entry.unit]
        if name in old and old[name][0] == key and sizes.get(name) == old[name][1]:
            kept[name] = old[name]
            continue
        kept[name] = [key, None, ""]
        tasks.append(LetterTask(narrowed(audit, number, own), str(folder / name), last_written(old, name)))
    return tasks, kept, old


def last_written(old: Mapping[str, Any], name: str) -> str:
    """The hashes of what was last written under a name and beside it; empty where nobody knows."""
    return str(old[name][2]) if name in old and len(old[name]) > 2 else ""


def digest_of(audit: Audit, digests: Mapping[str, str], key: str) -> str:
    """A hash of all that the table of an audit shows; ``digests`` are those of the summaries by path, ``key`` pack and program."""
    entries = [(replace(entry, summary=None), digests.get(entry.path, "")) for entry in audit.entries]
    return hashlib.sha256(repr((key, replace(audit, entries=()), entries)).encode("utf-8", "surrogatepass")).hexdigest()


def has_letter(entry: Entry) -> bool:
    """Whether a unit gets a letter: its report was assessed, or it is in the roster and owes one. Where it was the program that
    could not finish, nothing is asked of the unit."""
    return entry.state == ASSESSED or (entry.roster is not None and entry.state != ASKED and not entry.reason.startswith(OWN_FAULT))


# -- the rest -------------------------------------------------------------------------------------------------------------


def results(audit: Audit, store: Store, others: Mapping[str, tuple[str, str, str]]) -> Iterator[bytes]:
    """The lines of ``results.jsonl`` by path, then the units without a report. ``others`` are files that stand for no row of
    their own (older reports): path -> (state, unit, reason)."""
    rows = {entry.path: entry for entry in audit.entries if entry.path}
    gates: dict[str, str | None] = {entry.path: gate.verdict for entry, gate in zip(audit.entries, audit.gates, strict=True)}
    gates.update((entry.path, None) for entry in audit.outside())  # no unit of the roster: none to judge
    for path, line in store.lines(CURRENT):
        entry = rows.get(path)
        state, unit, reason = (entry.state, entry.unit, entry.reason) if entry else others.get(path, ("", "", ""))
        if not state:
            continue
        extra: dict[str, Any] = {"unit": unit, "state": state}
        if entry and entry.doubt:
            extra["doubt"] = entry.doubt
        if entry:
            extra["gate"] = gates[path]
            extra |= {"dismissed": len(entry.summary.dismissed)} if entry.summary and entry.summary.dismissed else {}
            # What a merger of audits shows and links, as it was settled here.
            extra |= {"report": entry.report, "late": entry.late, "late_public": entry.late_public} if entry.summary else {}
        if line:
            yield zlib.decompress(line)[:-1] + b"," + _json(extra)[1:] + b"\n"
        else:
            data = {"schema": "fazhi-result/1", "source": {"path": path}, "is_annual_report": False, "reason": reason, "score": None}
            yield _json({**data, **extra}) + b"\n"
    for entry, gate in zip(audit.entries, audit.gates, strict=True):
        if not entry.path:
            data = {
                "schema": "fazhi-result/1",
                "source": None,
                "is_annual_report": False,
                "reason": entry.reason or "未报送",
                "score": None,
            }
            yield _json({**data, "unit": entry.unit, "state": entry.state, "gate": gate.verdict}) + b"\n"


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def pack_digests(pack: Pack) -> bytes:
    """``pack.json``: which rules judged, a hash of each, so that a later comparison knows which of them changed."""
    words = hashlib.sha256(repr(_literals(pack, [name for name in pack.table.sets if "/" not in name])).encode("utf-8", "surrogatepass"))
    by_rule: dict[str, Any] = {}
    for rule in pack.rules:
        own = [name for name in pack.table.sets if name.startswith(rule.key + "/")]
        parts = (rule.title, rule.severity, rule.weight, rule.check, repr(sorted(rule.params.items())), rule.years, rule.levels, rule.off)
        digest = hashlib.sha256(repr((parts, _literals(pack, own))).encode("utf-8", "surrogatepass")).hexdigest()
        by_rule[rule.id] = hashlib.sha256((by_rule.get(rule.id, "") + digest).encode()).hexdigest()
    data = {
        "schema": "fazhi-audit-pack/1",
        "tool": VERSION,
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "sha256": pack.sha256,
        "words": words.hexdigest(),
        "rules": {rule: digest[:16] for rule, digest in by_rule.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _literals(pack: Pack, names: Sequence[str]) -> list[Any]:
    table = pack.table
    found = []
    for name in sorted(names):
        singles, chains = table.sets[name]
        words = sorted(table.literals[number] for number in singles)
        long = sorted(repr([[table.literals[w] for w in table.slots[slot]] for slot in table.sequences[chain]]) for chain in chains)
        found.append((name, words, long))
    return found


def save_stream(path: Path, parts: Iterable[bytes]) -> None:
    """Like ``save``, without holding the whole in memory."""
    from scorer.errors import FazhiError

    temporary = path.with_name(f".{path.name}.part")
    try:
        try:
            with temporary.open("wb") as stream:
                stream.writelines(parts)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FazhiError(f"写不进去（{error.strerror}）", where=str(path), remedy="请检查是否有权限、磁盘是否已满") from error


def save_review_template(out: Path) -> None:
    """The commented template, once."""
    if not (out / REVIEW).exists():
        save(out / REVIEW, TEMPLATE.encode())


def tables(out: Path) -> dict[Path, str]:
    """The table and those that stand beside it, as they are: their hashes."""
    found = {}
    for path in candidates(out / TABLE):
        digest = digest_of_file(path)
        if digest:
            found[path] = digest
        elif path != out / TABLE:
            return found
    raise AssertionError("the names do not end")


def replace_table(out: Path, known: Collection[str]) -> Path:
    """Put the new table in its place, or beside one that is not among those ``known`` by their hash; where it is now.

    Raises ``FazhiError`` when that is open in Excel or WPS.
    """
    from scorer.errors import FazhiError

    place = next(path for path in candidates(out / TABLE) if digest_of_file(path) in ("", *known))
    try:
        (out / TABLE_NEW).replace(place)
        return place
    except OSError as error:
        (out / TABLE_NEW).unlink(missing_ok=True)
        raise FazhiError(
            f"写不进去（{error.strerror}）", where=str(place), remedy="文件可能正在Excel或WPS中打开，请关闭后再运行；其余结果都已写好"
        ) from error
