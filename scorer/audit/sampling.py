"""A random sample of what was passed, and what it says of the whole: the share of agreement with Wilson's interval. Pure."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from typing import NamedTuple

Z = 1.959964
"""Of the normal distribution, for 95 %."""


class Agreement(NamedTuple):
    """Of ``looked`` at, in how many the person agreed; the share and its interval of 95 % (0 to 1)."""

    looked: int
    agreed: int
    share: float
    low: float
    high: float


def place(seed: str, *names: str) -> int:
    """Where something stands in the random order that a seed gives: the first of the order are the sample, however many are taken."""
    return int.from_bytes(hashlib.sha256("\x1f".join((seed, *names)).encode("utf-8", "surrogatepass")).digest()[:7])


def agreement(answers: Iterable[bool]) -> Agreement:
    """Wilson's interval for a share; from 0 to 1 where nothing was looked at."""
    told = list(answers)
    n, k = len(told), sum(told)
    if not n:
        return Agreement(0, 0, 0.0, 0.0, 1.0)
    p, z2 = k / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    # Where all agree (or none) the bound is 1 (or 0) itself, not a hair beside it.
    return Agreement(n, k, p, 0.0 if k == 0 else max(0.0, middle - half), 1.0 if k == n else min(1.0, middle + half))
