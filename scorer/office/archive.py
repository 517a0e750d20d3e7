"""Zip files from strangers: every limit is checked before anything is unpacked, and nothing is unpacked beyond it."""

from __future__ import annotations

import io
import zipfile

from scorer.errors import UnreadableError

MAX_ENTRIES = 5_000
MAX_TOTAL = 200_000_000
MAX_PART = 30_000_000
MAX_RATIO = 200


class Archive:
    """A zip in memory. Raises ``UnreadableError`` for broken, encrypted or oversized archives."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise UnreadableError("文件已损坏，压缩结构读不出来", remedy="请用Word或WPS打开后另存一份再试") from error
        if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_TOTAL:
            raise UnreadableError("文件展开后过大", remedy="请把正文另存为新的文档再试")
        for info in infos:
            if info.file_size > MAX_PART and info.filename.endswith((".xml", ".rels")):
                raise UnreadableError("文件内部有过大的部分", remedy="请把正文另存为新的文档再试")
            if info.compress_size and info.file_size > 1_000_000 and info.file_size / info.compress_size > MAX_RATIO:
                raise UnreadableError("文件内部压缩比异常，可能不是正常文档", remedy="请用Word或WPS打开后另存一份再试")
            if info.flag_bits & 1:
                raise UnreadableError("文件已加密", remedy="请取消密码保护后再试")
        self.names = frozenset(info.filename for info in infos)

    def part(self, name: str) -> bytes | None:
        """One part, or None when there is none of that name."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise UnreadableError("文件已损坏", remedy="请用Word或WPS打开后另存一份再试") from error
        except Exception as error:  # zlib.error is not exported under a stable name
            raise UnreadableError("文件已损坏", remedy="请用Word或WPS打开后另存一份再试") from error
        if len(data) > MAX_PART:
            raise UnreadableError("文件内部有过大的部分", remedy="请把正文另存为新的文档再试")
        return data
