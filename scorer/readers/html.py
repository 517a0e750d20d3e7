"""Saved web pages: the main text among navigation, index tables and related links, and what meta tags say.

lxml, with the containers that government sites use and paragraph votes where none of them is there: measured against
trafilatura, GNE, justext and readability on pages of this kind, only this kept every paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scorer.document import Block

# Ids and classes in which the content systems of government sites put the text of an article.
CONTAINERS = (
    "zoom", "zoomcon", "UCAP-CONTENT", "ucapcontent", "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "view", "pages_content", "Article_content", "article-content",
    "article_content", "articleContent", "article-con", "article_con", "con_text", "content_text", "news_content", "newscontent", "news-content", "Custom_UNIONSTYLE",
    "j-fontContent", "nr_con", "xl_con", "vsb_content", "v_news_content", "bt_content", "content-text", "art_con", "main-txt", "printArea", "xxgk_content", "detail-content",
    "detail_content", "info_content", "infocontent", "mainText", "textContent", "wzcon", "wz_content", "cont_text", "NewsContent", "articlecontent", "text-content", "para", "neirong",
)  # fmt: skip
_WANTED = {name.lower() for name in CONTAINERS}
_SKIP = {
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "option",
    "button",
    "input",
    "textarea",
    "iframe",
    "object",
    "svg",
    "head",
}
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3",
    "h4", "h5", "h6", "blockquote", "pre", "center", "figure", "figcaption", "body", "html", "fieldset", "address", "ucapcontent", "form", "hr", "caption", "colgroup", "tfoot",
}  # fmt: skip
_PROSE = re.compile(r"[。;；]")
MAX_DEPTH = 400
MAX_OUTSIDE = 200
_HINTS = {
    "articletitle": "title",
    "title": "title",
    "pubdate": "publication_date",
    "publishdate": "publication_date",
    "firstpublishedtime": "publication_date",
    "article:published_time": "publication_date",
    "contentsource": "source",
    "source": "source",
    "sitename": "site",
}


def looks_like_html(text: str) -> bool:
    """Whether a decoded text is a web page rather than plain text."""
    head = text[:4000].lower()
    return bool(re.search(r"<!doctype html|<html|<head|<body|<meta |<div|<table|<p[ >]", head))


def read(text: str) -> tuple[list[Block], dict[str, str], list[str]]:
    """The lines of a page, hints of its meta tags, and warnings."""
    from lxml import html

    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        root = html.document_fromstring(cleaned, parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True))
    except (ValueError, AssertionError) as error:
        from scorer.errors import UnreadableError

        raise UnreadableError("网页内容是空的或读不出来", remedy="请在浏览器中重新打开并另存网页") from error
    except Exception as error:  # lxml raises several parser errors
        from scorer.errors import UnreadableError

        raise UnreadableError("网页读不出来", remedy="请在浏览器中重新打开并另存网页") from error
    hints = _hints(root)
    container = _container(root)
    body = root.find("body")
    top = body if body is not None else root
    blocks: list[Block] = []
    outside = 0
    inside_length = total = 0
    for line, element in _lines(top, container):
        length = len(re.sub(r"\s", "", line.text))
        if not length:
            continue
        total += length
        if element:
            inside_length += length
            blocks.append(line)
        elif outside < MAX_OUTSIDE and length <= 400:
            outside += 1
            blocks.append(Block(line.text, None, line.table, True))
    warnings = []
    if container is not None and inside_length < total * 0.4:
        warnings.append(f"网页文字约{total}字，其中认作正文的只有{inside_length}字，请核对正文是否完整。")
    return blocks, hints, warnings


def _hints(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        value = (meta.get("content") or "").strip()
        if name in _HINTS and value and _HINTS[name] not in found:
            found[_HINTS[name]] = value[:200]
    title = root.find(".//title")
    if title is not None and title.text and "title" not in found:
        found["title"] = title.text.strip()[:200]
    return found


def _container(root: Any) -> Any:
    """The element that holds the article; None when the whole page is as good."""
    candidates = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        names = {(element.get("id") or "").lower(), *(element.get("class") or "").lower().split(), element.tag.lower()}
        if names & _WANTED:
            size = _size(element)
            if size >= 150:
                candidates.append((size, element))
    if candidates:
        best = max(size for size, _ in candidates)
        # The innermost of those that hold nearly all of the text.
        fitting = [element for size, element in candidates if size >= best * 0.9]
        chosen = fitting[-1]
        # An article cut into several boxes of one class lies in what holds them all.
        twins = [
            e for _, e in candidates if e is not chosen and e.getparent() is chosen.getparent() and e.get("class") == chosen.get("class")
        ]
        return chosen.getparent() if twins else chosen
    votes: dict[Any, float] = {}
    for element in root.iter("p", "div", "td", "span", "section", "li", "font"):
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        prose = len(re.sub(r"\s", "", own)) if _PROSE.search(own) else 0
        if prose < 25:
            continue
        weight = 1.0
        for ancestor in (element, *list(element.iterancestors())[:3]):
            if ancestor.tag in ("body", "html"):
                break
            votes[ancestor] = votes.get(ancestor, 0.0) + prose * weight
            weight *= 0.9
    if not votes:
        return None
    best_vote = max(votes.values())
    total = sum(len(re.sub(r"\s", "", t)) for t in root.itertext()) or 1
    element = max(votes, key=lambda e: votes[e])
    return element if best_vote > 150 and _size(element) > total * 0.1 else None


def _size(element: Any) -> int:
    return sum(len(re.sub(r"\s", "", piece)) for piece in element.itertext())


def _lines(top: Any, container: Any) -> Iterator[tuple[Block, bool]]:
    """The lines of the page in order, each with whether it stands inside the container."""
    pieces: list[str] = []
    state: dict[str, int | bool | None] = {"inside": container is None, "level": None}

    def flush() -> Iterator[tuple[Block, bool]]:
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(pieces)).strip()
        pieces.clear()
        if text.strip():
            level = state["level"]
            yield Block(text, level if isinstance(level, int) else None), bool(state["inside"])

    def walk(element: Any, depth: int) -> Iterator[tuple[Block, bool]]:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIP or depth > MAX_DEPTH or _hidden(element):
            return
        if tag == "br":
            yield from flush()
            return
        entering = element is container
        block = tag in _BLOCKS or entering
        if block:
            yield from flush()
        before = dict(state)
        if entering:
            state["inside"] = True
        if tag == "tr" and not _holds_prose(element):
            cells = [re.sub(r"\s+", " ", "".join(cell.itertext())).strip() for cell in element.iterchildren("td", "th")]
            row = " | ".join(cell for cell in cells if cell)
            if row:
                yield Block(row, None, True), bool(state["inside"])
            state.update(before)
            return
        if re.fullmatch(r"h[1-6]", tag) and state["inside"] and container is not None:
            state["level"] = int(tag[1])
        pieces.append(element.text or "")
        for child in element:
            yield from walk(child, depth + 1)
            pieces.append(child.tail or "")
        if block:
            yield from flush()
        state.update(before)

    yield from walk(top, 0)
    yield from flush()


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _holds_prose(row: Any) -> bool:
    """A row of a layout table: it holds paragraphs, tables or long text."""
    if any(True for _ in row.iter("p", "br", "table", "div", "h1", "h2", "h3")):
        return any(len(re.sub(r"\s", "", "".join(cell.itertext()))) > 80 for cell in row.iterchildren("td", "th")) or any(
            True for _ in row.iter("table")
        )
    return any(len("".join(cell.itertext())) > 150 for cell in row.iterchildren("td", "th"))
