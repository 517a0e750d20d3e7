"""Findings across the document: both places, and what is left alone."""

from __future__ import annotations

import pytest
from helpers import MEASURES, assessed, case, page

from scorer.outputs import html, markdown, terminal
from scorer.outputs.json import to_data


def found(text: str) -> list[tuple[str, list[str]]]:
    """Kind and quotes of each finding."""
    made = case(text)
    return [(s.kind, [made.report.quote(span).quote for span in (s.span, s.other) if span]) for s in made.disagreements]


@pytest.mark.parametrize(
    ("measures", "kind", "quotes"),
    [
        (
            "全年办理行政复议案件126件，行政应诉案件84件。\n健全复议规则，全年办理行政复议案件162件，质量提高。",
            "same-quantity",
            ["全年办理行政复议案件126件", "全年办理行政复议案件162件"],
        ),
        (
            "全年共办理人大代表建议和政协委员提案174件。\n全年办理人大代表建议73件，按期答复。\n全年办理政协委员提案91件。",
            "sum",
            ["全年共办理人大代表建议和政协委员提案174件", "全年办理人大代表建议73件"],
        ),
        (
            "2022年9月16日，县政府召开执法工作推进会，部署本年度检查任务。",
            "dated-act",
            ["2022年9月16日，县政府召开执法工作推进会", "本年度检查任务"],
        ),
        (
            "2022年，全县持续推进公共法律服务，新增服务站12个。",
            "dated-act",
            ["2022年，全县持续推进公共法律服务", "岚溪县人民政府关于2023年法治政府建设情况的报告"],
        ),
        ("截至2024年3月31日，公示处罚信息6120条。", "data-date", ["截至2024年3月31日", "2024年2月5日"]),
        ("对照《法治政府建设实施纲要（2022—2025年）》细化任务。", "instrument-years", ["《法治政府建设实施纲要（2022—2025年）》"]),
        ("落实“八五”普法规划（2021—2026年）。", "instrument-years", ["“八五”普法规划（2021—2026年）"]),
    ],
)
def test_both_places_are_quoted(measures: str, kind: str, quotes: list[str]) -> None:
    """Each kind of disagreement is found with the places that disagree."""
    got = found(page(measures=measures))

    assert got == [(kind, quotes)]


def test_a_signature_after_publication() -> None:
    """A document dated after its publication is found with both dates."""
    got = found(page(signature="岚溪县人民政府\n2024年2月25日"))

    assert got == [("date-order", ["2024年2月25日", "2024-02-20"])]


@pytest.mark.parametrize(
    "measures",
    [
        "全县受理行政复议案件226件。\n其中白石镇协助受理行政复议案件16件。",
        "2021—2023年，全县累计办理法律援助案件960件。\n2023年，全县办理法律援助案件340件。",
        "全年查办案件316件。\n上半年查办案件139件。",
        "全年调解纠纷1.2万件。\n全年调解纠纷12043件。",
        "全年召开专题会议3次。\n全年召开专题会议5次。",
        "2022年12月28日，县政府召开会议部署来年工作。",
        "2022年10月召开的县委常委会已作出部署，今年全部完成整改。",
        "2022年5月成立执法队，2023年办理案件240件。",
        "2022年，全县被命名为示范县。",
        "截至2023年12月31日，持证人员420名。",
        "贯彻《法治政府建设实施纲要（2021—2025年）》，印发《岚溪县法治政府建设实施纲要（2022—2025年）》。",
        "回顾“七五”普法规划（2016—2020年）的经验。",
    ],
)
def test_what_may_both_be_right_is_passed_over(measures: str) -> None:
    """Other scopes, periods and bodies, history, local instruments and rounded figures disagree with nothing."""
    got = found(page(measures=measures))

    assert got == []


def test_plans_disagree_with_nothing() -> None:
    """A figure of the coming year is another quantity."""
    got = found(page(measures="全年调解矛盾纠纷312件。", plan="力争全年调解矛盾纠纷350件。"))

    assert got == []


def test_the_two_rules_of_consistency_do_not_change() -> None:
    """Findings across the document stand beside the verdicts of the rules."""
    text = page(measures=MEASURES + "\n全年办理行政复议案件126件。\n全年办理行政复议案件162件。")
    statuses = {f.rule: f.status for f in assessed(text).findings if f.rule.startswith("consistency.")}

    assert statuses == {"consistency.year": "met", "consistency.arithmetic": "met"}


def test_every_output_shows_both_places() -> None:
    """HTML, Markdown, terminal and JSON carry the finding."""
    got = assessed(page(measures=MEASURES + "\n全年办理行政复议案件126件。\n全年办理行政复议案件162件。"))
    (row,) = [s for s in to_data(got)["statements"] if s["kind"] == "same-quantity"]

    assert (row["quote"], row["other"]["quote"], row["verdict"]) == (
        "全年办理行政复议案件126件",
        "全年办理行政复议案件162件",
        "inconsistent",
    )
    for shown in (html.render(got), markdown.render(got), terminal.render(got)):
        assert "前后不一" in shown
        assert shown.count("全年办理行政复议案件162件") >= 1
    assert 'id="d1"' in html.render(got)
