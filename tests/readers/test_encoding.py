"""Bytes to text: what is declared, what is there, and what is in two encodings at once."""

from __future__ import annotations

import pytest

from scorer import read
from scorer.readers.encoding import decode, gibberish, remarks

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


LINES = (
    "岚溪县2023年法治政府建设情况报告",
    "全县依法行政工作稳步推进，审查行政规范性文件12件，办理行政复议案件85件。",
    "組織行政執法培訓，審查重大行政決策，全縣法治政府建設工作取得新的進展，群眾滿意。",
    "执法人员的培训工作还不够扎实，下一年将加强对乡镇的指导。",
)


def test_lines_in_three_encodings() -> None:
    """Lines pasted from pages of three encodings are each read in their own."""
    raw = b"\n".join(
        (
            LINES[0].encode(),
            LINES[1].encode("gbk"),
            LINES[2].encode("big5"),
            *[line.encode() for line in (LINES[0], LINES[1], LINES[3]) * 4],
        )
    )
    text, encoding, lossy = decode(raw)

    assert text.split("\n")[:3] == list(LINES[:3]) and not lossy
    assert encoding.startswith("utf-8+")


@pytest.mark.parametrize("other", ["utf-8", "gbk"])
def test_big5_with_lines_of_another_encoding(other: str) -> None:
    """A page in Big5 may hold a foot in UTF-8 or GBK."""
    raw = "\n".join([LINES[2]] * 12).encode("big5") + b"\n" + LINES[1].encode(other)

    assert decode(raw)[0].split("\n") == [LINES[2]] * 12 + [LINES[1]]


@pytest.mark.parametrize("name", ["hz", "utf-7"])
def test_chinese_in_seven_bits_is_read_and_said(name: str) -> None:
    """HZ and UTF-7 look like ASCII; they are read, and the rare way of writing is said."""
    text = "\n".join((LINES[0], LINES[1], LINES[3]) * 3)
    document = read(text.encode(name), name="x.txt")

    assert document.text == text
    assert any(name in warning for warning in document.warnings)


def test_text_encoded_twice_is_read() -> None:
    """UTF-8 that a program took for Western letters."""
    text = "\n".join((LINES[0], LINES[1], LINES[3]) * 3)
    for name in ("latin-1",):
        document = read(text.encode().decode(name).encode(), name="x.txt")

        assert document.text == text
        assert any("两次" in warning for warning in document.warnings)


def test_gibberish_is_said() -> None:
    """What no decoding made sense of is not judged without a word."""
    assert gibberish("".join(chr(0x6000 + 37 * n % 0x3000) for n in range(400)))
    assert gibberish("锟斤拷锟斤拷锟斤拷烫烫烫")
    assert not gibberish("\n".join(LINES * 5))


def test_ascii_with_plus_signs_stays_ascii() -> None:
    """Base64 and sums are no UTF-7, tildes no HZ."""
    for text in ("a+bcdefgh- 1+2222222 +AbCdEfGhIj- " * 20, "~{ ~{ ~/x ~} plain " * 10):
        assert decode(text.encode())[:2] == (text, "utf-8")
