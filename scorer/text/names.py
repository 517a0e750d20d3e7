"""Names of organs: whether two of them, written in full or not, are of one unit."""

from __future__ import annotations

import re

from scorer.text.places import SUFFIX

_GOVERNMENT = re.compile(
    "(?:人民政府|政府|党委|委员会|党工委|委|办事处)?(?:全面)?(?:依法治[省市州盟县区旗镇乡])?(?:委员会)?(?:办公室|办公厅|办)?$"
)
_PLACE_END = re.compile(f"(?:{SUFFIX})$")
_BARE = re.compile(f"(?:{SUFFIX})")
_APART = re.compile("[、，,；;]")


def same_unit(one: str, other: str) -> bool:
    """Whether two names (joint organs joined with 、) speak of one unit: equal, one with more of the places above it, or party
    committee, government and their offices of one place. A unit that was renamed is another."""
    return any(_same(first, second) for first in _parts(one) for second in _parts(other))


def _parts(name: str) -> list[str]:
    bare = re.sub(r"\s", "", name)
    return [part.removeprefix("中共") for part in _APART.split(bare) if part]


def _same(one: str, other: str) -> bool:
    return _nested(one, other) or _nested(_place(one), _place(other))


def _place(name: str) -> str:
    return _GOVERNMENT.sub("", name, count=1)


def _nested(one: str, other: str) -> bool:
    """Whether the longer name is the shorter one with places before it, or without the proper name of its place."""
    short, long = sorted((one, other), key=len)
    if not short or not long.endswith(short):
        return False
    before = long.removesuffix(short)
    return not before or bool(_PLACE_END.search(before)) or bool(_BARE.match(short) and short not in ("市", "县", "区"))
