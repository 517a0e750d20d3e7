"""Kinds ``measures``, ``shortcomings``, ``causes`` and ``arrangements``."""

from __future__ import annotations

import pytest
from helpers import MEASURES, PLAN, PROBLEMS, TITLE, finding, page, status_of


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (MEASURES, "met"),
        ("坚持依法行政，不断提升法治意识，切实增强责任感和使命感。", "partial"),
        ("印发《岚溪县行政执法监督办法》，召开专题会议部署。", "partial"),
    ],
)
def test_measures(measures: str, expected: str) -> None:
    """Acts with results are met; acts without any result, or resolve alone, are partial."""
    got = status_of(page(measures=measures), "statutory.measures")

    assert got == expected


def test_measures_absent() -> None:
    """A text of problems and plan alone has no measures."""
    text = f"{TITLE}\n一、存在的问题\n{PROBLEMS}\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"

    assert status_of(text, "statutory.measures") == "missing"


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        (PROBLEMS, "met"),
        ("乡镇执法力量薄弱。", "partial"),
        ("还存在一些不足和差距。", "partial"),
    ],
)
def test_shortcomings(problems: str, expected: str) -> None:
    """Two named shortcomings are met, one or a general admission is partial."""
    got = status_of(page(problems=problems), "statutory.problems")

    assert got == expected


def test_shortcomings_absent() -> None:
    """Without a word of shortcomings they and their causes are missing; mended problems of others are shown as near."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}开展执法督察，发现执法不规范问题23个，已全部整改。\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
    got = finding(text, "statutory.problems")

    assert got.status == "missing"
    assert [near.passage.quote.quote for near in got.near] == ["开展执法督察，发现执法不规范问题23个，已全部整改。"]
    assert status_of(text, "statutory.causes") == "missing"


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        (PROBLEMS, "met"),
        ("一是执法力量薄弱，原因是编制紧张。二是宣传方式单一。", "met"),
        ("一是执法力量薄弱，原因是编制紧张。二是宣传方式单一。三是案卷质量不高。", "partial"),
        ("一是执法力量薄弱。二是宣传方式单一。", "missing"),
        ("站所力量薄弱，有的只有一人。主要是招录连年没有报满。", "met"),
        ("文书质量不高。究其原因，是培训跟不上。", "met"),
        ("普法形式单一，群众参与不多。这与没有专职人员有关。", "met"),
        ("还存在一些不足。主要是执法力量薄弱、宣传方式单一。", "missing"),
    ],
)
def test_causes(problems: str, expected: str) -> None:
    """Causes for half of the shortcomings are met, for fewer partial, for none missing."""
    got = status_of(page(problems=problems), "statutory.causes")

    assert got == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (PLAN, "met"),
        ("开展案卷评查。", "partial"),
        ("坚定信心，再接再厉，再创佳绩。", "partial"),
        ("一是增设两处服务窗口。二是组织新进人员到窗口跟班。", "met"),
        ("实行合同会签制度，每半年通报一次。", "met"),
        ("一是切实提高思想认识。二是进一步压实工作责任。", "partial"),
    ],
)
def test_arrangements(plan: str, expected: str) -> None:
    """Two concrete tasks are met, one or a declaration is partial."""
    got = status_of(page(plan=plan), "statutory.plan")

    assert got == expected


def test_arrangements_absent() -> None:
    """A report without a plan has none; a promise among the measures is shown as near."""
    text = (
        f"{TITLE}\n一、主要举措和成效\n{MEASURES}下一步将继续推进行政执法工作。\n二、存在的问题\n{PROBLEMS}\n岚溪县人民政府\n2024年2月5日\n"
    )
    got = finding(text, "statutory.plan")

    assert got.status == "missing"
    assert any("下一步" in near.passage.quote.quote for near in got.near)


def test_a_promise_at_the_end_of_the_first_part_makes_no_plan_of_it() -> None:
    """A part that tells of the past year keeps its role though it ends with a promise."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}下一步将继续推进行政执法工作。\n二、存在的问题\n{PROBLEMS}\n岚溪县人民政府\n2024年2月5日\n"

    assert status_of(text, "statutory.measures") == "met"
    assert status_of(text, "statutory.plan") == "missing"
