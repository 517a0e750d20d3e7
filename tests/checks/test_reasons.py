"""Causes and answers as the second reader hears them."""

from __future__ import annotations

import pytest
from helpers import assessed, case, finding, page

from scorer.checks.reasons import explained
from scorer.checks.themes import answered
from scorer.vocabulary import Certainty, Status

CAUSES = "statutory.causes"
ALIGNMENT = "quality.problem-plan-alignment"


@pytest.mark.parametrize("cause", ["毛病出在县里下放事项时没有连人一起放。", "会办案的人留不住，待遇比邻县低一截是关键。"])
def test_causes_in_everyday_words_count_and_are_to_be_checked(cause: str) -> None:
    """What no phrase knows for a cause is heard; the verdict rests on it, so a person is asked."""
    text = page(problems=f"一是执法力量薄弱。{cause}二是普法宣传方式单一。")
    found = finding(text, CAUSES)

    assert (found.status, found.certainty) == (Status.MET, Certainty.CHECK)
    assert "按意思看" in found.readers[0].because
    assert [row.cause is not None for row in assessed(text).shortcomings] == [True, False]


def test_where_phrases_give_the_causes_nothing_is_to_be_checked() -> None:
    """The same verdict with and without the second reader is sure."""
    found = finding(page(), CAUSES)

    assert (found.status, found.certainty, found.readers) == (Status.MET, Certainty.SURE, ())


def test_further_shortcomings_and_examples_are_no_causes() -> None:
    """A figure, an example or a consequence tells no reason."""
    text = "一是执法力量薄弱。全年立案只有6件，一些事项长期空转。二是普法宣传方式单一。年轻人不爱看，群众参与不多。"
    told = case(page(problems=text))

    assert finding(page(problems=text), CAUSES).status == Status.MISSING
    assert explained(told.report, told.reading) == (told.report.shortcomings, frozenset())


def test_without_a_second_reader_words_alone_answer() -> None:
    """Neither causes nor answers are made up."""
    told = case(page())

    assert explained(told.report, None) == (told.report.shortcomings, frozenset())
    assert answered(told.report, None)[1] == ()


def test_a_common_topic_word_alone_is_no_answer() -> None:
    """An arrangement on another matter of the same word does not answer; that the readers differ is said."""
    text = page(
        problems="一是行政执法文书制作粗糙、装订随意，原因是培训少。二是普法宣传方式单一，原因是经费少。",
        plan="一是为乡镇增设行政执法装备仓库三处。二是拍摄普法短视频二十部，办好普法宣传进夜市活动。",
    )
    found = finding(text, ALIGNMENT)

    assert found.status == Status.PARTIAL or found.certainty == Certainty.CHECK


def test_the_same_item_in_other_words_is_an_answer() -> None:
    """Arrangements on the same outline item answer without a shared word; a person is asked."""
    text = page(
        problems="一是老百姓打官司时局长们不愿到庭，原因是怕当被告。二是普法宣传方式单一，原因是经费少。",
        plan="一是负责人出庭应诉率列入年度考核，对应出未出的逐件通报。二是拍摄普法短视频二十部。",
    )

    assert assessed(text).shortcomings[0].answered_by is not None
