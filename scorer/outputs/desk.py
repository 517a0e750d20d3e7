"""The desk: the page on which a drafter checks a report, and the parts of it that show one result.

The page itself is empty; each result is rendered here, from the same data and with the same macros as the gap report,
and put into the page by ``templates/desk.js``.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

from scorer.outputs.belongs import Spot, spots
from scorer.outputs.html import context
from scorer.outputs.shares import Shares, tenths
from scorer.outputs.templates import environment, templates_folder
from scorer.outputs.words import is_late, report_name, status_word
from scorer.readers import READABLE
from scorer.result import Assessment, Passage
from scorer.vocabulary import Arithmetic, Level, Status

FIRST_YEAR = 2015
"""The first year for which the national instruments ask for a report."""
_FOLDED = (Status.NEEDS_REVIEW, Status.MET, Status.NOT_APPLICABLE)


def page(*, max_bytes: int, max_files: int, today: datetime.date | None = None) -> str:
    """The empty page. ``max_bytes`` and ``max_files`` are the limits that it tells the user before anything is sent."""
    year = (today or datetime.date.today()).year
    return (
        environment()
        .get_template("desk.html.j2")
        .render(levels=Level.words(), years=range(year, FIRST_YEAR - 1, -1), max_bytes=max_bytes, max_files=max_files, readable=READABLE)
    )


def stylesheet() -> str:
    """The gap report's stylesheet as the lower layer, so that whatever the desk says of itself prevails."""
    folder = templates_folder()
    return f"@layer report{{\n{(folder / 'report.css').read_text('utf-8')}\n}}\n{(folder / 'desk.css').read_text('utf-8')}"


def script() -> str:
    """The page's script."""
    return (templates_folder() / "desk.js").read_text("utf-8")


def result(assessment: Assessment) -> dict[str, Any]:
    """One result as the page shows it, as plain data.

    ``result`` and ``marked`` are HTML: the verdict with everything under it, and the text with its marks; ``text`` is the
    text to be edited and ``marks`` its marked ranges ``[start, end, kind, anchor]`` in UTF-16 units, as scripts count;
    ``places`` are the whole ranges ``{anchor: [start, end]}`` of quotations (of which marks may be pieces) and of paragraphs
    at which something that is missing belongs.
    ``items`` are the gaps and reviews by rule, ``wrong`` the contradictory passages: what is compared from check to check.
    A document that is no annual report has ``"report": false``, the ``reason``, and its text.
    """
    data: dict[str, Any] = {
        "report": assessment.is_annual_report,
        "reason": assessment.reason,
        "title": report_name(assessment),
        "format": assessment.source.format,
        "text": _editable(assessment),
    }
    if not assessment.is_annual_report or assessment.score is None:
        return data
    view = context(assessment, ranked=True)
    shares = Shares.of(assessment)
    counts = {
        status: assessment.count(status)
        for status in (Status.MISSING, Status.PARTIAL, Status.MET, Status.NEEDS_REVIEW, Status.NOT_APPLICABLE)
    }
    pages = environment()
    where = spots(assessment)
    units = _units(assessment.text)
    data.update(
        score=tenths(shares.total.points),
        grade=assessment.score.grade,
        year=assessment.report_year,
        level=Level.shown(assessment.level or ""),
        tier=assessment.level,
        unit=assessment.metadata.get("issuer"),
        counts=counts,
        summary=_summary(assessment, shares, view["wrong"]),
        items=[
            {
                "rule": f.rule,
                "title": f.title,
                "status": f.status,
                "word": status_word(f),
                "gain": 0 if is_late(f) else shares.findings[f.rule].gain,
            }
            for f in assessment.findings
        ],
        wrong=[s.passage.quote.quote for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT],
        marks=_marks(assessment, view["lines"], units) if data["text"] == assessment.text else [],
        places={name: (units(start), units(end)) for name, (start, end) in _places(assessment, where).items()},
        result=pages.get_template("desk-result.html.j2").render(view, **_groups(assessment, view)),
        marked=pages.get_template("desk-text.html.j2").render(view),
    )
    return data


def _summary(assessment: Assessment, shares: Shares, wrong: int) -> str:
    """What is read out when a check is done."""
    assert assessment.score is not None
    words = [f"检查完成：{tenths(shares.total.points)}分"]
    if assessment.score.grade:
        words.append(assessment.score.grade)
    words += [f"缺失{assessment.count('missing')}项", f"不足{assessment.count('partial')}项", f"数字矛盾{wrong}处"]
    return "，".join(words)


def _groups(assessment: Assessment, view: dict[str, Any]) -> dict[str, Any]:
    """The cards as the desk orders them: what is to be mended by gain, the rest by status, all by category in the pack's order."""
    cards = {card.finding.rule: card for _, _, own in view["groups"] for card in own}
    return {
        "mend": [(cards[finding.rule], reached) for finding, _, reached in view["first"]],
        "late": view["brief"]["late"],
        "rest": [group for group in view["groups"] if group[0] in _FOLDED],
        "overview": [
            (category, share, [cards[f.rule] for f in assessment.findings if f.category == category.id])
            for category, share, _ in view["categories"]
        ],
    }


def _editable(assessment: Assessment) -> str:
    """The text to go on with by hand: of a web page the report only, without what stands around it."""
    if assessment.source.format != "html":
        return assessment.text
    return "\n".join(assessment.text[start:end] for start, end, kind in assessment.paragraphs if kind != "outside")


def _places(assessment: Assessment, where: dict[str, Spot]) -> dict[str, tuple[int, int]]:
    """The ranges behind the anchors; where quotations begin alike, the longest."""
    places = {spot.anchor: (spot.start, spot.end) for spot in where.values()}
    for passage in _passages(assessment):
        start, end = passage.quote.start, passage.quote.end
        places[f"t{start}"] = (start, max(end, places.get(f"t{start}", (0, 0))[1]))
    return places


def _passages(assessment: Assessment) -> Iterator[Passage]:
    for finding in assessment.findings:
        yield from finding.evidence
        yield from (near.passage for near in finding.near)
        yield from (facet.passage for facet in finding.facets if facet.passage)
    for row in assessment.shortcomings:
        yield from (passage for passage in row if passage)
    yield from (row.passage for row in assessment.statements)


def _units(text: str) -> Callable[[int], int]:
    """Offsets of the text as scripts count them: characters outside the basic plane count twice (most texts have none)."""
    wide = [index for index, character in enumerate(text) if character > "\uffff"]
    return lambda position: position + bisect_left(wide, position)


def _marks(
    assessment: Assessment, runs: list[tuple[bool, list[tuple[str, list[Any]]]]], units: Callable[[int], int]
) -> list[tuple[int, int, str, str]]:
    marks = []
    lines = (line for _, run in runs for line in run)
    for (start, _, _), (_, segments) in zip(assessment.paragraphs, lines, strict=True):
        at = start
        for segment in segments:
            if segment.kind:
                marks.append((units(at), units(at + len(segment.text)), segment.kind, segment.anchor))
            at += len(segment.text)
    return marks
