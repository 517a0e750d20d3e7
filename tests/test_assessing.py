"""The front door: a document and a pack in, an assessment out."""

from __future__ import annotations

import pytest
from helpers import MEASURES, WHOLE, assessed, finding, judged_by, page, status_of, with_first
from hypothesis import given
from hypothesis import strategies as st

from scorer import Options
from scorer.checks import KINDS
from scorer.document import Document
from scorer.rulepack.model import Pack


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_used_by_a_rule(kind: str, pack: Pack) -> None:
    """No kind of check is without a rule in the national pack."""
    checks = {rule.check for rule in pack.rules}

    assert kind in checks


def test_a_complete_report_is_one() -> None:
    """A report is recognised, scored and graded."""
    text = page(measures=MEASURES + "依法行政水平不断提升，行政执法和行政复议工作有序推进，法治政府建设取得新的进展。")
    got = assessed(text, force=False)

    assert got.is_annual_report
    assert got.score is not None
    assert 0 < got.score.total < 100
    assert got.score.grade in {name for name, _ in got.score.grades}


@pytest.mark.parametrize(
    "text",
    [
        "附件：岚溪县2023年法治政府建设年度报告.pdf",
        page(title="岚溪县2023年政府信息公开工作年度报告"),
        page(title="岚溪县2024年法治政府建设工作要点"),
        page(title="关于印发岚溪县法治政府建设实施方案的通知"),
        page(title="岚溪县召开2023年法治政府建设推进会"),
        "今日天气晴，最高气温二十度，适宜出行，请市民合理安排时间，注意防晒补水。" * 6,
    ],
)
def test_what_is_no_annual_report(text: str) -> None:
    """Other documents come back as such with the reason, without findings and score."""
    got = assessed(text, force=False)

    assert not got.is_annual_report
    assert got.reason
    assert got.findings == ()
    assert got.score is None


def test_every_passage_is_an_exact_quote() -> None:
    """All evidence, near misses, facets, shortcomings and statements are passages of the document."""
    text = with_first("县长主持县政府常务会议研究法治议题5次，出庭应诉1次。")
    got = assessed(text.replace("案件85件", "案件 ８５ 件"))
    passages = [p for f in got.findings for p in (*f.evidence, *(n.passage for n in f.near), *(facet.passage for facet in f.facets))]
    passages += [p for s in got.shortcomings for p in (s.passage, s.cause, s.answered_by)] + [s.passage for s in got.statements]
    quotes = [p.quote for p in passages if p]

    assert len(quotes) > 20
    assert all(q.quote and got.text[q.start : q.end] == q.quote for q in quotes)


def test_findings_follow_the_profile() -> None:
    """Outline rules of other years are not asked; a level outside a rule is not asked."""
    got = {f.rule: f for f in assessed(WHOLE, Options(report_year=2017)).findings}
    now = {f.rule: f for f in assessed(WHOLE).findings}

    assert {f.status for f in got.values() if f.pack == "outline-2021"} <= {"not-applicable"}
    assert all(f.worth == 0 for f in got.values() if f.status == "not-applicable")
    assert any(f.pack == "outline-2021" and f.status != "not-applicable" for f in now.values())


def test_what_is_to_be_mended_is_listed_by_gain() -> None:
    """The gaps come with the most points first."""
    got = [f.gain for f in assessed(WHOLE).gaps()]

    assert got == sorted(got, reverse=True)
    assert all(gain > 0 for gain in got)


def test_unknown_level_is_refused() -> None:
    """A level that does not exist is a mistake of the caller."""
    with pytest.raises(ValueError, match="village"):
        Options(level="village")


def test_judging_twice_gives_the_same() -> None:
    """Nothing is remembered from one document to the next."""
    first, other, second = assessed(WHOLE), assessed(page(measures="甲")), assessed(WHOLE)

    assert first == second
    assert first != other


def test_a_document_of_one_character() -> None:
    """Even the smallest text can be judged."""
    got = [assessed(text) for text in ("一", "。", "\u200b", "一、", "2023年")]

    assert all(a.score is not None for a in got)


