"""Saved web pages: the main text among navigation, index tables and related links, and what meta tags say.

lxml, with the containers that government sites use and paragraph votes where none of them is there: measured against
trafilatura, GNE, justext and readability on pages of this kind, only this kept every paragraph. The tree is walked once,
without recursion: sizes of all elements come from running totals, so that a page of any shape takes linear time.
"""

from __future__ import annotations

import re
from typing import Any

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.readers import webscript
from scorer.readers.hiding import Sheet
from scorer.readers.weblines import blocks_of, lines_of
from scorer.readers.webtree import LITTLE, MAX_HIDDEN, Survey

_PICTURE = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=%\s]*")
_PAGES = re.compile(r"createPageHTML\(\s*['\"]?(\d{1,3})\b")
_FILE_LINK = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|rar|zip)(?:$|[?#])", re.IGNORECASE)
_VIEWER = re.compile(r"\.pdf|pdfjs|viewer\.html", re.IGNORECASE)
_ORNAMENT = re.compile(r"logo|icon|qr|ewm|erweima|banner|btn|button|share|weixin|wechat|top|bg|jiucuo|red\.|dzjg", re.IGNORECASE)
# A tag up to its end; values in quotation marks may hold anything. Every quantifier is possessive: the scan is linear.
_TAG = re.compile(r"""<([a-zA-Z][\w:-]{0,40})(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
LONG_PAGE, LONG_TAG, MAX_ATTRIBUTES = 100_000, 20_000, 3000
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
    survey = Survey(body if body is not None else root, Sheet(root))
    container = survey.container()
    warnings = []
    if container is None and survey.hidden_prose():
        # The article waits hidden until a script of the page shows it.
        shown = Survey(survey.top, None)
        if shown.visible - survey.visible >= LITTLE:
            survey, container = shown, shown.container()
    blocks, inside, total = blocks_of(survey, container)
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
    if withheld := survey.withheld(container):
        warnings.append(f"网页里有读者看不见的文字（约{withheld}字，如隐藏、透明、与底色相同），没有读入。")
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


def _article(markup: str) -> list[Block]:
    """The lines of an article that came as a piece of markup (or as plain text)."""
    if "<" not in markup:
        return [Block(line) for line in markup.split("\n")]
    return [line for line, _ in lines_of(Survey(_parse(markup), None), None)]


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
