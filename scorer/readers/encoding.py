"""Bytes to text: BOM, strict UTF-8, strict GB18030 (of which GB2312 and GBK are parts), else the least bad reading.

What a page declares decides nothing - it is often wrong - but is compared with what was found.
"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The characters that make up a fifth of any official text; a wrong decoding hardly ever hits them.
_FREQUENT = frozenset("的一是在了和国人有法政府治行工作建设市县年不中为大上要以会委全执发依规机理实加强推进开發這來")
_HAN = re.compile(r"[一-鿿]")
_PIECE = re.compile(rb"(?=[<\n])")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})|^\s*<\?xml[^>]{0,100}?encoding=["']([\w-]{2,20})""", re.IGNORECASE
)
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "big5-hkscs": "big5",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
_KNOWN = {"utf-8", "gb18030", "big5", "utf-16", "iso-8859-1"}
# Fewer characters than this can be valid UTF-8 by chance in a text of another encoding.
_CERTAIN = 4
_ASCII = bytes(range(128))
MIXED = "+"


def decode(raw: bytes) -> tuple[str, str, bool]:
    """Text, encoding, and whether characters were lost on the way.

    A text whose pieces are in two encodings is read piece by piece; its encoding is then named ``utf-8+gb18030`` or ``gb18030+utf-8``, the main one first.
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(name), name, False
            except UnicodeDecodeError:
                return (*_by_pieces(raw, "utf-8"),) if name == "utf-8-sig" else (raw.decode(name, "replace"), name, True)
    try:
        return raw.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    loose = {name: raw.decode(name, "replace") for name in ("utf-8", "gb18030", "big5")}
    worth = {name: _frequent(text) - 2 * text.count("�") / (len(text) or 1) for name, text in loose.items()}
    clean = [name for name in ("gb18030", "big5") if "�" not in loose[name]]
    best = max(clean or loose, key=lambda name: (worth[name], name == "gb18030"))
    if clean and worth["utf-8"] > worth[best] + 0.05:
        best = "utf-8"
    if best != "big5" and worth[best] > 0:
        return _by_pieces(raw, best)
    if not clean and b"\x00" in raw[:200] and len(raw) % 2 == 0:
        for name in ("utf-16-le", "utf-16-be"):
            text = raw.decode(name, "replace")
            if _frequent(text) > 0.05:
                return text, name, "�" in text
    return loose[best], best, "�" in loose[best]


def remarks(raw: bytes, encoding: str, lossy: bool) -> list[str]:
    """What a reader of the result should know about the decoding of a text or page (Chinese sentences)."""
    found = []
    if lossy:
        found.append(f"有个别字符按{encoding}编码读不出来，已用�代替。")
    if MIXED in encoding:
        found.append(f"文件里混有两种编码（{encoding.replace(MIXED, '和')}），已分别读出。")
    declared = _DECLARED.search(raw[:8192])
    if declared and not raw.isascii():
        name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
        family, real = _FAMILIES.get(name, name), _FAMILIES.get(encoding.partition(MIXED)[0], encoding.partition(MIXED)[0])
        if family in _KNOWN and family != real:
            found.append(f"网页声明的编码是{name}，实际按{real}读出。")
    return found


def _by_pieces(raw: bytes, main: str) -> tuple[str, str, bool]:
    """A text that is mostly in one of UTF-8 and GB18030, with pieces (lines, elements) that may be in the other."""
    parts = []
    mixed = lossy = False
    for piece in _PIECE.split(raw.removeprefix(codecs.BOM_UTF8)):
        if piece.isascii():
            parts.append(piece.decode("ascii"))
            continue
        text, strange = _piece(piece, main)
        mixed |= strange
        lossy |= "�" in text
        parts.append(text)
    return "".join(parts), f"{main}{MIXED}{'gb18030' if main == 'utf-8' else 'utf-8'}" if mixed else main, lossy


def _piece(piece: bytes, main: str) -> tuple[str, bool]:
    strict = {}
    for name in ("utf-8", "gb18030"):
        try:
            strict[name] = piece.decode(name)
        except UnicodeDecodeError:
            continue
    if "utf-8" in strict and (main == "utf-8" or len(_HAN.findall(strict["utf-8"])) >= _CERTAIN):
        return strict["utf-8"], main != "utf-8"
    if "gb18030" in strict and (main == "gb18030" or 4 * len(_HAN.findall(strict["gb18030"])) >= len(piece.translate(None, _ASCII))):
        return strict["gb18030"], main != "gb18030"
    return piece.decode(main, "replace"), False


def _frequent(text: str) -> float:
    han = _HAN.findall(text[:20000])
    return sum(1 for c in han if c in _FREQUENT) / (len(han) or 1)
