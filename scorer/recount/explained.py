"""Figures explained in the bracket behind them: 优秀率88.8%(优秀案卷142份); 96.2%，较上年提高5.4个百分点(上年为90.8%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.recount.changes import against
from scorer.recount.model import Statement
from scorer.recount.rates import rate_of
from scorer.recount.rows import Run

_OF_ALL = re.compile("[总共两]|合计")
_PAST = re.compile(r"\((?:上年|去年|上一年|(?:19|20)\d\d年)(?:度)?(?:同期|全年)?[^,()]{0,6}\Z")


def explained(run: Run) -> Iterator[Statement]:
    """Rates and changes whose part or base stands in the bracket right behind them."""
    terms = run.terms
    for index in range(len(terms) - 1):
        term, inside = terms[index], terms[index + 1]
        if not inside.gap.startswith("(") or not term.figure.exact or not inside.figure.exact:
            continue
        if _PAST.search(inside.gap) and term.counted and index + 2 < len(terms) and inside.figure.unit == term.figure.unit:
            change = terms[index + 2]
            of_all = _OF_ALL.search(change.lead) and any(t.figure.unit == term.figure.unit for t in terms[:index])
            found = against(run, inside, term, index + 2) if change.gap.count(",") <= 1 and not of_all else None
            if found:
                yield found
        elif _PAST.search(inside.gap):
            if not index:
                continue
            before = terms[index - 1]
            if before.figure.exact and before.figure.unit == inside.figure.unit and before.figure.value > Decimal(0):
                found = against(run, inside, before, index)
                if found:
                    yield found
        elif index and term.figure.rate and inside.counted:
            found = rate_of(run, index, index + 1)
            if found:
                yield found
