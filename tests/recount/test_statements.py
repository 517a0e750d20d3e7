"""Statements whose figures determine one another."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from helpers import case, page
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scorer.recount import Statement, agrees


def statements(measures: str) -> list[Statement]:
    """The statements of a report whose measures are this text."""
    return list(case(page(measures=measures)).statements)


def verdicts(measures: str) -> list[tuple[str, str]]:
    """Kind and verdict of each statement."""
    return [(s.kind, s.verdict) for s in statements(measures)]


def flagged(measures: str) -> bool:
    """Whether anything is called inconsistent."""
    return any(verdict == "inconsistent" for _, verdict in verdicts(measures))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年受理行政复议案件248件，审结231件，审结率93.1%。", "rate"),
        ("受理行政复议案件２４８件，审结２３１件，审结率９３．１％。", "rate"),
        ("受理投诉1,234件，办结1,200件，办结率达97.2%。", "rate"),
        ("调解纠纷三十二件，调解成功三十一件，调解成功率百分之九十七。", "rate"),
        ("受理案件20件，办结20件，办结率100%。", "rate"),
        ("申请材料由372份压减至170份，精减54.3%。", "change"),
        ("受理案件1042件，较上年的921件增长13.1%。", "change"),
        ("出庭率由80%提高到92%，提高12个百分点。", "difference"),
        ("公开信息300条，其中规章类100条、文件类150条、其他类50条。", "total"),
        ("办理行政许可120件、行政处罚80件，合计200件。", "total"),
    ],
)
def test_right_statements_of_every_kind(text: str, kind: str) -> None:
    """What can be recomputed and agrees is listed as consistent."""
    got = verdicts(text)

    assert got == [(kind, "consistent")]


@pytest.mark.parametrize(
    ("text", "kind", "computed"),
    [
        ("全年受理行政复议案件248件，审结231件，审结率98.1%。", "rate", "93.1%"),
        ("申请材料由372份压减至170份，精减64.3%。", "change", "54.3%"),
        ("受理案件1042件，较上年的921件增长15.1%。", "change", "13.1%"),
        ("出庭率由80%提高到92%，提高10个百分点。", "difference", "12个百分点"),
        ("公开信息300条，其中规章类100条、文件类150条、其他类60条。", "total", "310条"),
        ("办理行政许可120件、行政处罚80件，合计210件。", "total", "200件"),
    ],
)
def test_wrong_statements_of_every_kind(text: str, kind: str, computed: str) -> None:
    """A contradiction is shown with what follows from the other figures, and how."""
    (got,) = statements(text)

    assert (got.kind, got.verdict, got.computed) == (kind, "inconsistent", computed)
    assert got.formula


@pytest.mark.parametrize(
    "text",
    [
        "受理行政复议案件100余件，审结90件，审结率85%。",
        "受理行政复议案件近200件，审结150件，审结率98%。",
        "受理行政复议案件248件，培训执法人员231人，满意率98.1%。",
        "受理案件248件，另有上年结转20件，全年办结260件。",
        "公开信息300条，其中规章类100条、文件类150条。",
        "公开信息300条，其中规章类100条、文件类150条等。",
        "受理各类案件248件。审结率98.1%。",
        "检查单位40家，发现问题22个、隐患9个。",
        "受理案件1042件，较上年增长13.1%。",
    ],
)
def test_what_is_not_certain_is_passed_over(text: str) -> None:
    """Inexact figures, other units, carried-over cases and open lists contradict nothing."""
    got = flagged(text)

    assert not got


def test_a_statement_is_quoted_from_its_first_figure_to_its_last() -> None:
    """The quoted passage holds all figures that were used."""
    made = case(page(measures="组织培训6期。全年受理行政复议案件248件，审结231件，审结率93.1%，群众满意。"))
    (only,) = made.statements

    assert made.report.quote(only.span).quote == "全年受理行政复议案件248件，审结231件，审结率93.1%"


def test_statements_stand_anywhere_in_the_body() -> None:
    """Figures in other parts are recomputed too."""
    made = case(page(problems="一是执法力量薄弱，应配备执法人员50人，实际配备30人，配备率70%。"))

    assert [s.verdict for s in made.statements] == ["inconsistent"]


def test_nothing_of_nothing_is_no_statement() -> None:
    """A rate of nought cases is passed over."""
    got = flagged("受理行政裁决申请0件，办结0件，办结率100%。")

    assert not got


def test_a_rate_of_nought_is_right() -> None:
    """None of 25 is 0%."""
    got = flagged("受理行政诉讼案件25件，败诉0件，败诉率为0%。")

    assert not got


@given(st.integers(0, 10**7), st.integers(0, 4))
def test_agreeing_is_rounding_or_cutting(number: int, digits: int) -> None:
    """A value agrees with its own rounding and its own cut, and with nothing a whole digit away."""
    computed = Decimal(number) / 7919
    step = Decimal(1).scaleb(-digits)

    assert agrees(computed.quantize(step, ROUND_HALF_UP), digits, computed)
    assert agrees(computed.quantize(step, ROUND_DOWN), digits, computed)
    assert not agrees(computed.quantize(step, ROUND_DOWN) + 2 * step, digits, computed)
    assert not agrees(computed.quantize(step, ROUND_DOWN) - step, digits, computed)


# ---- generated statements

RATES = (
    "全年受理行政复议案件{whole}件，审结{part}件，审结率{rate}%。",
    "共受理群众投诉{whole}件，按期办结{part}件，办结率达{rate}%。",
    "排查矛盾纠纷{whole}起，成功调解{part}起，调解成功率为{rate}%。",
    "行政诉讼案件{whole}件，负责人出庭应诉{part}件，出庭应诉率达到{rate}%。",
    "收到建议提案{whole}件，答复{part}件，答复率{rate}%，满意。",
)
COUNTS = st.integers(2, 5000).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(1, whole)))


def shown(number: int, style: str) -> str:
    """A count as printed: plain, with thousands commas, or full width."""
    if style == "comma":
        return f"{number:,}"
    return str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}) if style == "wide" else str(number)


@given(
    st.sampled_from(RATES),
    COUNTS,
    st.integers(0, 2),
    st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]),
    st.sampled_from(["plain", "comma", "wide"]),
)
@settings(max_examples=200)
def test_a_rate_that_is_rounded_or_cut_is_never_flagged(form: str, counts: tuple[int, int], digits: int, rounding: str, style: str) -> None:
    """However the right rate is printed, it contradicts nothing."""
    whole, part = counts
    rate = (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-digits), rounding)
    got = flagged(form.format(whole=shown(whole, style), part=shown(part, style), rate=rate))

    assert not got


@given(
    st.sampled_from(RATES),
    COUNTS,
    st.integers(0, 2),
    st.integers(2, 3000),
    st.sampled_from([1, -1]),
    st.sampled_from(["plain", "comma", "wide"]),
)
@settings(max_examples=200)
def test_a_rate_off_by_more_than_the_last_digit_is_flagged(
    form: str, counts: tuple[int, int], digits: int, off: int, sign: int, style: str
) -> None:
    """A printed rate two or more of its last digits away contradicts its counts."""
    whole, part = counts
    step = Decimal(1).scaleb(-digits)
    rate = (Decimal(part) * 100 / whole).quantize(step, ROUND_HALF_UP) + sign * off * step
    assume(0 < rate <= 100)
    got = flagged(form.format(whole=shown(whole, style), part=shown(part, style), rate=rate))

    assert got


@given(COUNTS, st.integers(0, 2), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]))
def test_a_change_that_is_rounded_or_cut_is_never_flagged(counts: tuple[int, int], digits: int, rounding: str) -> None:
    """From A down to B, and from B up to A, with the right percentage."""
    high, low = counts
    step = Decimal(1).scaleb(-digits)
    down, up = (Decimal(high - low) * 100 / base for base in (high, low))
    texts = (
        f"审批事项由{high}项压减至{low}项，压减{down.quantize(step, rounding)}%。",
        f"服务事项由{low}项增加到{high}项，增长{up.quantize(step, rounding)}%。",
        f"全年受理案件{high}件，较上年的{low}件增长{up.quantize(step, rounding)}%。",
    )

    assert [text for text in texts if flagged(text)] == []


@given(COUNTS, st.integers(2, 40))
def test_a_change_that_is_off_is_flagged(counts: tuple[int, int], off: int) -> None:
    """A printed change two or more points away contradicts its counts."""
    high, low = counts
    right = (Decimal(high - low) * 100 / high).quantize(Decimal(1), ROUND_HALF_UP)
    assume(right + off <= 100)
    got = flagged(f"审批事项由{high}项压减至{low}项，压减{right + off}%。")

    assert got


@given(st.lists(st.integers(1, 900), min_size=2, max_size=4))
def test_a_total_of_all_its_parts_is_never_flagged(parts: list[int]) -> None:
    """The whole equals the parts after 其中; parts that leave some out contradict nothing either."""
    listed = "、".join(f"{name}类{n}件" for name, n in zip("甲乙丙丁", parts, strict=False))
    texts = (
        f"全年办理事项{sum(parts)}件，其中{listed}。",
        f"全年办理事项{sum(parts) * 2}件，其中{listed}。",
        f"全年办理{listed}，共计{sum(parts)}件。",
    )

    assert [text for text in texts if flagged(text)] == []


@given(st.lists(st.integers(1, 900), min_size=2, max_size=4), st.data())
def test_parts_that_exceed_their_whole_are_flagged(parts: list[int], data: st.DataObject) -> None:
    """More than the whole cannot be among it."""
    whole = data.draw(st.integers(max(parts), sum(parts) - 1))
    listed = "、".join(f"{name}类{n}件" for name, n in zip("甲乙丙丁", parts, strict=False))
    got = flagged(f"全年办理事项{whole}件，其中{listed}。")

    assert got


@given(st.integers(10_000, 90_000).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(whole // 2, whole))))
def test_a_rate_of_counts_in_ten_thousands_is_never_flagged(counts: tuple[int, int]) -> None:
    """Counts printed in 万 are rounded; the rate computed from the exact ones is not wrong."""
    whole, part = counts
    tenth = Decimal("0.1")
    printed = [(Decimal(n) / 10_000).quantize(tenth, ROUND_HALF_UP) for n in (whole, part)]
    rate = (Decimal(part) * 100 / whole).quantize(tenth, ROUND_HALF_UP)
    got = flagged(f"全年受理投诉{printed[0]}万件，办结{printed[1]}万件，办结率{rate}%。")

    assert not got


@given(st.text(alphabet="受理办结率达占其中共计由至增长，、。123456789.%万件个百分点上年较", max_size=60))
@settings(max_examples=200)
def test_any_figures_can_be_looked_at(text: str) -> None:
    """Whatever figures stand in a sentence, looking at them does not fail."""
    got = verdicts(text)

    assert all(verdict in ("consistent", "inconsistent") for _, verdict in got)
