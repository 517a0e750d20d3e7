"""Where that which is missing belongs."""

from __future__ import annotations

import pytest
from helpers import MEASURES, PLAN, PROBLEMS, TITLE, assessed, page

from scorer.outputs.belongs import spots
from scorer.result import Assessment

HEAD = f"{TITLE}\n县委、县人大常委会：\n2023年，岚溪县深入推进法治政府建设，现将有关情况报告如下。\n"
TURNED = f"{HEAD}一、工作情况、存在问题和下一步打算\n{MEASURES}\n存在的不足：{PROBLEMS}\n下一步，{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
UNHEADED = f"{HEAD}{MEASURES}\n存在的主要问题：{PROBLEMS}\n下一步，我县将{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
PLAN_ONLY = f"{HEAD}一、存在的不足和原因\n{PROBLEMS}\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
UNUSUAL = f"{HEAD}一、2024年工作安排\n{PLAN}\n二、存在的不足和原因\n{PROBLEMS}\n三、2023年主要举措和成效\n{MEASURES}\n岚溪县人民政府\n2024年2月5日\n"


def past(result: Assessment) -> list[str]:
    """The beginnings of the paragraphs at which missing matters of the past year are to be written, with how."""
    places = spots(result)
    rules = [f.rule for f in result.findings if f.rule in places and f.place[0] in ("measures", "first-responsible")]
    assert rules
    return [result.text[places[rule].start : places[rule].end] + places[rule].how for rule in rules]


@pytest.mark.parametrize(
    "text", [page(), TURNED, UNHEADED, PLAN_ONLY, UNUSUAL], ids=["usual", "turned", "unheaded", "plan-only", "unusual"]
)
def test_nothing_of_the_past_year_is_to_be_written_into_the_plan(text: str) -> None:
    """Whatever the order and headings of a report: a past-year item belongs before problems and plan, or in its own part."""
    for words in past(assessed(text)):
        into_plan = any(sentence in words for sentence in ("充实执法力量", "拍摄法治短视频", "2024年工作安排", "编制紧张"))
        assert not into_plan or "写在这一段之前" in words


def test_a_part_of_its_own_is_pointed_at() -> None:
    """The heading of the measures is where what lacks of them belongs."""
    assert any(words.startswith("一、主要举措和成效") for words in past(assessed(page(measures="开展执法检查。"))))
