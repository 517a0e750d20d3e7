"""Files and units to rows: which report stands for which unit, what is older, what belongs to nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scorer.audit import timing
from scorer.audit.matching import Match
from scorer.audit.model import ASKED, ASSESSED, NOT_SUBMITTED, Entry, Summary, Unit
from scorer.audit.store import Kept
from scorer.audit.timing import Dues

NO_DUES = Dues(None, None)

ASKED_FILES = 5
"""So many files are named in a question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file of the folder with what was worked out of it and whose it seems to be."""

    kept: Kept
    match: Match
    summary: Summary | None

    @property
    def path(self) -> str:
        """Within the folder."""
        return self.kept.path


def year_of(candidates: Sequence[Candidate]) -> int | None:
    """The report year that most reports name; of two equally frequent ones the later."""
    counts = Counter(c.summary.report_year for c in candidates if c.summary and c.summary.report_year)
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def entries_of(
    candidates: Sequence[Candidate],
    units: Sequence[Unit],
    year: int | None,
    dues: Dues = NO_DUES,
    drafts: Sequence[str] = (),
    possible: Callable[[Candidate, int], bool] = lambda candidate, unit: False,
) -> tuple[Entry, ...]:
    """One row a unit in the order of the roster, then one for each file that stands for no unit, by path.

    ``dues`` are the days that are asked; ``drafts`` are the words in a file's name that say that
    it is not the final one. ``possible`` tells whether a file that was not surely matched could be a unit's after all: as long as
    one could, the unit is asked and not said to have submitted nothing.
    """
    builder = _Builder(units, year, dues, drafts)
    by_unit: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.match.unit is None:
            builder.alone.append((candidate, candidate.match.why))
        else:
            by_unit[candidate.match.unit].append(candidate)
    asked: dict[int, list[str]] = defaultdict(list)
    for candidate in candidates:
        for unit in candidate.match.others if candidate.match.unit is None else ():
            asked[unit].append(candidate.path)
    for number in range(len(units)):
        if not by_unit.get(number) and not asked.get(number):
            asked[number] += [c.path for c in candidates if not c.match.sure and not c.match.confirmed and possible(c, number)]
    rows = [builder.unit(number, by_unit.get(number, []), asked.get(number, [])) for number in range(len(units))]
    return (*rows, *builder.rest())


class _Builder:
    def __init__(self, units: Sequence[Unit], year: int | None, dues: Dues, drafts: Sequence[str]) -> None:
        self.units = units
        self.year = year
        self.dues = dues
        self.drafts = tuple(drafts)
        self.alone: list[tuple[Candidate, str]] = []

    def unit(self, number: int, files: list[Candidate], asked: Sequence[str]) -> Entry:
        """The row of one unit of the roster."""
        unit = self.units[number]
        reports = [c for c in files if c.summary is not None]
        sure = [c for c in reports if c.match.sure]
        places = {c.match.place for c in sure if c.match.place}
        if len(places) > 1:
            why = f"名册只写“{unit.name}”，几份报告却出自不同的地方（{'、'.join(sorted(places))}），请在名册里写全称"
            return self._of(unit, sure, why, [c for c in files if c not in sure])
        if sure:
            return self._of(unit, sure, "", [c for c in files if c not in sure])
        if reports:
            chosen = max(reports, key=self._rank)
            return self._of(unit, [chosen], chosen.match.why, [c for c in files if c is not chosen])
        if files:
            chosen = max(files, key=lambda c: (c.match.sure, *self._rank(c)))
            self.alone.extend((c, f"像是“{unit.name}”的文件") for c in files if c is not chosen)
            return self._row(unit.name, chosen, unit, chosen.match.why, ())
        told = str(unit.submitted or unit.told)
        doubts = [f"名册记有报送情况“{told}”，但没有找到报告文件，请补上文件；确实没有报送的，请改名册"] if told else []
        if asked:
            named = "、".join(asked[:ASKED_FILES]) + (f"等{len(asked)}个文件" if len(asked) > ASKED_FILES else "")
            doubts.append(f"可能已报送，请确认下列文件是不是它的：{named}")
        return Entry(
            unit.name,
            ASKED if doubts else NOT_SUBMITTED,
            roster=unit,
            doubt="；".join(doubts),
            submission=timing.submission(self.dues.submission, unit, None, self.year),
            publication=timing.publication(self.dues.publication, unit, None, self.year),
        )

    def _of(self, unit: Unit, reports: list[Candidate], why: str, others: Sequence[Candidate]) -> Entry:
        chosen = max(reports, key=self._rank)
        self.alone.extend((c, c.match.why or f"像是“{unit.name}”的文件") for c in others)
        older = tuple(sorted(c.path for c in reports if c is not chosen))
        return self._row(unit.name, chosen, unit, "；".join(filter(None, (why, self._equal(chosen, reports)))), older)

    def _equal(self, chosen: Candidate, reports: Sequence[Candidate]) -> str:
        """What has to be confirmed where nothing but their length or name tells the chosen report from others; the same text
        in two files is no question."""
        told = self._told(chosen)
        equal = [c for c in reports if self._told(c) == told and c.kept.text_sha256 != chosen.kept.text_sha256]
        if not equal:
            return ""
        _, date, public, *_ = told
        dates = f"日期相同（{date or public}）" if date or public else "都没有日期"
        longer = all(_length(c) < _length(chosen) for c in equal)
        which = "正文较长的" if longer else "文件名排在后面的"
        files = "、".join(sorted(c.path for c in equal))
        count = "两" if len(equal) == 1 else str(len(equal) + 1)
        return f"{count}稿{dates}，取{which}“{chosen.path}”，没有取“{files}”，请确认；以哪一份为准，就把它写进 matches"

    def _told(self, candidate: Candidate) -> tuple[bool, str, str, bool, bool]:
        """What tells reports of one unit apart: the right year, then the later date, no draft by its name, confirmed by a person."""
        summary = candidate.summary
        dates = (summary.document_date, summary.publication_date) if summary else ("", "")
        right = summary is not None and (self.year is None or summary.report_year == self.year)
        final = not any(word in PurePosixPath(candidate.path).name for word in self.drafts)
        return (right, *dates, final, candidate.match.confirmed)

    def _rank(self, candidate: Candidate) -> tuple[tuple[bool, str, str, bool, bool], int, str]:
        """What makes a report the one that counts; where nothing tells, the longer text, then the later name. Never the time of
        the file: it is another one in every copy."""
        return (self._told(candidate), _length(candidate), candidate.path)

    def _row(self, name: str, candidate: Candidate, unit: Unit | None, doubt: str, superseded: tuple[str, ...]) -> Entry:
        kept, summary = candidate.kept, candidate.summary
        reason, other = kept.reason, None
        if summary and self.year and summary.report_year and summary.report_year != self.year:
            other = summary.report_year
            reason = f"报告年度是{other}，所审的是{self.year}年度"
        return Entry(
            name,
            kept.state,
            kept.path,
            kept.report,
            reason,
            unit,
            superseded,
            doubt,
            timing.submission(self.dues.submission, unit, summary, self.year),
            timing.publication(self.dues.publication, unit, summary, self.year),
            None,
            summary,
            other_year=other,
        )

    def rest(self) -> list[Entry]:
        """The rows of files that stand for no unit; their names differ from all others."""
        taken = {unit.name for unit in self.units}
        alone = sorted(self.alone, key=lambda pair: pair[0].path)
        labels = Counter(_label(candidate) for candidate, _ in alone)
        rows = []
        for candidate, doubt in alone:
            label = _label(candidate)
            if label in taken or labels[label] > 1:
                if not doubt and label not in taken and candidate.kept.state == ASSESSED:
                    doubt = f"另有文件也署名“{label}”，请确认是不是同一单位"
                label = f"{label}（{candidate.path}）"
            taken.add(label)
            rows.append(self._row(label, candidate, None, doubt, ()))
        return rows


def _length(candidate: Candidate) -> int:
    return candidate.summary.characters if candidate.summary else 0


def _label(candidate: Candidate) -> str:
    name = PurePosixPath(candidate.path).name
    if candidate.kept.state != ASSESSED or candidate.match.unit is not None or candidate.match.others:
        return name
    return candidate.kept.issuer or name


def latest(
    candidates: Sequence[Candidate], units: Sequence[Unit], year: int | None, issuers: Mapping[str, str], drafts: Sequence[str] = ()
) -> Mapping[str, Candidate]:
    """For each unit the report of last year's folder that counts among those that are its own: surely, or signed as its report of
    this year is (``issuers``)."""
    builder = _Builder(units, year, NO_DUES, drafts)
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.summary is None or candidate.match.unit is None:
            continue
        name = units[candidate.match.unit].name
        if candidate.match.sure or (candidate.summary.issuer and issuers.get(name) == candidate.summary.issuer):
            found[name].append(candidate)
    return {name: max(reports, key=builder._rank) for name, reports in found.items()}
