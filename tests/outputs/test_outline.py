"""The outline of a report: official form, what the pack asks, and nothing in it that counts as written."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers import TITLE, assessed, pack_text, page, rule, write_pack

from scorer import Options, assess, load_pack, read
from scorer.document import BLANK, HINT
from scorer.errors import FazhiError
from scorer.outputs.outline import AUTHOR, Line, astray, lines, outline
from scorer.result import Assessment
from scorer.vocabulary import Level

UNIT = "岚溪县人民政府"


@cache
def made(level: str = "county", year: int = 2026, unit: str = UNIT) -> bytes:
    """An outline as a file."""
    return outline(load_pack(), year, level, unit=unit)


def scored(raw: bytes, level: str = "county", year: int = 2026) -> Assessment:
    """A Word file judged as a report of that level and year."""
    return assess(read(raw, name="提纲.docx"), None, Options(year, level))


def opened(raw: bytes) -> Any:
    """The file as python-docx sees it."""
    import docx

    return docx.Document(io.BytesIO(raw))


def body(written: list[Line]) -> list[str]:
    """The lines of the text."""
    return [line.text for line in written]


def notes(written: list[Line]) -> list[str]:
    """What the comments say, in order."""
    return [note for line in written for note in line.notes]


@pytest.mark.parametrize(("level", "year"), [*((level, 2026) for level in Level), ("county", 2019), ("city", 2023)])
def test_an_outline_with_nothing_filled_in_is_no_report(level: str, year: int) -> None:
    """Neither hints nor blanks count: no required content and no task is met, and the reader is told of the blanks."""
    assessment = scored(made(level, year, ""), level, year)
    content = [f for f in assessment.findings if f.category in ("statutory", "task", "timing")]

    assert assessment.is_annual_report
    assert [f.rule for f in content if f.status == "met"] == []
    assert assessment.score is not None
    assert assessment.score.total < 30
    assert assessment.shortcomings == ()
    assert assessment.arrangements == ()
    assert any("空格" in note for note in assessment.notes)


@pytest.mark.parametrize("level", Level)
def test_filling_in_the_blanks_meets_what_is_asked(level: str) -> None:
    """With figures in the blanks, all tasks and all else that figures can tell of are met."""
    written = lines(load_pack(), 2026, level, unit=UNIT)
    filled = "\n".join(re.sub("_{2,}", "12", line.text) for line in written)
    filled = filled.replace("2027年12月12日", "2027年2月12日")
    assessment = assessed(filled, Options(2026, level))
    open_ = [f.rule for f in assessment.findings if f.gap and f.category in ("task", "statutory")]

    # The blanks of the plan want words instead of figures.
    assert set(open_) <= {"statutory.plan"}


def test_hints_pasted_as_text_do_not_count_either() -> None:
    """A hint is known by its first characters in every format."""
    hint = f"{HINT}一是行政裁决制度不健全，主要是经费不足。全年办理行政裁决案件12件。"
    without, with_hint = assessed(page()), assessed(page().replace("二、存在", f"{hint}\n　　{hint}\n二、存在"))

    assert [f.status for f in with_hint.findings] == [f.status for f in without.findings]
    assert with_hint.score == without.score


def test_a_sentence_with_a_blank_is_not_written_yet() -> None:
    """Only the sentences without blanks count."""
    done = "全年办理行政裁决案件12件。"

    def status(measures: str) -> str:
        return next(f.status for f in assessed(page(measures)).findings if f.rule == "task.disputes.adjudication")

    assert status(done) == "met"
    assert status("全年办理行政裁决案件____件，办结12件。") != "met"
    assert status("全年办理行政裁决案件____件。" + done) == "met"


@pytest.mark.parametrize("level", Level)
def test_what_is_asked_of_the_level_stands_in_it(level: str) -> None:
    """Each task of the pack that is asked of level and year has its comment, and no other has."""
    said = notes(lines(load_pack(), 2026, level))
    asked = {rule.id: rule for rule, applies in load_pack().applicable(2026, level) if applies and rule.category == "task"}
    others = [rule for rule, applies in load_pack().applicable(2026, level) if not applies]

    assert all(any(note.startswith(f"{rule.title}：") for note in said) for rule in asked.values())
    assert not any(note.startswith(f"{rule.title}：") for note in said for rule in others)


@pytest.mark.parametrize("level", Level)
def test_what_the_level_need_not_have_stands_last(level: str) -> None:
    """Under a heading of its own, with the comment that it is left out where there is nothing to tell."""
    written = lines(load_pack(), 2026, level)
    rare = [rule for rule, applies in load_pack().applicable(2026, level) if applies and level in rule.params.get("unasked", ())]
    heading = next((n for n, line in enumerate(written) if line.text.endswith("有则写的事项")), None)

    assert (heading is not None) == bool(rare)
    if heading is not None:
        assert written[heading].notes[0].startswith("有则写：")
        before = notes(written[:heading])
        assert not any(note.startswith(f"{rule.title}：") for note in before for rule in rare)


def test_parts_stand_in_order_with_the_right_years() -> None:
    """Four numbered parts, sub-headings counted from one, the plan about the year after."""
    written = body(lines(load_pack(), 2026, "county", unit=UNIT))
    headings = [line for line in written if re.match("[一二三四五六]、", line)]

    assert written[0] == "岚溪县人民政府关于2026年度法治政府建设情况的报告"
    assert [h[:2] for h in headings] == ["一、", "二、", "三、", "四、"]
    assert "举措和成效" in headings[0]
    assert "第一责任人" in headings[1]
    assert "不足和原因" in headings[2]
    assert headings[3].startswith("四、2027年")
    assert [line[:3] for line in written if line.startswith("（")][:3] == ["（一）", "（二）", "（三）"]
    assert written[-2:] == [UNIT, "2027年__月__日"]


@pytest.mark.parametrize(
    ("level", "day"), [("county", "2027年3月1日以前"), ("department", "2027年3月1日以前"), ("province", "2027年4月1日以前")]
)
def test_the_day_of_submission(level: str, day: str) -> None:
    """The comment at the signature names the day for this level; publication is before 1 April for all."""
    hints = notes(lines(load_pack(), 2026, level))

    assert any(day in hint for hint in hints if "按时报送" in hint)
    assert any("2027年4月1日以前" in hint for hint in hints if "按时向社会公开" in hint)


@pytest.mark.parametrize(
    ("level", "to"), [("province", "党中央、国务院"), ("county", "县人大常委会"), ("township", "县人民政府"), ("department", "市____局")]
)
def test_the_addressee_of_each_level(level: str, to: str) -> None:
    """Whom the report goes to is another for each level."""
    addressee = body(lines(load_pack(), 2026, level))[1]

    assert to in addressee
    assert addressee.endswith("：")


def test_the_official_form() -> None:
    """GB/T 9704: A4, its margins, fonts and sizes, page numbers outside, heading levels for the navigation pane."""
    document = opened(made())
    section = document.sections[0]
    styles = {style.name: style for style in document.styles}
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    def font(name: str) -> str:
        found: str = styles[name].element.rPr.rFonts.get(f"{space}eastAsia")
        return found

    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [
        37,
        35,
        28,
        26,
    ]
    assert [font(name) for name in ("Title", "Normal", "Heading 1", "Heading 2")] == [
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
        "楷体_GB2312",
    ]
    assert [styles[name].font.size.pt for name in ("Title", "Normal", "Heading 1")] == [22, 16, 16]
    assert styles["Normal"].paragraph_format.line_spacing.pt == 28
    assert document.settings.odd_and_even_pages_header_footer
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    assert next(p for p in document.paragraphs if p.text.startswith("一、")).style.name == "Heading 1"


def test_hints_are_comments() -> None:
    """No paragraph is a hint: how to write stands in comments by an author of their own, without an hour."""
    document = opened(made())
    comments = list(document.comments)

    assert len(comments) > 20
    assert {comment.author for comment in comments} == {AUTHOR}
    assert all(comment.timestamp is None and comment.text for comment in comments)
    assert not any(p.text.startswith(HINT) or not p.text for p in document.paragraphs)


@pytest.mark.parametrize("level", Level)
def test_an_outline_is_short(level: str) -> None:
    """Six pages of 22 lines of 28 characters hold it; LibreOffice makes five of it."""
    written = lines(load_pack(), 2026, level, unit=UNIT)

    assert sum(-(-(len(line.text) + 2) // 28) for line in written) <= 6 * 22


def test_the_pack_is_named_and_its_notes_are_told() -> None:
    """The first comment says for whom and by which rules; 2026 is judged by an outline that has run out, and that is said."""
    first, *others = lines(load_pack(), 2026, "county")[0].notes
    pack = load_pack()

    assert "县级、2026年度" in first
    assert f"{pack.id} {pack.version}" in first
    assert "删除文档中的所有批注" in first
    assert any("新纲要" in note for note in others)


@pytest.mark.parametrize(
    ("level", "unit", "addressee"),
    [
        ("county", "青岚市岚溪县人民政府", "岚溪县委、岚溪县人大常委会，青岚市委、青岚市人民政府："),
        ("county", "岚溪县人民政府", "岚溪县委、岚溪县人大常委会，____市委、____市人民政府："),
        ("city", "青岚市人民政府", "青岚市委、青岚市人大常委会，____省委、____省人民政府："),
        ("township", "岚溪县禾渡镇人民政府", "岚溪县委、岚溪县人民政府："),
        ("township", "清渡区柳河街道办事处", "清渡区委、清渡区人民政府："),
        ("township", "柳河街道办事处", "____区委、____区人民政府："),
        ("department", "岚溪县司法局", "岚溪县委、岚溪县人民政府，____市司法局："),
        ("department", "青岚市岚溪县市场监督管理局", "岚溪县委、岚溪县人民政府，青岚市市场监督管理局："),
    ],
)
def test_addressee_and_signature_follow_from_the_unit(level: str, unit: str, addressee: str) -> None:
    """What the name of the unit tells is filled in; what it does not tell stays blank."""
    written = body(lines(load_pack(), 2026, level, unit=unit))

    assert written[:2] == [f"{unit}关于2026年度法治政府建设情况的报告", addressee]
    assert written[-2:] == [unit, "2027年__月__日"]


def test_a_street_is_no_town() -> None:
    """The sentences for towns speak of the street office and its communities."""
    text = "\n".join(body(lines(load_pack(), 2026, "township", unit="清渡区柳河街道办事处")))

    assert "街道党工委会议" in text and "办事处主任" in text
    assert not re.search("镇|村民|县直", text)
    assert "镇党委会议" in "\n".join(body(lines(load_pack(), 2026, "township", unit="禾渡镇人民政府")))


def test_last_years_plan_and_shortcomings_are_to_be_accounted_for() -> None:
    """Each arrangement and each shortcoming of last year's report is a row at the end, with what was to be done about it and a blank."""
    previous = assessed(page(title=TITLE))
    document = opened(outline(load_pack(), 2024, "county", previous=previous))
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]

    assert head == [f"{HINT}序号", "上年所写", "上年的对应安排", "本年怎么交代"]
    assert any("安排：" in row[1] and "为乡镇充实执法力量" in row[1] for row in rows)
    assert any("不足：" in row[1] and "乡镇执法力量薄弱" in row[1] and "执法力量" in row[2] for row in rows)
    assert all(row[0].startswith(HINT) and row[3] == BLANK for row in rows)
    said = notes(lines(load_pack(), 2024, "county", previous=previous))
    assert any("逐条交代落实情况" in note for note in said) and any("没有改的继续写在这里" in note for note in said)


