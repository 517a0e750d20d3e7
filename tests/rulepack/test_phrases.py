"""The phrase language and the search for phrases."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.document import fold
from scorer.rulepack.matcher import Matcher
from scorer.rulepack.phrases import GAP, MAX_EXPANSIONS, PhraseError, Table, expand


def found(phrase: str, text: str) -> list[str]:
    """The words of a text that a phrase hits."""
    folded = "\n".join(fold(line) for line in text.split("\n"))
    return [folded[a:b] for a, b in Matcher.of(Table.of({"own": [phrase]})).find(folded).get("own")]


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("行政复议", "受理行政复议案件，行政 复议", ["行政复议", "行政复议"]),
        ("(受理|办结)案件", "受理案件、办结案件、审结案件", ["受理案件", "办结案件"]),
        ("（受理｜办结）案件", "办结案件", ["办结案件"]),
        ("(全县|)培训", "全县培训", ["全县培训", "培训"]),
        ("受理…案件", "受理行政复议案件", ["受理行政复议案件"]),
        ("受理...案件", "受理各类案件", ["受理各类案件"]),
        ("受理……案件", "受理各类案件", ["受理各类案件"]),
        ("县(市、区)", "指导县（市、区）开展", ["县(市、区)"]),
        ("(一|二…三)类事", "一类事，二等三类事", ["一类事", "二等三类事"]),
        ("“三项制度”", "落实「三项制度」", ['"三项制度"']),
        ("审核", "审核审核", ["审核", "审核"]),
    ],
)
def test_what_a_phrase_hits(phrase: str, text: str, hits: list[str]) -> None:
    """Literal text, alternatives and gaps are found in folded text; a bracket without a bar is text."""
    got = found(phrase, text)

    assert got == hits


@pytest.mark.parametrize("text", ["受理。案件", "受理；案件", "受理\n案件", "受理" + "甲" * (GAP + 1) + "案件", "案件受理"])
def test_a_gap_stays_within_a_sentence_and_its_length(text: str) -> None:
    """A gap does not leap over the end of a sentence, nor farther than its limit, nor backwards."""
    got = found("受理…案件", text)

    assert got == []


def test_a_gap_reaches_to_its_limit() -> None:
    """A gap of just the limit is a hit; so is one of nothing."""
    got = [found("受理…案件", "受理" + "甲" * n + "案件") for n in (0, GAP)]

    assert all(got)


def test_overlapping_hits_are_all_found() -> None:
    """Longer and shorter phrases at the same place are both hits of their sets."""
    hits = Matcher.of(Table.of({"short": ["复议"], "long": ["行政复议案件"], "other": ["议案"]})).find("行政复议案件")
    got = {name: list(hits.get(name)) for name in ("short", "long", "other")}

    assert got == {"short": [(2, 4)], "long": [(0, 6)], "other": [(3, 5)]}


def test_a_matcher_without_phrases_finds_nothing() -> None:
    """An empty table is no error."""
    matcher = Matcher.of(Table.of({"none": []}))

    assert list(matcher.find("行政复议").get("none")) == []
    assert list(matcher.find("行政复议").get("unknown")) == []


@pytest.mark.parametrize("phrase", ["(甲事|乙事", "甲事|乙事", "…甲事", "甲事…", "甲事……", "(|)", "", " ", "(甲|乙)…|丙事"])
def test_bad_phrases_are_refused(phrase: str) -> None:
    """Unbalanced brackets and empty parts are mistakes, told with the phrase."""
    with pytest.raises(PhraseError) as error:
        expand(phrase)

    assert f"“{phrase}”" in str(error.value)


def test_a_phrase_with_too_many_forms_is_refused() -> None:
    """More alternatives than the limit are told to be split, without working them all out."""
    group = "(" + "|".join(f"甲{n}" for n in range(40)) + ")"

    with pytest.raises(PhraseError, match=str(MAX_EXPANSIONS)):
        expand(group * 3)


def test_gaps_inside_many_alternatives_are_refused_too() -> None:
    """Alternatives that hold gaps multiply as well and are limited like the others."""
    with pytest.raises(PhraseError):
        expand("(一甲…一乙|二甲…二乙)" * 12)


@given(
    st.lists(st.text(alphabet="法治政府建设", min_size=2, max_size=5), min_size=1, max_size=4),
    st.text(alphabet="法治政府建设,。", max_size=40),
)
def test_literal_phrases_are_found_wherever_they_stand(words: list[str], text: str) -> None:
    """The hits of literals are exactly the places where they stand."""
    hits = list(Matcher.of(Table.of({"own": words})).find(text).get("own"))
    expected = sorted({(i, i + len(w)) for w in words for i in range(len(text)) if text.startswith(w, i)})

    assert hits == expected


@given(st.integers(1, 4), st.integers(1, 4), st.text(alphabet="甲乙丙。", max_size=60))
def test_a_gap_is_found_wherever_one_fits(first: int, last: int, text: str) -> None:
    """Two words with a gap are found exactly when they stand so in one sentence, and every hit begins and ends with them."""
    words = "甲" * first, "乙" * last
    hits = found("…".join(words), text) if first + last > 2 else []
    fits = re.search(f"{words[0]}[^。]{{0,{GAP}}}{words[1]}", text) is not None if first + last > 2 else False

    assert bool(hits) == fits
    assert all(hit.startswith(words[0]) and hit.endswith(words[1]) and "。" not in hit for hit in hits)


@pytest.mark.parametrize("before", [1, 40])
def test_hits_do_not_hang_on_how_often_the_parts_stand(before: int) -> None:
    """Many beginnings before one end, or few: the same passage is found."""
    got = found("受理…案件", "受理。" * before + "受理各类案件。")

    assert got == ["受理各类案件"]


def test_a_long_chain_of_gaps_is_found_whole() -> None:
    """Several gaps in a row may make a long passage."""
    parts = ["甲甲", "乙乙", "丙丙", "丁丁", "戊戊", "己己", "庚庚"]
    passage = ("辛" * GAP).join(parts)
    got = found("…".join(parts), "".join(f"{part}。" * 20 for part in parts[:-1]) + passage)

    assert got == [passage]


def test_a_repeated_middle_part_does_not_hide_a_passage() -> None:
    """Where the first middle word is too far from the end, the second one counts."""
    got = found("甲甲…乙乙…丙丙", "甲甲乙乙" + "辛" * 8 + "乙乙" + "辛" * 8 + "丙丙")

    assert len(got) == 1


@given(st.text(alphabet="法治()|…. 、", max_size=20))
def test_any_phrase_is_understood_or_refused(phrase: str) -> None:
    """No phrase makes anything but ``PhraseError``; what is understood can be searched."""
    try:
        hits = found(phrase, "法治…法治法")
    except PhraseError as error:
        hits = [str(error)]

    assert all(hits)


SETS = {"own": ["复议", "行政复议案件"], "topic.a": ["案件"], "topic.b": ["行政复议"], "none": ["调解"]}


def test_hits_are_asked_by_set_and_range() -> None:
    """All hits, the first, whether there is one and how many: only what lies wholly in the range counts."""
    hits = Matcher.of(Table.of(SETS)).find("行政复议案件,复议。")

    assert hits.get("own") == [(0, 6), (2, 4), (7, 9)]
    assert [hits.within("own", *span) for span in ((0, 6), (1, 9), (3, 8))] == [[(0, 6), (2, 4)], [(2, 4), (7, 9)], []]
    assert [hits.first("own", *span) for span in ((0, 5), (3, 9), (3, 8), (9, 9))] == [(2, 4), (7, 9), None, None]
    assert [hits.any("own", *span) for span in ((0, 5), (3, 8))] == [True, False]
    assert [hits.count("own", *span) for span in ((0, 10), (3, 8))] == [3, 0]


def test_sets_of_a_family_are_asked_together() -> None:
    """Hits of all sets with the beginning, in the order of the text, each with its set."""
    hits = Matcher.of(Table.of(SETS)).find("行政复议案件")

    assert hits.among("topic.", 0, 6) == [((0, 4), "topic.b"), ((4, 6), "topic.a")]
    assert hits.among("topic.", 0, 5) == [((0, 4), "topic.b")]
    assert hits.among("other.", 0, 6) == []


def test_a_set_that_the_pack_does_not_have_is_empty() -> None:
    """Asked for an unknown set, hits say that nothing is there."""
    hits = Matcher.of(Table.of(SETS)).find("行政复议案件")

    assert (list(hits.get("unknown")), hits.within("unknown", 0, 9), hits.first("none", 0, 9)) == ([], [], None)
