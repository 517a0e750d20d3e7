"""What persons decide: keys, how long a decision holds, what there is to decide."""

from __future__ import annotations

import pytest

from scorer.audit.decisions import (
    LAST_YEAR,
    WORDS,
    Decided,
    Decision,
    Kind,
    Proposal,
    contradiction_keys,
    element_key,
    fresh,
    kind_of,
    likeness_key,
    of_target,
    settle,
    status_word,
)
from scorer.audit.items import dismissed, items_of, key_of_likeness, own_passages, proposals_of, side_of
from scorer.audit.model import (
    ASSESSED,
    Condition,
    Contradiction,
    Element,
    Entry,
    FollowUp,
    Gate,
    Likeness,
    SharedPassage,
    Summary,
    Verdict,
)

SENTENCE = "受理消费投诉2890件，办结2861件，办结率99.8%"


def decision(item: str = "", **more: str) -> Decision:
    """One entry."""
    given = {
        "unit": "甲镇",
        "file": "",
        "rule": "",
        "status": "dismissed",
        "by": "张三",
        "date": "2025-03-10",
        "reason": "已核",
        "item": item,
    }
    return Decision(**{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("element:statutory.causes", "element"), ("contradiction:ab", "contradiction"), ("likeness:乙镇:ab", "likeness"), ("verdict", "verdict"),
        ("verdict:1", ""), ("element", ""), ("", ""), ("矛盾:ab", ""),
    ],
)  # fmt: skip
def test_a_key_names_its_kind(key: str, kind: str) -> None:
    """Whatever is no key names none."""
    assert kind_of(key) == kind


def test_every_kind_has_words_for_its_statuses() -> None:
    """A word and a status belong to each other, both ways."""
    for kind in Kind:
        assert all(status_word(kind, status) == word for word, status in WORDS[kind].items())


def test_a_contradiction_keeps_its_key_while_its_sentence_does() -> None:
    """White space and width do not count, a figure does; two in one sentence have two keys."""
    key = contradiction_keys([(SENTENCE, "99.8%", "")])[0]

    assert contradiction_keys([(SENTENCE.replace("，", ",  "), "99.8%", "")]) == [key]
    assert contradiction_keys([(SENTENCE.replace("2890", "2891"), "99.8%", "")]) != [key]
    assert len(set(contradiction_keys([(SENTENCE, "99.8%", "")] * 2))) == 2


def test_a_decision_under_its_key_holds() -> None:
    """Whatever else in the report has changed: the sentence is the same."""
    key = contradiction_keys([(SENTENCE, "99.8%", "")])[0]
    found = settle([Proposal(key, "stands", SENTENCE)], [decision(key, text_sha256="0" * 64)], "1" * 64)

    assert found.decided == {key: Decided("dismissed", "stands", "张三", "2025-03-10", "已核")}
    assert not found.lost


def test_a_changed_sentence_asks_again() -> None:
    """The decision is shown with the changed sentence, and not applied; without one like it, it is lost."""
    old = contradiction_keys([(SENTENCE, "99.8%", "")])[0]
    changed = SENTENCE.replace("2861", "2870")
    new = contradiction_keys([(changed, "99.8%", "")])[0]
    found = settle([Proposal(new, "stands", changed)], [decision(old, quote=SENTENCE)])

    assert found.decided[new].stale and not found.decided[new].holds
    other = settle([Proposal(new, "stands", "开展执法检查12次")], [decision(old, quote=SENTENCE)])
    assert not other.decided and [d.about for d in other.lost] == [old]


