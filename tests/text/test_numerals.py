"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.text.numerals import chinese_number, chinese_numeral

DIGITS = "零一二三四五六七八九"


def spell(value: int) -> str:
    """The usual Chinese spelling of a number below ten thousand."""
    if value == 0:
        return "零"
    words, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += ("零" if pending else "") + DIGITS[digit] + name
            pending = False
        elif words:
            pending = True
    return words[1:] if 10 <= value < 20 else words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三百二十", 320),
        ("一百零五", 105),
        ("两千", 2000),
        ("两万", 20000),
        ("一万零三百", 10300),
        ("三亿五千万", 350_000_000),
        ("二〇二三", 2023),
        ("二○二三", 2023),
        ("二零二三", 2023),
        ("壹佰贰拾", 120),
        ("〇", 0),
    ],
)
def test_spelt_numbers(text: str, value: int) -> None:
    """Units, big units, digits in a row and banker's characters are understood."""
    got = chinese_number(text)

    assert got == value


@pytest.mark.parametrize("text", ["", "12", "三件", "一二十", "两万三", "万"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    """Anything else, and colloquial short forms, are not guessed at."""
    got = chinese_number(text)

    assert got is None


@given(st.integers(0, 9999))
def test_spelling_and_reading_agree(value: int) -> None:
    """Every number below ten thousand is read back from its usual spelling."""
    got = chinese_number(spell(value))

    assert got == value


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_ten_thousands(high: int, low: int) -> None:
    """万 multiplies what stands before it and adds what stands after it."""
    got = chinese_number(spell(high) + "万" + spell(low))

    assert got == high * 10_000 + low


@given(st.text(alphabet="零〇一二十百千万亿两件", max_size=8))
def test_never_raises(text: str) -> None:
    """Any run of numeral characters gives a number or nothing."""
    got = chinese_number(text)

    assert got is None or got >= 0


@given(st.integers(1, 999))
def test_numerals_of_headings_lead_back(value: int) -> None:
    """A numeral made for a heading has the value it was made from."""
    assert chinese_number(chinese_numeral(value)) == value


def test_numerals_of_headings() -> None:
    """Ten and its like are written as people write them."""
    assert [chinese_numeral(n) for n in (1, 10, 11, 20, 21, 100, 105, 110)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "一百",
        "一百零五",
        "一百一十",
    ]
