"""What is done with one file, in a worker's process: read, examine, match, judge, apply the review, render."""

from __future__ import annotations

import datetime
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.audit import review
from scorer.audit.decisions import Decision, Kind, kind_of
from scorer.audit.lastyear import Pair, compared
from scorer.audit.matching import Match, Matcher
from scorer.audit.model import ASSESSED, NO_REPORT, SENT, UNREADABLE, Unit
from scorer.audit.office import NOBODY, Office
from scorer.audit.packed import pack
from scorer.audit.store import CURRENT, Kept
from scorer.errors import FazhiError, UnreadableError

if TYPE_CHECKING:
    from scorer.assessing import Options

# What reads and judges is imported by the workers alone: a run that finds nothing new does without.


OPENING = 600
"""So many characters of a document tell whom it speaks to."""


class Settings(NamedTuple):
    """What all files have in common. ``units`` is the roster; ``matches`` the confirmed ones (path -> unit, empty for nobody's);
    ``overrides`` those that hold today; ``reports`` is the folder of the HTML reports; ``template``, ``deadline`` and ``office`` are those of the letters."""

    pack: str
    key: str
    year: int | None
    units: tuple[Unit, ...]
    matches: Mapping[str, str]
    overrides: tuple[Decision, ...]
    reports: str
    template: bytes | None = None
    deadline: datetime.date | None = None
    office: Office = NOBODY


class Task(NamedTuple):
    """One file. ``report`` is the name of its HTML report (empty for none); ``unit`` the number of its unit when that is
    already settled (None for nobody's), ``settled`` says whether it is."""

    side: str
    path: str
    full: str
    size: int
    mtime_ns: int
    report: str
    settled: bool = False
    unit: int | None = None


class Result(NamedTuple):
    """What is kept of it: the row, the JSON line and the facts (compressed)."""

    kept: Kept
    line: bytes
    facts: bytes


