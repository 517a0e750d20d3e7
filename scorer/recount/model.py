"""What a recomputed statement is, and when a printed figure agrees with a computed one."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from scorer.document import Span
from scorer.text.figures import FRACTION, Figure, step_of
from scorer.vocabulary import Arithmetic

SHOWN_FORMS = 3
_HUNDREDTH = Decimal("0.01")
# Half of the distance within which a fraction in words (四分之三) stands for a computed percentage.
FRACTION_WITHIN = Decimal(5)


class Statement(NamedTuple):
    """One recomputed statement. ``printed`` is what the text says, ``computed`` what follows from its other figures,
    ``formula`` how, ``tolerance`` which printed forms would do; ``kind`` is rate, share, change, difference, total, rest,
    multiple, average, all or limit. ``other`` is the second place of a finding across the document, ``at`` where the printed
    figure begins (-1 where it is none)."""

    span: Span
    kind: str
    printed: str
    computed: str
    formula: str
    verdict: Arithmetic
    tolerance: str = ""
    other: Span | None = None
    at: int = -1


class Extent(NamedTuple):
    """The values that a printed figure, or what is computed from such, can stand for: from ``low`` to ``high``.

    A count in full is exact; 1.2万 stands for 11,500 to 13,000, since nobody says whether it was rounded or cut off.
    """

    low: Decimal
    high: Decimal

    @staticmethod
    def of(figure: Figure, step: Decimal | None = None) -> Extent:
        """What a figure stands for; ``step`` overrules what its last digit is worth."""
        step = step or figure.step
        if (figure.scale == 1 and figure.digits == 0) or figure.rate:
            return Extent(figure.value, figure.value)
        return Extent(figure.value - step / 2, figure.value + step)

    @staticmethod
    def exactly(value: Decimal | int) -> Extent:
        """A value that is known exactly."""
        return Extent(Decimal(value), Decimal(value))

    def __add__(self, other: object) -> Extent:
        assert isinstance(other, Extent)
        return Extent(self.low + other.low, self.high + other.high)

    def minus(self, other: Extent) -> Extent:
        """The difference of two extents."""
        return Extent(self.low - other.high, self.high - other.low)

    def over(self, other: Extent, times: int = 1) -> Extent:
        """The quotient of two positive extents, times a hundred or a thousand for a rate."""
        return Extent(self.low * times / other.high, self.high * times / other.low if other.low > 0 else self.high * times)

    def size(self) -> Extent:
        """The extent without its sign."""
        return Extent(-self.high, -self.low) if self.high < 0 else self


def extents(*figures: Figure) -> list[Extent]:
    """What figures of one statement stand for: beside 12.2万, 11万 is 11.0万."""
    step = min(figure.step for figure in figures)
    return [Extent.of(figure, step if figure.scale > 1 else None) for figure in figures]


def agrees(printed: Decimal, digits: int, low: Decimal, high: Decimal | None = None, scale: int = 1) -> bool:
    """Whether ``printed`` with ``digits`` decimals is a value from ``low`` to ``high`` rounded or cut off to them."""
    step = step_of(digits, scale)
    return printed - step / 2 <= (low if high is None else high) and low < printed + step


def fits(printed: Figure, computed: Extent) -> bool:
    """Whether a printed figure agrees with what is computed; a fraction in words is never more than nearly right."""
    if printed.unit == FRACTION:
        return computed.low - FRACTION_WITHIN < printed.value < computed.high + FRACTION_WITHIN
    return agrees(printed.value, printed.digits, computed.low, computed.high, printed.scale)


def plain(value: Decimal) -> str:
    """A number without exponent and trailing noughts."""
    return f"{value.normalize():f}" if value else "0"


def rounded(value: Decimal, digits: int = 2) -> str:
    """A number rounded for a formula."""
    return plain(value.quantize(_HUNDREDTH if digits == 2 else Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def percent(value: Decimal) -> str:
    """A percentage in a formula, to two decimals."""
    return f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):f}%"


def in_print(value: Decimal, like: Figure, text: str) -> str:
    """A computed value as it would be printed in the place of a figure: at least one decimal where it is not whole."""
    unit = unit_of(like, text)
    scaled = value / like.scale
    digits = max(like.digits, 1)
    whole = scaled == scaled.to_integral()
    number = plain(scaled) if whole and like.digits <= 0 else f"{scaled.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"
    return number + unit


def unit_of(figure: Figure, text: str) -> str:
    """The unit as printed, with 万 and 亿: 万元 of 158.3万元."""
    if figure.unit in ("%", "‰", FRACTION):
        return "%" if figure.unit == FRACTION else figure.unit
    return text[figure.start : figure.end].lstrip("0123456789.,零〇○一二三四五六七八九十百千两")


def accepted(value: Decimal, like: Figure, text: str) -> str:
    """The printed forms that would agree with a computed value: 95.4%、95.3%或95%."""
    unit = unit_of(like, text)
    scaled = value / like.scale
    forms: dict[str, None] = {}
    for digits in range(max(like.digits, 0), -1, -1):
        step = Decimal(1).scaleb(-digits)
        for rounding in (ROUND_HALF_UP, ROUND_DOWN):
            forms[f"{scaled.quantize(step, rounding):f}{unit}"] = None
    shown = list(forms)[:SHOWN_FORMS]
    return "或".join(("、".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]


def statement(
    text: str, span: Span, kind: str, printed: Figure, computed: Decimal, formula: str, right: bool, *, shown: str = ""
) -> Statement:
    """A statement on a printed figure; ``shown`` overrules how the computed value is put."""
    return Statement(
        span,
        kind,
        text[printed.start : printed.end],
        shown or in_print(computed, printed, text),
        formula,
        Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT,
        accepted(computed, printed, text) if computed >= 0 and not shown else shown,
        None,
        printed.start,
    )


def finding(kind: str, span: Span, other: Span | None, printed: str, computed: str, formula: str) -> Statement:
    """A contradiction of two places of the document."""
    return Statement(span, kind, printed, computed, formula, Arithmetic.INCONSISTENT, "", other)
