"""Text in images, with the extra ``[ocr]`` (rapidocr and onnxruntime, models inside the wheel, no network)."""

from __future__ import annotations

import importlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from scorer.errors import UnreadableError
from scorer.readers.base import Progress
from scorer.readers.glyphs import normal
from scorer.readers.sheets import Run, Sheet

FEW = 15
"""A page with fewer characters than this and a picture on it is a scan."""
MAX_PAGES = 60
INSTALL = "安装识别组件（pip install 'fazhi-scorer[ocr]'）后"
WAY_OUT = f"{INSTALL}再试；或请报送单位提供文字版（Word、WPS或可复制文字的PDF）"
LOOSE = 1.6
"""How much wider the tolerances of line joining are for places measured in an image."""
LONGEST = 1_800
MAX_PIXELS = 40_000_000
_LOCK = threading.Lock()


class Image(NamedTuple):
    """Grey pixels, one byte each, row by row."""

    width: int
    height: int
    pixels: bytes


def installed() -> bool:
    """Whether the extra is there."""
    return importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("onnxruntime") is not None


def sheets(what: str, pages: Sequence[tuple[int, Callable[[], Image]]], progress: Progress | None = None) -> tuple[list[Sheet], float]:
    """The positioned text of images, given as (page number, function that makes the image), and the mean confidence.

    Raises ``UnreadableError`` (``what`` says what the file is) without the extra, or when nothing was recognised.
    """
    if not installed():
        raise UnreadableError(what, remedy=WAY_OUT)
    if len(pages) > MAX_PAGES:
        raise UnreadableError(f"{what}，共{len(pages)}页，多于{MAX_PAGES}页的不作识别", remedy="请报送单位提供文字版")
    result = []
    weight = sure = 0.0
    for done, (number, image) in enumerate(pages, 1):
        if progress:
            progress(done, len(pages))
        sheet, characters, confidence = _sheet(number, image())
        result.append(sheet)
        weight += characters
        sure += characters * confidence
    if not weight:
        raise UnreadableError(f"{what}，也没有识别出文字", remedy="请报送单位提供文字版")
    return result, sure / weight


def picture(raw: bytes) -> Image:
    """A picture file (PNG, JPEG, TIFF: its first page) as grey pixels. Raises ``UnreadableError``; needs the extra."""
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
    cv2, numpy = map(importlib.import_module, ("cv2", "numpy"))  # they come with the extra

    try:
        grey = cv2.imdecode(numpy.frombuffer(raw, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise UnreadableError("图片过大或已损坏", remedy="请重新扫描，或请报送单位提供文字版") from error
    if grey is None:
        raise UnreadableError("图片已损坏，读不出来", remedy="请重新扫描，或请报送单位提供文字版")
    high, wide = grey.shape[:2]
    if max(high, wide) > LONGEST:  # a page of 300 dpi is read no better than one of 150, and four times slower
        factor = LONGEST / max(high, wide)
        grey = cv2.resize(grey, (max(1, int(wide * factor)), max(1, int(high * factor))), interpolation=cv2.INTER_AREA)
    return Image(grey.shape[1], grey.shape[0], grey.tobytes())


def which(numbers: Sequence[int]) -> str:
    """第3、5页, of page numbers from 1."""
    return f"第{'、'.join(map(str, numbers[:8]))}{'等' if len(numbers) > 8 else ''}页"


def warning(where: str, confidence: float) -> str:
    """What the reader must know of recognised text."""
    return f"{where}是图片，文字由程序识别得来（平均把握{confidence:.1%}），可能有认错或漏认的字：缺失、不足和数字矛盾请对照原件复核。"


def _sheet(number: int, image: Image) -> tuple[Sheet, int, float]:
    numpy = importlib.import_module("numpy")  # comes with the extra
    grey = numpy.frombuffer(image.pixels, numpy.uint8)[: image.width * image.height].reshape(image.height, image.width)
    with _LOCK:
        found = _engine()(numpy.stack([grey] * 3, axis=-1))
    runs: list[Run] = []
    sure = 0.0
    characters = 0
    for box, text, score in zip(found.boxes if found.boxes is not None else (), found.txts or (), found.scores or (), strict=True):
        xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
        text = normal(text)
        if not text.strip():
            continue
        wide = sum(1.0 if c >= "\u2e80" else 0.5 for c in text)
        # The boxes of the detector are a little higher than the type; the width divided by the characters is truer.
        size = min((max(xs) - min(xs)) / max(wide, 1), max(ys) - min(ys)) if wide >= 4 else (max(ys) - min(ys)) * 0.8
        runs.append(Run(text, min(xs), max(xs), max(ys), size))
        sure += len(text) * float(score)
        characters += len(text)
    return Sheet(number, image.width, image.height, runs), characters, sure / characters if characters else 0.0


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
