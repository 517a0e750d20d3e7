"""What each kind of check calls met, partial, missing, not applicable and in need of review."""

from __future__ import annotations

import datetime

import pytest
from helpers import MEASURES, PLAN, PROBLEMS, TITLE, assessed, case, finding, page, parsed
from hypothesis import given
from hypothesis import strategies as st

from scorer import Options
from scorer.checks import KINDS
from scorer.checks.base import Outcome
from scorer.document import Document
from scorer.rulepack.model import Pack, Rule, Years

WHOLE = page()
ALL_LEVELS = ("province", "city", "county", "township", "department")


def status(text: str, rule: str, options: Options | None = None) -> str:
    """The status of one rule of the national pack."""
    return finding(text, rule, options).status


def judge(text: str, check: str, **params: object) -> Outcome:
    """A check of this kind with these parameters on a text."""
    rule = Rule("own.rule", "own:rule", "甲", "task", "expected", 1, (), check, params, Years(0, 9999), ALL_LEVELS, "", "", "", "own")
    return KINDS[check](case(text), rule)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_used_by_a_rule(kind: str, pack: Pack) -> None:
    """No kind of check is without a rule in the national pack."""
    checks = {rule.check for rule in pack.rules}

    assert kind in checks


# ---- title, field, numbering


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (TITLE, "met"),
        ("岚溪县2023年法治政府建设年度报告", "met"),
        ("岚溪县人民政府关于法治政府建设情况的报告", "partial"),
        ("2023年法治政府建设情况报告", "partial"),
    ],
)
def test_title(title: str, expected: str) -> None:
    """Organ, year and subject; one of them absent is partial."""
    got = status(page(title=title, signature="2024年2月5日"), "form.title")

    assert got == expected


def test_title_absent() -> None:
    """No title is missing, and says where it was looked for."""
    got = finding(page(title="", header="县委、县人大常委会：\n现将我县一年来推进法治政府建设的有关情况报告如下。"), "form.title")

    assert got.status == "missing"
    assert got.searched


@pytest.mark.parametrize(("year", "expected"), [(2014, "met"), (2023, "partial")])
def test_title_of_an_older_report(year: int, expected: str) -> None:
    """依法行政 is the subject of older reports only."""
    got = status(page(title=f"岚溪县人民政府关于{year}年依法行政工作情况的报告"), "form.title")

    assert got == expected


def test_issuer_from_signature_header_or_title() -> None:
    """A signature or a source line is met; a name in the title alone is partial; none is missing."""
    bare = "2023年，各项法治工作有序推进，现将有关情况报告如下。"
    texts = [
        page(header=bare),
        page(header=f"发布日期：2024-02-20　来源：岚溪县司法局\n{bare}", signature=""),
        page(header=bare, signature=""),
        page(header=bare, signature="", title="2023年法治政府建设情况报告"),
    ]

    assert [status(text, "form.issuer") for text in texts] == ["met", "met", "partial", "missing"]


