"""Points, categories and grades."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer import assess
from scorer.assessing import Options
from scorer.document import Document
from scorer.rulepack.model import Category, Grade, Pack, Rule, Years
from scorer.rulepack.phrases import Table
from scorer.scorecard import weigh

STATUSES = ("met", "partial", "missing", "not-applicable", "needs-review")
GRADES = (Grade("优秀", 90), Grade("良好", 80), Grade("合格", 60), Grade("待完善", 0))


def rule(name: str, category: str, weight: float = 1, severity: str = "expected") -> Rule:
    """A rule of a category."""
    return Rule(name, f"own:{name}", name, category, severity, weight, (), "coverage", {}, Years(0, 9999), (), "", "", "", "own")


def pack(categories: Sequence[tuple[str, float]], *, cap: tuple[str, str] | None = None, grades: tuple[Grade, ...] = GRADES) -> Pack:
    """A pack with these categories."""
    return Pack("own", "本县", "1", "", (), tuple(Category(c, c, w) for c, w in categories), grades, cap, (), Table((), (), (), ()), ())


TWO = pack([("one", 60), ("two", 40)], cap=("合格", "缺必备内容"))


def test_met_partial_missing() -> None:
    """Met is full, partial half, missing none of the worth; the worths of a category are its weight."""
    verdicts = [(rule("a", "one", 2), "met"), (rule("b", "one", 1), "partial"), (rule("c", "two", 1), "missing")]
    weighed, score = weigh(TWO, verdicts)

    assert [(w.worth, w.points) for w in weighed] == [
        (pytest.approx(40), pytest.approx(40)),
        (pytest.approx(20), pytest.approx(10)),
        (pytest.approx(40), 0),
    ]
    assert score.total == pytest.approx(50)
    assert [(c.id, c.points, c.weight, c.counted, c.total) for c in score.categories] == [
        ("one", pytest.approx(50), pytest.approx(60), 2, 2),
        ("two", 0, pytest.approx(40), 1, 1),
    ]


def test_what_does_not_count_leaves_the_sum() -> None:
    """Not applicable and needs review are worth nothing, and the others make up for them within the category."""
    verdicts = [
        (rule("a", "one"), "met"),
        (rule("b", "one"), "not-applicable"),
        (rule("c", "one"), "needs-review"),
        (rule("d", "two"), "met"),
    ]
    weighed, score = weigh(TWO, verdicts)

    assert [w.worth for w in weighed] == [pytest.approx(60), 0, 0, pytest.approx(40)]
    assert score.total == pytest.approx(100)
    assert (score.categories[0].counted, score.categories[0].total) == (1, 3)


def test_an_empty_category_is_shared_out() -> None:
    """Where no rule of a category counts, the other categories fill the hundred in proportion, in whole points."""
    three = pack([("one", 50), ("two", 30), ("three", 20)])
    verdicts = [(rule("a", "one"), "met"), (rule("b", "two"), "missing"), (rule("c", "three"), "not-applicable")]
    weighed, score = weigh(three, verdicts)

    assert [w.worth for w in weighed] == [pytest.approx(63), pytest.approx(37), 0]
    assert score.total == pytest.approx(63)
    assert [c.weight for c in score.categories] == [pytest.approx(63), pytest.approx(37), 0]


def test_nothing_to_count() -> None:
    """Without any verdict that counts the score is nought, not an error."""
    _, score = weigh(TWO, [(rule("a", "one"), "needs-review")])

    assert (score.total, score.grade) == (0, "待完善")


@pytest.mark.parametrize(
    ("met", "grade"), [(100, "优秀"), (90, "优秀"), (89, "良好"), (80, "良好"), (79, "合格"), (60, "合格"), (59, "待完善"), (0, "待完善")]
)
def test_grades_by_points(met: int, grade: str) -> None:
    """A grade holds from its floor up."""
    verdicts = [(rule(f"r{n}", "one"), "met" if n < met else "missing") for n in range(100)]
    _, score = weigh(pack([("one", 100)]), verdicts)

    assert score.grade == grade
    assert score.capped == ""


def test_the_grade_is_that_of_the_total_as_shown() -> None:
    """89.96 is shown as 90.0 and is graded as 90.0; 89.94 is not."""
    grades = [
        weigh(pack([("one", 100)]), [(rule("a", "one", points), "met"), (rule("b", "one", 100 - points), "missing")])[1].grade
        for points in (89.96, 89.94)
    ]

    assert grades == ["优秀", "良好"]


def test_a_missing_required_element_caps_the_grade() -> None:
    """However many points, the grade is not above the cap, and the reason is given."""
    verdicts = [(rule("a", "one", 99), "met"), (rule("b", "one", 1, "required"), "missing"), (rule("c", "two"), "met")]
    _, score = weigh(TWO, verdicts)

    assert score.total > 90
    assert (score.grade, score.capped) == ("合格", "缺必备内容")


@pytest.mark.parametrize("status", ["partial", "needs-review", "not-applicable", "met"])
def test_only_missing_caps(status: str) -> None:
    """A required element that is partial, open or not asked for does not cap."""
    verdicts = [(rule("a", "one", 99), "met"), (rule("b", "one", 1, "required"), status), (rule("c", "two"), "met")]
    _, score = weigh(TWO, verdicts)

    assert (score.grade, score.capped) == ("优秀", "")


def test_the_cap_lifts_nothing() -> None:
    """A grade below the cap stays, and no cap is reported."""
    _, score = weigh(TWO, [(rule("a", "one", 1, "required"), "missing"), (rule("b", "two"), "missing")])

    assert (score.grade, score.capped) == ("待完善", "")


def test_a_pack_without_grades() -> None:
    """Points are given without a grade."""
    _, score = weigh(pack([("one", 100)], grades=()), [(rule("a", "one"), "met")])

    assert (score.total, score.grade) == (pytest.approx(100), "")


VERDICTS = st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.floats(0.1, 50), st.sampled_from(STATUSES)), max_size=20)


@given(VERDICTS)
def test_worths_make_a_hundred(drawn: list[tuple[str, float, str]]) -> None:
    """Whatever counts: the worths sum to 100, points lie between nought and worth, categories add up to the total."""
    three = pack([("one", 55), ("two", 30), ("three", 15)])
    weighed, score = weigh(three, [(rule(f"r{n}", c, w), s) for n, (c, w, s) in enumerate(drawn)])
    counting = any(s in STATUSES[:3] for _, _, s in drawn)

    assert sum(w.worth for w in weighed) == pytest.approx(100 if counting else 0)
    assert all(0 <= w.points <= w.worth for w in weighed)
    assert sum(c.points for c in score.categories) == pytest.approx(score.total)


@given(VERDICTS, st.data())
def test_mending_never_costs_points(drawn: list[tuple[str, float, str]], data: st.DataObject) -> None:
    """Turning a missing or partial element into a met one raises the total by exactly what it lacked."""
    gaps = [n for n, (_, _, status) in enumerate(drawn) if status in ("missing", "partial")]
    three = pack([("one", 55), ("two", 30), ("three", 15)])
    verdicts = [(rule(f"r{n}", c, w), s) for n, (c, w, s) in enumerate(drawn)]
    weighed, before = weigh(three, verdicts)
    mended = data.draw(st.sampled_from(gaps)) if gaps else None
    _, after = weigh(three, [(r, "met" if n == mended else s) for n, (r, s) in enumerate(verdicts)])
    gain = weighed[mended].worth - weighed[mended].points if mended is not None else 0

    assert after.total - before.total == pytest.approx(gain)


def test_a_draft_loses_nothing_for_a_page_that_is_not_there_yet() -> None:
    """The date of publication of the page is asked for of a published report, not of a draft."""
    text = "双榆县2023年法治政府建设情况报告\n2023年，双榆县推进法治政府建设。\n一、主要举措\n办理案件26件。\n二、2024年安排\n招录20人。"

    def status(draft: bool) -> str:
        made = assess(Document.from_text(text), options=Options(draft=draft), force=True)
        return next(f.status for f in made.findings if f.rule == "form.publication-date")

    assert (status(False), status(True)) == ("missing", "not-applicable")
