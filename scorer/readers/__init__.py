"""Files to documents. A file is read by its content; its suffix only decides between text and what looks like it."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from scorer.document import Document
from scorer.errors import UnreadableError

MAX_BYTES = 50_000_000
MAX_TEXT = 300_000
READABLE = "文本（.txt、.md）、网页（.html）和Word文档（.docx）"
_SAVE_AS = "请用Word或WPS打开后另存为.docx再试"


def read(source: str | os.PathLike[str] | bytes, *, name: str = "") -> Document:
    """A document from a path or from bytes (``name`` then stands in for the path).

    Raises ``UnreadableError`` - one Chinese line, with the file's name and the way out - for what cannot be read.
    """
    path = name if isinstance(source, bytes) else os.fspath(source)
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = re.sub(r"[\x00-\x1f\x7f]", "�", shown)  # names in another encoding can be shown too
    try:
        raw = source if isinstance(source, bytes) else _load(Path(path))
        return _document(raw, shown)
    except UnreadableError as error:
        raise UnreadableError(error.what, where=shown or "输入", remedy=error.remedy) from error.__cause__


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError("这是一个文件夹", remedy="请给出文件，如 文件夹/*.docx")
        if not path.is_file():
            raise UnreadableError("找不到这个文件" if not path.exists() else "不是普通文件", remedy="请检查文件名和路径")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"打不开（{error.strerror or '系统错误'}）", remedy="请检查文件是否存在、是否有权限") from error
    except ValueError as error:
        raise UnreadableError("文件名不合法") from error
    return raw


def _document(raw: bytes, path: str) -> Document:
    if not raw:
        raise UnreadableError("文件是空的（0字节）", remedy="请检查文件是否下载完整")
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"文件超过{MAX_BYTES // 1_000_000}MB", remedy="请只提交报告正文")
    digest = hashlib.sha256(raw).hexdigest()
    if raw.startswith(b"PK\x03\x04"):
        return _zipped(raw, path, digest)
    _refuse(raw)
    from scorer.readers.encoding import decode

    text, encoding, lossy = decode(raw)
    if _binary(text):
        raise UnreadableError("不是文字文件", remedy=f"可以检查的有{READABLE}")
    if len(text) > MAX_TEXT:
        raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
    warnings = [f"有个别字符按{encoding}编码读不出来，已用�代替。"] if lossy else []
    from scorer.readers import html

    if html.looks_like_html(text):
        blocks, hints, lost = html.read(text)
        document = Document.from_blocks(blocks, format="html", path=path, sha256=digest, hints=hints, warnings=[*warnings, *lost])
    else:
        document = Document.from_text(text, path=path, sha256=digest, warnings=warnings)
    if not document.paragraphs:
        raise UnreadableError("里面没有文字", remedy="请检查文件是否正确")
    return document


def _zipped(raw: bytes, path: str, digest: str) -> Document:
    from scorer.readers import docx
    from scorer.readers.archive import Archive

    archive = Archive(raw)
    if docx.is_docx(archive):
        blocks, warnings = docx.read(archive)
        document = Document.from_blocks(blocks, format="docx", path=path, sha256=digest, warnings=warnings)
        if not document.paragraphs:
            raise UnreadableError("Word文档里没有文字", remedy="请检查文件是否正确")
        return document
    if "OFD.xml" in archive.names:
        raise UnreadableError("是OFD文件，本版还不能读取", remedy="请另存为.docx或.txt再试")
    if any(name.startswith("xl/") for name in archive.names):
        raise UnreadableError("是Excel表格，不是报告", remedy=f"可以检查的有{READABLE}")
    raise UnreadableError("是压缩包，不是报告", remedy="请解压后检查里面的文件")


def _refuse(raw: bytes) -> None:
    """Formats known by their first bytes that this version does not read."""
    if raw.startswith(b"%PDF"):
        raise UnreadableError("是PDF文件，本版还不能读取", remedy="请用Word或WPS另存为.docx，或复制文字存为.txt再试")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("是旧版Word文档（.doc）或WPS文档，本版还不能读取", remedy=_SAVE_AS)
    if raw.startswith(b"{\\rtf"):
        raise UnreadableError("是RTF文档，本版还不能读取", remedy=_SAVE_AS)
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")) or (raw.startswith(b"BM") and b"\x00" in raw[:32]):
        raise UnreadableError("是图片，没有可以检查的文字", remedy="请使用文字版")


def _binary(text: str) -> bool:
    sample = text[:5000]
    control = sum(1 for c in sample if ord(c) < 32 and c not in "\t\n\r\f\v\x1a")
    return control > max(2, len(sample) // 100) or sample.count("�") > max(20, len(sample) // 5)
