"""What each part of a report is for."""

from __future__ import annotations

import pytest
from helpers import MEASURES, PLAN, PROBLEMS, page, parsed

from scorer.parsing.report import Report


def parts(*headed: str, title: str = "岚溪县2023年法治政府建设情况报告") -> Report:
    """A report of headings, each with a text of its kind after a bar."""
    lines = [line for part in headed for line in part.split("|")]
    return parsed("\n".join([title, *lines, "岚溪县人民政府", "2024年2月5日"]))


def sections(report: Report) -> list[str]:
    """The roles of the top-level parts."""
    return [section.role for section in report.sections]


def role_of(report: Report, words: str) -> str:
    """The role of the sentence in which words stand."""
    sentence = report.index.sentence_at(report.text.index(words))

    assert sentence is not None
    return sentence.role


@pytest.mark.parametrize(
    "heading", ["主要举措和成效", "2023年法治政府建设主要工作情况", "主要做法和成效", "工作开展情况", "取得的主要成效"]
)
def test_headings_of_the_measures_part(heading: str) -> None:
    """The usual titles of the part about the past year."""
    got = parts(f"一、{heading}|{MEASURES}", f"二、存在的问题|{PROBLEMS}", f"三、下一步打算|{PLAN}")

    assert sections(got) == ["measures", "problems", "plan"]


@pytest.mark.parametrize(
    "heading", ["存在的问题", "存在的不足和原因", "存在的主要问题及原因分析", "当前存在的薄弱环节", "问题与不足", "差距和短板"]
)
def test_headings_of_the_problems_part(heading: str) -> None:
    """The usual titles of the part about shortcomings."""
    got = parts(f"一、工作成效|{MEASURES}", f"二、{heading}|{PROBLEMS}", f"三、下一步打算|{PLAN}")

    assert sections(got) == ["measures", "problems", "plan"]


@pytest.mark.parametrize(
    "heading",
    ["下一步打算", "2024年工作安排", "2024年法治政府建设主要安排", "下一年度工作计划", "明年工作思路", "下一步工作重点", "今后努力方向"],
)
def test_headings_of_the_plan(heading: str) -> None:
    """The usual titles of the part about the coming year."""
    got = parts(f"一、工作成效|{MEASURES}", f"二、存在的问题|{PROBLEMS}", f"三、{heading}|{PLAN}")

    assert sections(got) == ["measures", "problems", "plan"]


@pytest.mark.parametrize(
    "heading", ["党政主要负责人履行推进法治建设第一责任人职责情况", "主要负责人履职情况", "“一把手”带头履行第一责任人职责"]
)
def test_headings_of_the_first_responsible_part(heading: str) -> None:
    """A part of its own about the principals."""
    got = parts(
        f"一、工作成效|{MEASURES}",
        f"二、{heading}|县长主持县政府常务会议研究法治议题5次。",
        f"三、存在的问题|{PROBLEMS}",
        f"四、下一步打算|{PLAN}",
    )

    assert sections(got) == ["measures", "first-responsible", "problems", "plan"]


def test_every_sentence_has_the_role_of_its_part() -> None:
    """Sentences under a heading serve its purpose; the preamble is one too."""
    got = parsed(page())

    assert role_of(got, "全年受理") == "measures"
    assert role_of(got, "执法力量薄弱") == "problems"
    assert role_of(got, "开展案卷评查") == "plan"
    assert role_of(got, "深入推进法治政府建设") == "preamble"


def test_parts_named_after_the_work_are_measures() -> None:
    """A report whose parts are its tasks tells of measures in each."""
    got = parts(
        f"一、加强党的领导|{MEASURES}", "二、规范行政执法|抽查案卷40宗。", "三、化解矛盾纠纷|调解纠纷90件。", f"四、2024年工作思路|{PLAN}"
    )

    assert sections(got) == ["measures", "measures", "measures", "plan"]


