"""The list for publication read from YAML: checked against its schema, its phrases compiled. Every mistake is told at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scorer.document import fold
from scorer.errors import FazhiError, PackError, PackProblem
from scorer.publication import blanks, marks, personal  # noqa: F401 - they make the shapes known
from scorer.publication.model import UNLESS, WITHIN, WRONG, Checklist, Entry, Group
from scorer.publication.nearly import SHORTEST, Nearly, phrases_of
from scorer.publication.shapes import SHAPES
from scorer.publication.variants import Slips, alike_of
from scorer.rulepack import schema, yamlnodes
from scorer.rulepack.find import rules_folder
from scorer.rulepack.matcher import Matcher
from scorer.rulepack.phrases import PhraseError, Table, expand
from scorer.rulepack.yamlnodes import Parsed

KIND = "publication"
DEFAULT_YEAR = 2024
"""The report year of tests that name none."""


class Trial(NamedTuple):
    """A test of an entry: what the list must find in a text (the exact words; empty: nothing)."""

    entry: str
    file: str
    line: int
    text: str
    year: int
    hit: bool
    what: str


def is_checklist(path: Path) -> bool:
    """Whether a file says of itself that it is a list for publication."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4000)
    except OSError:
        return False
    return any(line.strip() == b"kind: publication" for line in head.splitlines())


def default_path() -> Path:
    """The list that ships with the program."""
    return rules_folder() / "publication.yaml"


def load_checklist(path: Path | None = None) -> Checklist:
    """The list of a file (the shipped one if none is given), kept in memory while the file is the same.

    Raises ``PackError`` with every mistake, ``FazhiError`` when the file cannot be read.
    """
    file = path or default_path()
    try:
        status = file.stat()
    except OSError as error:
        raise FazhiError("找不到公开前检查的清单", where=str(file), remedy="请检查路径是否写对") from error
    return _loaded(file, status.st_mtime_ns, status.st_size)


@cache
def _loaded(path: Path, _changed: int, _size: int) -> Checklist:
    parsed, raw, problems = _read(path)
    if problems:
        raise PackError(tuple(problems))
    return _built(parsed.data, hashlib.sha256(raw).hexdigest())


def problems_of(path: Path) -> list[PackProblem]:
    """Every mistake of a file; none when it is right."""
    return _read(path)[2]


def trials(path: Path) -> Iterator[Trial]:
    """The tests of a file, in order."""
    parsed = yamlnodes.parse(path.read_bytes(), path.name)
    for number, entry in enumerate((parsed.data or {}).get("entries", [])):
        for kind in ("hit", "silent"):
            for index, given in enumerate(entry.get(kind, [])):
                test = given if isinstance(given, dict) else {"text": given}
                line, _ = parsed.place(("entries", number, kind, index))
                year = test.get("year", DEFAULT_YEAR)
                yield Trial(entry["id"], path.name, line, test["text"], year, kind == "hit", test.get("what", ""))


