"""A picture (PNG, JPEG, TIFF) as a scanned page."""

from __future__ import annotations

from scorer.readers import ocr
from scorer.readers.base import Progress, Reading
from scorer.readers.lines import paragraphs

SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def read(raw: bytes, progress: Progress | None = None) -> Reading:
    """The recognised paragraphs. Raises ``UnreadableError``, without the extra ``[ocr]`` always."""
    sheets, confidence = ocr.sheets("是图片，没有可以检查的文字", [(1, lambda: ocr.picture(raw))], progress)
    return Reading(paragraphs(sheets, loose=ocr.LOOSE), "picture", {}, [ocr.warning("全文", confidence)], confidence)
