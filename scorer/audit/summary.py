"""An assessment reduced to what an audit's tables and letters show, and that as plain data for the store."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from scorer.audit import review
from scorer.audit.decisions import DISMISSED, KIND_WORDS, Decided, Decision, kind_of, status_word
from scorer.audit.model import Contradiction, Gap, Summary, Verdict
from scorer.audit.packed import Packed, pack, unpack
from scorer.outputs.words import report_name, where
from scorer.result import Assessment, Finding, StatementResult
from scorer.text.shorten import shorten

QUOTE_MAX = 200
RESTS_MAX = 100
"""So much is kept of the sentence that a verdict rests on: a report has some fifty of them."""


def summarise(machine: Assessment, applied: review.Applied) -> Summary:
    """The summary of a report; ``applied`` is ``machine`` with a person's decisions."""
    reviewed = applied.assessment
    score = reviewed.score
    assert score is not None and machine.score is not None
    titles = {category.id: category.title for category in score.categories}
    told = [_contradiction(reviewed, *one) for one in applied.contradictions]
    warnings = [*reviewed.source.warnings, *reviewed.notes]
    wrong = [one for one in told if not _dismissed(one)]
    if wrong and reviewed.source.recognised is not None:
        # Where characters were recognised from a picture the recognition may be what is wrong: nothing to reproach a unit with
        # before a person has looked at the original.
        sure = [one for one in wrong if one.decided and one.decided.holds]
        if len(sure) < len(wrong):
            warnings.append(f"文字是从图像识别的，有{len(wrong) - len(sure)}处数字疑似矛盾，请对照原件核实后再反馈。")
        wrong = sure
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
        verdicts=tuple(_verdict(reviewed, finding) for finding in reviewed.findings),
        gaps=tuple(_gap(finding, titles.get(finding.category, finding.category)) for finding in reviewed.gaps()),
        contradictions=tuple(wrong),
        warnings=tuple(warnings),
        by_person=round(review.by_person(machine, reviewed), 4) if machine is not reviewed else 0.0,
        characters=machine.source.characters,
        dismissed=tuple(one for one in told if _dismissed(one)),
        machine_total=round(machine.score.total, 4) if machine is not reviewed else None,
        lost=tuple(_lost(decision) for decision in applied.lost),
    )


def _dismissed(one: Contradiction) -> bool:
    return one.decided is not None and one.decided.holds and one.decided.status == DISMISSED


def _lost(decision: Decision) -> str:
    kind = kind_of(decision.about)
    what = f"“{shorten(decision.quote, 40)}”" if decision.quote else f"“{decision.about}”"
    return f"{decision.by}（{decision.date}）认定“{status_word(kind, decision.status)}”的{KIND_WORDS[kind]}{what}已不在报告中，这一条没有用上。"


def _contradiction(assessment: Assessment, statement: StatementResult, key: str, decided: Decided | None) -> Contradiction:
    return Contradiction(
        shorten(statement.passage.quote.quote, QUOTE_MAX),
        statement.kind,
        statement.printed,
        statement.computed,
        statement.formula,
        key,
        where(statement.passage, assessment),
        shorten(statement.other.quote.quote, QUOTE_MAX) if statement.other else "",
        decided,
    )


def _verdict(assessment: Assessment, finding: Finding) -> Verdict:
    place = next((p for p in (*finding.evidence, *(near.passage for near in (*finding.faults, *finding.near)))), None)
    rests = (shorten(place.quote.quote, RESTS_MAX), where(place, assessment)) if place else ("", "")
    certainty = str(finding.certainty)
    if finding.review is None:
        return Verdict(finding.rule, finding.status, finding.status, quote=rests[0], place=rests[1], certainty=certainty)
    decided = finding.review
    reason = decided.reason
    if decided.waiver:
        reason = f"豁免{'至' + decided.expires if decided.expires else ''}：{reason}"
    return Verdict(
        finding.rule, finding.status, finding.machine, decided.by, reason, decided.stale, decided.date, decided.person, *rests, certainty
    )  # fmt: skip


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


_APART = ("gaps", "told")


def dumps(summary: Summary) -> bytes:
    """The summary for the store: what every table asks of it, and apart from that the gaps and the verdicts with their sentences,
    which few outputs ask for, one report at a time."""
    plain = {name: None if name in _APART else getattr(summary, name) for name in Summary.__slots__}
    plain["verdicts"] = [verdict._replace(quote="", place="") for verdict in summary.verdicts]
    parts = [pack([len(summary.gaps), *plain.values()]), pack(list(summary.gaps)), pack(list(summary.verdicts))]
    return b"".join([*(len(part).to_bytes(4, "big") for part in parts[:2]), *parts])


def loads(data: bytes) -> Summary:
    """The summary back; what stands apart stays packed until somebody asks for it. Verdicts that are the same are one in memory."""
    first = 8 + int.from_bytes(data[:4], "big")
    second = first + int.from_bytes(data[4:8], "big")
    count, *plain = unpack(data[8:first])
    fields = dict(zip(Summary.__slots__, plain, strict=True))
    fields["verdicts"] = tuple(_verdict_of(*item) for item in fields["verdicts"])
    fields["gaps"] = Packed(Gap, data[first:second], count)
    fields["told"] = Packed(Verdict, data[second:], len(fields["verdicts"]))
    for name in ("contradictions", "dismissed"):
        fields[name] = tuple(Contradiction(*item)._replace(decided=Decided(*item[-1]) if item[-1] else None) for item in fields[name])
    for name in ("warnings", "lost"):
        fields[name] = tuple(fields[name])
    return Summary(**fields)


@lru_cache(maxsize=4096)
def _verdict_of(*item: Any) -> Verdict:
    return Verdict(*item)
