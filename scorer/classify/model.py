"""The model file and the reading of sentences with it; needs nothing but the standard library.

The file: ``MAGIC``, the length of the head (4 bytes, little endian), the head (JSON: version, labels with scale and bias,
number of grams, digest of the data, seed), the length of the grams (4 bytes), the grams (UTF-8, one a line, sorted), then a
row of unsigned bytes for each gram: its squared inverse document frequency in halves, then 128 + its weight for each label.

A row is needed in full or not at all, so it is kept as one large integer with a field of 16 bits a number: adding up the
rows of a sentence is one ``sum``, whatever the number of labels. Together with it are kept the rows of the shorter runs that
it begins with: of each character of a sentence only the longest run is looked up and added.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from functools import cached_property, lru_cache
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

from scorer.classify.grams import places, plain
from scorer.classify.runs import Runs
from scorer.errors import FazhiError
from scorer.result import ModelInfo

MAGIC = b"fazhi-model/1\n"
ZERO = 128
HALVES = 2
_FIELD = 2
_AT_ONCE = 85
"""Rows that can be added up without a field running over: a row may be that of three runs, and 85 times 3 times 255 is less
than 65,536."""
MAX_BYTES = 8_000_000


class Label(NamedTuple):
    """One thing the model can say of a sentence; the logit is ``bias + scale * sum of weights / norm``."""

    name: str
    scale: float
    bias: float


class _Rows(dict[int, int]):
    """Number of a run (from 1) -> its row and those of all listed runs that it begins with, as one integer; made when asked for."""

    def __init__(self, rows: memoryview, width: int, runs: Runs) -> None:
        self._rows = rows
        self._width = width
        self._runs = runs

    def __missing__(self, number: int) -> int:
        spread = bytearray(_FIELD * (self._width + 1))
        spread[0] = 1
        spread[_FIELD::_FIELD] = self._rows[(number - 1) * self._width : number * self._width]
        shorter = self._runs.shorter(number)
        self[number] = value = int.from_bytes(spread, "little") + (self[shorter] if shorter is not None else 0)
        return value


class Scores:
    """What a model says of several sentences: logits, above 0 it is more likely than not. Worked out when they are asked for."""

    def __init__(self, labels: Sequence[Label], sums: Sequence[tuple[int, ...]]) -> None:
        """``sums`` has for each sentence the number of runs found, their squared weights in halves, and a sum for each label."""
        self._labels = labels
        self._sums = sums
        self._norms = [math.sqrt(found[1] / HALVES) or 1.0 for found in sums]
        self._zeros = [ZERO * found[0] for found in sums]

    def row(self, sentence: int) -> list[float]:
        """The score of each label for a sentence."""
        norm, zero = self._norms[sentence], self._zeros[sentence]
        return [bias + scale * (s - zero) / norm for s, (_, scale, bias) in zip(self._sums[sentence][2:], self._labels, strict=True)]

    def of(self, sentence: int, label: int) -> float:
        """The score of one label for a sentence."""
        _, scale, bias = self._labels[label]
        return bias + scale * (self._sums[sentence][label + 2] - self._zeros[sentence]) / self._norms[sentence]

    def best(self, label: int) -> tuple[float, int] | None:
        """The highest score of a label and the first sentence that has it; None if there is no sentence."""
        if not self._sums:
            return None
        _, scale, bias = self._labels[label]
        column = [
            bias + scale * (s - zero) / norm for s, zero, norm in zip(self._columns[label + 2], self._zeros, self._norms, strict=True)
        ]
        top = max(column)
        return top, column.index(top)

    def only(self, sentences: Sequence[int]) -> Scores:
        """The same of some of the sentences."""
        return Scores(self._labels, [self._sums[sentence] for sentence in sentences])

    @cached_property
    def _columns(self) -> list[tuple[int, ...]]:
        return list(zip(*self._sums, strict=True))


class Model:
    """A read model. ``labels`` in the order of the scores."""

    def __init__(self, info: ModelInfo, labels: Sequence[Label], runs: Runs, rows: memoryview) -> None:
        self.info = info
        self.labels = tuple(labels)
        self.names = {label.name: number for number, label in enumerate(self.labels)}
        self._runs = runs
        self._raw = rows
        self._width = len(self.labels) + 1
        self._rows = _Rows(rows, self._width, runs)
        self._fields = struct.Struct(f"<{self._width + 1}H")

    def scores(self, sentence: str) -> list[float]:
        """The logit of each label for a folded sentence: above 0 it is more likely than not."""
        return self.read([sentence]).row(0)

    def read(self, sentences: Sequence[str]) -> Scores:
        """What is to be said of folded sentences."""
        plains = list(map(plain, sentences))
        longest = self._runs.longest("\n".join((*plains, "")))
        sums = []
        at = 0
        for words in plains:
            known = list(filter(None, longest[at : at + len(words)]))
            at += len(words) + 1
            found = self._summed(known[:_AT_ONCE])
            for more in range(_AT_ONCE, len(known), _AT_ONCE):
                found = tuple(map(add, found, self._summed(known[more : more + _AT_ONCE])))
            sums.append(found)
        return Scores(self.labels, sums)

    def _summed(self, known: Sequence[int]) -> tuple[int, ...]:
        return self._fields.unpack(sum(map(self._rows.__getitem__, known)).to_bytes(self._fields.size, "little"))

    def carried(self, sentence: str, label: str) -> tuple[int, int]:
        """The run of characters (start, end) of a folded sentence that speaks most for the label; (0, 0) if none does."""
        number = self.names[label] + 1
        words, origins = places(sentence)
        worth = [0.0] * len(words)
        for size, runs in enumerate(self._runs.all(words), 1):
            for at, known in runs:
                share = (self._raw[(known - 1) * self._width + number] - ZERO) / size
                for place in range(at, at + size):
                    worth[place] += share
        best, run, begin, found = 0.0, 0.0, 0, (0, 0)
        for place, value in enumerate(worth):
            if run <= 0:
                run, begin = 0.0, place
            run += value
            if run > best:
                best, found = run, (begin, place + 1)
        return origins[found[0]], origins[found[1]]


def read_model(data: bytes, where: str = "") -> Model:
    """A model from the bytes of its file. Raises ``FazhiError`` on anything that is none."""
    try:
        head, at = _block(data, len(MAGIC))
        described: dict[str, Any] = json.loads(head)
        words, at = _block(data, at)
        listed = words.decode("utf-8").split("\n")
        labels = [Label(str(n), float(s), float(b)) for n, s, b in described["labels"]]
        info = ModelInfo(
            str(described["version"]),
            str(described["data"]),
            int(described["sentences"]),
            int(described["seed"]),
        )
        right = data.startswith(MAGIC) and len(data) - at == len(listed) * (len(labels) + 1) and len(data) <= MAX_BYTES
    except (ValueError, KeyError, TypeError, struct.error):
        right = False
    if not right:
        raise FazhiError("这不是本程序能用的分类模型", where=where, remedy="请用 fazhi train 重新生成")
    return Model(info, labels, Runs(listed), memoryview(data)[at:])


def _block(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from("<I", data, at)
    start = at + 4
    return data[start : start + length], start + length


def written(
    labels: Sequence[Label], listed: Sequence[str], rows: Sequence[bytes], *, version: str, data: str, sentences: int, seed: int
) -> bytes:
    """The bytes of a model file: the inverse of ``read_model``."""
    described = {"version": version, "data": data, "sentences": sentences, "seed": seed, "labels": [list(label) for label in labels]}
    head = json.dumps(described, ensure_ascii=False, sort_keys=True).encode()
    words = "\n".join(listed).encode()
    return b"".join((MAGIC, struct.pack("<I", len(head)), head, struct.pack("<I", len(words)), words, *rows))


def load_model(path: Path) -> Model:
    """The model of a file, read again only when the file has changed."""
    try:
        status = path.stat()
        return _loaded(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise FazhiError("读不到分类模型", where=str(path), remedy="请检查路径，或用 fazhi train 生成") from error


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int, _size: int) -> Model:
    return read_model(path.read_bytes(), str(path))
