"""The suffixes of places."""

from __future__ import annotations

import re

import pytest

from scorer.text.places import LETTERS, SUFFIX, TIERS, tier


@pytest.mark.parametrize(
    ("place", "rank"),
    [("平川省", 1), ("东岭地区", 2), ("南屏自治区", 1), ("平川自治县", 3), ("柳河街道", 4), ("青石民族乡", 4), ("司法局", 0)],
)
def test_tier(place: str, rank: int) -> None:
    """By the suffix; what is no place has none."""
    assert tier(place) == rank


def test_the_longest_suffix_is_taken() -> None:
    """A suffix that ends in another one is not cut in two, and one character is enough where one stands."""
    for suffix in TIERS:
        match = re.match(f"(?:{SUFFIX})", suffix)
        assert match and match.group() == suffix
    assert set(LETTERS) == {"省", "市", "州", "盟", "县", "区", "旗", "镇", "乡"}