@pytest.mark.parametrize("rule", ["form.addressee", "form.document-date", "form.publication-date"])
def test_fields_present_and_absent(rule: str) -> None:
    """A fact on the page is met and quoted; a fact nowhere is missing."""
    there = finding(WHOLE, rule)
    gone = finding(page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。", signature="岚溪县人民政府"), rule)

    assert (there.status, len(there.evidence)) == ("met", 1)
    assert gone.status == "missing"


NUMBERED = "（一）行政执法\n{}\n（{}）行政复议\n{}\n（{}）普法宣传\n{}"


@pytest.mark.parametrize(("second", "third", "expected"), [("二", "三", "met"), ("二", "四", "partial"), ("一", "二", "partial")])
def test_numbering(second: str, third: str, expected: str) -> None:
    """Numbers in a row are met; a gap or a repeat is a slip."""
    got = finding(page(measures=NUMBERED.format(MEASURES, second, MEASURES, third, MEASURES)), "form.numbering")

    assert got.status == expected


def test_numbering_of_a_short_report_without_numbers() -> None:
    """A short text needs no numbers, a long one does."""
    short = page().replace("一、", "").replace("二、", "").replace("三、", "")
    long = short.replace(MEASURES, "\n".join([MEASURES] * 60))

    assert status(short, "form.numbering") == "met"
    assert status(long, "form.numbering") == "partial"


def test_many_slips_are_missing() -> None:
    """Numbering that is wrong all over is missing."""
    text = "\n".join(f"（{n}）第{n}件事情\n{MEASURES}" for n in "三一五二七四九")

    assert status(page(measures=text), "form.numbering") == "missing"


# ---- deadlines


@pytest.mark.parametrize(
    ("date", "expected"), [("2024-03-31", "met"), ("2024-04-01", "missing"), ("2025-01-05", "missing"), ("2023-12-30", "met")]
)
def test_publication_in_time(date: str, expected: str) -> None:
    """Publication is due before the first of April of the next year."""
    got = status(page(header=f"发布日期：{date}　来源：岚溪县司法局"), "timing.publication")

    assert got == expected


@pytest.mark.parametrize(("day", "expected"), [("2024年2月29日", "met"), ("2024年3月1日", "missing")])
def test_submission_in_time(day: str, expected: str) -> None:
    """Submission is due before the first of March, by the date of the document."""
    got = status(page(signature=f"岚溪县人民政府\n{day}"), "timing.submission")

    assert got == expected


def test_submission_of_a_province() -> None:
    """Provinces have until the end of March."""
    text = page(
        title="沧岳省人民政府关于2023年法治政府建设情况的报告", signature="沧岳省人民政府\n2024年3月20日", header="发布日期：2024-03-25"
    )

    assert status(text, "timing.submission") == "met"
    assert status(text, "timing.submission", Options(level="city")) == "missing"


def test_submission_known_only_by_publication() -> None:
    """A publication in time proves submission in time; a later one leaves it open."""
    early, late = (page(header=f"发布日期：{date}", signature="岚溪县人民政府") for date in ("2024-02-20", "2024-03-20"))

    assert status(early, "timing.submission") == "met"
    assert status(late, "timing.submission") == "needs-review"


@pytest.mark.parametrize("rule", ["timing.publication", "timing.submission", "timing.date-order"])
def test_no_date_needs_review(rule: str) -> None:
    """Without dates nobody can say."""
    got = status(page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。", signature="岚溪县人民政府"), rule)

    assert got == "needs-review"


def test_given_dates_count() -> None:
    """Dates that the user gives are judged before those of the page."""
    options = Options(published=datetime.date(2024, 4, 10), submitted=datetime.date(2024, 3, 5))

    assert status(WHOLE, "timing.publication", options) == "missing"
    assert status(WHOLE, "timing.submission", options) == "missing"


@pytest.mark.parametrize(("published", "expected"), [("2024-02-05", "met"), ("2024-02-20", "met"), ("2024-02-04", "missing")])
def test_order_of_dates(published: str, expected: str) -> None:
    """A document is not dated after its publication."""
    got = status(page(header=f"发布日期：{published}"), "timing.date-order")

    assert got == expected


# ---- statutory contents


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
    got = status(page(measures=measures), "statutory.measures")

    assert got == expected


def test_measures_absent() -> None:
    """A text of problems and plan alone has no measures."""
    text = f"{TITLE}\n一、存在的问题\n{PROBLEMS}\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"

    assert status(text, "statutory.measures") == "missing"


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
    got = status(page(problems=problems), "statutory.problems")

    assert got == expected


def test_shortcomings_absent() -> None:
    """Without a word of shortcomings they and their causes are missing; mended problems of others are shown as near."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}开展执法督察，发现执法不规范问题23个，已全部整改。\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"
    got = finding(text, "statutory.problems")

    assert got.status == "missing"
    assert [near.passage.quote.quote for near in got.near] == ["开展执法督察，发现执法不规范问题23个，已全部整改。"]
    assert status(text, "statutory.causes") == "missing"


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        (PROBLEMS, "met"),
        ("一是执法力量薄弱，原因是编制紧张。二是宣传方式单一。", "met"),
        ("一是执法力量薄弱，原因是编制紧张。二是宣传方式单一。三是案卷质量不高。", "partial"),
        ("一是执法力量薄弱。二是宣传方式单一。", "missing"),
    ],
)
def test_causes(problems: str, expected: str) -> None:
    """Causes for half of the shortcomings are met, for fewer partial, for none missing."""
    got = status(page(problems=problems), "statutory.causes")

    assert got == expected


@pytest.mark.parametrize(
    ("plan", "expected"), [(PLAN, "met"), ("开展案卷评查。", "partial"), ("坚定信心，再接再厉，再创佳绩。", "partial")]
)
def test_arrangements(plan: str, expected: str) -> None:
    """Two concrete tasks are met, one or a declaration is partial."""
    got = status(page(plan=plan), "statutory.plan")

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

    assert status(text, "statutory.measures") == "met"
    assert status(text, "statutory.plan") == "missing"


FIRST = "二、党政主要负责人履行推进法治建设第一责任人职责情况\n{}\n三、存在的不足和原因"


def with_first(words: str) -> str:
    """The report with a part about the principals."""
    return WHOLE.replace("三、2024", "四、2024").replace("二、存在的不足和原因", FIRST.format(words))


def test_first_responsible_with_acts() -> None:
    """A part of its own with two concrete acts is met, and covered duties are shown."""
    got = finding(
        with_first("县长主持县政府常务会议研究法治议题5次，出庭应诉1次；带队督导行政执法突出问题整改12个。"), "statutory.first-responsible"
    )

    assert got.status == "met"
    assert any(facet.passage for facet in got.facets)
    assert not all(facet.passage for facet in got.facets)


def test_first_responsible_in_general_words() -> None:
    """A part of its own without concrete acts is partial."""
    got = status(
        with_first("县委、县政府主要负责人切实履行第一责任人职责，不断增强法治意识，为法治政府建设提供坚强保障。"),
        "statutory.first-responsible",
    )

    assert got == "partial"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page(measures=MEASURES + "各单位主要负责人认真落实第一责任人职责。"), "partial"),
        (WHOLE, "missing"),
        (page(plan=PLAN + "压实第一责任人职责，推动主要负责人述法。"), "missing"),
    ],
)
def test_first_responsible_without_an_item(text: str, expected: str) -> None:
    """A mention among the measures is partial; none, or one in the plan alone, is missing."""
    got = status(text, "statutory.first-responsible")

    assert got == expected


# ---- coverage


def coverage(text: str, pack: Pack) -> str:
    """The status of the element about administrative mediation."""
    rule = next(rule for rule in pack.rules if "行政调解" in rule.title and rule.years.holds(2023))
    return status(text, rule.id)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ("全年办理行政调解案件120件。", "met"),
        ("制定《岚溪县行政调解工作办法》。", "met"),
        ("不断加强行政调解工作。", "partial"),
        ("下一步将开展行政调解案件评查12件。", "partial"),
        ("抽查执法案卷40宗。", "missing"),
    ],
)
def test_coverage(measures: str, expected: str, pack: Pack) -> None:
    """A term beside a figure or an act is met; resolve or intention is partial; no word of it is missing."""
    got = coverage(page(measures=measures, problems="一是执法力量薄弱。", plan="开展案卷评查。"), pack)

    assert got == expected


@pytest.mark.parametrize("part", ["problems", "plan"])
def test_coverage_outside_the_past_year(part: str, pack: Pack) -> None:
    """A term among problems or plan is partial, and the reason names the part."""
    text = page(problems="一是行政调解力量不足12人。") if part == "problems" else page(plan="办理行政调解案件120件。")

    assert coverage(text, pack) == "partial"


def test_coverage_in_furniture_is_nothing(pack: Pack) -> None:
    """Navigation and related links are no evidence."""
    text = "首页 > 行政调解 > 年度报告\n" + WHOLE + "上一篇：岚溪县全年办理行政调解案件120件\n下一篇：行政调解工作推进会召开\n"

    assert coverage(text, pack) == "missing"


def test_coverage_of_a_heading_is_carried_by_its_text(pack: Pack) -> None:
    """A heading that names the item counts with the concrete sentence under it, not alone."""
    met = page(measures="（一）做好行政调解工作\n全年办理案件120件，成功率达到90%。\n（二）其他工作\n抽查案卷40宗。")
    alone = page(measures="（一）做好行政调解工作\n不断增强责任意识。\n（二）其他工作\n抽查案卷40宗。")

    assert coverage(met, pack) == "met"
    assert coverage(alone, pack) == "partial"


def test_coverage_quotes_its_evidence(pack: Pack) -> None:
    """The evidence is the exact passage, with the heading above it."""
    rule = next(rule for rule in pack.rules if "行政调解" in rule.title and rule.years.holds(2023))
    text = page(measures="全年办理　行政调解案件１２０件。")
    (passage,) = finding(text, rule.id).evidence

    assert "行政调解案件１２０件" in passage.quote.quote
    assert text[passage.quote.start : passage.quote.end] == passage.quote.quote
    assert passage.path == ("一、主要举措和成效",)


# ---- quality and consistency


@pytest.mark.parametrize(
    ("measures", "expected"),
    [(MEASURES, "met"), ("坚持依法履职，" * 60 + "办结案件80件。", "partial"), ("坚持依法履职，不断完善制度。", "missing")],
)
def test_density(measures: str, expected: str) -> None:
    """Figures per thousand characters of the measures."""
    got = status(page(measures=measures), "quality.quantified")

    assert got == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [(PLAN, "met"), ("为乡镇充实执法力量，增加执法人员编制。", "partial"), ("编印防雷手册，检修路灯设施。", "missing")],
)
def test_alignment(plan: str, expected: str) -> None:
    """All, some or none of the shortcomings are answered by the plan."""
    got = status(page(plan=plan), "quality.problem-plan-alignment")

    assert got == expected


def test_alignment_without_either_part() -> None:
    """Nothing to compare is not applicable."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"

    assert status(text, "quality.problem-plan-alignment") == "not-applicable"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("三、2024年工作安排", "met"), ("三、下一步工作安排", "met"), ("三、2023年工作安排", "missing"), ("三、2025年工作安排", "missing")],
)
def test_year_of_the_plan(heading: str, expected: str) -> None:
    """The plan is about the year after the report year."""
    got = status(WHOLE.replace("三、2024年工作安排", heading), "quality.plan-year")

    assert got == expected


