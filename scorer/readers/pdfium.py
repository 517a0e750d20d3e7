"""The child process that holds PDFium: run as a script, it answers requests on its standard input.

PDFium is native code, not safe for threads, and PDFs come from strangers: a file that makes it hang, crash or eat memory
must cost this process and nothing else. A request is one line of JSON, followed by as many bytes as its ``size`` says; so
is an answer. Requests: ``open`` (the bytes of a PDF), ``text`` (of all pages), ``render`` (a ``page``, from 0, in grey at
``scale`` pixels a point). An answer with ``error`` (password, broken, pages, long) says why there is none.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path
from typing import Any

MAX_PAGES = 500
MAX_CHARACTERS = 1_000_000
MAX_MEMORY = 900_000_000
MAX_PIXELS = 12_000_000
# In widths of a Chinese character: a wider gap begins a new run, a gap below the first is none.
GAP, TAB = 0.6, 0.95
# Up to so many lines of a page it is looked into whether they stand inside one another.
MAX_LINES = 400
_PASSWORD = 4
_IMAGE, _FORM = 3, 5
_INVISIBLE = 3


class Pdfium:
    """One open document. All lengths are points, from the upper left corner of the page as shown."""

    def __init__(self) -> None:
        import pypdfium2.raw as library

        self.c: Any = library
        self.c.FPDF_InitLibrary()
        self.document: Any = None
        self.raw = b""

    def open(self, raw: bytes) -> dict[str, Any]:
        """Open a document; the one before is closed."""
        if self.document:
            self.c.FPDF_CloseDocument(self.document)
        self.raw = raw  # PDFium reads from this memory as long as the document is open
        self.document = self.c.FPDF_LoadMemDocument64(raw, len(raw), None)
        if not self.document:
            return {"error": "password" if self.c.FPDF_GetLastError() == _PASSWORD else "broken"}
        pages = self.c.FPDF_GetPageCount(self.document)
        if not 0 < pages <= MAX_PAGES:
            return {"error": "pages" if pages else "broken"}
        return {"pages": pages}

    def text(self) -> dict[str, Any]:
        """``pages``: of each page its size, its runs (text, x0, x1, y, size), and what is on it besides."""
        pages = []
        total = 0
        for number in range(self.c.FPDF_GetPageCount(self.document)):
            page = self._page(number)
            pages.append(page)
            total += sum(len(run[0]) for run in page["runs"])
            if total > MAX_CHARACTERS:
                return {"error": "long"}
        return {"pages": pages}

    def _page(self, number: int) -> dict[str, Any]:
        c = self.c
        page = c.FPDF_LoadPage(self.document, number)
        if not page:
            return {"width": 1.0, "height": 1.0, "runs": [], "pictures": 0, "hidden": False, "withheld": 0, "broken": True}
        try:
            width, height = c.FPDF_GetPageWidthF(page), c.FPDF_GetPageHeightF(page)
            result: dict[str, Any] = {
                "width": width,
                "height": height,
                "runs": [],
                "pictures": 0,
                "hidden": False,
                "withheld": 0,
                "broken": False,
            }
            text_page = c.FPDFText_LoadPage(page)
            if text_page:
                try:
                    laid = self._invisible(text_page)  # over a scan: then it is what there is
                    unseen = set() if laid else self._unseen(page, text_page)
                    result["runs"] = self._runs(page, text_page, width, height, unseen)
                    result["hidden"] = bool(result["runs"]) and laid
                    result["withheld"] = len(unseen)
                finally:
                    c.FPDFText_ClosePage(text_page)
            kinds = (c.FPDFPageObj_GetType(c.FPDFPage_GetObject(page, i)) for i in range(min(c.FPDFPage_CountObjects(page), 2000)))
            result["pictures"] = sum(1 for kind in kinds if kind in (_IMAGE, _FORM))
            return result
        finally:
            c.FPDF_ClosePage(page)

    def _invisible(self, text_page: Any) -> bool:
        """Whether the text was laid invisibly over a scan by a program that recognised it."""
        c = self.c
        count = c.FPDFText_CountChars(text_page)
        seen = [
            c.FPDFText_GetTextObject(text_page, i) for i in range(0, count, max(1, count // 12)) if not c.FPDFText_IsGenerated(text_page, i)
        ]
        return bool(seen) and sum(1 for item in seen if item and c.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE) > len(seen) / 2

    def _unseen(self, page: Any, text_page: Any) -> set[int]:
        """The characters that nobody sees: drawn invisibly, in white with nothing behind them, too small, or off the page. Where
        that would be most of a page, something of it is not understood and all of it counts as seen."""
        from scorer.office import pdfobjects

        hidden = pdfobjects.unseen(self.c, page)
        if not hidden:
            return set()
        count = self.c.FPDFText_CountChars(text_page)
        found = {index for index in range(count) if pdfobjects.address(self.c.FPDFText_GetTextObject(text_page, index)) in hidden}
        return found if 2 * len(found) < count else set()

    def _runs(
        self, page: Any, text_page: Any, width: float, height: float, unseen: set[int]
    ) -> list[tuple[str, float, float, float, float]]:
        c = self.c
        count = c.FPDFText_CountChars(text_page)
        if count <= 0:
            return []
        text = self._characters(text_page, count)
        if unseen:
            text = "".join(" " if index in unseen and character != "\\n" else character for index, character in enumerate(text))
        turn = c.FPDFPage_GetRotation(page)
        box = c.FS_RECTF()
        place = ctypes.byref(box)

        def where(index: int) -> tuple[float, float, float, float]:
            """(x0, x1, y of the base line, height) of a character on the page as shown."""
            c.FPDFText_GetLooseCharBox(text_page, index, place)
            x0, x1, y0, y1 = box.left, box.right, box.bottom, box.top
            if turn == 1:
                x0, x1, y0, y1 = y0, y1, height - x1, height - x0
            elif turn == 2:
                x0, x1, y0, y1 = width - x1, width - x0, height - y1, height - y0
            elif turn == 3:
                x0, x1, y0, y1 = width - y1, width - y0, x0, x1
            return min(x0, x1), max(x0, x1), height - min(y0, y1), abs(y1 - y0)

        spans: list[tuple[int, int]] = []
        at = 0
        for line in text.split("\n"):
            first, last = at, at + len(line)
            at = last + 1
            while first < last and text[first].isspace():  # its angle says nothing
                first += 1
            if first < last and abs(c.FPDFText_GetCharAngle(text_page, first) - _upright(turn)) % 6.283 < 0.1:
                spans.append((first, last))
        parted = [self._parted(text, first, last, where) for first, last in spans]
        runs = [run for own in parted for run in own]
        if len(spans) <= MAX_LINES and any(_inside(own, runs) for own in parted if own):
            return _by_character(text, where)
        return runs

    def _characters(self, text_page: Any, count: int) -> str:
        """One character for each of PDFium's, whatever it is."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self.c.FPDFText_GetText(text_page, 0, count, buffer) - 1
        if written == count:
            text = ctypes.string_at(buffer, 2 * count).decode("utf-16-le", "replace")
            if len(text) == count:
                return text
        codes = (self.c.FPDFText_GetUnicode(text_page, i) for i in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _parted(self, text: str, first: int, last: int, where: Any) -> list[tuple[str, float, float, float, float]]:
        """A line as runs: parted where the gap is wide, without the white space that justification makes."""
        while first < last and text[first].isspace():
            first += 1
        while first < last and text[last - 1].isspace():
            last -= 1
        if first == last:
            return []
        left, _, y, tall = where(first)
        size = _size(text, first, last, where) or tall
        pieces: list[str] = []
        runs: list[tuple[str, float, float, float, float]] = []
        index = start = first
        while index < last:
            if not text[index].isspace():
                index += 1
                continue
            after = index
            while text[after].isspace():
                after += 1
            pieces.append(text[start:index])
            end, begin = where(index - 1)[1], where(after)[0]
            gap = (begin - end) / size
            if gap > TAB or gap < -0.5:
                runs.append(("".join(pieces), left, end, y, size))
                pieces, left, y = [], begin, where(after)[2]
            elif gap > GAP and not (text[index - 1].isascii() or text[after].isascii()):
                pieces.append("\u3000")
            elif text[index - 1].isascii() and text[after].isascii():
                pieces.append(" ")
            index = start = after
        pieces.append(text[start:last])
        runs.append(("".join(pieces), left, where(last - 1)[1], y, size))
        return runs

    def render(self, number: int, scale: float) -> tuple[dict[str, Any], bytes]:
        """A page as grey pixels, row by row."""
        c = self.c
        page = c.FPDF_LoadPage(self.document, number)
        if not page:
            return {"error": "broken"}, b""
        try:
            wide, high = c.FPDF_GetPageWidthF(page), c.FPDF_GetPageHeightF(page)
            scale = min(scale, (MAX_PIXELS / max(wide * high, 1)) ** 0.5)
            width, height = max(1, int(wide * scale)), max(1, int(high * scale))
            bitmap = c.FPDFBitmap_Create(width, height, 0)
            if not bitmap:
                return {"error": "broken"}, b""
            try:
                c.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
                c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, c.FPDF_ANNOT)
                stride = c.FPDFBitmap_GetStride(bitmap)
                pixels = ctypes.string_at(c.FPDFBitmap_GetBuffer(bitmap), stride * height)
            finally:
                c.FPDFBitmap_Destroy(bitmap)
            green = pixels[1::4]  # four bytes a pixel; one of them is grey enough, and drops red seals less than it should
            return {"width": width, "height": height, "stride": stride // 4}, green
        finally:
            c.FPDF_ClosePage(page)


def _inside(own: list[Any], runs: list[Any]) -> bool:
    """Whether a piece begins in the middle of this line: quotation marks in a font of their own have a base line of their
    own, and PDFium makes lines of them that fill the holes of others."""
    y, size = own[0][3], own[0][4]
    return any(
        abs(below - y) < 0.5 * size and any(run[1] + 0.1 * size < x0 < run[2] - 0.1 * size for run in own) for _, x0, _, below, _ in runs
    )


def _by_character(text: str, where: Any) -> list[tuple[str, float, float, float, float]]:
    """The runs of a page from nothing but the places of its characters."""
    boxes = [(*where(index), character) for index, character in enumerate(text) if not character.isspace()]
    boxes.sort(key=lambda box: box[2])
    rows: list[list[Any]] = []
    for box in boxes:
        if rows and box[2] - rows[-1][0][2] < 0.5 * max(box[3], rows[-1][0][3]):
            rows[-1].append(box)
        else:
            rows.append([box])
    runs = []
    for row in rows:
        row.sort(key=lambda box: box[0])
        wide = [x1 - x0 for x0, x1, _, _, character in row if character >= "\u2e80"]
        size = max(wide, default=row[0][3])
        y = max(box[2] for box in row)
        pieces, left, right = [row[0][4]], row[0][0], row[0][1]
        for x0, x1, _, _, character in row[1:]:
            gap = (x0 - right) / size
            if gap > TAB:
                runs.append(("".join(pieces), left, right, y, size))
                pieces, left = [], x0
            elif gap > GAP and not (character.isascii() or pieces[-1].isascii()):
                pieces.append("\u3000")
            elif gap > 0.2 and character.isascii() and pieces[-1].isascii():
                pieces.append(" ")
            pieces.append(character)
            right = x1
        runs.append(("".join(pieces), left, right, y, size))
    return runs


def _upright(turn: int) -> float:
    """The angle of text that stands upright on a page turned by ``turn`` quarters."""
    return turn * 1.5707963


def _size(text: str, first: int, last: int, where: Any) -> float:
    """The width of a Chinese character of the line, from at most five of them."""
    chosen = [i for i in range(first, last) if text[i] >= "\u2e80"]
    widths = sorted(box[1] - box[0] for box in map(where, chosen[:: max(1, len(chosen) // 5)][:5]))
    return widths[-1] if widths and widths[-1] > 0 else 0.0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        wanted = MAX_MEMORY if kind == resource.RLIMIT_DATA else 0
        _, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
        except (OSError, ValueError):  # not every system has every limit; the deadline stays
            continue


def main() -> None:
    """Answer until the input ends."""
    _limit()
    pdfium = Pdfium()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    for line in iter(requests.readline, b""):
        request = json.loads(line)
        payload = b""
        try:
            if request["do"] == "open":
                answer = pdfium.open(requests.read(request["size"]))
            elif request["do"] == "text":
                answer = pdfium.text()
            else:
                answer, payload = pdfium.render(request["page"], request["scale"])
        except MemoryError:
            answer = {"error": "memory"}
        head = json.dumps({**answer, "size": len(payload)}).encode()
        answers.write(head + b"\n" + payload)
        answers.flush()


if __name__ == "__main__":
    sys.path[:] = [*json.loads(sys.argv[1]), str(Path(__file__).parents[2])]
    main()