@cache
def schema_data() -> dict[str, Any]:
    """The schema of these files."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / "publication.schema.json").read_text("utf-8"))
    return loaded


def _read(path: Path) -> tuple[Parsed, bytes, list[PackProblem]]:
    file = str(path) if path.parent.resolve() != rules_folder().resolve() else f"rules/{path.name}"
    try:
        with path.open("rb") as stream:
            raw = stream.read(yamlnodes.MAX_BYTES + 1)
    except OSError as error:
        return Parsed(None, {}, ()), b"", [PackProblem(file, 1, 1, f"读不了：{error.strerror}")]
    parsed = yamlnodes.parse(raw, file)
    problems = list(parsed.problems)
    if parsed.data is not None:
        problems += schema.check(parsed, file, schema_data())
        if not problems:
            problems += _crosswise(parsed, file)
    return parsed, raw, problems


def _crosswise(parsed: Parsed, file: str) -> list[PackProblem]:
    """What a schema cannot say: names that nothing bears, entries that find nothing, phrases that mean nothing."""
    data = parsed.data
    found: list[PackProblem] = []

    def wrong(path: tuple[str | int, ...], message: str) -> None:
        found.append(PackProblem(file, *parsed.place(path), message))

    groups = {group["id"] for group in data["groups"]}
    seen: set[str] = set()
    for number, entry in enumerate(data["entries"]):
        at = ("entries", number)
        if entry["id"] in seen:
            wrong((*at, "id"), f"编号“{entry['id']}”重复")
        seen.add(entry["id"])
        if entry["group"] not in groups:
            wrong((*at, "group"), f"没有名为“{entry['group']}”的分组{schema.nearest(entry['group'], sorted(groups))}")
        if not any(entry.get(key) for key in ("wrong", "exact", "word", "shape", "elsewhere")):
            wrong(at, "须有“wrong”“exact”“word”“shape”之一，否则查不出什么")
        if (source := entry.get("source")) and source not in data["sources"]:
            wrong((*at, "source"), f"sources里没有“{source}”{schema.nearest(source, sorted(data['sources']))}")
        if ("until" in entry or "since" in entry) and not source:
            wrong(at, "写了起止时间的要写出处（source）")
        if (name := entry.get("shape")) and name not in SHAPES:
            wrong((*at, "shape"), f"没有名为“{name}”的形状{schema.nearest(name, sorted(SHAPES))}")
        for key in ("wrong", "unless", "within"):
            for index, phrase in enumerate(entry.get(key, [])):
                try:
                    expand(phrase)
                except PhraseError as error:
                    wrong((*at, key, index), str(error))
    return found


def _built(data: dict[str, Any], digest: str) -> Checklist:
    sets: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    exact: dict[str, tuple[list[str], list[str]]] = {}
    entries: dict[str, Entry] = {}
    alike = alike_of(data["alike"])
    for group in data["groups"]:
        for key in (UNLESS, WITHIN):
            sets[f"group:{group['id']}/{key}"] = group.get(key, [])
    for given in data["entries"]:
        entry = _entry(given, data["sources"])
        entries[entry.id] = entry
        sets[f"{entry.id}/{WRONG}"] = list(given.get("wrong", []))
        sets[f"{entry.id}/{UNLESS}"] = given.get("unless", [])
        sets[f"{entry.id}/{WITHIN}"] = [*given.get("within", []), *given.get("also", [])]
        forms = [fold(form) for form in given.get("exact", [])]
        exact[entry.id] = forms, [fold(form) for form in given.get("also", [])]
        words.update(dict.fromkeys((form for form in forms if len(form) < SHORTEST), entry.id))
        if "word" in given:
            words[fold(given["word"])] = entry.id
        if given.get("elsewhere") == "words":
            words.update((word, entry.id) for word in data["words"] if word not in words)
    right = frozenset((*words, *(form for forms, also in exact.values() for form in (*forms, *also))))
    return Checklist(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        sha256=digest,
        groups={
            g["id"]: Group(g["id"], g["title"], g.get("why", ""), bool(g.get("unless")), bool(g.get("spelling"))) for g in data["groups"]
        },
        entries=entries,
        matcher=Matcher.of(Table.of(sets)),
        slips=Slips(words, alike, right, frozenset((*data["others"], *data["natural"])), frozenset(data["shapes"].get("alone", ()))),
        nearly=Nearly(phrases_of(exact), alike),
        shapes={**data["shapes"], "known": [*data["words"], *(e["word"] for e in data["entries"] if "word" in e)]},
    )


def _entry(given: dict[str, Any], sources: dict[str, Any]) -> Entry:
    source = sources.get(given.get("source", ""), {})
    words = f"《{source['title']}》" if source else ""
    if source.get("number"):
        words += source["number"]
    until, since = given.get("until"), given.get("since")
    return Entry(
        id=given["id"],
        group=given["group"],
        right=given.get("right", ""),
        why=given.get("why", ""),
        # A report on the year in which something ended may still name it.
        until=int(until[:4]) if until else None,
        since=int(since[:4]) if since else None,
        source=words,
        shape=given.get("shape", ""),
        own=bool(given.get("unless")),
    )
