"""Plain text and web pages, and the refusal of what is neither."""

from __future__ import annotations

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.readers import MAX_TEXT, READABLE
from scorer.readers.base import Reading
from scorer.readers.encoding import decode, gibberish, remarks

# Markup takes several times the room of its text.
MAX_MARKUP = 5 * MAX_TEXT
# Control characters that no text has; counted one by one, which takes a twentieth of the time of looking at each character.
_CONTROL = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1a"]


def read(raw: bytes) -> Reading:
    """The text as one block (format ``text``), or the lines of a web page (format ``html``).

    Raises ``UnreadableError`` for bytes that are no text.
    """
    text, encoding, lossy = decode(raw)
    if _binary(text):
        raise UnreadableError("不是文字文件", remedy=f"可以检查的有{READABLE}")
    warnings = remarks(raw, encoding, lossy)
    if gibberish(text):
        warnings.append("文字像是乱码，编码没有认出来，结果不可靠；请用浏览器或记事本打开确认后另存为UTF-8再检查。")
    page = False
    if "<" in text:
        # Only then: most plain text has none, and is read without what web pages need.
        from scorer.readers import html

        page = html.looks_like_html(text)
    if page:
        text = html.without_pictures(text)
    if len(text) > (MAX_MARKUP if page else MAX_TEXT):
        raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
    if not page:
        if "<!--" in text:
            text = _without_comments(text)
            warnings.append("文件里有不显示的注释（<!-- … -->），没有读入。")
        return Reading([Block(text)], "text", {}, warnings)
    blocks, hints, lost = html.read(text)
    return Reading(blocks, "html", hints, [*warnings, *lost])


def _without_comments(text: str) -> str:
    """Markdown without its comments: white space stands in their place, so that everything else keeps its place."""
    parts = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts += [text[at:start], "".join("\n" if character == "\n" else " " for character in text[start : end + 3])]
        at = end + 3
    return "".join((*parts, text[at:]))


def _binary(text: str) -> bool:
    sample = text[:5000]
    control = sum(map(sample.count, _CONTROL))
    return control > max(2, len(sample) // 100) or sample.count("�") > max(20, len(sample) // 5)
