"""Bytes to text: what is declared, what is there, and what is in two encodings at once."""

from __future__ import annotations

import pytest

from scorer.readers.encoding import decode, remarks

PAGE = (
    "<html><head><meta charset={}></head><body>"
    + "<p>全县依法行政工作稳步推进，镕、喆、堃等字也在，审查合同九份。</p>\n" * 20
    + "</body></html>"
)


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "big5"])
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_declared_encoding_decides_nothing(declared: str, real: str) -> None:
    """Any encoding is read whatever the page says; a wrong declaration is remarked, a family name (GB2312) is not wrong."""
    page = PAGE.format(declared)
    text, encoding, lossy = decode(page.encode(real))

    assert text == page and not lossy
    family = {"gb2312": "gb", "gbk": "gb", "gb18030": "gb", "utf-8-sig": "utf-8"}
    wrong = family.get(declared, declared) != family.get(real, real) and not real.startswith("utf-16")
    assert bool(remarks(page.encode(real), encoding, lossy)) == wrong


def test_big5() -> None:
    """Big5 is told from GB18030 by the characters that come out."""
    page = "<meta charset=big5>" + "<p>全縣依法行政工作穩步推進，政府開發這來。</p>" * 20

    assert decode(page.encode("big5")) == (page, "big5", False)


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_piece_in_another_encoding(main: str, other: str) -> None:
    """A footer or heading pasted in from a page of another encoding is read too, and said."""
    raw = PAGE.format(main).encode(main) + b"<p>" + "主办单位：某县人民政府办公室".encode(other) + b"</p>"
    text, encoding, lossy = decode(raw)

    assert text.endswith("<p>主办单位：某县人民政府办公室</p>") and "镕、喆、堃" in text and not lossy
    assert ["两种编码" in remark for remark in remarks(raw, encoding, lossy)] == [True]


@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_broken_byte_costs_one_character(real: str) -> None:
    """One bad byte is replaced and said; the rest of the text stays."""
    page = PAGE.format(real)
    raw = page.encode(real).replace("稳步".encode(real), b"\xff" + "稳步".encode(real), 1)
    text, encoding, lossy = decode(raw)

    assert lossy and encoding == real
    assert text.count("依法行政工作稳步推进") == 19
    assert "读不出来" in remarks(raw, encoding, lossy)[0]


def test_two_characters_that_are_valid_in_both() -> None:
    """A short word of a GBK text that happens to be valid UTF-8 stays GBK."""
    assert decode("联通\n依法行政工作".encode("gbk"))[0] == "联通\n依法行政工作"
