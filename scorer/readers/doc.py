"""Word 97-2003 and WPS documents (.doc, .wps): through LibreOffice where it is installed, else the text of the piece table.

Own code for the second way: the programs that read this format are under the GPL or lose the same numbers. Source of the
structures: [MS-DOC] 2.4.1 (retrieving text), 2.5 (the FIB), 2.8.35 (PlcPcd), 2.9.38 (Clx).
"""

from __future__ import annotations

import io
import re
import struct
from typing import Any

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.readers import READABLE, docx, soffice
from scorer.readers.base import Reading

_SAVE_AS = "请用Word或WPS打开后另存为.docx再试"
MAX_STREAM = 30_000_000
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_FIELD_DEPTH = 10


def read(raw: bytes) -> Reading:
    """The paragraphs. Raises ``UnreadableError`` for other files of this container, and for encrypted ones."""
    text = _text(raw)  # first: what cannot be read here is not worth starting LibreOffice for
    converted = soffice.to_docx(raw, ".doc")
    if converted is not None:
        try:
            reading = docx.read(converted)
        except UnreadableError:
            pass
        else:
            if any(block.text.strip() for block in reading.blocks):
                return Reading(reading.blocks, "doc", {}, ["旧版Word文档，经LibreOffice转换后读取。", *reading.warnings])
    why = "没有装LibreOffice" if soffice.program() is None else "LibreOffice没有转换成功"
    warning = f"旧版Word文档，{why}，按内部结构读出文字：自动编号没有读出，修订中已删除的文字和隐藏文字不能分辨；建议另存为.docx再检查。"
    return Reading(_blocks(text), "doc", {}, [warning])


def _text(raw: bytes) -> str:
    """The characters of the main text and of its text boxes, with Word's control characters."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as container:
            _check(container)
            main = _stream(container, "WordDocument")
            fib = struct.unpack_from("<HHHHHH", main)
            if fib[0] != 0xA5EC:
                raise UnreadableError("是很旧的Word或WPS格式，不能读取", remedy=_SAVE_AS)
            if fib[5] & 0x0100:
                raise UnreadableError("Word文档设有密码", remedy="请取消密码保护后再试")
            table = _stream(container, "1Table" if fib[5] & 0x0200 else "0Table")
        counts = struct.unpack_from("<8i", main, 0x4C)
        start, length = struct.unpack_from("<Ii", main, 0x01A2)
        text = _pieces(main, table[start : start + length])
    except UnreadableError:
        raise
    except Exception as error:  # olefile and struct raise many kinds for a broken file
        raise UnreadableError("旧版Word文档已损坏，读不出来", remedy=_SAVE_AS) from error
    if min(counts) < 0 or counts[0] > len(text):
        raise UnreadableError("旧版Word文档已损坏，读不出来", remedy=_SAVE_AS)
    boxes = sum(counts[:6])
    return text[: counts[0]] + "\r" + text[boxes : boxes + counts[6]]


def _check(container: Any) -> None:
    """Refuse what is no Word document, by the names of its streams."""
    names = {"/".join(entry).lower() for entry in container.listdir()}
    if "encryptedpackage" in names:
        raise UnreadableError("文档设有密码", remedy="请取消密码保护后再试")
    if "worddocument" in names:
        return
    if names & {"workbook", "book"}:
        raise UnreadableError("是Excel表格，不是报告", remedy=f"可以检查的有{READABLE}")
    if "powerpoint document" in names:
        raise UnreadableError("是演示文稿，不是报告", remedy=f"可以检查的有{READABLE}")
    raise UnreadableError("不是旧版Word或WPS文字文档", remedy=_SAVE_AS)


def _stream(container: Any, name: str) -> bytes:
    with container.openstream(name) as stream:
        data: bytes = stream.read(MAX_STREAM)
    return data


def _pieces(main: bytes, clx: bytes) -> str:
    at = 0
    while clx[at] == 1:  # a Prc: properties, skipped
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise UnreadableError("旧版Word文档已损坏，读不出来", remedy=_SAVE_AS)
    (length,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + length]
    count = (len(plc) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", plc)
    parts = []
    total = 0
    for number in range(count):
        size = places[number + 1] - places[number]
        total += size
        if size < 0 or total > len(main):
            raise UnreadableError("旧版Word文档已损坏，读不出来", remedy=_SAVE_AS)
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        if where & 0x4000_0000:
            begin = (where & 0x3FFF_FFFF) // 2
            parts.append(main[begin : begin + size].decode("cp1252", "replace"))
        else:
            parts.append(main[where : where + 2 * size].decode("utf-16-le", "replace"))
    return "".join(parts)


def _blocks(text: str) -> list[Block]:
    for _ in range(_FIELD_DEPTH):  # of a field, the result and not the instruction; fields may stand in fields
        text, changed = _FIELD.subn(lambda match: match.group(1) or "", text)
        if not changed:
            break
    text = text.replace("\x07\x07", "\r").replace("\x1e", "-").replace("\x0b", "\n").replace("\x0c", "\r").replace("\x0e", "\r")
    blocks = []
    for paragraph in text.split("\r"):
        cells = [re.sub("[\x00-\x08\x0f-\x1f]", "", cell) for cell in paragraph.split("\x07")]
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) > 1:
            blocks.append(Block(" | ".join(filled), None, True))
        elif filled:
            blocks.append(Block(filled[0]))
    return blocks
