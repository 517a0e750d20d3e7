"""What changed between two assessments."""

from __future__ import annotations

from helpers import PROBLEMS, assessed, page

from scorer.changes import Changes, changes
from scorer.outputs.terminal import render_changes


def between(before: str, after: str) -> Changes:
    """The changes from one text to another."""
    return changes(assessed(before), assessed(after))


def test_nothing_changed() -> None:
    """Two readings of one text are the same."""
    got = between(page(), page())

    assert not got.any
    assert got.gain == 0
    assert "没有变化" in render_changes(got)


def test_mended_and_its_points() -> None:
    """A gap that is closed is mended, with the points it brought; the totals differ by it."""
    before = page(problems="一是乡镇执法力量薄弱。二是普法宣传方式单一。")
    got = between(before, page())

    assert [change.title for change in got.mended] == ["不足的原因"]
    assert got.new == ()
    assert got.gain > 5
    assert got.mended[0].gain > 5
    words = render_changes(got, "10:30:00")

    assert words.startswith("10:30:00 ")
    assert "改好1项，新出0项" in words
    assert "不足的原因" in words


def test_new_and_worse_and_better() -> None:
    """The other way round it is new; from half to nothing is worse, from nothing to half better."""
    half = page(problems="一是乡镇执法力量薄弱，原因是编制紧张。二是普法宣传方式单一。三是执法案卷质量不高。")
    none = page(problems="一是乡镇执法力量薄弱。二是普法宣传方式单一。三是执法案卷质量不高。")

    assert "不足的原因" in [change.title for change in between(page(), none).new]
    assert "不足的原因" in [change.title for change in between(half, none).worse]
    assert "不足的原因" in [change.title for change in between(none, half).better]


def test_moved() -> None:
    """The same status in other words is told as such."""
    four = page(problems=PROBLEMS + "三是案卷质量不高。四是应诉能力不强。五是清理不及时。")
    five = page(problems=PROBLEMS + "三是案卷质量不高。四是应诉能力不强。五是清理不及时。六是培训不够深入。")

    assert "不足的原因" in [change.title for change in between(four, five).moved]


def test_contradictions_come_and_go() -> None:
    """A contradiction that was settled, and one that came; one that only moved in the text is neither."""
    wrong = "全年受理行政复议案件85件，办结80件，办结率98%。"
    right = wrong.replace("98%", "94.1%")
    settled, came = between(page(wrong), page(right)), between(page(right), page(wrong))

    assert len(settled.settled) == 1
    assert settled.contradictory == ()
    assert "数字已相符" in render_changes(settled)
    assert len(came.contradictory) == 1
    assert "数字矛盾" in render_changes(came)
    assert between(page(wrong), page("审查文件12件。" + wrong)).settled == ()


def test_no_report_has_no_total() -> None:
    """A text that is no report gains and loses nothing."""
    other = assessed("关于放假的通知\n各科室：\n清明节放假三天。\n", force=False)
    got = changes(other, assessed(page()))

    assert got.before is None
    assert got.gain == 0
    assert got.mended == ()
