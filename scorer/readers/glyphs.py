"""Characters as a reader sees them: what fonts and text layers of PDF and OFD put in their place."""

from __future__ import annotations

import re

# CJK radicals that stand for a character of their own in the text layer of some PDFs and have no compatibility form in
# Unicode (UAX #38, EquivalentUnifiedIdeograph.txt); the Kangxi radicals have one.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺊⺍⺎⺐⺓⺗⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺰⺱⺶⺷⺻⺼⺽⻁⻃⻄⻅⻆⻇⻉⻊⻋⻌⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙刀卜小兀尢幺心旡日月母民牛王疋目示竹纟网羊羊聿月臼虎覀西见角角贝足车辶钅長镸长门雨青韦页风飞食食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_DROPPED = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff]")


def normal(text: str) -> str:
    """The characters that a reader sees: radicals and compatibility ideographs as the usual characters, no invisible ones."""
    import unicodedata

    text = _DROPPED.sub("", text)
    return _COMPATIBLE.sub(lambda m: _RADICALS.get(m.group()) or unicodedata.normalize("NFKC", m.group()), text)


def garbage(text: str) -> bool:
    """Whether a text layer is useless: most of it private-use or replacement characters, or hardly a letter in it."""
    dense = re.sub(r"\s", "", text)
    bad = len(re.findall("[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f\U000f0000-\U0010ffff]", dense))
    return len(dense) >= 20 and bad > len(dense) * 0.3
