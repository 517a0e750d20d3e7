"""In whose name a report is given, and to whom: 受市人民政府委托，我向市人大常委会报告… in its first sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.labels import Datum, Labels
from scorer.vocabulary import Place

LEAD_LINES = 4
_GIVEN = re.compile(
    r"(?:^|[,。;:我])(?:我|现)?(?:受|根据|按照)(?P<organ>(?:[^\W\da-zA-Z_]|、){2,30}?)的?(?:委托|委派)(?=[,。;]|我|现|向|就|代表|报告|汇报)"
)
_TOLD = re.compile(r"向(?P<to>(?:[^\W\da-zA-Z_]|、){3,40}?)(?=作出?|就|报告|汇报|书面|专题|如实)")
_REPORTED = re.compile(r"报告|汇报")
_SENTENCE = re.compile(r"[^。;]*")


class Mandate(NamedTuple):
    """The organ whose report it is, and the body to which it is given; a report that names no such body has None there."""

    organ: Datum
    to: Datum | None


def mandate(labels: Labels) -> Mandate | None:
    """What the first sentences of the body say of it; None where none of them speaks of a mandate."""
    for line in labels.page.body[:LEAD_LINES]:
        for found in _GIVEN.finditer(line.text):
            organ = Span(line.span.start + found.start("organ"), line.span.start + found.end("organ"))
            sentence = _SENTENCE.match(labels.text, organ.end, line.span.end)
            rest = Span(organ.end, sentence.end() if sentence else line.span.end)
            # An office may act on a mandate in other matters too: only one to report tells whose report it is.
            if _REPORTED.search(labels.text, *rest) and (named := labels.organs(labels.plain(*organ))):
                return Mandate(Datum("、".join(named), organ, Place.BODY), _to(labels, rest))
    return None


def _to(labels: Labels, rest: Span) -> Datum | None:
    """The body named in the same sentence behind the mandate; 向大会 and 向会议 name none."""
    found = _TOLD.search(labels.text, *rest)
    if not found:
        return None
    span = Span(*found.span("to"))
    return Datum(labels.plain(*span), span, Place.BODY) if labels.any("superior", span) else None
