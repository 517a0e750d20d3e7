"""The words that the names of places end in, and the tier of government each stands for: the one list of them.

The tiers are those that reports are matched by; 新区, 开发区, 高新区 are areas with an administration of their own, no tier of the law.
"""

from __future__ import annotations

import re
from functools import lru_cache

TIERS = {"省": 1, "自治区": 1, "特别行政区": 1, "市": 2, "州": 2, "自治州": 2, "盟": 2, "地区": 2}
"""1 province, 2 city, 3 county, 4 township."""
TIERS |= {"县": 3, "区": 3, "旗": 3, "自治县": 3, "自治旗": 3, "新区": 3, "开发区": 3, "高新区": 3, "林区": 3}
TIERS |= {"镇": 4, "乡": 4, "民族乡": 4, "街道": 4, "苏木": 4}
SUFFIX = "|".join(sorted(map(re.escape, TIERS), key=lambda word: -len(word)))
"""For regular expressions, to be put in a group: the longest first, so that 自治县 is not taken for 县."""
LETTERS = "".join(word for word in TIERS if len(word) == 1)
"""The suffixes of one character, for a class in a regular expression."""


@lru_cache(maxsize=1024)
def tier(place: str) -> int:
    """The tier of a place by its longest suffix (地区, not 区); 0 for words that are no place."""
    return TIERS[max(found, key=len)] if (found := [suffix for suffix in TIERS if place.endswith(suffix)]) else 0