def test_the_kinds_take_any_report() -> None:
    """A check asked of a text without structure answers instead of failing."""
    outcome = [
        judged_by("一", "shortcomings", **{"at-least": 2}),
        judged_by("一", "causes", share=0.5),
        judged_by("一", "numbering", **{"long-text": 1, "few-slips": 2}),
        judged_by("一", "density", met=3, partial=1, per=1000),
        judged_by("一", "alignment"),
        judged_by("一", "plan-year"),
        judged_by("一", "year-agreement"),
        judged_by("一", "statements"),
        judged_by("一", "measures"),
    ]

    assert all(o.status in ("met", "partial", "missing", "not-applicable", "needs-review") and o.message for o in outcome)
    assert Document.from_text("一").paragraphs


LINES = st.sampled_from(
    [
        *WHOLE.split("\n"),
        *with_first("县长主持县政府常务会议研究法治议题5次。").split("\n"),
        "（一）规范行政执法。抽查案卷40宗。",
        "1.受理案件248件，审结231件，审结率98.1%。",
        "虽然取得了一定成绩，但还存在一些不足：一是执法力量薄弱；",
        "上述问题的原因是：投入不足。",
        "下一步，将开展案卷评查。",
        "二、存在的问题及下一步打算",
        "首页 > 政务公开",
        "上一篇：无",
        "发布日期：",
        "特此报告。",
        "①",
        "㈠",
        "\u200b",
        "：",
        "《",
        "“",
    ]
)


@given(st.lists(LINES, max_size=16), st.booleans())
def test_any_order_of_lines_can_be_judged(lines: list[str], joined: bool) -> None:
    """Whatever lines a document holds, it is judged, and every passage is an exact quote of it."""
    text = ("" if joined else "\n").join(lines)
    got = assessed(text)
    quotes = [p.quote for f in got.findings for p in (*f.evidence, *(n.passage for n in f.near))]

    assert got.score is not None
    assert all(text[q.start : q.end] == q.quote for q in quotes)


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        (page(problems="一是执法力量薄弱。二是普法方式单一。"), "statutory.causes", ["执法力量薄弱", "普法方式单一"]),
        (page(problems="工作中还存在一定差距。"), "statutory.problems", ["工作中还存在一定差距"]),
        (page(plan="下一步，我县将继续努力，推动法治政府建设再上新台阶。"), "statutory.plan", None),
        (page("深入推进行政裁决工作。"), "task.disputes.adjudication", ["深入推进行政裁决工作。"]),
        (page("（一）普法。办理案件3件。\n（三）执法。审查文件12件。"), "form.numbering", ["（三）执法。"]),
        (page("受理案件85件，办结80件，办结率98%。"), "consistency.arithmetic", ["受理案件85件，办结80件，办结率98%"]),
        (page().replace("三、2024年", "三、2023年"), "consistency.year", ["三、2023年工作安排"]),
        (page().replace("三、2024年", "三、2023年"), "quality.plan-year", ["三、2023年工作安排"]),
        (page(title="2023年法治政府建设情况报告"), "form.title", ["2023年法治政府建设情况报告"]),
        (page("县政府主要负责人认真履行推进法治建设第一责任人职责。"), "statutory.first-responsible", None),
    ],
)
def test_a_gap_says_where_it_is(text: str, rule: str, words: list[str] | None) -> None:
    """What is wrong at a place in the text is named with the place and with words of its own."""
    found = finding(text, rule)
    quotes = [fault.passage.quote.quote for fault in found.faults]

    assert found.gap
    assert all(fault.because for fault in found.faults)
    assert quotes == words if words is not None else quotes


@pytest.mark.parametrize("rule", ["statutory.plan", "task.disputes.adjudication", "form.addressee", "form.document-date"])
def test_what_is_missing_has_a_part_instead(rule: str) -> None:
    """What stands nowhere has no place in the text, but a part where it belongs."""
    text = page("审查文件12件。", plan="", header="2023年，岚溪县推进法治政府建设，现将情况报告如下。", signature="").replace(
        "三、2024年工作安排\n", ""
    )
    found = finding(text, rule)

    assert found.status == "missing"
    assert found.faults == ()
    assert found.place


def test_a_title_with_a_blank_is_not_complete() -> None:
    """A blank in the title, the addressee or the signature is no name."""
    text = page(
        title="____县人民政府关于2023年法治政府建设情况的报告", header="____县委、____县人大常委会：\n2023年，现将有关情况报告如下。"
    )

    assert status_of(text, "form.title") == "partial"
    assert status_of(text, "form.addressee") == "missing"
