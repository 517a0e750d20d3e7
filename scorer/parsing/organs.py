"""Whose report it is: organs in the title, the signature, under the title and after labels; short names completed from the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scorer.document import Span
from scorer.folding import TRADITIONAL, simplify
from scorer.parsing.bylines import byline
from scorer.parsing.labels import Datum, Labels
from scorer.text.dates import find_dates
from scorer.text.places import LETTERS, SUFFIX
from scorer.vocabulary import Place

_HAN = r"[^\W\da-zA-Z_]"
_YEAR_FIRST = re.compile(r"^(?:(?:19|20)\d\d|二[〇零○O0][^年]{2})\s*年?度?\s*")
_ABOUT = re.compile(r"关于|(?:19|20)\d\d年?|二[〇零○][一二三四五六七八九〇零○]{2}年|$")
_PLACE = re.compile(rf"(?P<place>{_HAN}{{1,12}}?(?:{SUFFIX}))$")
# A name that begins with a tier or an organ's own suffix has no place of its own: 市水务局, 局. 市中区 is a place.
_SHORT = re.compile(rf"(?:[{LETTERS}](?!{_HAN}{{0,2}}[{LETTERS}](?:{_HAN}|$))|[局厅委办部院署](?:$|机关))")
_OF_NAME = r"[^\W\da-zA-Z_我受在向由经请据被将把]"
_BOUND = rf"(?<!{_HAN})"
_GOVERNED = re.compile(rf"{_HAN}{{1,14}}[省市县区旗镇乡州]|{_HAN}{{1,10}}(?:民族乡|苏木)")
_OFFICE = re.compile(r"(?<=政府)办公?[室厅]?$")
SHORT_MAX = 8


def cut(labels: Labels, title: str) -> str:
    """What stands in a title before 关于, the year and the subject: organ or place."""
    words = title.removeprefix("关于").removeprefix("關於")
    words = _YEAR_FIRST.sub("", words)
    # Simplified character by character, so that places in it are places in the words.
    plain = simplify(words)
    end = match.start() if (match := _ABOUT.search(plain)) else len(words)
    if plain.startswith("关于", end) and labels.organs(words[:end].strip()):
        return words[:end].strip()  # an office may have the subject in its name: 法治政府建设领导小组办公室
    found = [at for word in labels.words("report-subject") if (at := plain.find(word)) >= 0]
    return words[: min([end, *found])].strip(" 　的")


def issuer_of(labels: Labels, title: Datum | None, given: Datum | None = None) -> tuple[Datum | None, Datum | None]:
    """The body whose report it is, and who has put its name to the page (signature, else label); ``given`` is the organ in whose
    name it is told (受…委托): who tells it, signs it or posts it is another one then."""
    signature, header = signature_organ(labels), labelled_organ(labels) or _hinted_organ(labels)
    titled, place = title_organ(labels, title), _title_place(labels, title)
    if titled and signature and (titled.value in signature.value or _short(labels, titled.value) or _covers(titled.value, signature.value)):
        titled = signature
    elif titled and header and header.place is Place.HEADER and _covers(titled.value, header.value):
        titled = header
    if given and place and _short(labels, given.value) and place.value.endswith(given.value[0]):
        given = given._replace(value=place.value + given.value[1:])
    issuer = titled or given or signature or _under_title(labels) or _government_of(place, header) or place or header
    return _completed(labels, issuer), signature or header


def is_place(labels: Labels, words: str) -> bool:
    """Whether words are the name of a place, with more than the word of its tier (我县, 全市 and 县 are none)."""
    words = labels.document.comparable(words)
    return len(words) > 2 and bool(_PLACE.fullmatch(words)) and not _short(labels, words)


def title_organ(labels: Labels, title: Datum | None) -> Datum | None:
    """The organs at the head of the title."""
    if title is None:
        return None
    named = labels.organs(cut(labels, title.value))
    own = set(labels.words("own-organ"))
    named = [name[1:] if name in own else name for name in named]
    return Datum("、".join(named), title.span, Place.TITLE) if named else None


def signature_organ(labels: Labels) -> Datum | None:
    """The organs under the report."""
    named: list[str] = []
    span: Span | None = None
    for line in labels.page.signature:
        words = labels.document.quote(*line.span).quote
        for found in find_dates(line.text):
            words = labels.document.quote(line.span.start, line.span.start + found.start).quote
            break
        here = labels.organs(words)
        if here:
            named.extend(here)
            span = line.span if span is None else Span(span.start, line.span.end)
    return Datum("、".join(dict.fromkeys(named)), span, Place.SIGNATURE) if span else None


def labelled_organ(labels: Labels) -> Datum | None:
    """The organ that issues or publishes, by its label."""
    for name in ("label-issuer", "label-source"):
        for start, end in labels.ranges(name):
            words = labels.document.quote(start, end).quote
            words = re.split(rf"[|│]|\s{{2,}}|\s(?={_HAN}{{2,6}}[:：])", words.strip())[0]
            date = re.search(r"\d{4}[-/.年]", words)
            stop = min([date.start()] if date else [], default=len(words))
            stop = min([stop, *(at for word in labels.words("furniture") if (at := words.find(word)) > 0)])
            words = words[:stop].strip(" [(【")
            if words and name == "label-issuer" and _PLACE.match(labels.document.comparable(words)):
                return Datum(words, Span(start, end), Place.HEADER)
            if words and (named := labels.organs(words)) and not labels.any("not-organ", Span(start, end)):
                return Datum("、".join(named), Span(start, end), Place.HEADER)
    return None


def _hinted_organ(labels: Labels) -> Datum | None:
    """The source that the file itself names (a meta tag)."""
    named = labels.organs(labels.document.hints.get("source", ""))
    return Datum("、".join(named), None, Place.FILE) if named else None


def _title_place(labels: Labels, title: Datum | None) -> Datum | None:
    if title is None:
        return None
    place = _PLACE.search(labels.document.comparable(cut(labels, title.value)))
    return Datum(place["place"], title.span, Place.TITLE) if place else None


def _under_title(labels: Labels) -> Datum | None:
    """An organ on a line of its own under the title, or above it with the word 文件 (the red head)."""
    for line in labels.page.header:
        if (signed := byline(labels, line)) and signed.organs and (signed.sure or not signed.date):
            return Datum(signed.organs, line.span, Place.HEADER)
    for line in labels.page.header:
        words = labels.plain(*line.span)
        if words.endswith("文件") and (named := labels.organs(words.removesuffix("文件"))):
            return Datum("、".join(named), line.span, Place.HEADER)
    return None


def _government_of(place: Datum | None, header: Datum | None) -> Datum | None:
    """The government of the place that the title names, where the page names it or its office as publisher."""
    if place is None or header is None or place.value not in header.value:
        return None
    name = _OFFICE.sub("", header.value)
    return Datum(name, header.span, Place.TITLE) if name.endswith("政府") else None


def _around(labels: Labels) -> Iterator[str]:
    """The texts of a page in which the full name of its office may stand, the nearest first."""
    for line in (*labels.page.signature, *labels.page.header, *labels.page.footer):
        yield line.text
    yield from (labels.document.comparable(labels.document.hints.get(name, "")) for name in ("site", "source", "page_title", "title"))
    yield from re.split(r"[/\\]", labels.document.comparable(labels.document.path))[-4:]
    yield from (line.text for line in labels.page.body[:2])


def _completed(labels: Labels, issuer: Datum | None) -> Datum | None:
    """An organ with its place before it, as far as the page gives it; simplified where the page is in traditional characters."""
    if issuer is None:
        return None
    names = [_complete(labels, name) if _short(labels, name) else name for name in issuer.value.split("、")]
    names = [name + _organ_of(labels, name) for name in names]
    value = "、".join(names)
    plain = simplify(labels.document.comparable(value)) if not TRADITIONAL.isdisjoint(value) else value
    if labels.document.traditional or (plain != value and plain in labels.text):
        value = plain  # a page in traditional characters, or one that writes the name in simplified ones itself
    return issuer._replace(value=value)


def _organ_of(labels: Labels, name: str) -> str:
    """What makes a place an organ, where the page names its government or speaks of it (区政府): 人民政府, of a 街道 办事处.

    An area with a committee of its own (开发区) and a 地区 have no government; for these, and for organs, the word is empty.
    """
    name = labels.document.comparable(name)
    if name.endswith("街道"):
        return "办事处" if "办事处" in labels.text else ""
    if not _GOVERNED.fullmatch(name):
        return ""
    texts = (*_around(labels), labels.text)
    if any(word in text for text in texts for word in (f"{name}人民政府", f"{name}政府")):
        return "人民政府"
    area = f"{name}管" in labels.text or any(
        word[-1] in "区园城" and len(word) > 1 and name.endswith(word) for word in labels.words("level-county")
    )
    return "" if area or f"{name[-1]}政府" not in labels.text else "人民政府"


def _short(labels: Labels, name: str) -> bool:
    return bool(_SHORT.match(labels.document.comparable(name)))


def _complete(labels: Labels, name: str) -> str:
    name = labels.document.comparable(name)
    if len(name) == 1:  # 局2021年度…: whichever organ of that kind the page names
        full = re.compile(rf"{_BOUND}{_HAN}{{2,14}}{name}(?!{_HAN})")
        named = [match.group() for text in _around(labels) if (match := full.search(_bare(labels, text)))]
        known = [other for other in named if not _short(labels, other)]
        return known[0] if known else _complete(labels, named[0]) if named else name
    whole = re.compile(rf"{_BOUND}({_OF_NAME}{{1,12}}?{re.escape(name)})")
    for text in _around(labels):
        if (match := whole.search(_bare(labels, text))) and not _short(labels, match[1]):
            return match[1]
    tier = name[0]
    if tier not in LETTERS:
        return name
    place = re.compile(rf"{_BOUND}({_OF_NAME}{{1,9}}?{tier})(?=人民政府|政府|委|门户|网|{_HAN}{{2,10}}[局厅委办会]|[^\w]|$)")
    places = Counter(match[1] for text in _around(labels) if len(text) < 200 for match in place.finditer(_bare(labels, text)))
    places = Counter({found: count for found, count in places.items() if not _short(labels, found)})
    return places.most_common(1)[0][0] + name[1:] if places else name


def _bare(labels: Labels, text: str) -> str:
    """A line with the words before organs (主办, 版权所有) set apart from them."""
    for word in labels.words("before-organ"):
        text = text.replace(word, " ")
    return text


def _covers(short: str, full: str) -> bool:
    """Whether a full name holds all characters of a short one, the first two side by side: 岚河证监局, 区城管局."""
    if len(short) > SHORT_MAX or len(full) <= len(short) or short[-1] != full[-1] or short.endswith("政府") or "、" in full:
        return False
    return short[:2] in full and not Counter(short) - Counter(full)
