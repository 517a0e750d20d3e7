"""What is no report: archives and pictures known by their first bytes, each refused with the way out."""

from __future__ import annotations

from scorer.errors import UnreadableError
from scorer.office.archive import Archive
from scorer.readers import READABLE
from scorer.readers.base import Reading


def read(raw: bytes) -> Reading:
    """Never a reading; raises ``UnreadableError`` with what the file is."""
    if raw.startswith((b"GIF8", b"BM")):
        raise UnreadableError("是图片，没有可以检查的文字", remedy="请使用文字版")
    names = Archive(raw).names if raw.startswith(b"PK\x03\x04") else frozenset()
    if any(name.startswith("xl/") for name in names):
        raise UnreadableError("是Excel表格，不是报告", remedy=f"可以检查的有{READABLE}")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("是演示文稿，不是报告", remedy=f"可以检查的有{READABLE}")
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableError("是OpenDocument文档（.odt等）", remedy="请用LibreOffice或WPS打开后另存为.docx再试")
    raise UnreadableError("是压缩包，不是报告", remedy="请解压后检查里面的文件")