def test_last_years_words_do_not_count_as_this_years() -> None:
    """What is laid out from last year's report is a hint: it is no shortcoming and no arrangement of the new one."""
    previous = assessed(page(title=TITLE))
    assessment = scored(outline(load_pack(), 2024, "county", previous=previous), "county", 2024)

    assert assessment.shortcomings == ()
    assert assessment.arrangements == ()


def test_a_report_of_last_year_without_plan() -> None:
    """It is said that nothing was found, instead of nothing."""
    previous = assessed("岚溪县2023年法治政府建设情况报告\n一、主要举措和成效\n全年办结行政复议案件80件。\n")
    document = opened(outline(load_pack(), 2024, "county", previous=previous))

    assert document.tables == []
    assert "没有读出安排和不足" in document.paragraphs[-1].text


def test_rules_of_an_own_pack_have_their_place(tmp_path: Path) -> None:
    """A rule that the skeleton does not name stands under the other matters of the measures part."""
    own = write_pack(tmp_path, pack_text(rule(name="local.first"), extra="extends: [national]").replace("weight: 100", "weight: 32"))
    written = lines(load_pack(str(own)), 2026, "county")
    heading = next(i for i, line in enumerate(written) if "其他工作" in line.text)

    assert any("甲类事项" in line.text + "".join(line.notes) for line in written[heading : heading + 2])


