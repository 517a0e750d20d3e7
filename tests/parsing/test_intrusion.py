"""Foreign words in a page: where they count, and lawful talk that looks like them."""

from __future__ import annotations

import pytest

from scorer import load_pack
from scorer.document import Document
from scorer.parsing.report import Report, parse

REPORT = "柏溪乡2023年法治政府建设情况报告\n2023年，柏溪乡推进依法行政，现将有关情况报告如下，请审阅，不足之处请批评指正，谢谢。\n一、主要举措\n办理执法案件17件。\n{}\n二、存在的不足\n执法人员少，原因在于编制紧张。\n柏溪乡人民政府\n2024年1月30日\n"


def parsed(line: str = "审查合同9份。", **hints: str) -> Report:
    """A report with a line in it, and what its page says of itself."""
    document = Document.from_text(REPORT.format(line))
    return parse(Document(document.text, document.paragraphs, hints=hints), load_pack())


@pytest.mark.parametrize("name", ["hidden", "page_title", "keywords", "description"])
def test_one_word_where_nobody_looks_is_enough(name: str) -> None:
    """In hidden text, title, keywords and description one such word is told."""
    assert parsed(**{name: "首页 澳门金沙开户"}).intrusions == ("澳门金沙",)


@pytest.mark.parametrize(
    "line",
    ["金沙国际娱乐场", "时时彩 百家乐 官网直营", "澳门葡京、时时彩、老虎机欢迎注册，这一行很长，写成了一句有句号的话，夹在报告正文中间。"],
)
def test_words_among_the_lines(line: str) -> None:
    """A line of such words is told, and unless it is running text it is no part of the body."""
    report = parsed(line)

    assert report.intrusions
    assert len(line) > 40 or line not in [part.text for part in report.body]


@pytest.mark.parametrize(
    "line",
    [
        "打击跨境网络赌博，查处利用六合彩、百家乐聚众赌博案件5起，取缔老虎机12台。",
        "加强彩票销售网点、文化娱乐场所和网络游戏管理，整治涉黄涉赌。",
        "太阳城小区加装电梯，凯发科技公司获得法律体检。",
        "严厉查处色情网站、裸聊直播平台。",
    ],
)
def test_lawful_talk_is_no_alarm(line: str) -> None:
    """What a report or a news headline says of fighting such things is not told, in the text or beside it."""
    report = parsed(line, hidden=line, description=line, keywords="打击网络赌博")

    assert report.intrusions == ()
    assert line.replace("，", ",") in [part.text for part in report.body]