def test_year_without_a_plan() -> None:
    """Without a plan its year is not asked for."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}\n二、存在的问题\n{PROBLEMS}\n岚溪县人民政府\n2024年2月5日\n"

    assert status(text, "quality.plan-year") == "not-applicable"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2023年，岚溪县", "2023年，岚溪县", "met"),
        ("县委、县人大常委会：\n2023年，岚溪县", "2022年，岚溪县", "missing"),
        ("一、主要举措", "一、2022年主要举措", "missing"),
        ("一、主要举措", "一、2023年主要举措", "met"),
        ("三、2024年", "三、2025年", "missing"),
    ],
)
def test_agreement_of_years(old: str, new: str, expected: str) -> None:
    """Title, opening and headings speak of the same year, the plan of the next."""
    got = status(WHOLE.replace(old, new), "consistency.year")

    assert got == expected


def test_agreement_of_the_opening_under_an_addressee() -> None:
    """A wrong year in the opening is found under an addressee too."""
    got = status(WHOLE.replace("2023年，岚溪县", "2022年，岚溪县"), "consistency.year")

    assert got == "missing"


def test_arithmetic() -> None:
    """A contradiction is missing with what it should be; nothing to recompute is met."""
    wrong = finding(page(measures="受理行政复议案件248件，审结231件，审结率98.1%。"), "consistency.arithmetic")

    assert wrong.status == "missing"
    assert "93.1%" in wrong.message
    assert wrong.evidence
    assert status(page(measures="受理行政复议案件248件，审结231件，审结率93.1%。"), "consistency.arithmetic") == "met"
    assert status(page(measures="深入推进各项工作。"), "consistency.arithmetic") == "met"


# ---- the whole


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
        judge("一", "shortcomings", **{"at-least": 2}),
        judge("一", "causes", share=0.5),
        judge("一", "numbering", **{"long-text": 1, "few-slips": 2}),
        judge("一", "density", met=3, partial=1, per=1000),
        judge("一", "alignment"),
        judge("一", "plan-year"),
        judge("一", "year-agreement"),
        judge("一", "statements"),
        judge("一", "measures"),
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


def test_item_only_in_parts_that_do_not_count_names_them_all() -> None:
    """Among the problems and in the plan, nowhere among the measures: both parts are named."""
    text = page(problems=f"{PROBLEMS}三是行政裁决工作推进不够，原因在于人手少。", plan=f"{PLAN}推进行政裁决工作。")

    assert "只出现在“存在的问题”和“下一年度安排”部分" in finding(text, "task.disputes.adjudication").message


# ---- places to mend


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

    assert status(text, "form.title") == "partial"
    assert status(text, "form.addressee") == "missing"


def test_just_enough_figures_are_enough() -> None:
    """Exactly as many figures per so many characters as the rule asks."""
    told = [s for s in parsed(WHOLE).sentences if s.role in ("measures", "first-responsible") and not s.future]
    length, figures = sum(s.span.end - s.span.start for s in told), sum(len(s.results) for s in told)

    assert judge(WHOLE, "density", met=figures, partial=1, per=length).status == "met"
    assert judge(WHOLE, "density", met=figures + 1, partial=1, per=length).status == "partial"


@pytest.mark.parametrize(("words", "wanted"), [("强化保障，", "met"), ("强化保障，统筹力量，", "partial")])
def test_a_figure_counts_for_a_term_up_to_two_clauses_before_it(words: str, wanted: str) -> None:
    """Further on it belongs to something else."""
    assert status(page(measures=f"推进行政裁决工作，{words}共办结15件。"), "task.disputes.adjudication") == wanted
