"""The heading tree."""

from __future__ import annotations

import pytest
from helpers import page, parsed

from scorer.document import Block, Document
from scorer.parsing.headings import number_mark
from scorer.parsing.report import Report, parse
from scorer.rulepack.model import Pack

NESTED = "（一）规范行政执法。全年抽查案卷80宗。\n1.开展培训。举办培训6期，培训320人次。\n2.评查案卷。评查案卷40宗，通报问题12个。\n（二）办好行政复议\n全年受理行政复议案件85件，办结80件。"


def titles(report: Report) -> list[str]:
    """The words of all headings."""
    return [report.text[h.title.start : h.title.end] for h in report.headings]


@pytest.mark.parametrize(
    ("text", "level", "number"),
    [
        ("第一部分 工作", 0, 1),
        ("第三章 安排", 0, 3),
        ("一、工作", 1, 1),
        ("十二、工作", 1, 12),
        ("一.工作", 1, 1),
        ("(三)工作", 2, 3),
        ("(十一)工作", 2, 11),
        ("1.工作", 3, 1),
        ("12、工作", 3, 12),
        ("(2)工作", 4, 2),
        ("③工作", 5, 3),
    ],
)
def test_marks_of_every_level(text: str, level: int, number: int) -> None:
    """第一部分, 一、（一）1.（1）and ① are six levels."""
    got = number_mark(text)

    assert got is not None
    assert got[:2] == (level, number)


@pytest.mark.parametrize("text", ["一是加强领导", "全年工作", "1.5万件", "2023年", "一方面", "(县委)工作"])
def test_what_is_no_mark(text: str) -> None:
    """Enumerations in running text, decimals, years and other brackets number nothing."""
    got = number_mark(text)

    assert got is None


def test_the_tree_of_a_report() -> None:
    """Each heading stands under the next higher one before it."""
    got = parsed(page(measures=NESTED))
    path = {words: got.index.path_of(h.span.start) for words, h in zip(titles(got), got.headings, strict=True)}

    assert titles(got) == ["主要举措和成效", "规范行政执法", "开展培训", "评查案卷", "办好行政复议", "存在的不足和原因", "2024年工作安排"]
    assert path["评查案卷"] == ("一、主要举措和成效", "(一)规范行政执法", "2.评查案卷")
    assert path["办好行政复议"] == ("一、主要举措和成效", "(二)办好行政复议")
    assert path["存在的不足和原因"] == ("二、存在的不足和原因",)


def test_extents_nest() -> None:
    """A heading reaches to the next of its level; its children lie within."""
    got = parsed(page(measures=NESTED))
    first = got.headings[0]

    assert all(first.extent.holds(h.extent) for h in got.headings[1:5])
    assert got.headings[5].extent.start == first.extent.end
    assert all(h.parent is None or got.headings[h.parent].extent.holds(h.extent) for h in got.headings)


def test_run_in_headings_leave_their_text_to_the_body() -> None:
    """What follows a heading in its line is text, not heading."""
    got = parsed(page(measures=NESTED))
    sentence = got.index.sentence_at(got.text.index("全年抽查案卷"))

    assert sentence is not None
    assert not sentence.heading
    assert got.headings[1].run_in
    assert not got.headings[0].run_in


def test_paragraphs_with_a_number_are_told_from_headings() -> None:
    """A long numbered paragraph has a number but no heading of its own words."""
    long = "（一）全年受理行政复议案件85件，办结80件，组织行政执法培训6期，培训执法人员320人次，审查行政规范性文件12件，提出审查意见30条，清理文件40件，均已向社会公布；另审查合同60份。"
    got = parsed(page(measures=long))
    sentence = got.index.sentence_at(got.text.index("提出审查意见"))

    assert sentence is not None
    assert not sentence.heading


def test_headings_without_numbers() -> None:
    """In a report without any numbering short lines are its headings."""
    text = page().replace("一、", "").replace("二、", "").replace("三、", "")
    got = parsed(text)

    assert titles(got) == ["主要举措和成效", "存在的不足和原因", "2024年工作安排"]


def test_style_levels_count_where_no_number_does(pack: Pack) -> None:
    """A heading of the file format needs no number."""
    blocks = [
        Block(line, 1 if line.startswith("办好") else None)
        for line in page(measures="办好行政复议这件事\n全年受理行政复议案件85件，办结80件。").split("\n")
    ]
    got = parse(Document.from_blocks(blocks), pack)

    assert "办好行政复议这件事" in titles(got)


PARTS = ("主要举措和成效", "存在的不足和原因", "2024年工作安排")


def pasted(*heads: str) -> Report:
    """A report under the given three headings."""
    text = page()
    for old, new in zip(("一、主要举措和成效", "二、存在的不足和原因", "三、2024年工作安排"), heads, strict=True):
        text = text.replace(old, new)
    return parsed(text)


@pytest.mark.parametrize(
    "heads",
    [
        (
            "一、上一年度推进法治政府建设的主要举措和成效；",
            "二、上一年度推进法治政府建设存在的不足和原因；",
            "三、下一年度推进法治政府建设的主要安排。",
        ),
        ("（一）上一年度的主要举措和成效；", "（二）上一年度存在的不足和原因；", "（三）下一年度的主要安排。"),
        ("主要举措和成效；", "存在的不足和原因；", "下一年度主要安排。"),
        ("主要举措和成效：", "存在的不足和原因：", "下一年度主要安排："),
        (
            "一、2023年全县上下坚持以人民为中心、聚焦党中央关于法治政府建设的决策部署和省市工作要求推进法治政府建设的主要举措和成效。",
            "二、对照中央和省市关于法治政府建设的要求以及人民群众对公平正义的新期待，当前全县法治政府建设还存在的主要不足和原因。",
            "三、2024年深入贯彻落实党中央决策部署、持续推进法治政府建设的工作打算和主要安排。",
        ),
    ],
)
def test_headings_as_they_are_pasted_keep_their_roles(heads: tuple[str, str, str]) -> None:
    """With ；, with a full stop, with a colon, and as long as the regulation's own words."""
    got = pasted(*heads)

    assert [s.role for s in got.sections] == ["preamble", "measures", "problems", "plan"]
    assert len(got.shortcomings) == 2
    assert len(titles(got)) == 3
    assert all(words and words[-1] not in "；;。" for words in titles(got))


def test_items_of_a_list_with_semicolons_are_no_headings() -> None:
    """（一）……；（二）……； under a heading tell what was done, whatever word of a section stands in them."""
    got = parsed(page(measures="（一）健全问题整改机制，整改问题12个；\n（二）办理复议案件85件；\n（三）公布工作计划4项。"))

    assert titles(got) == ["主要举措和成效", "存在的不足和原因", "2024年工作安排"] or "办理复议案件85件" not in titles(got)
    assert not any(s.heading and "85件" in got.text[s.span.start : s.span.end] for s in got.sentences)


def test_a_title_with_a_colon_is_one_heading() -> None:
    """领跑：党政主要负责人的履责答卷 names the duty; nothing is told after the colon."""
    got = parsed(page(measures="（一）领跑：主要负责人的履职答卷\n县长主持召开专题会议3次。\n（二）行政复议：受理案件85件，办结80件。"))

    assert "领跑:主要负责人的履职答卷" in titles(got)
    assert "行政复议" in titles(got)
