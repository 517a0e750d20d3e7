"""Chinese numerals to numbers.

Own converter: cn2an turns 一、二是 into 1、2是 and fails on 百分之…点…, and nothing else small and maintained does both.
"""

from __future__ import annotations

DIGITS = {c: v for v, row in enumerate(("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for c in row}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
LONGEST = 20
NUMERAL = "廿卅零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral: 三百二十 is 320, 二〇二三 is 2023, 两万三 is None (not spelt out).

    Digits in a row without units are read as positions. Returns None for anything else.
    """
    if not text or len(text) > LONGEST or any(c not in NUMERAL for c in text):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
        elif c in _TENS:
            if digit or section:
                return None
            section += _TENS[c]
        elif c in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * _BIG[c] if _BIG[c] > 10_000 else total + section * _BIG[c]
            section, digit = 0, None
    if digit and section == 0 and total:
        return None
    return total + section + (digit or 0)


def chinese_numeral(value: int) -> str:
    """The numeral that counts headings and lists (0 to 999): 12 is 十二, 20 is 二十, 105 is 一百零五."""
    if value <= 10:
        return "十" if value == 10 else _HAN[max(value, 0)]
    if value < 20:
        return "十" + _HAN[value - 10]
    if value < 100:
        return _HAN[value // 10] + "十" + (_HAN[value % 10] if value % 10 else "")
    rest = value % 100
    between = "零" if rest < 10 else "一" if rest < 20 else ""
    return _HAN[value // 100 % 10] + "百" + (between + chinese_numeral(rest) if rest else "")


_HAN = "零一二三四五六七八九"
