"""Saved web pages: the main text among navigation, index tables and related links, and what meta tags say.

lxml, with the containers that government sites use and paragraph votes where none of them is there: measured against
trafilatura, GNE, justext and readability on pages of this kind, only this kept every paragraph. The tree is walked once,
without recursion: sizes of all elements come from running totals, so that a page of any shape takes linear time.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.readers import webscript

# Ids and classes in which the content systems of government sites put the text of an article.
CONTAINERS = (
    "zoom", "zoomcon", "UCAP-CONTENT", "ucapcontent", "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "view", "pages_content", "Article_content", "article-content",
    "article_content", "articleContent", "article-con", "article_con", "con_text", "content_text", "news_content", "newscontent", "news-content", "Custom_UNIONSTYLE",
    "j-fontContent", "nr_con", "xl_con", "vsb_content", "v_news_content", "bt_content", "content-text", "art_con", "main-txt", "printArea", "xxgk_content", "detail-content",
    "detail_content", "info_content", "infocontent", "mainText", "textContent", "wzcon", "wz_content", "cont_text", "NewsContent", "articlecontent", "text-content", "para", "neirong",
    "js_content", "ivs_content", "rich-text", "NewsText", "news_text", "article-text", "conTxt", "zwnr", "wznr", "xwnr", "xxgk-content", "art_content", "arccontent",
)  # fmt: skip
_WANTED = {name.lower() for name in CONTAINERS}
_SKIP = {
    "script", "style", "noscript", "noframes", "template", "select", "option", "button", "input", "textarea", "iframe", "object", "embed", "svg", "head",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3",
    "h4", "h5", "h6", "blockquote", "pre", "center", "figure", "figcaption", "body", "html", "fieldset", "address", "ucapcontent", "form", "hr", "caption", "colgroup", "tfoot",
}  # fmt: skip
_VOTERS = {"p", "div", "td", "span", "section", "li", "font"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PROSE = re.compile(r"[。;；]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_HIDING = re.compile(
    r"display:none|(?:^|[;{])font-size:0(?:px|pt|r?em|%)?(?:[;}!]|$)|(?:left|top|text-indent):-\d{3,}(?:px|em|pt)|(?:^|[;{])(?:height|width):0(?:px)?;(?:.*;)?overflow:hidden"
)
_RULE = re.compile(r"([.#][\w-]+)\{([^{}]*)\}")
_NAME = re.compile(r"[.#][\w-]+")
_AT_RULE = re.compile(r"@[^{};@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_PICTURE = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=%\s]*")
_PAGES = re.compile(r"createPageHTML\(\s*['\"]?(\d{1,3})\b")
_FILE_LINK = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|rar|zip)(?:$|[?#])", re.IGNORECASE)
_VIEWER = re.compile(r"\.pdf|pdfjs|viewer\.html", re.IGNORECASE)
_ORNAMENT = re.compile(r"logo|icon|qr|ewm|erweima|banner|btn|button|share|weixin|wechat|top|bg|jiucuo|red\.|dzjg", re.IGNORECASE)
# A tag up to its end; values in quotation marks may hold anything. Every quantifier is possessive: the scan is linear.
_TAG = re.compile(r"""<([a-zA-Z][\w:-]{0,40})(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
LONG_PAGE, LONG_TAG, MAX_ATTRIBUTES = 100_000, 20_000, 3000
MAX_ELEMENTS = 150_000
MAX_OUTSIDE = 200
MAX_HIDDEN = 3000
"""So many characters of hidden text, keywords and description are handed over at most."""
LITTLE = 150
"""A page with fewer characters in its main text has its report elsewhere."""
_HINTS = {
    "articletitle": "title",
    "title": "title",
    "og:title": "title",
    "pubdate": "publication_date",
    "publishdate": "publication_date",
    "firstpublishedtime": "publication_date",
    "article:published_time": "publication_date",
    "contentsource": "source",
    "source": "source",
    "sitename": "site",
    "keywords": "keywords",
    "description": "description",
}
_RESAVE = "请在浏览器中重新打开并另存网页"


def looks_like_html(text: str) -> bool:
    """Whether a decoded text is a web page rather than plain text."""
    head = text[:4000].lower()
    return bool(re.search(r"<!doctype html|<html|<head|<body|<meta |<div|<table|<p[ >]", head))


def without_pictures(text: str) -> str:
    """The page without the pictures that single-file saves carry in their attributes."""
    return _PICTURE.sub("data:", text) if ";base64," in text else text


def read(text: str) -> tuple[list[Block], dict[str, str], list[str]]:
    """The lines of a page, what it says of itself, and warnings.

    Beside the hints of its meta tags: ``page_title`` (its title element), ``hidden`` (text that a reader of the page does not
    see, at most ``MAX_HIDDEN`` characters) and ``instead`` (where there is no text: what stands in its place, and the way out).
    Raises ``UnreadableError`` for a page of frames and one without any text.
    """
    root = _parse(text)
    source = _source_view(root)
    if source:
        blocks, hints, warnings = read(source)
        return blocks, hints, ["这是浏览器“查看网页源代码”的存档，已还原成网页读取。", *warnings]
    if root.find(".//frameset") is not None:
        raise UnreadableError(
            "网页由框架（frameset）组成，正文在另一个文件里", remedy="请在浏览器中右键正文，选“在新标签页中打开框架”，再另存网页"
        )
    hints = _hints(root)
    body = root.find("body")
    survey = _Survey(body if body is not None else root, _hidden_names(root))
    container = survey.container()
    warnings = []
    if container is None and survey.hidden_prose():
        # The article waits hidden until a script of the page shows it.
        shown = _Survey(survey.top, frozenset(), show=True)
        if shown.visible - survey.visible >= LITTLE:
            survey, container = shown, shown.container()
    blocks, inside, total = _blocks(survey, container)
    if container is not None and inside < total * 0.4:
        warnings.append(f"网页文字约{total}字，其中认作正文的只有{inside}字，请核对正文是否完整。")
    if inside < 2 * LITTLE or (container is None and not survey.prose):
        article = webscript.article(root)
        if article is not None:
            blocks = [
                *(block._replace(outside=True) for block in blocks),
                *([Block(article.title, 1)] if article.title else []),
                *_article(article.markup),
            ]
            hints.update({name: value for name, value in article.hints.items() if value})
            warnings.append("正文由网页脚本生成，已从网页的脚本数据中读出，请核对是否完整。")
        elif not survey.prose and (instead := _instead(root)):
            hints["instead"] = instead
    pages = _PAGES.search(text)
    if pages and int(pages[1]) > 1:
        warnings.append(f"这篇文章在网站上分{int(pages[1])}页，文件里只有其中一页，请把各页合在一起再检查。")
    if survey.hidden:
        hints["hidden"] = " ".join(survey.hidden)[:MAX_HIDDEN]
    if not blocks:
        raise UnreadableError(
            "网页里没有文字" if "instead" not in hints else hints["instead"].partition("；")[0],
            remedy=hints.get("instead", "").partition("；")[2] or _RESAVE,
        )
    return blocks, hints, warnings


def _tamed(text: str) -> str:
    """The page without tags of thousands of attributes, over which the parser would sit for minutes."""
    if len(text) < LONG_PAGE:
        return text

    def tame(match: re.Match[str]) -> str:
        tag = match.group()
        return tag if len(tag) < LONG_TAG or len(tag.split(None, MAX_ATTRIBUTES)) < MAX_ATTRIBUTES else f"<{match[1]} "

    return _TAG.sub(tame, text)


def _parse(text: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(_tamed(text.replace("\x00", "")).encode("utf-8", "replace"), parser)
    except (ValueError, AssertionError, etree.LxmlError) as error:
        raise UnreadableError("网页读不出来", remedy=_RESAVE) from error
    if root is None:
        raise UnreadableError("网页内容是空的或读不出来", remedy=_RESAVE)
    if len(parser.error_log) and "depth" in parser.error_log[-1].message:
        raise UnreadableError("网页的标签嵌套过深（超过2000层），不像正常的网页", remedy="请把正文复制到Word或文本文件中再检查")
    return root


def _hints(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = _HINTS.get((meta.get("name") or meta.get("property") or "").lower())
        value = (meta.get("content") or "").strip()
        if name and value and name not in found:
            found[name] = webscript.local_date(value[:200]) if name == "publication_date" else value[:200]
    title = root.find(".//title")
    if title is not None and title.text and title.text.strip():
        found["page_title"] = " ".join(title.text.split())[:200]
        found.setdefault("title", found["page_title"])
    return found


def _source_view(root: Any) -> str:
    """The source text in a save of the browser's source view; empty for any other page."""
    lines = [cell for cell in root.iter("td") if cell.get("class") == "line-content"]
    source = "\n".join("".join(line.itertext()) for line in lines) if len(lines) >= 5 else ""
    return source if looks_like_html(source) and "line-content" not in source else ""


def _hidden_names(root: Any) -> frozenset[str]:
    """Classes (.x) and ids (#x) that a style sheet in the page hides, and of which it says nothing else."""
    sheets = "".join(style.text or "" for style in root.iter("style"))
    if not sheets:
        return frozenset()
    sheets = _AT_RULE.sub("", re.sub(r"\s+|/\*.*?(?:\*/|\Z)", "", sheets[:200_000], flags=re.DOTALL)).lower()
    said = Counter(_NAME.findall(sheets))
    return frozenset(name for name, rule in _RULE.findall(sheets) if said[name] == 1 and _HIDING.search(rule))


class _Event(NamedTuple):
    """One step of the walk: text (``element`` is -1), or the start or end of an element (by number)."""

    element: int
    text: str
    end: bool


class _Survey:
    """One walk over a page: its elements in order, what each holds, and the text that cannot be seen."""

    def __init__(self, top: Any, hidden_names: frozenset[str], *, show: bool = False) -> None:
        self.top = top
        self.elements: list[Any] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []  # visible characters before and up to the end of each element
        self.ends: list[int] = []
        self.first: list[int] = []  # its events
        self.last: list[int] = []
        self.own: list[int] = []  # characters directly in an element with prose
        self.voters: set[int] = set()
        self.events: list[_Event] = []
        self.hidden: list[str] = []
        self.visible = 0
        self._unseen = 0
        self._hidden_names = hidden_names
        self._show = show
        self._walk()

    @property
    def prose(self) -> bool:
        """Whether there is enough running text for a report."""
        return sum(self.own[number] for number in self.voters) >= LITTLE

    def size(self, number: int) -> int:
        """The visible characters of an element."""
        return self.ends[number] - self.starts[number]

    def hidden_prose(self) -> bool:
        """Whether running text, and not only a few words, is hidden."""
        words = "".join(self.hidden)
        return len(words) >= LITTLE and len(_PROSE.findall(words)) >= 3

    def _walk(self) -> None:
        stack: list[tuple[int, Any]] = []
        number = self._enter(self.top, -1)
        if number < 0:
            return
        stack.append((number, iter(self.top)))
        while stack:
            number, children = stack[-1]
            for child in children:
                inner = self._enter(child, number)
                if inner >= 0:
                    stack.append((inner, iter(child)))
                    break
                if child.tail:
                    self._text(child.tail, number)
            else:
                stack.pop()
                self.ends[number] = self.visible
                self.last[number] = len(self.events)
                self.events.append(_Event(number, "", True))
                if stack and self.elements[number].tail:
                    self._text(self.elements[number].tail, stack[-1][0])

    def _enter(self, element: Any, parent: int) -> int:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIP:
            return -1
        if (element.attrib or self._hidden_names) and not self._show and self._is_hidden(element):
            if self._unseen < 4 * MAX_HIDDEN:
                self.hidden.append(" ".join("".join(element.itertext()).split())[: 4 * MAX_HIDDEN])
                self._unseen += len(self.hidden[-1]) + 1
            return -1
        number = len(self.elements)
        if number == MAX_ELEMENTS:
            raise UnreadableError("网页的标签过多，不像一份报告的网页", remedy="请把正文复制到Word或文本文件中再检查")
        self.elements.append(element)
        self.tags.append(tag)
        self.parents.append(parent)
        self.starts.append(self.visible)
        self.ends.append(self.visible)
        self.first.append(len(self.events))
        self.last.append(len(self.events))
        self.own.append(0)
        self.events.append(_Event(number, "", False))
        if element.text:
            self._text(element.text, number)
        return number

    def _text(self, text: str, owner: int) -> None:
        length = len("".join(text.split()))
        self.visible += length
        self.events.append(_Event(-1, text, False))
        if length and self.tags[owner] in _VOTERS:
            self.own[owner] += length
            if owner not in self.voters and _PROSE.search(text):
                self.voters.add(owner)

    def _is_hidden(self, element: Any) -> bool:
        style = element.get("style")
        if style and _HIDING.search(rule := style.replace(" ", "").lower()):
            # Boxes with letters of size 0 close the gaps between boxes that have a size of their own.
            return (
                "display:none" in rule
                or "font-size:0" not in rule
                or not any("font" in (e.get("style") or "") for e in element.iterdescendants())
            )
        if element.get("hidden") is not None:
            return True
        if not self._hidden_names:
            return False
        names = {f"#{(element.get('id') or '').lower()}", *(f".{name}" for name in (element.get("class") or "").lower().split())}
        return bool(names & self._hidden_names)

    def container(self) -> int | None:
        """The number of the element that holds the article; None when the whole page is as good."""
        candidates = []
        for number, element in enumerate(self.elements):
            names = element.get("class")
            if (
                (names and not _WANTED.isdisjoint(names.lower().split()))
                or ((name := element.get("id")) and name.lower() in _WANTED)
                or self.tags[number] in _WANTED
            ):
                size = self.size(number)
                if size >= LITTLE:
                    candidates.append((size, number))
        if candidates:
            best = max(size for size, _ in candidates)
            # The innermost of those that hold nearly all of the text.
            chosen = [number for size, number in candidates if size >= best * 0.9][-1]
            # An article cut into several boxes of one class lies in what holds them all.
            parent, name = self.parents[chosen], self.elements[chosen].get("class")
            twins = any(n != chosen and self.parents[n] == parent and self.elements[n].get("class") == name for _, n in candidates)
            return parent if twins and parent >= 0 else chosen
        votes: dict[int, float] = {}
        for number in sorted(self.voters):
            prose = self.own[number]
            if prose < 25:
                continue
            weight, ancestor = 1.0, number
            for _ in range(4):
                if ancestor < 0 or self.tags[ancestor] in ("body", "html"):
                    break
                votes[ancestor] = votes.get(ancestor, 0.0) + prose * weight
                weight *= 0.9
                ancestor = self.parents[ancestor]
        if not votes:
            return None
        chosen = max(votes, key=lambda number: votes[number])
        return chosen if votes[chosen] > LITTLE and self.size(chosen) > self.visible * 0.1 else None


def _blocks(survey: _Survey, container: int | None) -> tuple[list[Block], int, int]:
    """The blocks of a page, and how many characters stand in the container and in all."""
    blocks: list[Block] = []
    outside = inside_length = total = 0
    for line, inside in _lines(survey, container):
        length = len("".join(line.text.split()))
        total += length
        if inside:
            inside_length += length
            blocks.append(line)
        elif outside < MAX_OUTSIDE and length <= 400:
            outside += 1
            blocks.append(Block(line.text, None, line.table, True))
    return blocks, inside_length, total


def _lines(survey: _Survey, container: int | None) -> Iterator[tuple[Block, bool]]:
    """The lines of the page in order, each with whether it stands inside the container."""
    pieces: list[str] = []
    inside = container is None
    level: int | None = None
    levels: list[int | None] = []
    preformatted = 0
    index, events = 0, survey.events

    while index < len(events):
        number, text, end = events[index]
        index += 1
        if number < 0:
            if preformatted and "\n" in text:
                for part in text.split("\n")[:-1]:
                    if line := _line([*pieces, part]):
                        yield Block(line, level), inside
                    pieces.clear()
                text = text.rpartition("\n")[2]
            pieces.append(text)
            continue
        tag = survey.tags[number]
        if tag == "pre":
            preformatted += -1 if end else 1
        if tag == "br" or tag in _BLOCKS or number == container:
            if pieces and (line := _line(pieces)):
                yield Block(line, level), inside
            pieces.clear()
        if number == container:
            inside = not end
        if tag in _HEADINGS and container is not None:
            if end:
                level = levels.pop()
            else:
                levels.append(level)
                level = _HEADINGS[tag] if inside else level
        if tag == "tr" and not end and not _holds_prose(survey, number):
            row = " | ".join(cell for cell in _cells(survey, number) if cell)
            if row:
                yield Block(row, None, True), inside
            index = survey.last[number] + 1
    if line := _line(pieces):
        yield Block(line, level), inside


def _line(pieces: Sequence[str]) -> str:
    text = "".join(pieces)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)  # entities of entities: &amp;nbsp;
    return _SPACE.sub(" ", text).strip()


def _cells(survey: _Survey, row: int) -> Iterator[str]:
    pieces: list[str] = []
    for number, text, end in survey.events[survey.first[row] : survey.last[row]]:
        if number < 0:
            pieces.append(text)
        elif survey.parents[number] == row:
            if end and survey.tags[number] in ("td", "th"):
                yield " ".join(_line(pieces).split())
            pieces.clear()


def _holds_prose(survey: _Survey, row: int) -> bool:
    """A row of a layout table: it holds paragraphs, tables or long text."""
    element = survey.elements[row]
    longest = within = cells = 0
    for event in survey.events[survey.first[row] + 1 : survey.last[row]] if survey.size(row) <= 2000 else ():
        if event.element >= 0 and event.end and survey.parents[event.element] == row and survey.tags[event.element] in ("td", "th"):
            longest = max(longest, survey.size(event.element))
            cells += 1
    if survey.size(row) > 2000:
        return True
    within = next((1 for _ in element.iter("p", "br", "table", "div", "h1", "h2", "h3")), 0)
    # A single cell that is broken into lines is no row of a table either.
    return (longest > 80 or cells == 1 or any(True for _ in element.iter("table"))) if within else longest > 150


def _article(markup: str) -> list[Block]:
    """The lines of an article that came as a piece of markup (or as plain text)."""
    if "<" not in markup:
        return [Block(line) for line in markup.split("\n")]
    return [line for line, _ in _lines(_Survey(_parse(markup), frozenset()), None)]


def _instead(root: Any) -> str:
    """What stands in the place of the text, with the way out; empty for attachments, which the lines of the page tell of."""
    if any(_FILE_LINK.search(link.get("href") or "") for link in root.iter("a")):
        return ""
    frames = [
        f"{frame.get('src') or frame.get('data') or ''} {frame.get('type') or ''}" for frame in root.iter("iframe", "embed", "object")
    ]
    if any(_VIEWER.search(frame) or "application/pdf" in frame for frame in frames):
        return "正文是内嵌的PDF，保存的网页里没有文字；请把PDF下载下来，直接检查PDF文件"
    pictures = [picture.get("src") or picture.get("data-src") or "" for picture in root.iter("img")]
    if any(not _ORNAMENT.search(picture.rpartition("/")[2]) for picture in pictures if picture):
        return "正文是图片，保存的网页里没有文字；请向发布单位索取文字版，或把图片另存后直接检查图片文件"
    if any(frame.strip() for frame in frames):
        return "正文在内嵌的框架（iframe）里，没有随网页保存；请在浏览器中单独打开正文所在的框架，再另存网页"
    if next(root.iter("script"), None) is not None:
        return "正文由网页脚本生成，没有随网页保存；请等正文显示后把它复制到Word中，再检查Word文件"
    return ""
