"""How a gap is mended is said in words that fit the level."""

from __future__ import annotations

import pytest

from scorer import load_pack
from scorer.vocabulary import Level

FOREIGN = {
    Level.TOWNSHIP: ("常务会", "县委常委", "赋予乡镇", "县级部门", "县政府法制"),
    Level.DEPARTMENT: ("常务会", "县委常委", "赋予乡镇", "乡镇长", "镇党委", "县级部门", "县政府法制"),
    Level.CITY: ("县委常委", "县政府常务", "县政府法制", "如“____县人民政府"),
    Level.PROVINCE: ("县委常委", "县政府常务", "市委常委", "市政府常务", "如“____县人民政府"),
}
"""What a body of the level has not."""


@pytest.mark.parametrize("level", FOREIGN)
def test_no_model_sentence_speaks_of_what_the_level_has_not(level: Level) -> None:
    """A town has no 政府常务会议, a department no 乡镇, a city no 县委常委会."""
    wrong = {
        (rule.pack, rule.id): word
        for rule in load_pack().rules
        if level in rule.levels
        for word in FOREIGN[level]
        if word in rule.advice(level)
    }

    assert wrong == {}


def test_the_common_advice_stands_for_the_other_levels() -> None:
    """Without a known level, and where nothing is said for it."""
    rule = next(rule for rule in load_pack().rules if rule.id == "task.leadership.party")

    assert rule.advice(None) == rule.advice("county") == rule.fix
    assert "镇党委" in rule.advice("township")
