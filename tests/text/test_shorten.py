"""Texts cut to a line."""

import re

import pytest

from scorer.text.shorten import shorten

LONG = [
    "对照权责清单梳理事项139项，聘请法律顾问1名，审查招商协议、村级合同19份，提出修改意见22条。",
    "办理行政复议案件1,204件，审结率91.7%，纠正率12.5％，同比上升3.2个百分点，涉及群众二百三十五人次。",
    "完成投资3.5亿余元，整治面积1200平方米，依据国办发〔2024〕15号第三十二条处理。",
]
FIGURES = re.compile(r"[0-9][0-9.,]*(?:亿余元|平方米|个百分点|[%％号\u4e00-\u9fff])|第?[二三百十]{2,}[五二]?(?:人次|条)")


@pytest.mark.parametrize("text", LONG)
def test_no_figure_is_cut(text: str) -> None:
    """Whatever the limit, every figure that is shown stands in the text as it is shown, whole and with its unit."""
    whole = {figure.span() for figure in FIGURES.finditer(text)}
    for limit in range(12, len(text)):
        head, _, tail = shorten(text, limit).partition("……")
        start = len(text) - len(tail)

        assert text.startswith(head)
        assert text.endswith(tail)
        assert not [span for span in whole if span[0] < len(head) < span[1] or span[0] < start < span[1]]
        assert len(head) + 2 + len(tail) <= limit


def test_short_text_is_left_alone() -> None:
    """A text within the limit is only put on one line."""
    assert shorten("办结\n19件", 10) == "办结 19件"


def test_text_without_figures_keeps_its_length() -> None:
    """Without a figure at the cut, the line is as long as the limit allows."""
    assert len(shorten("推进依法行政工作持续深入开展" * 5, 30)) == 30


def test_endless_digits_are_cut_all_the_same() -> None:
    """A run of digits that is no figure does not make the line longer than the limit."""
    assert len(shorten("7" * 5000, 40)) <= 40
