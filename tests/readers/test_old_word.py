"""Old Word files: the binary format and RTF."""

from __future__ import annotations

from pathlib import Path

import formats
import pytest
from helpers import page

from scorer import read
from scorer.document import Document
from scorer.errors import UnreadableError
from scorer.readers import soffice

REPORT = Path(__file__).parent / "files" / "report.doc"


def lines(document: Document) -> list[str]:
    """The paragraphs as text."""
    return [document.text[p.start : p.end] for p in document.paragraphs]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No LibreOffice."""
    monkeypatch.setattr(soffice, "program", lambda: None)


@pytest.mark.usefixtures("alone")
def test_a_doc_without_libreoffice() -> None:
    """The text is there, and the loss is told."""
    got = read(REPORT)

    assert [line.replace("\u3000", "　") for line in lines(got)] == page().splitlines()
    assert got.format == "doc"
    assert "自动编号" in got.warnings[0]


def test_a_doc_with_libreoffice() -> None:
    """LibreOffice gives the same text, and the route is told."""
    if soffice.program() is None:
        pytest.skip("no LibreOffice here")
    got = read(REPORT)

    assert lines(got) == page().splitlines()
    assert "LibreOffice" in got.warnings[0]


def test_a_converter_that_fails_is_no_disaster(monkeypatch: pytest.MonkeyPatch) -> None:
    """What LibreOffice cannot do, the reader of the format does."""
    monkeypatch.setattr(soffice, "program", lambda: "/bin/false")

    assert "没有转换成功" in read(REPORT).warnings[0]


@pytest.mark.usefixtures("alone")
def test_an_encrypted_doc_is_refused() -> None:
    """The mark of a password in the file's head is enough."""
    raw = bytearray(REPORT.read_bytes())
    at = raw.find(b"\xec\xa5")
    raw[at + 11] |= 0x01

    with pytest.raises(UnreadableError, match="密码"):
        read(bytes(raw), name="x")


def test_rtf_in_chinese() -> None:
    """Bytes of codepage 936 and Unicode escapes give the text."""
    text = ["岚溪县报告", "办结80件，占“九成”以上。", "𠮷{}\\"]

    assert lines(read(formats.rtf(text[:2]), name="x")) == text[:2]


def test_rtf_keeps_numbers_and_drops_what_is_not_text() -> None:
    """Numbers Word has drawn stay; instructions, deleted and hidden text, headers and pictures go, and are told."""
    raw = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\header \'d2\'b3}\f0"
        rb"\pard\outlinelevel0{\listtext \'d2\'bb\'a1\'a2}\u20027?\u35201?\par\pard"
        rb"{\field{\*\fldinst PAGE}{\fldrslt 80}}\'bc\'fe{\deleted 70}{\v secret}{\pict 00ff}\par"
        rb"\trowd a\cell b\cell\row}"
    )
    got = read(raw, name="x")

    assert lines(got) == ["一、主要", "80件", "a | b"]
    assert got.paragraphs[0].level == 1
    assert len(got.warnings) == 2


def test_rtf_text_boxes_follow_their_paragraph() -> None:
    """As in Word files; those of headers are no text, and the copy for old programs is not read twice."""
    box = rb"{\shp{\*\shpinst\shpleft1{\sp{\sn fPrint}{\sv 1}}{\shptxt \pard box one\par box two\par}}{\shprslt{\pard box one\par}}}"
    raw = rb"{\rtf1{\header " + box.replace(b"box", b"head") + rb"}before " + box + rb"after\par last\par}"

    assert lines(read(raw, name="x")) == ["before after", "box one", "box two", "last"]


def test_rtf_footnotes_are_told() -> None:
    """They are left out, as in Word files."""
    got = read(rb"{\rtf1 text{\footnote note} goes on{\footnote other}\par}", name="x")

    assert got.text == "text goes on"
    assert got.warnings == ("文档有2处脚注或尾注，注文没有读入。",)


@pytest.mark.parametrize("escape", [rb"\u-10174?\u-8265?", rb"\u134071?"])
def test_rtf_characters_in_two_halves(escape: bytes) -> None:
    """Rare characters of names stand beyond the first 65,536."""
    assert read(rb"{\rtf1 a" + escape + rb"b\par}", name="x").text == "a𠮷b"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rtf_with_chinese_as_it_is(encoding: str) -> None:
    """Also where the second byte of a character is a brace or a backslash."""
    text = "岚溪县报告，誠實懽躙廬"
    raw = b"{\\rtf1\\ansi\\ansicpg936 " + text.encode(encoding) + b"\\par}"

    assert read(raw, name="x").text == text
    lossy = read(raw.replace(b"\\par", b"\xff\xff\\par"), name="x")
    assert any("编码认不出来" in warning for warning in lossy.warnings)


@pytest.mark.parametrize("raw", [b"{\\rtf1" + b"{" * 5000, b"{\\rtf1\\bin99999999999 x", b"{\\rtf1 \\u-1?\\uc99999 \\'zz}"])
def test_hostile_rtf(raw: bytes) -> None:
    """Depth, lengths and escapes that lie end in text or one line."""
    try:
        assert read(raw, name="x").paragraphs
    except UnreadableError as error:
        assert "\n" not in str(error)
