"""Bytes to text: BOM, strict UTF-8, strict GB18030 (of which GB2312 and GBK are parts), else the least bad reading."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The characters that make up a fifth of any official text; a wrong decoding hardly ever hits them.
_FREQUENT = frozenset("的一是在了和国人有法政府治行工作建设市县年不中为大上要以会委全执发依规机理实加强推进開發這來")


def decode(raw: bytes) -> tuple[str, str, bool]:
    """Text, encoding, and whether characters were lost on the way."""
    for bom, name in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(name), name, False
            except UnicodeDecodeError:
                return raw.decode(name, "replace"), name, True
    strict = {}
    for name in ("utf-8", "gb18030", "big5"):
        try:
            strict[name] = raw.decode(name)
        except UnicodeDecodeError:
            continue
    if "utf-8" in strict:
        return strict["utf-8"], "utf-8", False
    if strict:
        best = max(strict, key=lambda name: (_frequent(strict[name]), name == "gb18030"))
        return strict[best], best, False
    if b"\x00" in raw[:200] and len(raw) % 2 == 0:
        for name in ("utf-16-le", "utf-16-be"):
            text = raw.decode(name, "replace")
            if _frequent(text) > 0.05:
                return text, name, "�" in text
    loose = {name: raw.decode(name, "replace") for name in ("utf-8", "gb18030", "big5")}
    best = max(loose, key=lambda name: _frequent(loose[name]) - loose[name].count("�") / (len(loose[name]) or 1))
    return loose[best], best, True


def _frequent(text: str) -> float:
    han = re.findall(r"[一-鿿]", text[:20000])
    return sum(1 for c in han if c in _FREQUENT) / (len(han) or 1)