def test_a_part_of_problems_and_plan_is_told_apart_by_its_paragraphs() -> None:
    """Under one heading for both, the paragraph that opens with the coming step begins the plan."""
    got = parts(f"一、工作成效|{MEASURES}", f"二、存在的问题和下一步打算|{PROBLEMS}|下一步，将{PLAN}")

    assert role_of(got, "执法力量薄弱") == "problems"
    assert role_of(got, "开展案卷评查") == "plan"
    assert {"problems", "plan"} <= set(sections(got))


def test_problems_inside_the_last_paragraphs_are_found_without_heading() -> None:
    """A turn to shortcomings and a turn to the plan in running text are seen."""
    text = f"岚溪县2023年法治政府建设情况报告\n2023年，岚溪县推进各项法治工作，现将情况报告如下。\n{MEASURES}\n虽然取得了一定成绩，但还存在一些不足：{PROBLEMS}\n下一步，我县将{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
    got = parsed(text)

    assert role_of(got, "全年受理") == "measures"
    assert role_of(got, "执法力量薄弱") == "problems"
    assert role_of(got, "开展案卷评查") == "plan"


def test_the_coming_year_in_a_top_heading_makes_a_plan() -> None:
    """A heading with the year after the report year is about the plan, whatever its other words."""
    got = parts(f"一、2023年工作|{MEASURES}", f"二、2024年工作|{PLAN}")

    assert sections(got) == ["measures", "plan"]


def test_a_closing_formula_is_no_plan() -> None:
    """特此报告 belongs to no part."""
    got = parsed(page(plan=PLAN + "\n特此报告。"))

    assert role_of(got, "特此报告") == "closing"


def test_sub_headings_about_principals_inside_the_measures() -> None:
    """A sub-part about the principals' duty is theirs."""
    got = parsed(
        page(measures=f"（一）规范行政执法\n{MEASURES}\n（二）主要负责人履行第一责任人职责情况\n县长主持县政府常务会议研究法治议题5次。")
    )

    assert role_of(got, "研究法治议题5次") == "first-responsible"
    assert role_of(got, "全年受理") == "measures"


@pytest.mark.parametrize("heading", ["聚焦短板，提升执法水平", "坚持问题导向，破解执法难题", "补短板强弱项，夯实法治基础"])
def test_mending_shortcomings_is_a_measure(heading: str) -> None:
    """Words of shortcoming in a heading about mending do not make it a part about problems."""
    got = parts(f"一、{heading}|{MEASURES}", f"二、存在的问题|{PROBLEMS}", f"三、下一步打算|{PLAN}")

    assert sections(got)[0] == "measures"


def test_mending_two_words_at_once_is_a_measure() -> None:
    """补齐短板弱项 is a measure like 补齐短板."""
    got = parts(f"一、补齐短板弱项|{MEASURES}", f"二、存在的问题|{PROBLEMS}", f"三、下一步打算|{PLAN}")

    assert sections(got)[0] == "measures"


def test_sections_quote_their_parts() -> None:
    """A section begins with its heading and reaches to the next."""
    got = parsed(page())
    plan = next(section for section in got.sections if section.role == "plan")

    assert got.quote(plan.span).quote.startswith("三、2024年工作安排")
    assert "拍摄法治短视频" in got.quote(plan.span).quote


def test_zones_cover_the_body_in_order() -> None:
    """Every line of the body lies in zones, without gap or overlap."""
    got = parsed(page(measures=f"（一）执法\n{MEASURES}", problems=PROBLEMS + "下一步，将" + PLAN))
    covered = [(line.span.start, line.span.end) for line in got.body]
    joined: list[tuple[int, int]] = []
    for zone in got.zones:
        if joined and joined[-1][1] == zone.span.start:
            joined[-1] = (joined[-1][0], zone.span.end)
        else:
            joined.append((zone.span.start, zone.span.end))

    assert joined == covered
