"""Counts and words about an audit that its page, its workbook and its letters share."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scorer.audit.model import (
    AGAIN,
    ASKED,
    ASSESSED,
    EXEMPT,
    NO_REPORT,
    NOT_SUBMITTED,
    NOTE,
    UNREADABLE,
    Audit,
    Element,
    Entry,
    Fact,
    FollowUp,
    Gap,
    Likeness,
)
from scorer.vocabulary import Level, Severity, Status

VERDICT_WORDS = {**Status.words(), "waived": "豁免"}
LATE_WORDS = {True: "逾期", False: "按时", None: "不明"}
SOURCE_WORDS = {"roster": "名册", "page": "网页", "document": "落款日期", "": ""}
FOLLOW_WORDS = {"done": "已落实", "mentioned": "提到", "silent": "未提", "repeated": "逐字重提", "gone": "未再提"}
GAPS = (Status.MISSING, Status.PARTIAL)
NOBODY = "（未对上单位）"


class Lack(NamedTuple):
    """How often one element is lacking; ``asked`` counts the reports in which it counts. ``number`` is its column, from 1."""

    number: int
    element: Element
    missing: int
    partial: int
    asked: int


class ConditionCount(NamedTuple):
    """One condition of the gate over all units: how many meet it, how many do not."""

    title: str
    asked: str
    holds: int
    fails: int
    note: bool = False
    """Whether it is only told and decides nothing."""


class LevelScores(NamedTuple):
    """The scores of one level, ascending, and how many reports have each grade, in the order of ``Tally.grades``."""

    word: str
    scores: tuple[float, ...]
    grades: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The arithmetic mean."""
        return statistics.fmean(self.scores)

    @property
    def median(self) -> float:
        """The middle score."""
        return statistics.median(self.scores)


class Tally(NamedTuple):
    """Everything counted over an audit."""

    due: int
    """Units that had to submit: those of the roster; without a roster, those that did."""
    states: Counter[str]
    gates: Counter[str]
    mean: float | None
    lacking_required: int
    """Reports in which a required element is missing."""
    contradictory: int
    """Reports with contradictions."""
    contradictions: int
    punctual: Counter[bool | None]
    """Reports handed in on time (False), late (True), and without a date that tells (None)."""
    public: Counter[bool | None]
    """The same of making public."""
    grades: tuple[str, ...]
    """From the best down."""
    levels: tuple[LevelScores, ...]
    lacks: tuple[Lack, ...]
    """Elements lacking somewhere, the most often lacking first."""
    conditions: tuple[ConditionCount, ...]
    by_person: float
    """The part (0 to 1) of all points at stake that persons decided."""
    outside: int = 0
    """Files that belong to no unit of the roster: in none of the counts above."""

    @property
    def sentence(self) -> str:
        """The overall result in one sentence."""
        read = self.states[ASSESSED]
        words = [f"应报送的单位{self.due}个，检查报告{read}份"]
        for state, word in (
            (NOT_SUBMITTED, "未报送{}个"),
            (ASKED, "是否报送待确认{}个"),
            (NO_REPORT, "不是年度报告{}份"),
            (UNREADABLE, "无法读取{}份"),
        ):
            if self.states[state]:
                words.append(word.format(self.states[state]))
        line = "，".join(words)
        rest = f"另有名册以外的文件{self.outside}个，不计在内。" if self.outside else ""
        if self.mean is None:
            return f"{line}；{rest}" if rest else f"{line}。"
        wrong = f"{self.contradictory}个单位有数据矛盾{self.contradictions}处" if self.contradictions else "没有发现数据矛盾"
        lacking = f"{self.lacking_required}个单位缺必备内容" if self.lacking_required else "没有单位缺必备内容"
        return f"{line}；平均{self.mean:.1f}分，{lacking}，{wrong}" + (f"；{rest}" if rest else "。")


def tally(audit: Audit) -> Tally:
    """Count an audit (some 10 ms for 500 reports): with a roster its units only, files of nobody are ``outside``."""
    outside, audit = len(audit.outside()), audit.counted()
    assessed = judged(audit)
    summaries = [entry.summary for entry in assessed if entry.summary]
    grades = _grades(audit)
    return Tally(
        due=len({entry.unit for entry in audit.entries if entry.unit}),
        states=Counter(entry.state for entry in audit.entries),
        gates=Counter(gate.verdict for gate in audit.gates),
        mean=statistics.fmean(summary.total for summary in summaries) if summaries else None,
        lacking_required=sum(1 for entry in assessed if missing_required(audit, entry)),
        contradictory=sum(1 for summary in summaries if summary.contradictions),
        contradictions=sum(len(summary.contradictions) for summary in summaries),
        punctual=Counter(entry.late for entry in assessed),
        public=Counter(entry.late_public for entry in assessed),
        grades=grades,
        levels=_levels(assessed, grades),
        lacks=_lacks(audit),
        conditions=_conditions(audit),
        by_person=statistics.fmean(summary.by_person for summary in summaries) if summaries else 0.0,
        outside=outside,
    )


