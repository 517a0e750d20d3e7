"""Rounds: returned, sent again, judged again."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.audit.model import ASSESSED, Audit, Element, Entry, Gate, Round, Summary, Verdict
from scorer.audit.rounds import NAME, advance, append, read, since

ELEMENTS = tuple(Element(rule, title, "", "required") for rule, title in (("a", "存在的不足"), ("b", "原因"), ("c", "安排")))


def audit(verdict: str, *lacking: str, rounds: tuple[Round, ...] = ()) -> Audit:
    """An audit of one unit whose report lacks these elements."""
    verdicts = tuple(Verdict(e.rule, "missing" if e.rule in lacking else "met", "met") for e in ELEMENTS)
    summary = Summary("", "甲镇", 2024, None, "", "", 80.0, "", "", verdicts, (), (), (), 0.0)
    entry = Entry("甲镇", ASSESSED, "甲镇.txt", summary=summary, rounds=rounds)
    return Audit("", 2024, "", "", "", ELEMENTS, (entry,), (Gate(verdict, (), verdict),), ())


def run(history: dict[str, tuple[Round, ...]], made: Audit, text: str, day: str) -> dict[str, tuple[Round, ...]]:
    """The history with what a run adds."""
    fresh = advance(history, made, {"甲镇.txt": text}, day)
    return {"甲镇": (*history.get("甲镇", ()), *(one for _, one in fresh))}


def test_a_new_text_is_a_new_round_and_a_new_verdict_is_none() -> None:
    """The same again adds nothing."""
    history = run({}, audit("proposed", "a", "b"), "一稿", "2025-03-10")
    assert run(history, audit("proposed", "a", "b"), "一稿", "2025-03-11") == history
    history = run(history, audit("return", "a", "b"), "一稿", "2025-03-12")
    history = run(history, audit("pass"), "二稿", "2025-04-01")

    assert [(one.number, one.day, one.verdict) for one in history["甲镇"]] == [
        (1, "2025-03-10", "proposed"),
        (1, "2025-03-12", "return"),
        (2, "2025-04-01", "pass"),
    ]


def test_what_was_mended_since_the_report_before() -> None:
    """Mended, still open, new; against the last verdict on the earlier text."""
    history = run({}, audit("proposed", "a", "b"), "一稿", "2025-03-10")
    history = run(history, audit("return", "a", "b"), "一稿", "2025-03-12")
    made = audit("mend", "b", "c")
    history = run(history, made, "二稿", "2025-04-01")
    made = audit("mend", "b", "c", rounds=history["甲镇"])
    found = since(made, made.entries[0])

    assert found is not None
    assert (found.mended, found.left, found.new) == (("存在的不足",), ("原因",), ("安排",))
    assert (found.before.verdict, found.before.day, found.now.number) == ("return", "2025-03-12", 2)
    first = audit("return", "a", rounds=history["甲镇"][:2])
    assert since(first, first.entries[0]) is None


def test_what_could_not_be_judged_had_nothing_to_mend() -> None:
    """A report of another year or a wrong file before."""
    history = run({}, audit("again", "a", "b"), "旧年", "2025-03-10")
    history = run(history, audit("mend", "b"), "新", "2025-04-01")
    made = audit("mend", "b", rounds=history["甲镇"])
    found = since(made, made.entries[0])

    assert found is not None and (found.mended, found.new) == ((), ())


def test_the_file_is_only_added_to(tmp_path: Path) -> None:
    """A line that a broken run left is passed over and not joined to the next; another year has rounds of its own."""
    fresh = advance({}, audit("return", "a"), {"甲镇.txt": "一稿"}, "2025-03-10")
    append(tmp_path, 2024, fresh)
    with (tmp_path / NAME).open("ab") as stream:
        stream.write(b'{"unit": "broken')
    append(tmp_path, 2024, [("甲镇", replace_round(fresh[0][1], number=2))])
    append(tmp_path, 2024, [])

    assert [one.number for one in read(tmp_path, 2024)["甲镇"]] == [1, 2]
    assert read(tmp_path, 2024)["甲镇"][0] == fresh[0][1]
    assert read(tmp_path, 2025) == {} and read(tmp_path / "none", 2024) == {}


def replace_round(one: Round, **changes: int) -> Round:
    """The round with changes."""
    return one._replace(**changes)


@pytest.mark.parametrize(("verdict", "words"), [("pass", "已补齐1项：存在的不足"), ("mend", "已补齐1项：存在的不足")])
def test_the_letter_says_what_was_mended(verdict: str, words: str) -> None:
    """Which time it is, what the verdict was, and when."""
    import io

    import docx

    from scorer.audit.outputs.letters import letter

    history = run({}, audit("return", "a"), "一稿", "2025-03-12")
    history = run(history, audit(verdict), "二稿", "2025-04-01")
    made = audit(verdict, rounds=history["甲镇"])
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(letter(made, made.entries[0]))).paragraphs)

    assert f"这是贵单位第2次报送本年度报告，上次（2025年3月12日）的审核结论为“退回”。与上次的报告相比，{words}。" in text
