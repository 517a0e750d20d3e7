"""An assessment reduced to what an audit's tables and letters show, and that as plain data for the store."""

from __future__ import annotations

from typing import Any

from scorer.audit import review
from scorer.audit.model import Contradiction, Gap, Summary, Verdict
from scorer.outputs.words import report_name
from scorer.result import Assessment, Finding
from scorer.text.shorten import shorten
from scorer.vocabulary import Arithmetic

QUOTE_MAX = 200


def summarise(machine: Assessment, reviewed: Assessment) -> Summary:
    """The summary of a report; ``reviewed`` is ``machine`` with a person's verdicts applied (or the same)."""
    score = reviewed.score
    assert score is not None
    titles = {category.id: category.title for category in score.categories}
    wrong = [statement for statement in reviewed.statements if statement.verdict == Arithmetic.INCONSISTENT]
    warnings = [*reviewed.source.warnings, *reviewed.notes]
    if wrong and reviewed.source.recognised is not None:
        # Where characters were recognised from a picture the recognition may be what is wrong: nothing to reproach a unit with.
        warnings.append(f"文字是从图像识别的，有{len(wrong)}处数字疑似矛盾，请对照原件核实后再反馈。")
        wrong = []
    return Summary(
        title=report_name(reviewed),
        issuer=reviewed.metadata.get("issuer") or "",
        report_year=reviewed.report_year,
        level=reviewed.level,
        document_date=reviewed.metadata.get("document_date") or "",
        publication_date=reviewed.metadata.get("publication_date") or "",
        total=round(score.total, 4),
        grade=score.grade,
        capped=score.capped,
        verdicts=tuple(_verdict(finding) for finding in reviewed.findings),
        gaps=tuple(_gap(finding, titles.get(finding.category, finding.category)) for finding in reviewed.gaps()),
        contradictions=tuple(
            Contradiction(shorten(s.passage.quote.quote, QUOTE_MAX), s.kind, s.printed, s.computed, s.formula) for s in wrong
        ),
        warnings=tuple(warnings),
        by_person=round(review.by_person(machine, reviewed), 4) if machine is not reviewed else 0.0,
        characters=machine.source.characters,
    )


def _verdict(finding: Finding) -> Verdict:
    if finding.review is None:
        return Verdict(finding.rule, finding.status, finding.status)
    reason = finding.review.reason
    if finding.review.waiver:
        reason = f"豁免{'至' + finding.review.expires if finding.review.expires else ''}：{reason}"
    return Verdict(finding.rule, finding.status, finding.machine, finding.review.by, reason, finding.review.stale, finding.review.date)


def _gap(finding: Finding, category: str) -> Gap:
    places = [*finding.evidence, *(near.passage for near in finding.near)]
    return Gap(
        finding.rule,
        finding.title,
        category,
        finding.severity,
        finding.status,
        finding.message,
        finding.fix,
        "；".join(f"《{b.source}》{f'（{b.number}）' if b.number else ''}{b.clause}" for b in finding.basis),
        shorten(places[0].quote.quote, QUOTE_MAX) if places else "",
        round(finding.gain, 4),
    )


def to_data(summary: Summary) -> list[Any]:
    """Plain lists in the order of the fields."""
    return [getattr(summary, name) for name in Summary.__slots__]


def from_data(data: list[Any]) -> Summary:
    """The summary back from what JSON made of ``to_data``."""
    fields = dict(zip(Summary.__slots__, data, strict=True))
    fields["verdicts"] = tuple(Verdict(*item) for item in fields["verdicts"])
    fields["gaps"] = tuple(Gap(*item) for item in fields["gaps"])
    fields["contradictions"] = tuple(Contradiction(*item) for item in fields["contradictions"])
    fields["warnings"] = tuple(fields["warnings"])
    return Summary(**fields)
