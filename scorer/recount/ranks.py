"""Ranks beyond their field: 在12个镇中排名第15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.recount.model import Statement, plain
from scorer.recount.rows import Run
from scorer.text.numerals import chinese_number
from scorer.vocabulary import Arithmetic

_RANK = re.compile(r"(?:排名|位列|位居|排在|排|名列|列|居)[^,。;\d]{0,6}?第(?P<rank>\d{1,4}|[一二三四五六七八九十]{1,3})(?:位|名)?")
_FIELD = ("个", "家", "人", "支", "所")


def ranks(run: Run) -> Iterator[Statement]:
    """A rank greater than the number of those that are ranked."""
    for said in _RANK.finditer(run.words):
        rank = int(said["rank"]) if said["rank"].isdigit() else chinese_number(said["rank"])
        start = run.span.start + said.start()
        fields = [t for t in run.terms if t.figure.end <= start and t.figure.unit in _FIELD and t.figure.exact]
        if not rank or not fields:
            continue
        field = fields[-1]
        after = run.text[field.figure.end : start]
        if rank > field.figure.value > 0 and re.search("中[,]?|里", after) and len(after) <= 24:
            formula = f"一共{plain(field.figure.value)}{field.figure.unit}"
            span = run.quote(field, field)._replace(end=run.span.start + said.end())
            limit = f"不超过第{plain(Decimal(field.figure.value))}"
            yield Statement(
                span,
                "limit",
                run.text[run.span.start + said.start("rank") - 1 : run.span.start + said.end()],
                limit,
                formula,
                Arithmetic.INCONSISTENT,
                limit,
            )
