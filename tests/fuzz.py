"""Damaged files of every format against the readers: ``python tests/fuzz.py --cases 20000 --seed 1``.

Real files, made here, are changed at random: bits, bytes, cuts, doubled and moved pieces, parts of zips, tags and numbers
of XML. Whatever comes of it must be a document or one line of refusal, in bounded time, without growing memory.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import formats  # noqa: E402
from helpers import page  # noqa: E402

from scorer.errors import UnreadableError  # noqa: E402
from scorer.readers import read, soffice  # noqa: E402

FIXTURES = Path(__file__).parent / "readers" / "files"
SECONDS = 20.0


class Outcome(NamedTuple):
    """What came of a run: documents read, files refused, the slowest case in seconds, growth of memory in bytes."""

    read: int
    refused: int
    slowest: float
    growth: int
    kinds: Counter[str]


def samples() -> dict[str, bytes]:
    """One file of every format."""
    lines = page().splitlines()
    pages = formats.typeset(lines)
    return {
        "text": page().encode("gb18030"),
        "html": formats.web_page(lines),
        "docx": formats.numbered_docx(lines),
        "docx-typed": formats.typed_docx(lines),
        "pdf": formats.pdf(pages),
        "pdf-scan": formats.scan(2),
        "ofd": formats.ofd(pages),
        "rtf": formats.rtf(lines),
        **{path.suffix[1:]: path.read_bytes() for path in sorted(FIXTURES.glob("*.doc"))},
    }


# ---- changes


def _bits(raw: bytes, random: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(random.choice((1, 3, 20, 200))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def _bytes(raw: bytes, random: random.Random) -> bytes:
    at = random.randrange(len(raw))
    return (
        raw[:at]
        + random.choice((b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", random.randbytes(random.randrange(1, 64))))
        + raw[at + random.choice((0, 1, 4)) :]
    )


def _cut(raw: bytes, random: random.Random) -> bytes:
    return raw[: random.randrange(len(raw)) + 1]


def _doubled(raw: bytes, random: random.Random) -> bytes:
    a, b = sorted((random.randrange(len(raw)), random.randrange(len(raw))))
    return raw[:a] + raw[a:b] * random.choice((2, 3, 10)) + raw[b:] if len(raw) < 500_000 else raw[b:] + raw[:a]


def _numbers(raw: bytes, random: random.Random) -> bytes:
    """A number written in the file becomes another."""
    found = list(re.finditer(rb"\d+", raw))
    if not found:
        return raw
    match = random.choice(found)
    return raw[: match.start()] + random.choice((b"0", b"-1", b"99999999999", b"1e308", b"nan", b"65536")) + raw[match.end() :]


def _tags(raw: bytes, random: random.Random) -> bytes:
    """A tag of XML or HTML goes, comes twice, wraps itself or loses an attribute."""
    found = list(re.finditer(rb"<[^<>]{1,200}>", raw))
    if not found:
        return raw
    match = random.choice(found)
    tag = match.group()
    new = random.choice(
        (
            b"",
            tag * 2,
            tag * 300,
            b"<" + tag,
            re.sub(rb'"[^"]*"', b'"\xff&lt;"', tag, count=1),
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + tag,
            b"&b;",
        )
    )
    return raw[: match.start()] + new + raw[match.end() :]


def _part(raw: bytes, random: random.Random) -> bytes:
    """A part of a zip is changed, goes, or comes twice under another name."""
    if not raw.startswith(b"PK"):
        return _bits(raw, random)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # damaged by a change before this one, in any of many ways
        parts = []
    if not parts:
        return _bits(raw, random)
    chosen = random.randrange(len(parts))
    name, content = parts[chosen]
    what = random.randrange(6)
    if what == 0:
        del parts[chosen]
    elif what == 1:
        parts.append((random.choice(("../" + name, "/" + name, name.upper(), "word/styles.xml", "x" * 300)), content))
    elif content:
        parts[chosen] = (name, random.choice((_bits, _cut, _tags, _numbers, _doubled))(content, random))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bits, _bytes, _cut, _doubled, _numbers, _tags, _part, _part)


def _resident() -> int:
    """Memory of this process in bytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        return 0


def run(cases: int, seed: int, *, told: Callable[[int], None] | None = None) -> Outcome:
    """Read ``cases`` damaged files. Raises what a reader raises, with the case's number and kind in the note.

    LibreOffice is left out: it takes seconds a file and is a program of others.
    """
    convert, soffice.to_docx = soffice.to_docx, lambda raw, suffix: None
    files = list(samples().items())
    kinds: Counter[str] = Counter()
    good = bad = 0
    slowest = 0.0
    base = 0
    try:
        for number in range(cases):
            random_ = random.Random(f"{seed}/{number}")
            kind, raw = random_.choice(files)
            for _ in range(random_.choice((1, 1, 1, 2, 4))):
                raw = random_.choice(CHANGES)(raw, random_) or b"x"
            faulthandler.dump_traceback_later(SECONDS + 15, exit=True)
            start = time.monotonic()
            try:
                document = read(raw, name="件")
                assert document.paragraphs
                good += 1
            except UnreadableError as error:
                assert "\n" not in str(error)
                bad += 1
            except BaseException as error:
                error.add_note(f"case {number} of seed {seed}: {kind}")
                raise
            finally:
                faulthandler.cancel_dump_traceback_later()
            took = time.monotonic() - start
            slowest = max(slowest, took)
            assert took < SECONDS, f"case {number} of seed {seed}: {kind} took {took:.1f} s"
            kinds[kind] += 1
            if number == min(500, cases // 2):
                base = _resident()
            if told and number % 500 == 0:
                told(number)
    finally:
        soffice.to_docx = convert
    return Outcome(good, bad, slowest, _resident() - base, kinds)


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.monotonic()
    outcome = run(options.cases, options.seed, told=lambda n: print(f"{n}…", end=" ", flush=True))
    print(
        f"\n{options.cases} 例，{time.monotonic() - start:.0f} 秒：读出 {outcome.read}，拒绝 {outcome.refused}，最慢 {outcome.slowest:.2f} 秒，内存增长 {outcome.growth / 1e6:.0f} MB"
    )
    print(dict(outcome.kinds))


if __name__ == "__main__":
    main()
