"""Numbers out of all measure, and more of a thing than any report has."""

from __future__ import annotations

import formats
import pytest
from formats import Placed
from helpers import docx, paragraph, word_xml

from scorer import read
from scorer.errors import UnreadableError
from scorer.readers import MAX_PARAGRAPHS
from scorer.readers.webscript import local_date

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def numbering(level: str = "0", start: str = "1", text: str = "%1.") -> str:
    """A list of one level as Word's numbering part has it."""
    return word_xml(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )


@pytest.mark.parametrize("value", ["²", "9" * 5000, "-1", "", "9"])
def test_a_level_that_is_none_numbers_nothing(value: str) -> None:
    """A level that is no number from 0 to 8 is passed over; the text is read."""
    raw = docx(paragraph("依法行政", NUMBERED), numbering=numbering(level=value))

    assert read(raw, name="x").text == "依法行政"


@pytest.mark.parametrize("value", ["²", "9" * 5000, "x"])
def test_a_list_that_begins_nowhere_begins_at_one(value: str) -> None:
    """A start that is no number of reasonable length counts as 1."""
    raw = docx(paragraph("依法行政", NUMBERED), numbering=numbering(start=value))

    assert read(raw, name="x").text == "1.依法行政"


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        ("chineseCountingThousand", "101", "一百〇一"),
        ("chineseCountingThousand", "110", "一百一十"),
        ("chineseLegalSimplified", "10", "壹拾"),
        ("chineseLegalSimplified", "15", "壹拾伍"),
        ("chineseLegalSimplified", "105", "壹佰零伍"),
    ],
)
def test_chinese_numerals_are_words_own(form: str, start: str, shown: str) -> None:
    """Not those of people, who write 一百零一 and 拾."""
    part = numbering(start=start, text="%1、").replace('"decimal"', f'"{form}"')

    assert read(docx(paragraph("依法行政", NUMBERED), numbering=part), name="x").text == f"{shown}、依法行政"


def test_the_text_of_a_level_is_bounded() -> None:
    """A number is no place for a book."""
    raw = docx(paragraph("依法行政", NUMBERED), numbering=numbering(text="第%1部分" * 20_000))

    assert len(read(raw, name="x").text) < 1_000


@pytest.mark.parametrize(
    ("around", "each"),
    [
        ("{}", "{}"),
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "{}"),
        ("<w:p>{}</w:p>", "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"),
        ("<w:tbl>{}</w:tbl>", "<w:tr><w:tc>{}</w:tc></w:tr>"),
    ],
    ids=["paragraphs", "control", "boxes", "rows"],
)
def test_more_paragraphs_than_a_report_has_are_refused(around: str, each: str) -> None:
    """Whatever they stand in."""
    body = around.format("".join(each.format(paragraph(str(n * n))) for n in range(MAX_PARAGRAPHS + 1)))
    with pytest.raises(UnreadableError, match="文字过多"):
        read(docx(body), name="x")


def test_more_lines_than_a_report_has_are_refused() -> None:
    """The same bound for plain text."""
    with pytest.raises(UnreadableError, match="文字过多"):
        read("甲\n".encode() * (MAX_PARAGRAPHS + 1), name="x")


def test_rows_of_an_inner_table_come_once() -> None:
    """Also where rows stand in a content control."""
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('内')}</w:tc></w:tr></w:tbl>"
    row = f"<w:sdt><w:sdtContent><w:tr><w:tc>{paragraph('外')}{inner}</w:tc></w:tr></w:sdtContent></w:sdt>"

    assert read(docx(f"<w:tbl>{row}</w:tbl>"), name="x").text == "外\n内"


@pytest.mark.parametrize("size", ["1e-300", "0.01", "-1e-320"])
def test_print_that_nobody_sees_is_left_out(size: str) -> None:
    """A size of nearly nothing is no text and no division by zero."""
    page = formats._ofd_page([Placed(("依法行政，依法办事。", 79, 300, 16))], "")
    tiny = f'<ofd:TextObject ID="1" Boundary="20 30 100 10" Size="{size}"><ofd:TextCode X="0" Y="3">看不见</ofd:TextCode></ofd:TextObject>'
    raw = formats.ofd([[]], parts={"Doc_0/Pages/Page_0/Content.xml": page.replace("</ofd:Layer>", tiny + "</ofd:Layer>").encode()})

    assert read(raw, name="x").text == "依法行政，依法办事。"


@pytest.mark.parametrize("value", ["2024-13-01T10:00:00Z", "2024-02-30T10:00Z", "9999-12-31T23:00:00Z", "99999-01-01T00:00:00Z"])
def test_a_time_that_is_none_stays_as_it_is(value: str) -> None:
    """No calendar has it."""
    assert local_date(value) == value
