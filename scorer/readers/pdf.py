"""PDF: positioned text from PDFium, joined to paragraphs; pages without text are recognised where that is installed."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from scorer.errors import UnreadableError
from scorer.readers import ocr
from scorer.readers.base import Progress, Reading
from scorer.readers.glyphs import garbage, normal
from scorer.readers.lines import paragraphs
from scorer.readers.sheets import Run, Sheet

SECONDS = {"open": 8.0, "text": 18.0, "render": 15.0}
"""What each request may take before the process is ended; a file that is no scan is read or refused in 26 s."""
SCALE = 150 / 72
"""Pixels a point for recognition: 150 dpi, at which 三号 type is 33 pixels high."""
_ERRORS = {
    "password": ("PDF设有密码", "请取消密码保护后再试，或向报送单位索取没有密码的文件"),
    "broken": ("PDF已损坏，读不出来", "请重新下载，或用Word、WPS另存一份再试"),
    "pages": ("PDF页数过多，不像一份报告", "请只提交报告正文"),
    "long": ("文字过多，不像一份报告", "请只提交报告正文"),
    "memory": ("PDF展开后过大，可能不是正常文件", "请用Word、WPS或浏览器另存一份再试"),
    "time": ("PDF在限定时间内读不完，可能不是正常文件", "请用Word、WPS或浏览器另存一份再试"),
    "ended": ("PDF读到一半程序中断，文件可能已损坏", "请用Word、WPS或浏览器另存一份再试"),
}


def read(raw: bytes, progress: Progress | None = None) -> Reading:
    """The paragraphs with their pages. Raises ``UnreadableError`` for what PDFium cannot open and for scans without ``[ocr]``."""
    with _CHILD.lock:
        _CHILD.ask({"do": "open", "size": len(raw)}, raw)
        pages: list[dict[str, Any]] = _CHILD.ask({"do": "text"})[0]["pages"]
        sheets = [_sheet(number, page) for number, page in enumerate(pages, 1)]
        bad = [number for number, sheet in enumerate(sheets) if garbage("".join(run.text for run in sheet.runs))]
        letters = [sum(len(run.text) for run in sheet.runs) for sheet in sheets]
        scanned = [n for n, page in enumerate(pages) if n in bad or (letters[n] < ocr.FEW and page["pictures"])]
        hidden = [n for n, page in enumerate(pages) if page["hidden"]]
        warnings = []
        if any(page["broken"] for page in pages):
            warnings.append("有的页面已损坏，没有读出文字，请核对正文是否完整。")
        if scanned and (len(scanned) == len(pages) or ocr.installed() or sum(letters) < 100):
            what = "PDF是扫描件（图片），没有文字" if len(bad) < len(scanned) else "PDF的文字层是乱码（字体没有对照表）"
            return _recognised(sheets, scanned, what, warnings, progress)
    if scanned:
        warnings.append(f"{ocr.which([n + 1 for n in scanned])}是图片，没有读出文字；{ocr.INSTALL}可以识别。")
    if hidden:
        warnings.append(f"{ocr.which([n + 1 for n in hidden])}是扫描图片，文字取自文件自带的识别结果，可能有认错的字。")
    if any(page["withheld"] for page in pages):
        warnings.append("文件里有读者看不见的文字（如不显示、与底色相同、极小或在页面之外），没有读入。")
    sheets = [sheet._replace(runs=[]) if number in bad else sheet for number, sheet in enumerate(sheets)]
    return Reading(paragraphs(sheets), "pdf", {}, warnings, 0.0 if len(hidden) * 2 > len(pages) else None)


def _recognised(sheets: list[Sheet], scanned: list[int], what: str, warnings: list[str], progress: Progress | None) -> Reading:
    """The pages in ``scanned`` from their images, the others as they are. The lock is held."""

    def image(number: int) -> ocr.Image:
        answer, pixels = _CHILD.ask({"do": "render", "page": number, "scale": SCALE})
        return ocr.Image(answer["stride"], answer["height"], pixels)

    recognised, confidence = ocr.sheets(what, [(sheets[n].number, lambda n=n: image(n)) for n in scanned], progress)  # type: ignore[misc]
    by_number = {sheet.number: sheet for sheet in recognised}
    whole = [by_number.get(sheet.number, sheet) for sheet in sheets]
    warnings.append(ocr.warning("全文" if len(scanned) == len(sheets) else ocr.which([n + 1 for n in scanned]), confidence))
    return Reading(paragraphs(whole, loose=ocr.LOOSE), "pdf", {}, warnings, confidence)


def _sheet(number: int, page: dict[str, Any]) -> Sheet:
    runs = [Run(normal(text), x0, x1, y, size) for text, x0, x1, y, size in page["runs"]]
    return Sheet(number, page["width"], page["height"], [run for run in runs if run.text.strip()])


class _Child:
    """The process that holds PDFium, started when first needed and again after it died. Hold ``lock`` while asking."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: dict[str, Any], payload: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """The answer to a request. Raises ``UnreadableError`` when it is an error, or none comes in time."""
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS[request["do"]], kill)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n" + payload)
            process.stdin.flush()
            head = process.stdout.readline()
            answer: dict[str, Any] = json.loads(head) if head else {"error": "time" if late.is_set() else "ended"}
            body = process.stdout.read(answer.get("size", 0))
        except (OSError, ValueError):
            answer, body = {"error": "time" if late.is_set() else "ended"}, b""
        finally:
            timer.cancel()
        if answer.get("error") in ("time", "ended", "memory"):
            self.stop()
        if "error" in answer:
            what, remedy = _ERRORS[answer["error"]]
            raise UnreadableError(what, remedy=remedy)
        return answer, body

    def _running(self) -> subprocess.Popen[bytes]:
        # A forked process must not talk into its parent's pipes.
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            script = Path(__file__).with_name("pdfium.py")
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(script), json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if not self._owner:
                atexit.register(self.stop)
            self._owner = os.getpid()
        return self._process

    def stop(self) -> None:
        """End the process; the next request starts another."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except OSError:
                        continue


_CHILD = _Child()
