"""Acts of outline items moved into the plan, or blurred to a slogan."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.evaluation.alter import ACT_SENTENCES, SLOGAN, TASK, Change, Known, Range, cut
from scorer.result import Assessment, Finding
from scorer.vocabulary import Role, Status


def acts(known: Known) -> Iterator[Change]:
    """For each item that is met by a few sentences: the report with these among the arrangements, and with a slogan instead.

    An item that is still met without the sentences is told of elsewhere too, and left alone.
    """
    plan = next((s for s in known.before.sections if s.role == Role.PLAN), None)
    alone = plan is not None and sum(1 for s in known.before.sections if s.start == plan.start) == 1
    for finding in known.before.findings:
        if not finding.rule.startswith(TASK) or not known.right(finding.rule):
            continue
        parts = _sentences(known, finding)
        if not parts or len(parts) > ACT_SENTENCES:
            continue
        without = cut(known.text, parts)
        if _status(known.judged(without), finding.rule) == Status.MET:
            continue
        moved = "".join(known.text[a:b].strip() for a, b in parts)
        what = f"{finding.rule}：{moved[:60]}"

        def noticed(after: Assessment, rule: str = finding.rule) -> bool:
            return _status(after, rule) != Status.MET

        aims = (finding.rule, "quality.*", "statutory.first-responsible")
        if plan is not None and alone and plan.start > parts[-1].end:
            at = len(known.text[: plan.end].rstrip())
            text = cut(known.text[:at], parts) + "\n" + moved + known.text[at:]
            yield known.change("act-moved", what, text, parts, aims, noticed)
        text = cut(known.text, parts, SLOGAN.format(finding.title))
        yield known.change("act-blurred", what, text, parts, aims, noticed)


def _sentences(known: Known, finding: Finding) -> list[Range]:
    """The sentences that an item rests on by the label and by the program, in order."""
    quotes = [place for quote in known.label["elements"][finding.rule].get("evidence") or () if (place := known.place(str(quote)))]
    quotes += [Range(p.quote.start, p.quote.end) for p in finding.evidence]
    found = set()
    for sentence in known.report.sentences:
        quote = known.report.quote(sentence.span)
        if any(quote.start < place.end and place.start < quote.end for place in quotes):
            if sentence.heading:
                return []
            found.add(Range(quote.start, quote.end))
    return sorted(found)


def _status(result: Assessment, rule: str) -> str:
    return next((f.status for f in result.findings if f.rule == rule), "")
