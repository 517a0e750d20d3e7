"""The machine-readable result: schema ``fazhi-result/1``."""

from __future__ import annotations

from typing import Any

from scorer.result import Assessment, Finding, Passage, Score, ShortcomingResult, StatementResult
from scorer.version import VERSION

SCHEMA = "fazhi-result/1"


def to_data(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data. Offsets count characters of the extracted text; points are rounded to 4 places."""
    data = _head(assessment)
    if not assessment.is_annual_report:
        data["reason"] = assessment.reason
    data.update(
        {
            "metadata": assessment.metadata,
            "sections": [{"role": s.role, "heading": s.heading or None, "start": s.start, "end": s.end} for s in assessment.sections],
            "findings": [_finding(finding) for finding in assessment.findings],
            "shortcomings": [_shortcoming(shortcoming) for shortcoming in assessment.shortcomings],
            "arrangements": [_quote(passage) for passage in assessment.arrangements],
            "statements": [_statement(statement) for statement in assessment.statements],
            "score": _score(assessment.score) if assessment.score else None,
            "notes": list(assessment.notes),
        }
    )
    return data


def _head(assessment: Assessment) -> dict[str, Any]:
    """What was judged, by what, and whether it is an annual report."""
    pack, source = assessment.pack, assessment.source
    return {
        "schema": SCHEMA,
        "tool": {"name": "fazhi-scorer", "version": VERSION},
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version, "sha256": pack.sha256},
        "model": assessment.model._asdict() if assessment.model else None,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "format": source.format,
            "characters": source.characters,
            "warnings": list(source.warnings),
            **({} if source.recognised is None else {"recognised": round(source.recognised, 4)}),
        },
        "profile": {"report_year": assessment.report_year, "level": assessment.level},
        "is_annual_report": assessment.is_annual_report,
    }


def _shortcoming(found: ShortcomingResult) -> dict[str, Any]:
    return {
        **_quote(found.passage),
        "cause": found.cause.quote.quote if found.cause else None,
        "answered_by": found.answered_by.quote.quote if found.answered_by else None,
    }


def _statement(found: StatementResult) -> dict[str, Any]:
    return {
        **_quote(found.passage),
        "kind": found.kind,
        "printed": found.printed,
        "computed": found.computed,
        "formula": found.formula,
        "verdict": found.verdict,
        "tolerance": found.tolerance,
        "other": _quote(found.other) if found.other else None,
    }


def _score(score: Score) -> dict[str, Any]:
    categories = [{"id": c.id, "title": c.title, "points": round(c.points, 4), "weight": round(c.weight, 4)} for c in score.categories]
    return {"total": round(score.total, 4), "grade": score.grade, "capped": score.capped or None, "categories": categories}


def render(assessments: list[Assessment], *, array: bool) -> str:
    """JSON text: one object, or with ``array`` (several inputs were given) an array."""
    import json

    data = [to_data(assessment) for assessment in assessments]
    return json.dumps(data if array else data[0], ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    data = _machine(finding)
    review = finding.review
    if review is not None:
        data["machine"] = finding.machine
        data["reviewed"] = {"by": review.by, "date": review.date, "reason": review.reason}
        data["reviewed"].update({"waiver": True, "expires": review.expires or None} if review.waiver else {})
        data["reviewed"].update({"stale": True, "status": review.person} if review.stale else {})
    return data


def _machine(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "category": finding.category,
        "severity": finding.severity,
        "status": finding.status,
        "weight": finding.weight,
        "worth": round(finding.worth, 4),
        "points": round(finding.points, 4),
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
        "basis": [{"source": b.source, "number": b.number, "clause": b.clause} for b in finding.basis],
        "evidence": [_quote(p) for p in finding.evidence],
        "near": [{**_quote(n.passage), "because": n.because} for n in finding.near],
        "facets": [
            {"title": f.title, "covered": f.passage is not None, "evidence": _quote(f.passage) if f.passage else None}
            for f in finding.facets
        ],
        "searched": finding.searched,
        "certainty": finding.certainty,
        "confidence": round(finding.confidence, 3),
        "readers": [{**_quote(n.passage), "because": n.because} for n in finding.readers],
        **({"acts": [{"actor": a.actor, **_quote(a.passage)} for a in finding.acts]} if finding.acts else {}),
    }


def _quote(passage: Passage) -> dict[str, Any]:
    return {
        "quote": passage.quote.quote,
        "start": passage.quote.start,
        "end": passage.quote.end,
        "path": list(passage.path),
        "paragraph": passage.paragraph,
        **({} if passage.page is None else {"page": passage.page}),
    }
