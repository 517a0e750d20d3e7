"""Complete saved pages (.mht, "网页，单个文件"): a mail message (RFC 2557) whose first HTML part is the page.

The standard library reads the message; the pictures and styles beside the page are never decoded.
"""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from scorer.errors import UnreadableError
from scorer.readers import html
from scorer.readers.base import Reading
from scorer.readers.encoding import decode, remarks
from scorer.readers.text import MAX_MARKUP

MAX_PARTS = 2000
_REMEDY = "请在浏览器中打开后，用“另存为”存成网页（.html）再试"


def read(raw: bytes) -> Reading:
    """The page in a saved-page file. Raises ``UnreadableError`` where there is none."""
    try:
        message = email.message_from_bytes(raw.lstrip(b"\xef\xbb\xbf\r\n \t"), policy=email.policy.compat32)
    except Exception as error:  # the parser promises not to raise; a hostile header once made it
        raise UnreadableError("网页归档（.mht）读不出来", remedy=_REMEDY) from error
    pages = [text for text in map(_text, _parts(message)) if text]
    if not pages:
        raise UnreadableError("网页归档（.mht）里没有网页", remedy=_REMEDY)
    # A page of frames is saved with a frameset first; the frame with the most text is the article.
    best = max(pages, key=lambda page: (len(page[0]) if not _frameset(page[0]) else 0, -pages.index(page)))
    text, warnings = best
    if len(text) > MAX_MARKUP:
        raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
    blocks, hints, lost = html.read(text)
    return Reading(blocks, "mht", hints, [*warnings, *lost])


def _parts(message: Message) -> list[Message]:
    found = []
    for number, part in enumerate(message.walk()):
        if number == MAX_PARTS:
            break
        if part.get_content_type() == "text/html":
            found.append(part)
    return found


def _text(part: Message) -> tuple[str, list[str]] | None:
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # rubbish in the transfer encoding
        return None
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    text, encoding, lossy = decode(payload)
    return html.without_pictures(text)[: 2 * MAX_MARKUP], remarks(payload, encoding, lossy)


def _frameset(text: str) -> bool:
    return "<frameset" in text.lower()
