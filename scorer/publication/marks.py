"""Shapes of punctuation and width: what stands in pairs, twice, or in the wrong width; characters written twice."""

from __future__ import annotations

import re

from scorer.publication import dictionary
from scorer.publication.shapes import Found, Page, shape

PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "「": "」", "『": "』", "‘": "’"}
_CLOSES = {close: open_ for open_, close in PAIRS.items()}
_BRACKETS = re.compile("[（）()《》“”【】〔〕「」『』]|(?<![A-Za-z])[‘’](?![A-Za-z])")
_LIST = re.compile(r"(?:^|[\s。；，、：:;,.])[（(]?[\d一二三四五六七八九十a-zA-Z①-⑳]{1,3}$")
_TWICE = re.compile(r"[，、；：,;:][，。、；：！？,;:]|。[，、；：,;:。](?![。.…])|[！？][，。、；：]|(?<![.\d])\.{2}(?!\.)")
_HALF = re.compile(r"(?<=[\u4e00-\u9fff）》”])[,;:?!](?=[\u4e00-\u9fff（《“])")
_FULL = re.compile("[，；：？！]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_STOP = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff]|$)")
_MIXED = 0.96
LONG = 600
"""Marks of full width in a document that is called long."""


@shape("pairs")
def pairs(page: Page) -> Found:
    """Brackets and quotation marks that are not closed, or closed without having been opened; once a paragraph."""
    for at, line in page.lines():
        opened: list[tuple[str, int]] = []
        for match in _BRACKETS.finditer(line):
            mark = {"(": "（", ")": "）"}.get(match.group(), match.group())
            if mark in PAIRS:
                opened.append((mark, match.start()))
            elif opened and opened[-1][0] == _CLOSES[mark]:
                opened.pop()
            elif mark == "）" and _LIST.search(line[max(0, match.start() - 6) : match.start()]):
                continue
            else:
                yield page.quote(at + match.start(), at + match.end()), f"前面缺{_CLOSES[mark]}"
                opened.clear()
                break
        if opened:
            mark, place = opened[-1]
            yield page.quote(at + place, at + min(place + 12, len(line))), f"后面缺{PAIRS[mark]}"


@shape("twice")
def twice(page: Page) -> Found:
    """Two marks where one is meant."""
    for at, line in page.lines():
        for match in _TWICE.finditer(line):
            yield page.quote(at + match.start(), at + match.end()), ""


@shape("half-width")
def half_width(page: Page) -> Found:
    """The one half-width mark between Chinese characters of a document that otherwise uses full width: more are a habit, and in a
    long document one is a trifle."""
    text = page.document.text
    found = [(at + m.start(), at + m.end()) for at, line in page.lines() for m in _HALF.finditer(line)]
    full = len(_FULL.findall(text))
    if len(found) == 1 and full <= LONG and not _NARROW_BRACKET.search(text):
        yield from _once(page, found, full, _MARKS)
    stops = [(at + m.start(), at + m.end()) for at, line in page.lines() for m in _STOP.finditer(line)]
    if len(stops) == 1:
        yield page.quote(*stops[0]), "。"


@shape("full-width")
def full_width(page: Page) -> Found:
    """Full-width digits and letters where the document otherwise uses half width."""
    half = len(_NARROW.findall(page.document.text))
    yield from _once(page, [(at + m.start(), at + m.end()) for at, line in page.lines() for m in _WIDE.finditer(line)], half, _DIGITS)


def _once(page: Page, found: list[tuple[int, int]], usual: int, table: dict[int, int]) -> Found:
    """The first of the places, with the number of the others, when they are few beside what is usual in the document."""
    if found and usual / (usual + len(found)) >= _MIXED:
        start, end = found[0]
        right = page.document.text[start:end].translate(table)
        yield page.quote(start, end), f"{right}（全文共{len(found)}处）" if len(found) > 1 else right


_NARROW_BRACKET = re.compile(r"[\u4e00-\u9fff]\(|\)[\u4e00-\u9fff]")
_MARKS = str.maketrans(",;:?!", "，；：？！")
_DIGITS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW = re.compile("[0-9A-Za-z]+")


@shape("character-twice")
def character_twice(page: Page) -> Found:
    """A particle twice: 的的. Other characters are looked for as parts of words."""
    text, known = page.text, dictionary.words()
    particles = frozenset(page.words["particles"])
    for match in _SAME.finditer(text):
        said = match.group(1)
        start, end = match.span()
        if said not in particles or _pairs_of(text, start, end):
            continue
        # 目的的 is right; 项目的的 is not.
        if text[end - 1 : end + 1] in known:  # 在在建工程, 进行了了解
            continue
        left = text[start - 1 : end - 1] in known and text[max(start - 2, 0) : start] not in known
        if not (left and (said not in page.words["loose"] or text[end - 1 : end + 1] in known)):
            yield page.document.quote(start, end), said


def _pairs_of(text: str, start: int, end: int) -> bool:
    """Whether the double character is half of 实实在在."""
    return text[end : end + 1] == text[end + 1 : end + 2] != "" or (start > 1 and text[start - 2] == text[start - 1])


_SAME = re.compile(r"([\u4e00-\u9fff])\1(?!\1)")


@shape("word-twice")
def word_twice(page: Page) -> Found:
    """A word of two to six characters twice in a row."""
    right, own = frozenset(page.words["repeated"]), frozenset(page.words["known"])
    known = dictionary.words()
    taken = 0
    for match in _AGAIN.finditer(page.text):
        said = match.group(1)
        start, end = match.start(), match.start() + 2 * len(said)
        # 一件一件; 落实落实再落实
        if start < taken or said[0] == "一" or said in right or len(set(said)) == 1 or page.text[end : end + 1] == "再":
            continue
        quote = page.document.quote(start, end)
        if len(quote.quote) > 2 * len(said):  # cells of a table, or what stands in two lines
            continue
        half = start + len(said)
        left = any(word in own or word in known for word in (page.text[max(start - more, 0) : half] for more in (1, 2)))
        if left and any(word in own or word in known for word in (page.text[half : end + more] for more in (1, 2))):
            continue
        if len(said) == 2 and said not in known:
            continue
        taken = end
        yield quote, said


_AGAIN = re.compile(r"(?=([\u4e00-\u9fff]{2,6})\1)")


@shape("split-word")
def split_word(page: Page) -> Found:
    """A figure within a word: 规范性文74件 has lost a character of the word before the figure."""
    text = page.text
    whole = {word[:-1]: word for word in page.words["counted"]}
    sizes = sorted({len(begun) for begun in whole}, reverse=True)
    for match in _FIGURE.finditer(text):
        for size in sizes:
            start = match.start() - size
            word = whole.get(text[start : match.start()]) if start >= 0 else None
            if word is not None and not any(text.endswith(other, 0, match.start()) for other in page.words["counted"]):
                yield page.document.quote(start, match.end()), word + match.group()
                break


_FIGURE = re.compile(r"(?P<figure>\d{1,7})[件次份个项起条场人名家处户篇期部宗]")
