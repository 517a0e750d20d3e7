"""RTF documents. Word writes automatic numbers into them as text (``\\listtext``), so that nothing is lost here.

Own code: the library for it drops those numbers and knows no deleted or hidden text. Source: Rich Text Format
Specification 1.9.1.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NamedTuple

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.readers import MAX_TEXT
from scorer.readers.base import Reading

MAX_DEPTH = 500
MAX_TOKENS = 800_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE)
# Groups whose text is not text of the document.
_AWAY = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "pict", "object", "objdata", "fldinst", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "themedata", "colorschememapping", "datastore", "latentstyles",
    "xmlnstbl", "generator", "atnid", "atnauthor", "bkmkstart", "bkmkend", "operator", "author", "title", "subject",
    "keywords", "comment", "company", "filetbl", "nonshppict", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "pgdsctbl",
    "shprslt",
))  # fmt: skip
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "·",
    "emspace": "　", "enspace": " ", "qmspace": " ", "softline": "\n",
}  # fmt: skip
_LOOKS = frozenset(("red", "green", "blue", "cf", "fs", "clcbpat", "trcbpat", "trowd", "cb", "highlight", "chcbpat", "cbpat"))
PALE, TINY = 0xF0, 2
"""Each part of a colour that cannot be told from white paper; half points that are too small to be seen."""
MAX_COLORS, HEAD_MIN, HEAD_SHOWN = 500, 4, 20
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 204: "cp1251"}
_CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 65001: "utf-8", 10008: "gb18030"}


class _State(NamedTuple):
    """What a group inherits and gives back at its end."""

    away: bool = False
    fonts: bool = False
    font: int = 0
    skip: int = 1
    deleted: bool = False
    hidden: bool = False
    pale: bool = False
    tiny: bool = False
    ground: bool = False  # a colour behind the letters
    colors: bool = False  # in the table of colours
    head: bool = False  # in the head or foot of the pages
    shape: bool = False  # in the instructions for a shape that is shown: its text box is text


def read(raw: bytes) -> Reading:
    """The paragraphs. Raises ``UnreadableError`` for nesting beyond any real document."""
    reader = _Reader()
    text, lossy = _decoded(raw)
    reader.run(text)
    warnings = ["文档里有些字符的编码认不出来，显示为“\ufffd”。"] if lossy else []
    if reader.lost_deleted:
        warnings.append("文档带有修订痕迹：按接受修订后的文字检查。")
    if reader.lost_hidden:
        warnings.append("文档里有隐藏文字（隐藏格式、与底色相同或极小的字），没有读入。")
    if len(reader.heads) >= HEAD_MIN:
        warnings.append(f"页眉或页脚里有文字（如“{reader.heads}”），没有读入。")
    if reader.objects:
        warnings.append("文档里嵌有对象（如Excel表格），其中的文字没有读入。")
    if reader.notes:
        warnings.append(f"文档有{reader.notes}处脚注或尾注，注文没有读入。")
    if not any(block.text.strip() for block in reader.blocks):
        raise UnreadableError("RTF文档里没有文字", remedy="请检查文件是否正确")
    return Reading(reader.blocks, "rtf", {}, warnings)


def _decoded(raw: bytes) -> tuple[str, bool]:
    """The file as characters, and whether some were lost. RTF is ASCII; programs that are no word processors write Chinese into
    it as it is, where a second byte of GBK may be a brace."""
    if raw.isascii() or re.search(rb"\\bin\d", raw):
        return raw.decode("latin-1"), False
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding), False
    return raw.decode("gb18030", "replace"), True


class _Box(NamedTuple):
    """Where a text box interrupts the text: how deep the groups were, and what of the text had been gathered."""

    depth: int
    pieces: list[str]
    cells: list[str]
    blocks: list[Block]


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lost_deleted = self.lost_hidden = False
        self.notes = 0
        self.objects = 0
        self.heads = ""
        self._colors: list[list[int]] = [[]]
        self._row_ground = False
        self._boxes: list[_Box] = []
        self._later: list[Block] = []  # of text boxes, which come after the paragraph they hang on
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._bytes = bytearray()
        self._level: int | None = None
        self._default = "cp1252"
        self._charsets: dict[int, str] = {}
        self._state = _State()
        self._stack: list[_State] = []
        self._skip = 0
        self._characters = 0

    def run(self, text: str) -> None:
        at = count = 0
        while at < len(text):
            count += 1
            if count > MAX_TOKENS:
                raise UnreadableError("RTF文档过大，不像一份报告", remedy="请用Word或WPS打开后另存为.docx再试")
            match = _TOKEN.match(text, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, byte, sign, brace, plain = match.groups()
            if byte:
                if self._skip:
                    self._skip -= 1
                elif not self._state.away or self._state.head:
                    self._bytes.append(int(byte, 16))
                continue
            self._flush()
            if plain is not None:
                dropped = min(self._skip, len(plain))
                self._skip -= dropped
                self._add(plain[dropped:])
            elif brace == "{":
                self._skip = 0
                if len(self._stack) >= MAX_DEPTH:
                    raise UnreadableError("文档嵌套层次过深", remedy="请用Word或WPS打开后另存为.docx再试")
                self._stack.append(self._state)
            elif brace == "}":
                self._skip = 0
                if self._stack:
                    self._state = self._stack.pop()
                if self._boxes and len(self._stack) < self._boxes[-1].depth:
                    self._leave()
            elif sign is not None:
                self._sign(sign)
            elif word is not None:
                if word == "bin" and number:
                    at += min(max(int(number), 0), len(text))
                else:
                    self._word(word, int(number) if number else None)
        self._flush()
        while self._boxes:
            self._leave()
        self._end()

    def _unseen(self) -> bool:
        state = self._state
        return state.hidden or state.tiny or (state.pale and not (state.ground or self._row_ground or self._boxes))

    def _add(self, text: str) -> None:
        state = self._state
        if state.head and len(self.heads) < HEAD_SHOWN:
            self._head(text)
        if state.colors and ";" in text:
            self._colors += [[] for _ in range(min(text.count(";"), MAX_COLORS - len(self._colors)))]
        if state.away or not text:
            return
        unseen = self._unseen()
        if state.deleted or unseen:
            self.lost_deleted |= state.deleted
            self.lost_hidden |= unseen and bool(text.strip())
            return
        self._characters += len(text)
        if self._characters > MAX_TEXT:
            raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
        self._pieces.append(text)

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._add(data.decode(self._charsets.get(self._state.font, self._default), "replace"))

    def _head(self, text: str) -> None:
        """Words in the head or foot of the pages; a page number is nothing to speak of."""
        self.heads += "".join(character for character in text if "\u4e00" <= character <= "\u9fff" or (self.heads and character.isdigit()))
        self.heads = self.heads[:HEAD_SHOWN]

    def _sign(self, sign: str) -> None:
        if sign == "*":  # a destination that old readers do not know
            self._state = self._state._replace(away=True)
        elif sign in "\\{}":
            self._add(sign)
        elif sign == "~":
            self._add("\u00a0")
        elif sign == "_":
            self._add("-")
        elif sign in "\r\n":
            self._end()

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u" and number is not None:
            self._add(chr(number if 65536 <= number <= 0x10FFFF else number % 65536))
            self._skip = state.skip
        elif word == "uc":
            self._state = state._replace(skip=max(number or 0, 0))
        elif word == "ansicpg":
            self._default = _CODEPAGES.get(number or 0, self._default)
        elif word == "fonttbl":
            self._state = state._replace(away=True, fonts=True)
        elif word == "shpinst":
            self._state = state._replace(away=True, shape=bool(self._stack) and not self._stack[-1].away)
        elif word == "shptxt":
            if state.shape:
                self._enter()
        elif word in _AWAY:
            self.notes += word == "footnote" and not state.away
            self.objects += word == "objdata"
            self._state = state._replace(away=True, colors=word == "colortbl", head=word.startswith(("header", "footer")))
        elif word == "f":
            self._state = state._replace(font=number or 0)
        elif word == "fcharset":
            if state.fonts and number in _CHARSETS:
                self._charsets[state.font] = _CHARSETS[number]
        elif word in ("par", "sect", "page"):
            if not state.away:
                self._end()
        elif word == "cell":
            if not state.away:
                self._cells.append(self._take().strip())
        elif word == "row":
            if not state.away:
                self._row()
        elif word == "pard":
            self._level = None
        elif word == "outlinelevel":
            self._level = number + 1 if number is not None and 0 <= number < 9 else None
        elif word == "plain":
            self._state = state._replace(hidden=False, deleted=False, pale=False, tiny=False, ground=False)
        elif word == "deleted":
            self._state = state._replace(deleted=number != 0)
        elif word == "v":
            self._state = state._replace(hidden=number != 0)
        elif word in _LOOKS:
            self._look(word, number or 0)
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    def _look(self, word: str, number: int) -> None:
        """The colour, ground and size of letters."""
        if word in ("red", "green", "blue"):
            if self._state.colors:
                self._colors[-1].append(number)
        elif word == "cf":
            color = self._colors[number] if 0 <= number < len(self._colors) else []
            self._state = self._state._replace(pale=len(color) == 3 and min(color) >= PALE)
        elif word == "fs":
            self._state = self._state._replace(tiny=0 < number <= TINY)
        elif word in ("clcbpat", "trcbpat"):
            self._row_ground = number > 0
        elif word == "trowd":
            self._row_ground = False
        else:
            self._state = self._state._replace(ground=number > 0)

    def _enter(self) -> None:
        """A text box begins in the middle of a paragraph."""
        self._boxes.append(_Box(len(self._stack), self._pieces, self._cells, self.blocks))
        self._pieces, self._cells, self.blocks = [], [], []
        self._state = self._state._replace(away=False, shape=False)

    def _leave(self) -> None:
        """The text box is over, the paragraph goes on."""
        self._end()
        box = self._boxes.pop()
        self._later += self.blocks
        self._pieces, self._cells, self.blocks = box.pieces, box.cells, box.blocks

    def _take(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        if _SURROGATE.search(text):  # characters beyond the first 65,536 are written in two halves
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _end(self) -> None:
        text = self._take()
        if text.strip():
            self.blocks.append(Block(text, self._level))
        self._settle()

    def _settle(self) -> None:
        """The text boxes of a paragraph or row that is over; those of a box wait for the text around it."""
        if not self._boxes:
            self.blocks += self._later
            self._later.clear()

    def _row(self) -> None:
        filled = [cell for cell in self._cells if cell]
        self._cells.clear()
        if filled and all(len(cell) < 80 and "\n" not in cell for cell in filled):
            self.blocks.append(Block(" | ".join(filled), None, True))
        else:
            self.blocks.extend(Block(cell) for cell in filled)
        self._settle()
