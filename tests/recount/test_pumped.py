"""No statement makes the work grow faster than the text: pumped sentences of every kind."""

from __future__ import annotations

import time

import pytest

from scorer import load_pack
from scorer.document import Document
from scorer.parsing.report import parse
from scorer.recount import find_statements

LENGTH = 200_000
# Processor time of one pumped text; what grows with the square of its length takes minutes.
SECONDS = 15.0
SHAPES = {
    "rate": "受理25件，办结24件，办结率96%。分别为5件、6件、7件、还",
    "hidden marks": "同比增长5%，受理行政复议案件85件，\u202e共",
    "list": "受理25件、",
    "balance": "上年结转12件，新收85件，办结90件，结转7件。",
    "balance without end": "上年结转12件，新收85件，办结90件，",
    "periods": "全年310件，上半年150件；",
    "parts": "培训640人次，市级班250人次、县级班390人次。",
    "product": "4期，每期50人，共200人；",
    "hundred": "维持占62%，撤销占23%，终止占15%；",
    "sign": "由70件减少到60件，去年为910件次，同比上升。",
    "follows": "75件，同比增长25%，上年备案60件。",
    "average": "8名律师审查合同416份，人均52份；均在60日内办结，平均30日。",
    "triple": "评查300卷，优秀210本，优秀率70%。",
    "days": "9月1日至9月5日，2024年1月起至2月1日止，",
    "rank": "由第8位前移3位至第5位，在9个县中排第1位，",
    "table": "行政复议 | 12 | 85 | 90 | 7\n",
    "brackets": "(5件(6件)",
    "numerals": "一百二十件、百分之八十，",
    "order": "由多到少依次为310件、290件、265件，甲最多，",
    "multiple": "上年50件，今年200件，是上年的4倍；",
    "halves": "32个单位中13个优秀，不到一半。",
    "measures": "总投资3.6亿元(折合36000万元)，",
    "sentences": "答复143件，同比增长30%。上年共答复110件。",
    "comma table": "罚款,87,90%\n",
    "blank table": "罚款 87 90%\n",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_pumped_sentences_are_read_in_bounded_time(shape: str) -> None:
    """200,000 characters of one shape, broken off anywhere, are recomputed within the bound."""
    body = (shape * (LENGTH // len(shape) + 1))[:LENGTH]
    report = parse(Document.from_text(f"岚溪县2023年法治政府建设情况报告\n一、主要举措\n{body}"), load_pack())
    start = time.process_time()
    find_statements(report.text, report.sentences, report.hits)
    assert time.process_time() - start < SECONDS
