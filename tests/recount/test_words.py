"""No word of the lists and no measure word is lost on the way to the readers: each decides a sentence of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from helpers import case, page

from scorer.text.figures import UNITS

# 个百分点, 倍 and 成 are no counts; 分 is a score, the others never stand with what is left.
COUNTS = [unit for unit in UNITS if unit not in ("个百分点", "倍", "成", "分", "届", "宿", "章", "版")]
LEXICON = yaml.safe_load((Path(__file__).parents[2] / "rules" / "lexicon.yaml").read_text("utf-8"))["lexicon"]
# Verbs that take a difference: not those that take the new value (增至), compare (高于) or name a rate (增幅).
VERBS = [
    (word, way)
    for name, way in (("figure-up", 1), ("figure-down", -1))
    for word in LEXICON[name]
    if not re.search("[至到为]$|于$|幅$|不及|反弹|合并|[了]$|化解|产$|支$|收$|员$|购$|派$|用$|标$|负$|证$|速$|容$|递|收窄|翻", word)
]


def flagged(measures: str) -> bool:
    """Whether anything in a text is called inconsistent."""
    return any(s.verdict == "inconsistent" for s in case(page(measures=measures)).statements)


@pytest.mark.parametrize("unit", COUNTS)
def test_every_measure_word_is_counted_with(unit: str) -> None:
    """What is left of a whole is computed whatever the measure word is."""
    assert flagged(f"列入计划的有95{unit}，已完成62{unit}，其余43{unit}正在推进。")
    assert not flagged(f"列入计划的有95{unit}，已完成62{unit}，其余33{unit}正在推进。")


@pytest.mark.parametrize(("verb", "way"), VERBS, ids=[verb for verb, _ in VERBS])
def test_every_verb_of_change_is_heard(verb: str, way: int) -> None:
    """A difference is computed whatever the verb is."""
    was, now = (50, 90) if way > 0 else (90, 50)
    assert flagged(f"群众来访由{was}批次变为{now}批次，{verb}30批次。")
    assert not flagged(f"群众来访由{was}批次变为{now}批次，{verb}40批次。")
