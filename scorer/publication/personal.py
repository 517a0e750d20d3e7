"""Shapes of what belongs to persons: numbers of identity, telephones and cards, addresses, names beside penalties."""

from __future__ import annotations

import re
from datetime import date

from scorer.publication import dictionary
from scorer.publication.shapes import Found, Page, shape

_IDENTITY = re.compile(r"(?<![\dA-Za-z])([1-8]\d{5})[ ]?((?:18|19|20)\d\d)(\d\d)(\d\d)[ ]?(\d{3}[\dXxＸｘ])(?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?<![\dA-Za-z.])(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4}|[- ]\d{8})(?![\dA-Za-z%]|\.\d)")
_LANDLINE = re.compile(r"(?<![\d.〔\[])0\d{2,3}[-—－ ]\d{7,8}(?!\d)")
_CARD = re.compile(r"(?<![\dA-Za-z.])[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?![\dA-Za-z])")
_MAIL = re.compile(r"(?<![A-Za-z0-9.])[A-Za-z0-9][A-Za-z0-9._-]{1,40}@[A-Za-z0-9-]{1,30}\.[A-Za-z.]{2,12}")
_DOOR = re.compile(
    r"(?:家庭住址|家庭地址|住所地|户籍地址|户籍地|户籍所在地|现住址|现住|家住|住址|居住地|居住于|居住在|住在|住所|暂住|身份证住址|住(?=[\u4e00-\u9fff]{2,20}[\d０-９一二三四五六七八九十]{1,5}[号组栋室]))"
    r"[为在于是系：:]{0,2}([\u4e00-\u9fffA-Za-z\d０-９（）()—-]{3,40}?[\d０-９一二三四五六七八九十]{1,5}(?:号楼|号|栋|幢|单元|室|组|弄|座))"
)
_ROOM = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:路|街|巷|小区|花园|苑|村|里|园|城)\d{1,4}(?:号楼|号|栋|幢|座)?(?:\d{1,2}单元)?\d{0,2}(?:栋|幢|座|号楼|单元)\d{1,5}(?:室|号|房)?"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
_PASSPORT = re.compile(
    r"(?:护照|通行证|军官证|社保卡|社会保障卡|驾驶证|残疾人证|学号|医保卡)(?:号码|号|编号)?[为是：:]{1,2}[A-Za-z]{0,2}[\d]{6,20}"
)


@shape("identity-number")
def identity_number(page: Page) -> Found:
    """Eighteen digits with a real day of birth and the right check digit (GB 11643)."""
    for at, line in page.lines():
        for match in _IDENTITY.finditer(line):
            region, year, month, day, rest = match.groups()
            digits = f"{region}{year}{month}{day}{rest}".upper().replace("Ｘ", "X")
            total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                continue
            if "10X98765432"[total % 11] == digits[-1]:
                yield page.quote(at + match.start(), at + match.end()), ""


@shape("mobile")
def mobile(page: Page) -> Found:
    """Eleven digits of a mobile telephone."""
    for at, line in page.lines():
        for match in _MOBILE.finditer(line):
            yield page.quote(at + match.start(), at + match.end()), ""


@shape("bank-card")
def bank_card(page: Page) -> Found:
    """Sixteen to nineteen digits that fulfil Luhn's formula and are no number of identity."""
    for at, line in page.lines():
        for match in _CARD.finditer(line):
            digits = re.sub(r"\D", "", match.group())
            if 16 <= len(digits) <= 19 and luhn(digits) and not _IDENTITY.fullmatch(match.group()):
                yield page.quote(at + match.start(), at + match.end()), ""


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _simple(name: str, expression: re.Pattern[str]) -> None:
    @shape(name)
    def found(page: Page) -> Found:
        for at, line in page.lines():
            for match in expression.finditer(line):
                yield page.quote(at + match.start(), at + match.end()), ""


_simple("mail", _MAIL)
_simple("plate", _PLATE)
_simple("paper", _PASSPORT)


@shape("address")
def address(page: Page) -> Found:
    """Where somebody lives, down to the door."""
    for at, line in page.lines():
        taken = 0
        for expression in (_DOOR, _ROOM):
            for match in expression.finditer(line):
                if match.start() >= taken:
                    taken = match.end()
                    yield page.quote(at + match.start(), at + match.end()), ""


@shape("name")
def name(page: Page) -> Found:
    """A full name after or before words of penalties and cases (``roles`` and ``acts`` of the list)."""
    surnames = frozenset(page.words["surnames"])
    roles = re.compile(f"(?:{'|'.join(map(re.escape, page.words['roles']))})[：:（(]?(?P<name>[\u4e00-\u9fff]{{2,4}})")
    acts = re.compile(f"(?P<name>[\u4e00-\u9fff]{{2,3}})(?:[（(][^）)\n]{{0,30}}[）)])?(?={'|'.join(map(re.escape, page.words['acts']))})")
    follow = frozenset(page.words["after-names"])
    for at, line in page.lines():
        for match in roles.finditer(line):
            found = _named(match["name"], surnames)
            if not found:
                continue
            start = match.start("name")
            for length in (found, 2 if found == 3 else 3):
                rest = line[start + length : start + length + 1]
                if length <= len(match["name"]) and (not rest or rest in follow) and _person(line[start : start + length]):
                    yield page.quote(at + start, at + start + length), ""
                    break
        for match in acts.finditer(line):
            start = match.start("name")
            for first in (start, start + 1):
                said = line[first : match.end("name")]
                before = line[first - 1 : first]
                if (
                    len(said) >= 2
                    and said[0] in surnames
                    and (not before or not "\u4e00" <= before <= "\u9fff" or before in "对将由与和为")
                    and _person(said)
                ):
                    yield page.quote(at + first, at + first + len(said)), ""
                    break


def _named(said: str, surnames: frozenset[str]) -> int:
    """The length of the name with which the words begin, 0 for none."""
    if said[0] not in surnames:
        return 0
    return min(len(said), 3)


def _person(said: str) -> bool:
    """Whether this can be a name: neither veiled nor with a common word in it."""
    if any(veil in said for veil in "某×XＸ*"):
        return False
    return not any(dictionary.is_word(said[:last]) for last in range(2, len(said) + 1))