class Given:
    """What is known from outside of a file once its unit is known: dates and level from the roster, verdicts of a person."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.by_unit: dict[str, list[Decision]] = {}
        self.by_file: dict[str, list[Decision]] = {}
        for override in settings.overrides:
            if kind_of(override.about) not in (Kind.ELEMENT, Kind.CONTRADICTION):
                continue  # likenesses, arrangements and the verdict are decided where the reports are put together
            (self.by_unit if override.unit else self.by_file).setdefault(override.target, []).append(override)
        self._texts: dict[tuple[int | None, str], str] = {}

    def known(self, unit: int | None, side: str) -> tuple[str | None, datetime.date | None, datetime.date | None]:
        """Level, day of submission and day of publication by the roster, which overrule the page."""
        if unit is None:
            return None, None, None
        known = self.settings.units[unit]
        # The roster's dates are this year's.
        return (known.level, known.submitted, known.published) if side == CURRENT else (known.level, None, None)

    def options(self, unit: int | None, side: str) -> Options:
        """The same for ``overrule``."""
        from scorer.assessing import Options

        level, submitted, published = self.known(unit, side)
        return Options(level=level, submitted=submitted, published=published)

    def overrides(self, path: str, unit: int | None, side: str) -> list[Decision]:
        """The verdicts on this file; those on the file itself go before those on its unit."""
        if side != CURRENT:
            return []
        own = self.by_unit.get(self.settings.units[unit].name, []) if unit is not None else []
        return [*own, *self.by_file.get(path, [])]

    def text(self, path: str, unit: int | None, side: str) -> str:
        """All of it in one string: a result holds as long as it is the same."""
        overrides = self.overrides(path, unit, side)
        if overrides:
            return self._text(unit, side, overrides)
        if (unit, side) not in self._texts:
            self._texts[unit, side] = self._text(unit, side, [])
        return self._texts[unit, side]

    def _text(self, unit: int | None, side: str, overrides: list[Decision]) -> str:
        # The line of an entry changes nothing; nor does having seen the text before, as long as the text is the same.
        plain = [override._replace(line=0, seen="") for override in overrides]
        return json.dumps([self.settings.year, *map(str, self.known(unit, side)), plain], ensure_ascii=False)


def settle(matcher: Matcher | None, matches: Mapping[str, str], side: str, path: str, issuer: str | None, title: str | None) -> Match:
    """The unit of a file: what a person confirmed, else what the names say."""
    if matcher is None:
        return Match(None)
    if side == CURRENT and path in matches:
        return Match(matcher.exact(matches[path]) if matches[path] else None, True, confirmed=True)
    return matcher.match(path, issuer, title)


class Worker:
    """The pack, loaded once, and the roster."""

    def __init__(self, settings: Settings) -> None:
        from scorer.audit.words import audit_words
        from scorer.rulepack.store import load_pack

        self.settings = settings
        self.pack = load_pack(settings.pack)
        self.given = Given(settings)
        words = audit_words(self.pack)
        self.matcher = Matcher(settings.units, words["organs"]) if settings.units else None
        self.sent: tuple[str, ...] = tuple(words["sent"])
        self.parent = os.getppid()

    def __call__(self, task: Any) -> Any:
        """One task: a file, two reports to be laid side by side, or a letter to be written."""
        if isinstance(task, Pair):
            return compared(task)
        if not isinstance(task, Task):
            from scorer.audit.write import write_letter

            return write_letter(task, self.settings.template, self.settings.deadline, self.settings.office)
        from scorer.assessing import Options, examine, judge, overrule
        from scorer.audit import summary
        from scorer.readers import read

        try:
            document = replace(read(task.full), path=task.path)
        except UnreadableError as error:
            return self.nothing(task, UNREADABLE, f"{error.what}。{error.remedy}" if error.remedy else error.what)
        report = examine(document, self.pack)
        if report.metadata.report_year is None and self.settings.year is not None:
            year = self.settings.year if task.side == CURRENT else self.settings.year - 1
            report = examine(document, self.pack, Options(report_year=year))
        unit = task.unit
        if not task.settled:
            metadata = report.metadata
            issuer, title = (datum.value if datum else None for datum in (metadata.issuer, metadata.title))
            unit = settle(self.matcher, self.settings.matches, task.side, task.path, issuer, title).unit
        report = overrule(report, self.given.options(unit, task.side))
        machine = judge(report, self.pack)
        given = self.given.text(task.path, unit, task.side)
        if not machine.is_annual_report:
            from scorer.outputs import json as output

            state = SENT if self._own(document.text, machine.reason) else NO_REPORT
            kept = self._kept(task, document.sha256, given, state, machine.reason, machine.metadata, machine.report_year)
            return Result(kept, _line(output.to_data(machine)), b"")
        applied = review.apply(machine, self.pack, self.given.overrides(task.path, unit, task.side))
        reviewed = applied.assessment
        from scorer.outputs import json as output

        size = 0
        if task.report:
            from scorer.outputs import html

            size = self._write(task.report, html.render(reviewed))
        facts, sketch = _facts(report)
        kept = self._kept(
            task, document.sha256, given, ASSESSED, "", machine.metadata, machine.report_year,
            report=task.report, report_size=size, text_sha256=review.text_digest(document.text),
            summary=summary.dumps(summary.summarise(machine, applied)), sketch=sketch,
        )  # fmt: skip
        return Result(kept, _line(output.to_data(reviewed)), facts)

    def _own(self, text: str, reason: str) -> bool:
        """Whether a document is a letter or circular that the office itself has sent: by its kind, and by whom it speaks to."""
        return any(kind in reason for kind in ("函", "通报")) and any(words in text[:OPENING] for words in self.sent)

    def nothing(self, task: Task, state: str, reason: str) -> Result:
        """The result of a file that says nothing, with the reason."""
        return Result(nothing(task, self.settings.key, state, reason), b"", b"")

    def _kept(
        self, task: Task, sha256: str, given: str, state: str, reason: str, metadata: Mapping[str, str | None], year: int | None, *,
        report: str = "", report_size: int = 0, text_sha256: str = "", summary: bytes = b"", sketch: bytes = b"",
    ) -> Kept:  # fmt: skip
        date = metadata.get("document_date") or metadata.get("publication_date") or ""
        return Kept(
            task.side, task.path, task.size, task.mtime_ns, sha256, self.settings.key, given, state, reason,
            metadata.get("issuer"), metadata.get("title"), year, date, report, report_size, text_sha256, summary, sketch,
        )  # fmt: skip

    def _write(self, name: str, page: str) -> int:
        """The HTML report, whole or not at all; not any more when the run that asked for it is gone."""
        target = Path(self.settings.reports) / name
        data = page.encode("utf-8", "replace")
        # Processes of other machines may have the same number.
        temporary = target.with_name(f".{os.getpid()}-{zlib.crc32(name.encode('utf-8', 'replace')):08x}.part")
        try:
            try:
                temporary.write_bytes(data)
                if os.getppid() == self.parent:
                    temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise FazhiError(f"写不进去（{error.strerror}）", where=str(target)) from error
        return len(data)


def nothing(task: Task, key: str, state: str, reason: str) -> Kept:
    """The row of a file that could not be assessed."""
    return Kept(
        task.side, task.path, task.size, task.mtime_ns, "", key, "", state, reason, None, None, None, "", "", 0, "", b"", b""
    )  # fmt: skip


def _line(data: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 1)


def _facts(report: Any) -> tuple[bytes, bytes]:
    """What later comparisons need: the facts of the report and their sketch."""
    from scorer.audit import facts, similarity

    found = facts.facts(report)
    return pack(facts.to_data(found)), similarity.fingerprint(found)


def prepare(settings: Settings) -> Worker:
    """What a worker's process does first."""
    return Worker(settings)