def test_a_likeness_with_other_passages_asks_again() -> None:
    """It is still the likeness with the same unit."""
    old, new = likeness_key("乙镇", ["甲段"]), likeness_key("乙镇", ["甲段", "丙段"])

    assert settle([Proposal(new, "stands", "甲段")], [decision(old)]).decided[new].stale
    assert settle([Proposal(likeness_key("丁镇", ["甲段"]), "stands", "甲段")], [decision(old)]).lost


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({"text_sha256": "a"}, True), ({"seen": "a"}, True), ({"seen": "b"}, False), ({}, True), ({"quote": "还在"}, True),
        ({"quote": "没了"}, False), ({"quote": "还在", "seen": "b"}, True),
    ],
)  # fmt: skip
def test_what_is_not_in_the_key_is_held_to_the_text(more: dict[str, str], holds: bool) -> None:
    """The text that was seen, or the quoted sentence in it."""
    one = decision("verdict", status="return", **more)

    assert fresh(one, "a", lambda quote: quote == "还在") is holds
    settled = settle([Proposal("verdict", "mend", bound=False)], [one], "a", lambda quote: quote == "还在")
    assert settled.decided["verdict"].holds is holds


def test_the_last_decision_holds_and_one_on_the_file_goes_before_one_on_the_unit() -> None:
    """As in the file."""
    given = [
        decision("verdict", status="pass", unit="", file="a.txt"),
        decision("verdict", status="return"),
        decision("verdict", unit="乙镇"),
    ]
    own = of_target(given, "甲镇", "a.txt")

    assert [one.status for one in own] == ["return", "pass"]
    assert settle([Proposal("verdict", "mend", bound=False)], own).decided["verdict"].status == "pass"


def likeness(**more: object) -> Likeness:
    """Two units that share a passage."""
    return Likeness("甲镇", "乙镇", 0.4, (SharedPassage("甲的话", "乙的话", ()),), other_share=0.3, **more)  # type: ignore[arg-type]


def test_each_side_of_a_likeness_is_decided_for_itself() -> None:
    """Its own words, its own share, its own key."""
    one = likeness(decided=(("乙镇", Decided("dismissed", "stands", "张三", "2025-03-10", "同一份上级文件")),))

    assert side_of(one, "甲镇") == (0.4, "乙镇") and side_of(one, "乙镇") == (0.3, "甲镇")
    assert own_passages(one, "乙镇") == ("乙的话",)
    assert key_of_likeness(one, "甲镇") != key_of_likeness(one, "乙镇")
    assert dismissed(one, "乙镇") and not dismissed(one, "甲镇")
    assert side_of(likeness(previous=True), "甲镇") == (0.4, LAST_YEAR)


def test_items_of_an_entry() -> None:
    """Verdict, elements, contradictions, likenesses and last year's arrangements, each with both statuses and whether it decides."""
    verdicts = (
        Verdict("a", "met", "missing", "李四", "写在末段", quote="原因是编制少", certainty="check"),
        Verdict("b", "missing", "missing"),
        Verdict("c", "not-applicable", "not-applicable"),
    )
    contradiction = Contradiction(SENTENCE, "rate", "99.8%", "99.0%", "", "contradiction:1")
    summary = Summary("", "甲镇", 2024, None, "", "", 80.0, "", "", verdicts, (), (contradiction,), (), 0.0)
    follow = FollowUp("arrangement", "silent", "建立台账", "")
    entry = Entry("甲镇", ASSESSED, "a.txt", summary=summary, follow_up=(follow,))
    gate = Gate("return", (Condition("必备", "", "", False, "return", "elements", (element_key("b"),)),), "return")
    elements = {rule: Element(rule, rule, "", "required") for rule in "abc"}
    found = {item.key: item for item in items_of(entry, gate, [likeness()], elements)}

    assert [found[key].deciding for key in ("element:a", "element:b", "contradiction:1")] == [False, True, False]
    assert (found["element:a"].machine, found["element:a"].status, found["element:a"].open) == ("missing", "met", False)
    assert found["element:b"].open and "element:c" not in found
    assert {item.kind for item in found.values()} == {"verdict", "element", "contradiction", "likeness", "arrangement"}
    assert [p.key in found for p in proposals_of(entry, [likeness()])] == [True, True]
