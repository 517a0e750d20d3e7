"""Files to documents. A file is read by its content; its name decides nothing."""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from scorer.document import Document
from scorer.errors import UnreadableError
from scorer.readers.base import Progress, Reading

MAX_BYTES = 50_000_000
MAX_TEXT = 300_000
MAX_PARAGRAPHS = 20_000
READABLE = "Word和WPS文档（.docx、.doc、.wps、.rtf）、PDF、OFD、网页（.html、.mht）和文本（.txt、.md）"


class _Format(NamedTuple):
    """One line of the table: the module with ``read(raw: bytes) -> Reading``, and how its files are known.

    With ``slow`` the module's ``read`` also takes ``progress``.
    """

    module: str
    known: Callable[[bytes], bool]
    slow: bool = False


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(marks)


def _holds(part: str) -> Callable[[bytes], bool]:
    """A zip with a part of such a name."""
    return lambda raw: raw.startswith(b"PK\x03\x04") and any(re.fullmatch(part, name) for name in _names(raw))


def _names(raw: bytes) -> frozenset[str]:
    from scorer.office.archive import Archive

    return Archive(raw).names


def _saved_page(raw: bytes) -> bool:
    """A complete saved page (.mht): the head of a mail message that holds HTML."""
    lines = raw[:2000].lstrip(b"\xef\xbb\xbf\r\n \t").splitlines()
    if lines and lines[0][:5].lower() == b"from:" and b"saved by" in lines[0].lower():
        return True
    for number, line in enumerate(lines):
        if line.lower().startswith(b"mime-version:"):
            return True
        if not (re.match(rb"[\w-]{1,60}:", line) or (number and line[:1] in (b" ", b"\t"))):
            return False
    return False


def _foreign(raw: bytes) -> bool:
    """Archives, and pictures of kinds in which no report is scanned."""
    archives = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
    return raw.startswith((*archives, b"GIF8")) or (raw.startswith(b"BM") and b"\x00" in raw[:32])


# In this order; the first that knows the file reads it. ``text`` takes what is left, web pages among it.
_FORMATS = (
    _Format("scorer.readers.pdf", lambda raw: b"%PDF-" in raw[:1024], slow=True),
    _Format("scorer.readers.docx", _holds(r"word/document\d*\.xml")),
    _Format("scorer.readers.ofd", _holds(r"OFD\.xml"), slow=True),
    _Format("scorer.readers.doc", _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    _Format("scorer.readers.rtf", _begins(b"{\\rt")),
    _Format("scorer.readers.picture", _begins(b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"), slow=True),
    _Format("scorer.readers.foreign", _foreign),
    _Format("scorer.readers.mht", _saved_page),
    _Format("scorer.readers.text", lambda _: True),
)


def read(source: str | os.PathLike[str] | bytes, *, name: str = "", progress: Progress | None = None) -> Document:
    """A document from a path or from bytes (``name`` then stands in for the path).

    ``progress(page, pages)`` is called before each page whose text must be recognised, which takes seconds.
    Raises ``UnreadableError`` - one Chinese line, with the file's name and the way out - for what cannot be read.
    """
    path = name if isinstance(source, bytes) else os.fspath(source)
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "�", shown)  # names in another encoding can be shown too
    try:
        raw = source if isinstance(source, bytes) else _load(Path(path))
        return _document(raw, shown, progress)
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


def _document(raw: bytes, path: str, progress: Progress | None) -> Document:
    if not raw:
        raise UnreadableError("文件是空的（0字节）", remedy="请检查文件是否下载完整")
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"文件超过{MAX_BYTES // 1_000_000}MB", remedy="请只提交报告正文")
    reading = _reading(raw, progress)
    sha256 = hashlib.sha256(raw).hexdigest()
    if reading.format == "text":
        # Plain text is kept character for character.
        document = Document.from_text(reading.blocks[0].text, path=path, sha256=sha256, warnings=reading.warnings)
    else:
        document = Document.from_blocks(
            reading.blocks,
            format=reading.format,
            path=path,
            sha256=sha256,
            hints=reading.hints,
            warnings=reading.warnings,
            recognised=reading.recognised,
        )
    if len(document.text) > MAX_TEXT or len(document.paragraphs) > MAX_PARAGRAPHS:
        raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
    if not document.paragraphs:
        raise UnreadableError("里面没有文字", remedy="请检查文件是否正确")
    return document


def inner(raw: bytes) -> Reading:
    """The reading of a file within an archive; an archive in it is refused."""
    if not raw:
        raise UnreadableError("压缩包里的文件是空的（0字节）", remedy="请解压后检查里面的文件")
    if next(entry for entry in _FORMATS if entry.known(raw)).module == "scorer.readers.foreign":
        raise UnreadableError("压缩包里又是压缩包或图片，不是报告", remedy="请解压后检查里面的文件")
    return _reading(raw, None)


def _reading(raw: bytes, progress: Progress | None) -> Reading:
    found = next((entry for entry in _FORMATS if entry.known(raw)), None)
    assert found is not None  # the last line of the table knows every file
    module = importlib.import_module(found.module)
    result: Reading = module.read(raw, progress) if found.slow else module.read(raw)
    return result
