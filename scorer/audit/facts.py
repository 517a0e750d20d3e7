"""What an audit keeps of a report beside its verdicts: the sentences, reduced so that reports can be laid side by side."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.problems import plan_points
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.text.pairs import pairs
from scorer.text.places import LETTERS, SUFFIX

MOSTLY = 0.6
"""A sentence is a stock phrase when so much of it is titles 《》 and phrases of the lexicon's ``stock``."""
KNOWN = 2
"""So many pairs of characters of an item without a word of a task stand in the report's measures, when it is a thing to be done."""
COMMON = "步工作政治责任法治"
"""Characters of declarations, beside the function words."""
_TITLE = re.compile("《[^《》]{0,200}》")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SELF = re.compile("[我全本各](?:市|县|区|州|旗|镇|乡|街道?|局|委|厅|办|院|省)")
_PLACE = re.compile(f"(?P<stem>[^{LETTERS}、]{{2,6}}?)(?:{SUFFIX})")
_PUNCTUATION = re.compile(r"[\W_]+")


class Said(NamedTuple):
    """One sentence of the body. ``text`` is the exact wording; ``shape`` the wording made comparable: no punctuation, every
    number 0, the unit's own names and 我县, 全县 a blank (某). ``heading`` marks the words of a heading; ``stock`` says that it
    is made of set phrases; ``concrete`` that it tells of a completed act or a figure; ``role`` is that of its part."""

    text: str
    shape: str
    role: str
    past: bool
    concrete: bool
    stock: bool
    heading: bool = False


class Planned(NamedTuple):
    """One arrangement, which is a listed item of the plan or a clause outside any list: the wording, its matter - the wording
    without the words that only announce -, and the matter of each clause of an item of several."""

    text: str
    matter: str
    clauses: tuple[str, ...] = ()


class Facts(NamedTuple):
    """A report for comparison: its sentences, the arrangements of its plan that can be accounted for, its shortcomings."""

    report_year: int | None
    said: tuple[Said, ...]
    arrangements: tuple[Planned, ...]
    shortcomings: tuple[str, ...]


def facts(report: Report) -> Facts:
    """The facts of a report; bare declarations of the plan are left out: nobody can account for them."""
    blank = _blanks(report)
    return Facts(
        report.metadata.report_year,
        tuple(_said(report, sentence, blank) for sentence in report.sentences),
        _arrangements(report),
        tuple(report.quote(shortcoming.span).quote for shortcoming in report.shortcomings if not shortcoming.vague),
    )


def to_data(kept: Facts) -> list[object]:
    """The facts as plain lists, for storing as JSON."""
    return [kept.report_year, [list(said) for said in kept.said], [list(item) for item in kept.arrangements], list(kept.shortcomings)]


def from_data(data: list[object]) -> Facts:
    """The facts back from ``to_data``. Raises ``TypeError`` or ``ValueError`` for anything else."""
    year, said, arrangements, shortcomings = data
    if not (isinstance(said, list) and isinstance(arrangements, list) and isinstance(shortcomings, list)):
        raise TypeError("not the data of facts")
    return Facts(
        year if isinstance(year, int) else None,
        tuple(Said(*item) for item in said),
        tuple(Planned(text, matter, tuple(clauses)) for text, matter, clauses in arrangements),
        tuple(str(item) for item in shortcomings),
    )


def shape_of(folded: str, blank: re.Pattern[str] | None) -> str:
    """The comparable form of folded text; see ``Said.shape``."""
    if blank is not None:
        folded = blank.sub("某", folded)
    return _PUNCTUATION.sub("", _NUMBER.sub("0", _SELF.sub("某", folded)))


def _blanks(report: Report) -> re.Pattern[str] | None:
    """A pattern for the names of the reporting body and its place, the longest first; None when none is known."""
    names: set[str] = set()
    for datum in (report.metadata.issuer, report.metadata.title):
        for organ in (datum.value if datum else "").split("、"):
            found = list(_PLACE.finditer(organ.removeprefix("中共")))
            names.update(match.group() for match in found)
            names.update(match["stem"] for match in found)
            if found:
                names.add("".join(match.group() for match in found))
    if report.metadata.issuer:
        names.update(report.metadata.issuer.value.split("、"))
    kept = sorted((name for name in names if len(name) >= 2), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, kept))) if kept else None


def _said(report: Report, sentence: Sentence, blank: re.Pattern[str] | None) -> Said:
    span = sentence.span
    folded = report.text[span.start : span.end]
    set_phrases = [match.span() for match in _TITLE.finditer(report.text, span.start, span.end)] if "《" in folded else []
    covered = _covered([*set_phrases, *report.hits.within("lexicon.stock", span.start, span.end)])
    concrete = sentence.past and not sentence.heading and bool(sentence.results or report.index.acts_in(sentence))
    return Said(
        report.quote(span).quote,
        shape_of(folded, blank),
        sentence.role,
        sentence.past,
        concrete,
        covered >= MOSTLY * len(folded),
        sentence.heading,
    )


def _covered(ranges: list[tuple[int, int]]) -> int:
    """How many places lie in any of the ranges."""
    count = reached = 0
    for start, end in sorted(ranges):
        count += max(0, end - max(start, reached))
        reached = max(reached, end)
    return count


def _arrangements(report: Report) -> tuple[Planned, ...]:
    """What can be accounted for of a plan: one for each listed item, one for each clause outside any list.

    A listed item counts with a concrete clause, or with matter that the report's own measures know: 开展林权争议案例汇编 holds no
    word of a task, and is none the less a thing to be done.
    """
    known = frozenset[str]().union(*(pairs(report.text[s.span.start : s.span.end]) for s in report.sentences if s.past and not s.heading))
    found: list[tuple[int, Planned]] = []
    points = plan_points(report.text, report.sentences, report.hits)
    concrete = [a.span for a in report.arrangements if a.concrete]
    for span, clauses in points:
        item = _planned(report, span)
        if any(span.holds(one) for one in concrete) or len(pairs(item.matter, COMMON) & known) >= KNOWN:
            several = tuple(_matter(report, clause) for clause in clauses) if len(clauses) > 1 else ()
            found.append((span.start, item._replace(clauses=several)))
    found += [(one.start, _planned(report, one)) for one in concrete if not any(span.holds(one) for span, _ in points)]
    return tuple(item for _, item in sorted(found))


def _planned(report: Report, span: Span) -> Planned:
    return Planned(report.quote(span).quote, _matter(report, span))


def _matter(report: Report, span: Span) -> str:
    announcing = {
        place
        for name in ("lexicon.arrangement", "lexicon.stock")
        for hit in report.hits.within(name, *span)
        for place in range(hit.start, hit.end)
    }
    return " ".join("".join(report.text[i] if i not in announcing else " " for i in range(span.start, span.end)).split())
