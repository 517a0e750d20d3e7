"""Shapes of what was left to be filled in."""

from __future__ import annotations

import re

from scorer.publication.shapes import Found, Page, shape

_LINE = re.compile(r"_{2,60}|＿{2,60}|﹍{2,60}")
_UNIT = "件次人份个项家起条名场期部处户宗批例篇本台套天年月日万亿元余多%％"
_CROSS = re.compile(
    rf"20[XxＸ×*＊]{{2}}(?=年)|(?<![A-Za-zＸ×xX*＊\d－-])(?:[XxＸｘ]{{2,8}}|×{{2,8}}|[XxＸ×](?=[{_UNIT}](?!\w*[a-zA-Z])))(?![A-Za-z\d－-])"
)
_SIGN = re.compile(r"(?P<sign>[XxＸｘ])[+＋]|[+＋](?P<after>[XxＸｘ])")
_BOXES = re.compile(r"[□○◯〇●■△]{2,20}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[□○◯△]{2,20}")
_STARS = re.compile(r"(?<![\d*＊★])[*＊]{2,20}(?![\d*＊★])")
_EMPTY = re.compile(r"[（(][ \u3000]{0,20}[）)]|《[ \u3000]{0,20}》|[“\"][ \u3000]{0,20}”|〔[ \u3000]{0,10}〕|【[ \u3000]{0,10}】")
_GAP_BEFORE_UNIT = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000\u00a0]{2,20}(?=(?:人次|场次|件次|家次|户次|[件次份项起条场宗例篇人名家户个号%％])(?:[，。；、,;]|$|文件))"
)
_DAY = re.compile(
    r"(?:20\d\d|20[XxＸ×_ \u3000]{1,6}|(?<![\d年月日])[ \u3000]{1,8})年[ \u3000_]{1,8}月(?:[ \u3000_]{0,8}日)?|\d{1,2}月[ \u3000_]{1,8}日"
)
_LETTER = re.compile(
    r"(?<![A-Za-z\d.])[NnMm](?=[件份起场宗])|[?？]{1,8}(?=[件次份项起条场宗例]\S)|(?<=[\u4e00-\u9fff])[?？]{2,8}(?=[\u4e00-\u9fff])"
)
_MARKED = re.compile(
    r"[【\[［〔（(〈<｛{][^】\]］〕）)〉>｝}\n]{0,12}(?:待|请|此处|这里|需|空缺|缺|略去|填|补|TODO|TBD|todo|核实|插入)[^】\]］〕）)〉>｝}\n]{0,40}[】\]］〕）)〉>｝}]"
)
_TODO = re.compile(r"(?<![A-Za-z])(?:TODO|TBD|FIXME|lorem ipsum|Lorem ipsum|LOREM|xxxx|placeholder|Placeholder)(?![A-Za-z])")


def _simple(name: str, expression: re.Pattern[str]) -> None:
    @shape(name)
    def found(page: Page) -> Found:
        for at, line in page.lines():
            for match in expression.finditer(line):
                yield page.quote(at + match.start(), at + match.end()), ""


_simple("underline", _LINE)


@shape("cross")
def cross(page: Page) -> Found:
    """Crosses for a number or a name; a surname before them veils a person, as it should, and an X that the text has as a sign
    of its own (“X＋综合执法”) stands for itself."""
    sign = _SIGN.search(page.document.text)
    for at, line in page.lines():
        for match in _CROSS.finditer(line):
            if sign and match.group() in sign.group("sign", "after"):
                continue
            if line[max(match.start() - 1, 0) : match.start()] not in page.words["surnames"] or line[
                match.end() : match.end() + 1
            ] in tuple(_UNIT):
                yield page.quote(at + match.start(), at + match.end()), ""


_simple("boxes", _BOXES)
_simple("stars", _STARS)
_simple("empty-brackets", _EMPTY)
_simple("gap-before-unit", _GAP_BEFORE_UNIT)
_simple("blank-day", _DAY)
_simple("letter-for-number", _LETTER)
_simple("todo", _TODO)


@shape("marked")
def marked(page: Page) -> Found:
    """Brackets in which somebody is asked to write something; ``words`` of the list tell a request from an aside."""
    for at, line in page.lines():
        for match in _MARKED.finditer(line):
            inner = match.group()[1:-1]
            if any(word in inner for word in page.words["requests"]):
                yield page.quote(at + match.start(), at + match.end()), ""


@shape("some-organ")
def some_organ(page: Page) -> Found:
    """An organ without its name: 某某县, XX局, ××镇, and 某县 where it is the one that reports. In a case told without names they stay."""
    for at, line in page.lines():
        for match in _SOME.finditer(line):
            around = line[max(0, match.start() - 40) : match.end() + 40]
            if not any(word in around for word in page.words["cases"]):
                yield page.quote(at + match.start(), at + match.end()), ""


_ORGAN = "(?:自治)?(?:[省市县区州盟旗乡镇村局委办]|街道|开发区|部门|单位|同志)"
_SOME = re.compile(
    rf"(?:某某|[XxＸ×]{{1,4}}|[○〇]{{2,3}}){_ORGAN}(?![某×])"
    rf"|(?:(?<=[。；，])|^[ \u3000]{{0,8}})某(?:[市县区乡镇]|街道)(?=人民政府|政府|司法局|财政局|委|党|认真|坚持|深入|高度|始终|全面|以)"
)