def _grades(audit: Audit) -> tuple[str, ...]:
    # The scale is the pack's; the lowest score of a grade orders grades even where a missing element capped high scores.
    lowest: dict[str, float] = {}
    for entry in judged(audit):
        if entry.summary and entry.summary.grade:
            lowest[entry.summary.grade] = min(entry.summary.total, lowest.get(entry.summary.grade, 100.0))
    return tuple(sorted(lowest, key=lambda grade: (-lowest[grade], grade)))


def _levels(assessed: list[Entry], grades: tuple[str, ...]) -> tuple[LevelScores, ...]:
    found: dict[str, list[tuple[float, str]]] = {}
    for entry in assessed:
        if entry.summary:
            found.setdefault(level_word(entry), []).append((entry.summary.total, entry.summary.grade))
    order = {word: number for number, word in enumerate(Level.words().values())}
    levels = []
    for word in sorted(found, key=lambda word: (order.get(word, len(order)), word)):
        given = Counter(grade for _, grade in found[word])
        levels.append(LevelScores(word, tuple(sorted(total for total, _ in found[word])), tuple(given[grade] for grade in grades)))
    return tuple(levels)


def judged(audit: Audit) -> list[Entry]:
    """The entries whose contents were judged: a report of another year was read and not judged."""
    return [entry for entry, gate in zip(audit.entries, audit.gates, strict=True) if entry.summary and gate.verdict != AGAIN]


def _lacks(audit: Audit) -> tuple[Lack, ...]:
    seen: Counter[tuple[str, str]] = Counter()
    for entry in judged(audit):
        if entry.summary:
            seen.update((verdict.rule, verdict.status) for verdict in entry.summary.verdicts)
    rows = []
    for number, element in enumerate(audit.elements, 1):
        missing, partial = seen[element.rule, Status.MISSING], seen[element.rule, Status.PARTIAL]
        if (missing or partial) and element.rule not in audit.days:
            rows.append(Lack(number, element, missing, partial, missing + partial + seen[element.rule, Status.MET]))
    return tuple(sorted(rows, key=lambda row: (-(row.missing * 2 + row.partial), row.number)))


def _conditions(audit: Audit) -> tuple[ConditionCount, ...]:
    counts: dict[tuple[str, str, bool], list[int]] = {}
    for gate in audit.gates:
        for condition in gate.conditions:
            counts.setdefault((condition.title, condition.asked, condition.otherwise == NOTE), [0, 0])[not condition.holds] += 1
    return tuple(ConditionCount(title, asked, holds, fails, note) for (title, asked, note), (holds, fails) in counts.items())


def missing_required(audit: Audit, entry: Entry) -> int:
    """How many required elements are missing in the report (0 without one)."""
    required = _required(audit.elements) - set(audit.days)
    return sum(1 for v in entry.summary.verdicts if v.status == Status.MISSING and v.rule in required) if entry.summary else 0


def gaps_of(audit: Audit, entry: Entry) -> tuple[Gap, ...]:
    """What of a report's contents is to be mended; a day that has passed is none of it."""
    return tuple(gap for gap in entry.summary.gaps if gap.rule not in audit.days) if entry.summary else ()


@lru_cache(maxsize=4)
def _required(elements: tuple[Element, ...]) -> frozenset[str]:
    return frozenset(element.rule for element in elements if element.severity == Severity.REQUIRED)


def unit_name(entry: Entry) -> str:
    """The unit; for a file that belongs to nobody, that and the name of the file."""
    return entry.unit or f"{NOBODY}{entry.path.rpartition('/')[2]}"


def level_word(entry: Entry) -> str:
    """The level as the reader knows it; empty when nobody knows it."""
    level = (entry.summary.level if entry.summary else None) or (entry.roster.level if entry.roster else None) or ""
    return Level.shown(level)


def late_word(entry: Entry) -> str:
    """Whether the report was handed in in time."""
    return _fact_word(entry.submission) if entry.summary else "—"


def public_word(entry: Entry) -> str:
    """Whether it was made public in time."""
    return _fact_word(entry.publication) if entry.summary else "—"


def _fact_word(fact: Fact | None) -> str:
    return "不要求" if fact and fact.state == EXEMPT else LATE_WORDS[fact.late if fact else None]


def fact_note(fact: Fact | None) -> str:
    """The day and where it stands; empty where none is known."""
    if fact is None or fact.day is None:
        return fact.told if fact else ""
    return f"{fact.day}（{SOURCE_WORDS.get(fact.source, fact.source)}）"


def change(entry: Entry) -> float | None:
    """This year's total less last year's, where both are known."""
    return entry.summary.total - entry.previous_total if entry.summary and entry.previous_total is not None else None


def follow_counts(items: Iterable[FollowUp]) -> Counter[str]:
    """How many items of last year's report are in each state."""
    return Counter(item.state for item in items)


def shared_between(audit: Audit) -> tuple[Likeness, ...]:
    """Reports that share text with another unit's, the greatest share first."""
    return tuple(sorted((likeness for likeness in audit.likenesses if not likeness.previous), key=lambda likeness: -likeness.share))


def shared_with_last_year(audit: Audit) -> tuple[Likeness, ...]:
    """Reports that share text with the unit's own of last year, the greatest share first."""
    return tuple(sorted((likeness for likeness in audit.likenesses if likeness.previous), key=lambda likeness: -likeness.share))
