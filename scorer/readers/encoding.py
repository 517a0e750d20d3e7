"""Bytes to text: BOM, strict UTF-8, strict GB18030 (of which GB2312 and GBK are parts), else the least bad reading; the old ways
to write Chinese in seven bits (HZ, UTF-7), and UTF-8 that was taken for Western letters and encoded once more.

What a page declares decides nothing - it is often wrong - but is compared with what was found.
"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The characters that make up a fifth of any official text; a wrong decoding hardly ever hits them.
_FREQUENT = frozenset(
    "的一是在了和国人有法政府治行工作建设市县年不中为大上要以会委全执发依规机理实加强推进开發這來國會為縣區務執開報實對個經過還進動應長將處設辦與總責職體關機條權導無學"
)
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
OTHERS = {"utf-8": ("gb18030", "big5"), "gb18030": ("utf-8", "big5"), "big5": ("utf-8", "gb18030")}
"""In what other encodings pieces of a text may be."""
_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{6,400}-?")
_WESTERN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
KNOWN_SHARE, CLEAR, ENOUGH = 0.05, 0.12, 12
"""A text has so large a share of frequent characters at least; another reading must have so much more to be preferred, with so many characters."""
FEW_SIGNS = 8
TWICE = "utf-8（编码了两次）"


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
    if raw.isascii() and (found := _seven_bits(raw)):
        return found
    try:
        return _once(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    loose = {name: raw.decode(name, "replace") for name in ("utf-8", "gb18030", "big5")}
    worth = {name: _frequent(text) - 2 * text.count("�") / (len(text) or 1) for name, text in loose.items()}
    clean = [name for name in ("gb18030", "big5") if "�" not in loose[name]]
    best = max(clean or loose, key=lambda name: (worth[name], name == "gb18030"))
    if clean and worth["utf-8"] > worth[best] + 0.05:
        best = "utf-8"
    if worth[best] > 0:
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
        found.append(f"文件里混有{'两' if encoding.count(MIXED) == 1 else '三'}种编码（{encoding.replace(MIXED, '和')}），已分别读出。")
    if encoding in ("hz", "utf-7", TWICE):
        found.append(f"文件的编码是少见的{encoding}，已经还原，请核对。")
    declared = _DECLARED.search(raw[:8192])
    if declared and not raw.isascii():
        name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
        family, real = _FAMILIES.get(name, name), _FAMILIES.get(encoding.partition(MIXED)[0], encoding.partition(MIXED)[0])
        if family in _KNOWN and family != real:
            found.append(f"网页声明的编码是{name}，实际按{real}读出。")
    return found


def gibberish(text: str) -> bool:
    """Whether a text has many Chinese characters and hardly one of those that every text has."""
    han = len(_HAN.findall(text[:20000]))
    return text.count("锟斤拷") >= 3 or (han >= 100 and _frequent(text) < KNOWN_SHARE / 2)


def _seven_bits(raw: bytes) -> tuple[str, str, bool] | None:
    """A text in HZ or UTF-7; None for anything else in ASCII."""
    marks = (("hz", raw.count(b"~{") >= 2), ("utf-7", len(_UTF7.findall(raw[:200_000])) >= FEW_SIGNS))
    for name, marked in marks:
        if not marked:
            continue
        text = raw.decode(name, "replace")
        if len(_HAN.findall(text)) >= ENOUGH and _frequent(text) > KNOWN_SHARE:
            return text, name, "�" in text
    return None


def _once(text: str) -> tuple[str, str, bool]:
    """A text in UTF-8; one that was encoded twice is decoded once more."""
    if len(_WESTERN.findall(text[:20000])) * 4 > len(text[:20000]) - text[:20000].count(" ") and not _HAN.search(text[:2000]):
        for name in ("cp1252", "latin-1"):
            try:
                again = text.encode(name).decode("utf-8")
            except (UnicodeDecodeError, UnicodeEncodeError):
                continue
            if _frequent(again) > KNOWN_SHARE:
                return again, TWICE, False
    return text, "utf-8", False


def _by_pieces(raw: bytes, main: str) -> tuple[str, str, bool]:
    """A text that is mostly in one encoding, with pieces (lines, elements) that may be in another."""
    parts = []
    lossy = False
    strange: dict[str, None] = {}
    for piece in _PIECE.split(raw.removeprefix(codecs.BOM_UTF8)):
        if piece.isascii():
            parts.append(piece.decode("ascii"))
            continue
        text, name = _piece(piece, main)
        if name != main:
            strange[name] = None
        lossy |= "�" in text
        parts.append(text)
    return "".join(parts), MIXED.join([main, *strange]), lossy


def _piece(piece: bytes, main: str) -> tuple[str, str]:
    """The text of a piece and its encoding: the main one unless another fits clearly better."""
    strict = {}
    for name in (main, *OTHERS[main]):
        try:
            strict[name] = piece.decode(name)
        except UnicodeDecodeError:
            continue
    if "utf-8" in strict and (main == "utf-8" or len(_HAN.findall(strict["utf-8"])) >= _CERTAIN):
        return strict["utf-8"], "utf-8"
    strict.pop("utf-8", None)
    # Half of the bytes of such a piece at least are Chinese characters.
    fitting = {n: t for n, t in strict.items() if n == main or 4 * len(_HAN.findall(t)) >= len(piece.translate(None, _ASCII))}
    if main in fitting and len(fitting) > 1:
        best = max(fitting, key=lambda name: _frequent(fitting[name]))
        sure = len(_HAN.findall(fitting[best])) >= ENOUGH and _frequent(fitting[best]) > _frequent(fitting[main]) + CLEAR
        return (fitting[best], best) if sure else (fitting[main], main)
    if fitting:
        best = max(fitting, key=lambda name: (name == main, _frequent(fitting[name]), name == "gb18030"))
        return fitting[best], best
    return piece.decode(main, "replace"), main


def _frequent(text: str) -> float:
    han = _HAN.findall(text[:20000])
    return sum(1 for c in han if c in _FREQUENT) / (len(han) or 1)
