"""How well a classifier reads sentences."""

from __future__ import annotations

import pytest

from scorer.classify.labelled import Sample
from scorer.classify.model import read_model, written
from scorer.evaluation.sentencereport import render
from scorer.evaluation.sentencewise import area, measure


def test_area_counts_pairs_in_the_right_order() -> None:
    """The share of pairs in which the one that has the label scores higher; ties count half."""
    assert area([(2, True), (1, False)]) == 1
    assert area([(1, True), (1, False)]) == 0.5
    assert area([(3, True), (2, False), (1, True), (0, False)]) == pytest.approx(0.75)
    assert area([(1, True)]) is None


def test_rates_of_a_label() -> None:
    """Found, missed and wrongly found sentences; the worst stands first and is named."""
    model = read_model(
        written([("act:a.b", 0.1, -1.0)], ["甲", "乙"], [bytes([2, 228]), bytes([2, 1])], version="1", data="d", sentences=2, seed=1)
    )
    samples = [Sample("甲", {"act:a.b": True}, "x", True), Sample("乙", {"act:a.b": True}, "x", True), Sample("甲甲", {}, "x", True)]
    result = measure(model, samples)

    assert (result.labels[0].recall.hits, result.labels[0].recall.total) == (1, 2)
    assert (result.labels[0].precision.hits, result.labels[0].precision.total) == (1, 2)
    assert {miss.sentence for miss in result.worst} == {"乙", "甲甲"}
    assert "具体做法 a.b" in render(result)
