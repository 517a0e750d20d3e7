"""Archives and pictures, known by their first bytes: a zip with one report in it is read, all else is refused with the way out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from scorer.errors import UnreadableError
from scorer.office.archive import Archive
from scorer.readers import READABLE, inner
from scorer.readers.base import Reading

_READ = frozenset((".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd", ".html", ".htm", ".mht", ".mhtml", ".txt", ".md"))
SHOWN = 3


def read(raw: bytes) -> Reading:
    """The one document in a zip. Raises ``UnreadableError`` with what the file is for everything else."""
    if raw.startswith((b"GIF8", b"BM")):
        raise UnreadableError("是图片，没有可以检查的文字", remedy="请使用文字版")
    archive = Archive(raw) if raw.startswith(b"PK\x03\x04") else None
    names = archive.names if archive is not None else frozenset()
    if any(name.startswith("xl/") for name in names):
        raise UnreadableError("是Excel表格，不是报告", remedy=f"可以检查的有{READABLE}")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("是演示文稿，不是报告", remedy=f"可以检查的有{READABLE}")
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableError("是OpenDocument文档（.odt等）", remedy="请用LibreOffice或WPS打开后另存为.docx再试")
    if archive is None:
        raise UnreadableError("是压缩包，不是报告", remedy="请解压后检查里面的文件")
    documents = _documents(names)
    if len(documents) != 1:
        shown = "、".join(f"“{_shown(name)}”" for name in documents[:SHOWN]) + ("等" if len(documents) > SHOWN else "")
        what = f"是压缩包，里面有{len(documents)}份文件（{shown}），不知道哪一份是报告" if documents else "是压缩包，里面没有可以检查的文件"
        raise UnreadableError(what, remedy="请解压后检查里面的文件")
    reading = inner(archive.part(documents[0]) or b"")
    return reading._replace(warnings=[f"文件是压缩包，检查的是里面的“{_shown(documents[0])}”。", *reading.warnings])


def _documents(names: Iterable[str]) -> list[str]:
    """The documents in an archive, without what operating systems put beside them."""
    found = []
    for name in sorted(names):
        path = PurePosixPath(name)
        junk = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
        if path.suffix.lower() in _READ and not junk and not name.endswith("/"):
            found.append(name)
    return found


def _shown(name: str) -> str:
    """The name of a file in an archive; programs in China write it in GBK without saying so."""
    base = PurePosixPath(name).name
    try:
        return base.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return "".join(character if character.isprintable() else "�" for character in base)
