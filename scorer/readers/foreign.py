"""What is no report: files known by their first bytes, each refused with the way out."""

from __future__ import annotations

from scorer.errors import UnreadableError
from scorer.readers import READABLE
from scorer.readers.archive import Archive
from scorer.readers.base import Reading

_SAVE_AS = "请用Word或WPS打开后另存为.docx再试"
SIGNATURES = {
    b"%PDF": ("是PDF文件，本版还不能读取", "请用Word或WPS另存为.docx，或复制文字存为.txt再试"),
    b"\xd0\xcf\x11\xe0": ("是旧版Word文档（.doc）或WPS文档，本版还不能读取", _SAVE_AS),
    b"{\\rtf": ("是RTF文档，本版还不能读取", _SAVE_AS),
    b"\x89PNG": ("是图片，没有可以检查的文字", "请使用文字版"),
    b"\xff\xd8\xff": ("是图片，没有可以检查的文字", "请使用文字版"),
    b"GIF8": ("是图片，没有可以检查的文字", "请使用文字版"),
    b"II*\x00": ("是图片，没有可以检查的文字", "请使用文字版"),
    b"MM\x00*": ("是图片，没有可以检查的文字", "请使用文字版"),
}


def read(raw: bytes) -> Reading:
    """Never a reading; raises ``UnreadableError`` with what the file is."""
    for mark, (what, remedy) in SIGNATURES.items():
        if raw.startswith(mark):
            raise UnreadableError(what, remedy=remedy)
    names = Archive(raw).names
    if "OFD.xml" in names:
        raise UnreadableError("是OFD文件，本版还不能读取", remedy="请另存为.docx或.txt再试")
    if any(name.startswith("xl/") for name in names):
        raise UnreadableError("是Excel表格，不是报告", remedy=f"可以检查的有{READABLE}")
    raise UnreadableError("是压缩包，不是报告", remedy="请解压后检查里面的文件")