def test_a_pack_without_skeleton_is_refused(tmp_path: Path) -> None:
    """One line says what is missing and what to do."""
    own = write_pack(tmp_path, pack_text(rule()))
    with pytest.raises(FazhiError, match="提纲"):
        lines(load_pack(str(own)), 2026, "county")


def test_equal_input_gives_equal_bytes() -> None:
    """No time and no chance in the file."""
    assert outline(load_pack(), 2026, "city", unit="甲市人民政府") == outline(load_pack(), 2026, "city", unit="甲市人民政府")


def test_odd_names_of_units() -> None:
    """A name with characters that XML cannot hold or with braces does no harm."""
    raw = outline(load_pack(), 2026, "county", unit="岚溪县\x00{year}人民政府 ")

    assert "岚溪县�" in opened(raw).paragraphs[0].text


def test_last_years_report_of_another_unit_is_left_out() -> None:
    """It is said whose it is, in place of the table; without the name of a unit, the level tells."""
    previous = assessed(page(title=TITLE))
    document = opened(outline(load_pack(), 2024, "county", unit="青蒿县人民政府", previous=previous))

    assert document.tables == []
    assert "不是“青蒿县人民政府”的" in document.paragraphs[-1].text and document.paragraphs[-1].text.startswith(HINT)
    assert "没有列入" in astray(previous, "township", "")
    assert astray(previous, "county", "") == astray(previous, "county", UNIT) == ""


def test_sentences_speak_of_the_level() -> None:
    """A town's shortcomings are not those of 乡镇; and the lead-in of a cause has a blank where the shortcoming stands."""
    town = "\n".join(body(lines(load_pack(), 2026, "township", unit="岚溪县禾渡镇人民政府")))

    assert "____乡镇" not in town
    assert "……" not in town
