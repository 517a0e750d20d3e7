"""Several reviewers: what they say together, where they differ, who decides; and what a sample says of the whole."""

from __future__ import annotations

import random

import pytest

from scorer.audit.decisions import Decision
from scorer.audit.review import Review
from scorer.audit.reviewers import merge
from scorer.audit.sampling import agreement, place


def said(by: str, status: str, date: str = "2024-03-10", **more: str) -> Decision:
    """What one person says of one element of one unit."""
    return Decision("城关镇", "", "form.title", status, by, date, "看过原文", **more)


def together(*decisions: Decision) -> tuple[list[tuple[str, str]], int]:
    """Each decision in a file of its own: what holds (status, in whose name), and on how many items they differ."""
    merged = merge([(one.by, Review({}, (one,))) for one in decisions])
    return [(one.status, one.by) for one in merged.review.overrides], len(merged.differences)


def test_agreement_holds_in_the_name_of_all() -> None:
    """One is enough; two who say the same are both named."""
    assert together(said("张三", "met")) == ([("met", "张三")], 0)
    assert together(said("张三", "met"), said("李四", "met")) == ([("met", "张三、李四")], 0)


def test_a_third_decides_between_two() -> None:
    """Two who differ decide nothing; what a third says holds; one who says something else again settles nothing."""
    first, second = said("张三", "met"), said("李四", "missing")

    assert together(first, second) == ([], 1)
    assert together(first, second, said("王五", "missing")) == ([("missing", "李四、王五")], 0)
    assert together(first, second, said("王五", "partial")) == ([], 1)


def test_one_person_in_two_files_is_one_person() -> None:
    """The later date holds; nobody differs from himself."""
    earlier, later = said("张三", "met"), said("张三", "missing", "2024-03-11")
    merged = merge([("", Review({}, (later,))), ("张三", Review({}, (earlier,)))])

    assert [one.status for one in merged.review.overrides] == ["missing"]
    assert merged.differences == ()


def test_the_last_entry_of_a_file_is_what_it_says() -> None:
    """Whoever changes his mind adds a line."""
    merged = merge([("张三", Review({}, (said("张三", "met"), said("张三", "missing"))))])

    assert [one.status for one in merged.review.overrides] == ["missing"]


def test_a_word_on_an_older_text_is_no_difference() -> None:
    """Who saw the text before it was changed does not differ from who saw it after."""
    old, new = said("张三", "met", text_sha256="a"), said("李四", "missing", "2024-03-12", text_sha256="b")

    assert together(old, new) == ([("missing", "李四")], 0)


def test_matches_differ_too() -> None:
    """A file that two give to different units is nobody's until a third decides."""
    one, two = Review({"a.txt": "城关镇", "b.txt": ""}, ()), Review({"a.txt": "水利局"}, ())
    merged = merge([("张三", one), ("李四", two)])

    assert merged.review.matches == {"b.txt": ""}
    assert merged.matches == {"a.txt": (("张三", "城关镇"), ("李四", "水利局"))}
    assert merge([("张三", one), ("李四", two), ("王五", two)]).review.matches["a.txt"] == "水利局"


@pytest.mark.parametrize(
    ("agreed", "looked", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(agreed: int, looked: int, low: float, high: float) -> None:
    """The interval as the textbooks have it (the first four from Newcombe 1998, table I)."""
    found = agreement([True] * agreed + [False] * (looked - agreed))

    assert (found.agreed, found.looked) == (agreed, looked)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_the_interval_holds_what_it_promises() -> None:
    """Of 400 samples of 40 from a known share, some 95 of 100 intervals have it inside."""
    chance = random.Random(1)
    inside = 0
    for _ in range(400):
        found = agreement(chance.random() < 0.9 for _ in range(40))
        inside += found.low <= 0.9 <= found.high

    assert 0.92 <= inside / 400 <= 0.99


def test_the_order_of_a_sample_follows_no_name() -> None:
    """The first of the order are spread over units and elements; another seed takes others."""
    names = [(f"单位{unit}", f"要素{rule}") for unit in range(40) for rule in range(20)]
    first = sorted(names, key=lambda name: place("甲", *name))[:100]
    second = sorted(names, key=lambda name: place("乙", *name))[:100]

    assert len({unit for unit, _ in first}) > 30 and len({rule for _, rule in first}) == 20
    assert len(set(first) & set(second)) < 30
