"""How the parts of a whole are called: each other's opposites (合格 and 不合格), or alike (市级班 and 县级班)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from scorer.recount.rows import Term

_PAIRS = frozenset(
    map(
        frozenset,
        (
            "上下",
            "男女",
            "内外",
            "城乡",
            "正副",
            "专兼",
            "公私",
            "新老",
            "大小",
            "有无",
            "南北",
            "东西",
            "前后",
            "准否",
            "左右",
            "胜败",
            "存废",
            "进出",
            "增减",
            "成败",
            "已未",
            "涉非",
        ),
    )
)


def label(term: Term) -> str:
    """What a part is called, without what joins it to the one before."""
    return term.lead.lstrip("、,;:(和及与以由从")


def alike(parts: Sequence[Term]) -> bool:
    """Whether labels are called alike: 市级班 and 县级班, 简易程序 and 普通程序, 城东 and 城西."""
    names = [label(t) for t in parts]
    return all(names) and (len({x[-1] for x in names}) == 1 or (len({x[0] for x in names}) == 1 and len({len(x) for x in names}) == 1))


def opposites(parts: Sequence[Term]) -> bool:
    """Whether two labels are each other's opposites: 线上参训 and 线下参训, 合格 and 不合格."""
    for one, other in combinations([label(t) for t in parts], 2):
        short, long = sorted((one, other), key=len)
        if not short:
            continue
        if len(short) == len(long):
            differing = [frozenset(pair) for pair in zip(short, long, strict=True) if pair[0] != pair[1]]
            if len(differing) == 1 and differing[0] in _PAIRS:
                return True
        bare = re.sub("^[^\\W\\d_]{0,2}?[不未非没无]", "", long)
        if len(short) > 1 and bare != long and short.removeprefix("已") in (bare, bare.removeprefix("予")):
            return True
    return False
