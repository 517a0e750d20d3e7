"""Set phrases that are nearly right."""

from __future__ import annotations

import pytest

from scorer.publication.nearly import Nearly, Phrase, closest, reach
from scorer.publication.variants import alike_of, variants

RIGHT = "行政机关负责人出庭应诉"
ALIKE = alike_of(["诉述素", "行形型"])


def find(text: str, *also: str) -> list[str]:
    """What is found, as it stands."""
    return [text[span.start : span.end] for _, span, _ in Nearly([Phrase("x", RIGHT, also)], ALIKE).find(text)]


@pytest.mark.parametrize(
    "wrong",
    ["行政机关负责人出厅应诉", "行政机关负责出庭应诉", "行政机关负责人人出庭应诉", "行政机关负责人庭出应诉", "行政机关负责人出庭应述"],
)
def test_one_change_is_found(wrong: str) -> None:
    """Another character, one less, one more, two in each other's place; at the end one that is alike."""
    assert find(f"推动{wrong}工作。") == [wrong]


@pytest.mark.parametrize("right", [RIGHT, "行政机关负责人“出庭应诉”", "行政机关工作人员出庭", "负责人出庭应诉", "行政机关负责人出庭应急"])
def test_the_right_form_and_other_phrases_are_silent(right: str) -> None:
    """Marks within, half of it, another ending."""
    assert find(f"推动{right}工作。") == []


def test_other_right_forms_are_silent() -> None:
    """A form that is right too is not told, wherever it stands."""
    assert find("推动行政机关负责人应出庭应诉。", "行政机关负责人应出庭应诉") == []


def test_longer_phrases_may_have_more_changes() -> None:
    """One up to thirteen characters, two up to twenty-one, then three."""
    assert [reach(length) for length in (8, 13, 14, 21, 22)] == [1, 1, 2, 2, 3]


def test_the_measure_gives_the_place() -> None:
    """Start and end of the part of the window; nothing when it is right or too far off."""
    assert closest("合法性审查", "开展合法姓审查。", 1, {}) == (2, 7)
    assert closest("合法性审查", "开展合法性审查。", 1, {}) is None
    assert closest("合法性审查", "开展公平竞争审查", 1, {}) is None


def test_variants_of_a_word() -> None:
    """Alike characters, one twice; long words also with two swapped or one left out."""
    forms = {form for form, _ in variants("诉讼", ALIKE)}
    assert forms == {"述讼", "素讼", "诉诉讼", "诉讼讼"}
    assert {"行执政法", "行政法执"} & {form for form, _ in variants("行政执法", ALIKE)}
    assert "合法审查" in {form for form, _ in variants("合法性审查", ALIKE)}
