"""Rounds: what was decided of each unit and when, over all runs into one folder - returned, sent again, judged again.

Kept as lines of JSON beside the results (``历次审核.jsonl``), one a unit whenever its report or its verdict is another than before;
lines are only added. A round is a report with a text of its own: a new verdict on the same text belongs to the same round.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.model import ROSTER, Audit, Entry, Gate, Round
from scorer.errors import FazhiError

NAME = "历次审核.jsonl"
MAX_LINE = 100_000
MAX_BYTES = 200_000_000


class Mended(NamedTuple):
    """A round beside the one before: the titles of what was mended since, what is still open, what is new; and how many
    contradictions there were and are."""

    before: Round
    now: Round
    mended: tuple[str, ...]
    left: tuple[str, ...]
    new: tuple[str, ...]
    contradictions: tuple[int, int]


def advance(history: Mapping[str, Sequence[Round]], audit: Audit, texts: Mapping[str, str], day: str) -> list[tuple[str, Round]]:
    """What this run adds: the unit and its round, for each whose report or verdict is another than in its last. ``texts`` has
    the hash of each report's text by path, ``day`` is today (ISO)."""
    fresh = []
    for entry, gate in zip(audit.entries, audit.gates, strict=True):
        if not entry.unit or (entry.roster is None and not entry.path):
            continue
        own = history.get(entry.unit, ())
        text = texts.get(entry.path, "")
        last = own[-1] if own else None
        if last and (last.text, last.verdict) == (text, gate.verdict):
            continue
        number = 0 if not text else 1 if last is None else last.number if last.text == text else last.number + 1
        fresh.append((entry.unit, _round(entry, gate, number, text, day)))
    return fresh


def _round(entry: Entry, gate: Gate, number: int, text: str, day: str) -> Round:
    found, sent = entry.summary, entry.submission
    return Round(
        number,
        day,
        gate.verdict,
        gate.machine,
        entry.path,
        text,
        str(sent.day) if sent and sent.day and sent.source == ROSTER else "",
        tuple(verdict.rule for verdict in found.verdicts if verdict.status in ("missing", "partial")) if found else (),
        len(found.contradictions) if found else 0,
    )


def since(audit: Audit, entry: Entry) -> Mended | None:
    """What was mended since the report before; None for a first report."""
    rounds = [one for one in entry.rounds if one.number]
    now = rounds[-1] if rounds else None
    before = next((one for one in reversed(rounds) if now and one.number < now.number), None)
    if now is None or before is None or not now.text:
        return None
    titles = {element.rule: element.title for element in audit.elements if element.rule not in audit.days}
    had, has = set(before.lacking), set(now.lacking)

    def named(rules: Iterable[str]) -> tuple[str, ...]:
        wanted = set(rules)
        return tuple(title for rule, title in titles.items() if rule in wanted)

    # What was no report of the year that could be read had no gaps to be mended.
    judged = before.verdict not in ("again", "absent", "hold") and now.verdict not in ("again", "absent", "hold")
    parts = (named(had - has), named(had & has), named(has - had)) if judged else ((), named(has), ())
    return Mended(before, now, *parts, (before.contradictions, now.contradictions))


# -- the file -----------------------------------------------------------------------------------------------------------------


def read(out: Path, year: int | None) -> dict[str, tuple[Round, ...]]:
    """The rounds of each unit in an audit of a year, oldest first; none where there is no such file. A line that is none is passed over: a run
    that broke off may have left a part of one. Raises ``FazhiError`` for a file that cannot be opened."""
    found: dict[str, list[Round]] = defaultdict(list)
    try:
        with (out / NAME).open("rb") as stream:
            for line in iter(lambda: stream.readline(MAX_LINE), b""):
                try:
                    data = json.loads(line)
                    if data.pop("year") == year:
                        found[data.pop("unit")].append(Round(**{**data, "lacking": tuple(data["lacking"])}))
                except (ValueError, KeyError, TypeError, AttributeError):
                    continue
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FazhiError(f"打不开（{error.strerror}）", where=str(out / NAME)) from error
    return {unit: tuple(rounds) for unit, rounds in found.items()}


def append(out: Path, year: int | None, fresh: Iterable[tuple[str, Round]]) -> None:
    """Add rounds at the end of the file. Raises ``FazhiError``."""
    lines = [_line({"unit": unit, "year": year, **one._asdict()}) for unit, one in fresh]
    if not lines:
        return
    path = out / NAME
    try:
        with path.open("ab+") as stream:
            if stream.tell():
                stream.seek(-1, 2)
                if stream.read(1) != b"\n":
                    lines.insert(0, b"\n")  # what a broken run left is not joined to the next
            stream.write(b"".join(lines))
    except OSError as error:
        raise FazhiError(f"写不进去（{error.strerror}）", where=str(path), remedy="请检查是否有权限、磁盘是否已满") from error


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
