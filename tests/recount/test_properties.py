"""Statements of every kind generated: consistent ones are never flagged, one wrong digit beyond tolerance always is."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from helpers import case, page
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from measure_statements import DEVELOPMENT, measure

ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])
PARTS = st.integers(20, 9000).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(10, whole)))
CHINESE = "零一二三四五六七八九"

RATES = (
    "全年受理投诉举报{a}件，办结{b}件，办结率{r}%。",
    "全县应参加考试{a}人，考试合格{b}人，合格率达到{r}%，较好完成任务。",
    "在{a}件应诉案件中，负责人出庭{b}件，出庭率为{r}%。",
    "反馈问题{a}个。目前已整改{b}个，整改率{r}%。",
    "共收到意见建议{a}条；采纳{b}条，采纳率{r}%。",
)
SHARES = (
    "查处案件{a}件，其中食品类{b}件，占{r}%。",
    "办结{b}件，占受理总数{a}件的{r}%。",
    "全年作出处罚决定{a}件，适用简易程序{b}件，占处罚总数的{r}%。",
)
CHANGES = (
    "办理事项由{a}项压减至{b}项，压减{down}%。",
    "全年收案{b}件，上年为{a}件，同比下降{down}%。",
    "受理申请{a}件，较上年的{b}件增长{up}%。",
    "去年受理{b}件，今年受理{a}件，增长{up}%。",
    "2022年办理{b}件，2023年办理{a}件，增长{up}%。",
)
TOTALS = (
    "办理甲类{0}件、乙类{1}件、丙类{2}件，合计{total}件。",
    "甲局、乙局、丙局分别办理{0}件、{1}件、{2}件，共计{total}件。",
    "共办理{total}件，分别为甲类{0}件、乙类{1}件、丙类{2}件。",
)
RESTS = ("清理文件{total}件，保留{0}件，修改{1}件，其余{2}件予以废止。",)


def flagged(text: str) -> bool:
    """Whether anything in it is called inconsistent."""
    return any(s.verdict == "inconsistent" for s in case(page(measures=text)).statements)


def in_words(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if number < 10:
        return CHINESE[number]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


def printed(value: Decimal, digits: int, rounding: str) -> Decimal:
    """A value as printed."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding)


def another_digit(draw: st.DrawFn, number: int) -> int:
    """The number with one digit changed; its first digit does not become nought."""
    figures = list(str(number))
    place = draw(st.integers(0, len(figures) - 1))
    choices = [d for d in "0123456789" if d != figures[place] and (place or d != "0")]
    figures[place] = draw(st.sampled_from(choices))
    return int("".join(figures))


@given(st.sampled_from(RATES + SHARES), PARTS, st.integers(0, 3), ROUNDINGS)
@settings(max_examples=150)
def test_right_rates_are_never_flagged(form: str, counts: tuple[int, int], digits: int, rounding: str) -> None:
    """Any part of any whole, its rate rounded or cut to any digits."""
    a, b = counts

    assert not flagged(form.format(a=a, b=b, r=printed(Decimal(b) * 100 / a, digits, rounding)))


@given(st.sampled_from(RATES + SHARES), PARTS, st.integers(0, 2), st.data())
@settings(max_examples=150)
def test_one_wrong_digit_of_a_rate_is_flagged(form: str, counts: tuple[int, int], digits: int, data: st.DataObject) -> None:
    """A digit of the rate is changed so that it is neither the rounded nor the cut value any more."""
    a, b = counts
    value = Decimal(b) * 100 / a
    right = printed(value, digits, ROUND_HALF_UP)
    wrong = Decimal(another_digit(data.draw, int(right.scaleb(digits)))).scaleb(-digits)
    step = Decimal(1).scaleb(-digits)
    assume(0 < wrong <= 100 and not (wrong - step / 2 <= value < wrong + step))

    assert flagged(form.format(a=a, b=b, r=f"{wrong:f}"))


@given(st.sampled_from(CHANGES), PARTS, st.integers(0, 2), ROUNDINGS)
@settings(max_examples=150)
def test_right_changes_are_never_flagged(form: str, counts: tuple[int, int], digits: int, rounding: str) -> None:
    """From any figure to any other, the rate of change rounded or cut."""
    a, b = counts
    down, up = (printed(Decimal(a - b) * 100 / base, digits, rounding) for base in (a, b))

    assert not flagged(form.format(a=a, b=b, down=down, up=up))


@given(st.sampled_from(CHANGES), PARTS, st.integers(0, 2), st.data())
@settings(max_examples=150)
def test_one_wrong_digit_of_a_change_is_flagged(form: str, counts: tuple[int, int], digits: int, data: st.DataObject) -> None:
    """A digit of the rate of change is changed beyond tolerance."""
    a, b = counts
    assume(a > b)
    value = Decimal(a - b) * 100 / (a if "{down}" in form else b)
    right = printed(value, digits, ROUND_HALF_UP)
    assume(right > 0)
    wrong = Decimal(another_digit(data.draw, int(right.scaleb(digits)))).scaleb(-digits)
    step = Decimal(1).scaleb(-digits)
    assume(wrong > 0 and not (wrong - step / 2 <= value < wrong + step))

    assert flagged(form.format(a=a, b=b, down=f"{wrong:f}", up=f"{wrong:f}"))


@given(st.sampled_from(TOTALS + RESTS), st.tuples(*[st.integers(1, 3000)] * 3))
@settings(max_examples=100)
def test_right_totals_are_never_flagged(form: str, parts: tuple[int, int, int]) -> None:
    """Any parts with their sum."""
    assert not flagged(form.format(*parts, total=sum(parts)))


@given(st.sampled_from(TOTALS), st.tuples(*[st.integers(2, 3000)] * 3), st.data())
@settings(max_examples=100)
def test_one_wrong_digit_of_a_total_is_flagged(form: str, parts: tuple[int, int, int], data: st.DataObject) -> None:
    """A digit of the sum is changed."""
    wrong = another_digit(data.draw, sum(parts))
    assume(wrong > 0)
    # A sum that is that of some of the parts only may be meant so.
    assume(wrong not in (parts[0] + parts[1], parts[1] + parts[2]))

    assert flagged(form.format(*parts, total=wrong))


@given(st.integers(2, 99), st.integers(2, 99))
def test_totals_in_chinese_numerals_are_never_flagged(a: int, b: int) -> None:
    """Chinese numerals are added like digits."""
    assume(a + b < 100)

    assert not flagged(f"制定文件{in_words(a + b)}件，其中政府文件{in_words(a)}件、部门文件{in_words(b)}件。")


@given(st.integers(2, 80), st.integers(11, 300), st.integers(0, 1), ROUNDINGS)
def test_right_averages_and_multiples_are_never_flagged(units: int, each: int, digits: int, rounding: str) -> None:
    """The total of any number of units and their average; any multiple of last year's."""
    total = units * each + units // 3
    average = printed(Decimal(total) / units, digits, rounding)
    times = printed(Decimal(total) / each, digits, rounding)

    assert not flagged(f"举办培训{units}期，累计参训{total}人，平均每期{average}人。")
    assert not flagged(f"受理案件{total}件，是上年{each}件的{times}倍。")


@given(st.integers(3, 80), st.integers(11, 300), st.integers(2, 40))
def test_wrong_averages_and_multiples_are_flagged(units: int, each: int, off: int) -> None:
    """An average or a multiple that is off by two or more."""
    assert flagged(f"举办培训{units}期，累计参训{units * each}人，平均每期{each + off}人。")
    assert flagged(f"受理案件{units * each}件，是上年{each}件的{units + off}倍。")


@given(st.integers(100, 999), st.integers(100, 999), st.integers(0, 2), ROUNDINGS)
def test_amounts_in_other_scales_are_compared(first: int, second: int, digits: int, rounding: str) -> None:
    """万元 and 元 are one unit; amounts printed in 万元 are rounded ones."""
    whole, part = max(first, second), min(first, second)
    rate = printed(Decimal(part) * 100 / whole, digits, rounding)

    assert not flagged(f"追回欠薪{whole}万元，其中通过调解追回{part}0000元，占{rate}%。")


@pytest.mark.parametrize("name", ["development.yaml", "development-2.yaml", "other-words.yaml", "tempting.yaml", "unseen.yaml"])
def test_the_labelled_sentences_are_judged_right(name: str) -> None:
    """On the labelled sentences nearly every contradiction is found, and hardly anything else is called one."""
    got = measure(Path(DEVELOPMENT).with_name(name))

    assert got.precision >= 0.98, got.errors
    assert got.recall >= 0.90, got.errors
    assert got.found >= 0.90 * got.labelled, got.errors


def test_rare_wordings_give_no_false_alarm() -> None:
    """Sentences in wordings that are hardly ever written: fewer contradictions are found there, but nothing right is called wrong."""
    got = measure(Path(DEVELOPMENT).with_name("rare-words.yaml"))

    assert got.precision >= 0.98, got.errors
    assert got.recall >= 0.75, got.errors
