"""Letters and the circular: what they say, how a template of one's own is filled, and that they are sound Word files."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

import docx
import pytest
from audits import audit as invented
from helpers import replace

from scorer.audit.decisions import Decided
from scorer.audit.items import key_of_likeness
from scorer.audit.model import (
    ASSESSED,
    NO_REPORT,
    NOT_SUBMITTED,
    UNREADABLE,
    Audit,
    Condition,
    Contradiction,
    Entry,
    Fact,
    FollowUp,
    Gap,
    Gate,
    Likeness,
    Round,
    SharedPassage,
    Verdict,
)
from scorer.audit.office import Office
from scorer.audit.outputs import letters
from scorer.audit.outputs.circular import circular, default_circular
from scorer.audit.outputs.letters import default_template, letter
from scorer.errors import FazhiError

DAY = datetime.date(2026, 4, 15)
HOSTILE = '<w:br/></w:t>{{单位}}&amp;"\x01\udcff]]>'


@pytest.fixture(scope="module")
def audit() -> Audit:
    """A small audit with entries of every state."""
    return invented(28)


def lines(raw: bytes) -> list[str]:
    """The paragraphs of a Word file; raises for one that is broken."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(raw)).paragraphs]


def table(raw: bytes) -> list[list[str]]:
    """The rows of the table of a letter; none where there is no table."""
    document: Any = docx.Document(io.BytesIO(raw))
    return [[cell.text for cell in row.cells] for found in document.tables for row in found.rows]


def one(audit: Audit, verdict: str, **changes: Any) -> tuple[Audit, Entry]:
    """An audit of one unit with this verdict of the gate; ``gate`` changes that, ``likenesses`` the audit, all else the entry."""
    entry, gate = next((e, g) for e, g in zip(audit.entries, audit.gates, strict=True) if g.verdict == verdict)
    gate, likenesses = changes.pop("gate", gate), changes.pop("likenesses", ())
    entry = replace(entry, **changes)
    return replace(audit, entries=(entry,), gates=(gate,), likenesses=likenesses), entry


def said(audit: Audit, entry: Entry, **more: Any) -> str:
    """The text of the letter."""
    return "\n".join(lines(letter(audit, entry, deadline=DAY, **more)))


def late(source: str, day: datetime.date, *, public: bool = False, decided: Decided | None = None) -> Fact:
    """A day that is too late."""
    limit = datetime.date(2026, 4, 1) if public else datetime.date(2026, 3, 1)
    return Fact("timing.publication" if public else "timing.submission", day, source, "", limit, "late", decided)


def entry_of(audit: Audit, state: str, verdict: str = "") -> Entry:
    """The first entry with this state and this verdict of the gate."""
    return next(e for e, g in zip(audit.entries, audit.gates, strict=True) if e.state == state and verdict in ("", g.verdict))


def template(*paragraphs: str | tuple[str, ...], header: str = "") -> bytes:
    """A Word file with these paragraphs; a tuple is one paragraph in several runs, the first of them bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs if isinstance(runs, tuple) else (runs,)):
            paragraph.add_run(text).bold = number == 0
    if header:
        document.sections[0].header.paragraphs[0].text = header
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# -- what they say -------------------------------------------------------------------------------------------------------


def test_a_letter_gives_every_ground_of_its_verdict(audit: Audit) -> None:
    """Each failed condition with its names, figures and quotations; likenesses by the unit's own share, of whichever side."""
    wrong = Contradiction("办结率99.8%", "rate", "99.8%", "99.0%", "2861÷2890=99.0%", "contradiction:1")
    other = Likeness("乙镇", "甲镇", 0.9, (SharedPassage("乙的话", "甲的话", ()),), other_share=0.42)
    own = Likeness("甲镇", "甲镇", 0.6, (SharedPassage("今年的话", "去年的话", ()),), previous=True)
    rule = audit.elements[0]
    conditions = (
        Condition("必备内容没有缺失", "", "", False, "return", "elements", (f"element:{rule.rule}",)),
        Condition("数字没有矛盾", "", "", False, "mend", "contradictions", (wrong.key,)),
        Condition("相同的文字不多", "", "", False, "mend", "copied", (key_of_likeness(other, "甲镇"),)),
        Condition("没有大量沿用", "", "", False, "mend", "previous", (key_of_likeness(own, "甲镇"),)),
    )
    small, entry = one(audit, "return", unit="甲镇", gate=Gate("return", conditions, "proposed"), likenesses=(other, own))
    assert entry.summary
    gap = Gap(rule.rule, rule.title, "", "required", "missing", "没有写。", "单列一节，如“受理____件”。", "", "", 1.0)
    summary = replace(entry.summary, contradictions=(wrong,), gaps=(gap,), verdicts=(Verdict(rule.rule, "missing", "missing"),))
    entry = replace(entry, summary=summary)
    small = replace(small, entries=(entry,))
    text = said(small, entry)

    assert "审核结论为“退回”，依据是：" in text
    assert f"1. 缺少1项必备内容：{rule.title}。" in text or f"1. 缺少1项应有内容：{rule.title}。" in text
    assert "“办结率99.8%”，写为99.8%，按报告中其他数字推算为99.0%（2861÷2890=99.0%）。" in text
    assert "除地名和数字外，与乙镇的报告有约42%的文字相同（通用表述和引用的文件原文不计），例如“甲的话”。请核实" in text
    assert "除数字外，与贵单位上年报告有约60%的文字相同，例如“今年的话”。请核实" in text
    assert f"1. {rule.title}。没有写。单列一节。" in text  # what to do, and no form with blanks
    assert "2026年4月20日" not in text and "于2026年4月15日前" in text


def test_a_letter_speaks_the_words_of_the_office(audit: Audit) -> None:
    """No identifier of a rule, no points, nothing of the program; not even where the report is full of gaps."""
    for entry in audit.entries:
        raw = letter(audit, entry)
        text = "\n".join([*lines(raw), *(cell for row in table(raw) for cell in row)])
        for word in (
            "statutory.",
            "task.",
            "form.",
            "timing.",
            "得分",
            "规则包",
            "匹配",
            "程序的",
            "可得分",
            "全文未涉及",
            "None",
            "待复核",
        ):
            assert word not in text
        assert not re.search(r"\d分[^之钟]", text)


def test_a_letter_names_points_where_the_gate_asks_for_them(audit: Audit) -> None:
    """The office has set them."""
    small, entry = one(audit, "mend", gate=Gate("mend", (Condition("得分", "不少于90分", "70.0分", False, "mend", "score"),)))
    assert entry.summary

    assert f"得分{entry.summary.total:.1f}分，要求不少于90分。" in said(small, entry)


def test_a_letter_says_how_to_object_and_whom_to_ask(audit: Audit) -> None:
    """What the office gave; what it did not give is a blank to be filled in."""
    office = Office("县委依法治县办", "张三", "0000-1234567", "县法办函〔2026〕3号", "发送至 a@example.cn", "收到本函后5个工作日内")
    for entry in audit.entries:
        text = "\n".join(lines(letter(audit, entry, office=office)))
        assert all(word in text for word in ("联系人：张三", "0000-1234567", "县法办函〔2026〕3号", "县委依法治县办")), entry.unit
        assert "＿" not in text
        blank = "\n".join(lines(letter(audit, entry)))
        assert "联系人：＿" in blank and "联系电话：＿" in blank and "文号：＿" in blank
    text = "\n".join(lines(letter(audit, entry_of(audit, ASSESSED, "mend"), office=office)))
    assert "有异议的，请于收到本函后5个工作日内书面提出" in text and "发送至 a@example.cn" in text


def test_everything_else_is_in_a_table_after_the_letter(audit: Audit) -> None:
    """Every gap with its status, passage and advice; a day that has passed is none; the deciding come first."""
    small, entry = one(audit, "return")
    assert entry.summary
    rows = table(letter(small, entry))
    titles = [row[1] for row in rows[1:]]
    gaps = [gap for gap in entry.summary.gaps if gap.rule not in small.days]

    assert rows[0] == ["序号", "内容", "情况", "报告原文", "修改或核对要求"]
    assert {gap.title for gap in gaps} <= set(titles)
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, len(rows))]
    first = [
        title
        for title in titles
        if any(key == f"element:{e.rule}" for e in small.elements if e.title == title for key in small.gates[0].conditions[0].items)
    ]
    assert titles[: len(first)] == first
    assert "按时报送" not in titles


def test_rows_say_what_a_person_has_checked(audit: Audit) -> None:
    """What the verdict rests on says so; once a person has confirmed it, it says that, with his reason; all else says neither."""
    small, entry = one(audit, "return")
    assert entry.summary
    key = small.gates[0].conditions[0].items[0]
    gap = next(gap for gap in entry.summary.gaps if f"element:{gap.rule}" == key)
    doubted = tuple(v._replace(certainty="check", by="") for v in entry.summary.verdicts)
    entry = replace(entry, summary=replace(entry.summary, verdicts=doubted))
    raw = letter(replace(small, entries=(entry,)), entry)
    row = next(row for row in table(raw) if row[1] == gap.title)
    assert "（结论依据）" in row[2] and "请核对：" not in row[2]
    assert f"{gap.title}。请核对：" in "\n".join(lines(raw))
    deciding = {key for condition in small.gates[0].conditions for key in condition.items}
    titles = {e.title for e in small.elements if f"element:{e.rule}" in deciding}
    assert all("结论依据" not in row[2] for row in table(raw)[1:] if row[1] not in titles)

    sure = tuple(v._replace(by="张三", reason="已通读全文") if v.rule == gap.rule else v for v in doubted)
    entry = replace(entry, summary=replace(entry.summary, verdicts=sure))  # type: ignore[arg-type]
    row = next(row for row in table(letter(replace(small, entries=(entry,)), entry)) if row[1] == gap.title)
    assert "结论依据" not in row[2] and row[2].endswith("经复核，已通读全文。")


def test_what_a_person_found_so_is_not_asked_again(audit: Audit) -> None:
    """A contradiction and shared text that a person has confirmed are to be mended; before that they are to be checked."""
    wrong = Contradiction("办结率99.8%", "rate", "99.8%", "99.0%", "2861÷2890=99.0%", "contradiction:1")
    like = Likeness("甲镇", "乙镇", 0.9, (SharedPassage("甲的话", "乙的话", ()),))
    conditions = (
        Condition("数字没有矛盾", "", "", False, "mend", "contradictions", (wrong.key,)),
        Condition("相同的文字不多", "", "", False, "mend", "copied", (key_of_likeness(like, "甲镇"),)),
    )

    def written(wrong: Contradiction, like: Likeness) -> str:
        small, entry = one(audit, "mend", unit="甲镇", gate=Gate("mend", conditions), likenesses=(like,))
        assert entry.summary
        entry = replace(entry, summary=replace(entry.summary, contradictions=(wrong,), gaps=()))
        raw = letter(replace(small, entries=(entry,)), entry)
        return "\n".join([*lines(raw), *(cell for row in table(raw) for cell in row)])

    asked = written(wrong, like)
    assert "经复核，" not in asked and "例如“甲的话”。请核实" in asked and "请按原始台账核实" in asked
    decided = Decided("stands", "stands", "张三", "2026-03-10", "台账已核")
    told = written(wrong._replace(decided=decided), replace(like, decided=(("甲镇", decided),)))
    assert told.count("经复核，") == 4 and "请核实，" not in told and "请按原始台账核实" not in told


def test_a_slip_of_a_year_is_put_right_in_words(audit: Audit) -> None:
    """In the letter, once, and in the table without a form to be filled in; the status is that the year is wrong."""
    small, entry = one(audit, "mend")
    assert entry.summary
    heading = "三、2023年工作安排"
    fix = "以标题的年度为准，逐处核对开头“____年，我县……”。"
    gaps = (
        Gap(
            "a.year", "报告年度一致", "", "expected", "missing", f"报告年度为2025年，而标题“{heading}”写的是2023年。", fix, "", heading, 1.0
        ),
        Gap("a.plan", "安排所指的年度", "", "suggested", "missing", "安排部分的标题写的是2023年，应为2026年。", fix, "", heading, 1.0),
        Gap("a.other", "开头的年度", "", "expected", "missing", "开头写的是2022年。", fix, "", "2022年，我镇推进法治建设", 1.0),
    )
    entry = replace(entry, summary=replace(entry.summary, gaps=gaps, contradictions=()))
    raw = letter(replace(small, entries=(entry,)), entry)
    rows = {row[1]: row for row in table(raw)[1:]}

    assert "\n".join(lines(raw)).count("将“三、2023年工作安排”改为“三、2026年工作安排”。") == 1
    assert "报告年度一致" not in rows and "，年份有误。" in rows["安排所指的年度"][2] and rows["安排所指的年度"][3] == heading
    assert rows["开头的年度"][4] == "请核实，有误的改正。"


def test_what_came_near_says_what_is_lacking(audit: Audit) -> None:
    """Related work is called that, and a heading alone is no passage."""
    small, entry = one(audit, "mend")
    assert entry.summary
    message = "提到了这一事项，但只写了相关工作，未写本项。"
    gaps = (Gap("a.b", "行政调解", "", "expected", "partial", message, "写明件数。", "", "（五）化解争议。", 1.0),)
    entry = replace(entry, summary=replace(entry.summary, gaps=gaps, contradictions=()))
    row = table(letter(replace(small, entries=(entry,)), entry))[1]

    assert row[2].endswith("提到了相关的工作，没有写明“行政调解”本身的情况。") and row[3] == "“（五）化解争议”部分"


def test_a_pass_letter_lists_no_faults(audit: Audit) -> None:
    """Whatever the report lacks: it passed. One page, no table."""
    small, entry = one(audit, "pass")
    assert entry.summary
    gaps = next(e.summary.gaps for e in audit.entries if e.summary and len(e.summary.gaps) > 3)
    entry = replace(entry, summary=replace(entry.summary, gaps=gaps))
    raw = letter(replace(small, entries=(entry,)), entry)
    text = "\n".join(lines(raw))

    assert "审核结论为“通过”，报告不需要修改后重新报送。" in text
    assert not [line for line in lines(raw) if line.startswith("1. ")]
    assert not table(raw) and all(gap.title not in text for gap in gaps)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"submission": late("roster", datetime.date(2026, 3, 9))}, "据登记，报告于2026年3月9日报送，晚于规定的时限（2026年3月1日前）。"),
        ({"submission": late("document", datetime.date(2026, 3, 9))}, "报告的落款日期为2026年3月9日，已在规定的报送时限（2026年3月1日前）之后"),
        ({"publication": late("roster", datetime.date(2026, 4, 9), public=True)}, "据登记，报告于2026年4月9日向社会公开，晚于规定的时限（2026年4月1日前）。"),
        ({"publication": late("page", datetime.date(2026, 4, 9), public=True)}, "报送的文本标明的发布日期为2026年4月9日，晚于规定的公开时限（2026年4月1日前）"),
    ],
)  # fmt: skip
def test_each_of_the_two_days_has_its_own_sentence(audit: Audit, facts: dict[str, Fact], words: str) -> None:
    """A late publication is no late submission; the source of the day is told."""
    for verdict in ("pass", "mend", "return"):
        small, entry = one(audit, verdict, **{"submission": None, "publication": None, **facts})
        text = said(small, entry)
        assert words in text
        assert ("报送，晚于" in text or "报送时限" in text) is ("submission" in facts)


def test_a_report_of_another_year_is_asked_for_the_right_one(audit: Audit) -> None:
    """Its own year, the audited one, the days that are due for that; no verdict on its contents."""
    small, entry = one(audit, "mend", other_year=2024, gate=Gate("again", ()))
    raw = letter(small, entry, deadline=DAY)
    text = "\n".join(lines(raw))

    assert "写的是2024年度的法治政府建设情况，而本次审核的是2025年度的报告" in text
    assert "在2026年3月1日前报送，在2026年4月1日前向社会公开" in text and "于2026年4月15日前报送" in text
    assert "审核结论" not in text and not table(raw)


def test_what_is_not_confirmed_is_a_draft(audit: Audit) -> None:
    """It says so on its face, until somebody has confirmed the grounds."""
    small, entry = one(audit, "proposed")
    assert lines(letter(small, entry))[0].startswith("【拟稿")
    confirmed = replace(small, gates=(small.gates[0]._replace(verdict="return", open=()),))
    assert "拟稿" not in said(confirmed, entry)


def test_a_verdict_of_a_person_gives_his_reason(audit: Audit) -> None:
    """Where no condition fails, what he wrote is the ground."""
    decided = Decided("mend", "pass", "李四", "2026-03-10", "第二部分与去年相同，请重写")
    small, entry = one(audit, "pass", gate=Gate("mend", (), "pass", decided))

    assert "1. 经复核，第二部分与去年相同，请重写。" in said(small, entry)


def test_a_persons_reason_comes_before_the_other_grounds(audit: Audit) -> None:
    """Also where conditions fail; without it, a report that only lacks what is named is told that the rest is there."""
    small, entry = one(audit, "return")
    assert entry.summary
    decided = Decided("mend", "proposed", "李四", "2026-03-10", "只缺一项，补写即可")
    gate = small.gates[0]._replace(verdict="mend")
    assert "1. 经复核，只缺一项，补写即可。" in said(replace(small, gates=(gate._replace(decided=decided),)), entry)

    condition = next(c for c in gate.conditions if not c.holds and c.measure == "elements")
    verdicts = tuple(v._replace(status="missing" if f"element:{v.rule}" in condition.items else "met") for v in entry.summary.verdicts)
    entry = replace(entry, summary=replace(entry.summary, verdicts=verdicts))
    small = replace(small, entries=(entry,), gates=(gate._replace(conditions=(condition,)),))
    assert "其他必备内容没有缺少，补写即可。" in said(small, entry)
    wanting = replace(entry.summary, verdicts=tuple(v._replace(status="partial") for v in verdicts))  # type: ignore[arg-type]
    assert "补写即可" not in said(replace(small, entries=(replace(entry, summary=wanting),)), replace(entry, summary=wanting))


def test_last_years_arrangements_are_named(audit: Audit) -> None:
    """How many were carried out, mentioned, not written of; the open ones are quoted, and stand in the table."""
    items = tuple(FollowUp("arrangement", state, f"安排{n}", "") for n, state in enumerate(("done", "done", "mentioned", "silent")))
    again = FollowUp("shortcoming", "repeated", "力量不足", "力量不足")
    small, entry = one(audit, "mend", follow_up=(*items, again))
    raw = letter(small, entry)
    text = "\n".join(lines(raw))

    assert "上年报告提出的安排4项，今年的报告写明已落实的2项，只提到、没有写明结果的1项（“安排2”），没有写到的1项（“安排3”）。" in text
    assert "今年逐字重提的1项（“力量不足”）" in text
    assert [row[3] for row in table(raw) if row[1] == "上年安排的落实"] == ["安排2", "安排3"]
    assert [row[3] for row in table(raw) if row[1] == "上年的不足"] == ["力量不足"]


def test_what_there_is_none_of_is_not_counted(audit: Audit) -> None:
    """No arrangement left open: no zero is told."""
    small, entry = one(audit, "pass", follow_up=(FollowUp("arrangement", "done", "安排", "做了"),))
    text = said(small, entry)

    assert "上年报告提出的安排1项，今年的报告写明已落实的1项。" in text and "0项" not in text


def test_absent_units_are_reminded_and_wrong_files_asked_for_again(audit: Audit) -> None:
    """A unit without a report, one whose file is no report, one whose file cannot be read: each its letter."""
    absent = "\n".join(lines(letter(audit, entry_of(audit, NOT_SUBMITTED), deadline=DAY)))
    assert "催报函" in absent
    assert "尚未收到" in absent
    assert "2026年4月15日前报送" in absent
    for state in (NO_REPORT, UNREADABLE):
        entry = entry_of(audit, state)
        text = "\n".join(lines(letter(audit, entry)))
        assert "重新报送" in text
        assert entry.reason.split("。")[0].replace("打不开", "无法打开") in text
        assert "收到本函后10个工作日内" in text


def test_a_wrong_file_is_called_what_it_is(audit: Audit) -> None:
    """By its title and not by the name of its file; a damaged one in no words of the program, and with its day where it came in time."""
    notice = replace(entry_of(audit, NO_REPORT), path="甲.txt", reason="“甲局关于普法工作的通知”是通知，不是法治政府建设年度报告")
    text = "\n".join(lines(letter(audit, notice)))
    assert "贵单位报送的是《甲局关于普法工作的通知》，不是法治政府建设年度报告，未能" in text and "甲.txt" not in text
    other = replace(notice, reason="“甲局平安建设情况的报告”写的是平安建设工作，不是法治政府建设年度报告")
    assert "《甲局平安建设情况的报告》，写的是平安建设工作，不是法治" in "\n".join(lines(letter(audit, other)))

    day = datetime.date(2026, 2, 20)
    came = Fact("timing.submission", day, "roster", "", datetime.date(2026, 3, 1), "in-time")
    broken = replace(entry_of(audit, UNREADABLE), reason="文件已损坏，压缩结构读不出来。请另存", submission=came)
    text = "\n".join(lines(letter(audit, broken)))
    assert "文件已损坏，无法打开。该文件于2026年2月20日报送，在规定的报送时限内。" in text
    assert "时限内" not in "\n".join(lines(letter(audit, replace(broken, submission=came._replace(state="late")))))


@pytest.mark.parametrize(
    ("day", "told"), [("2026-02-20", ""), ("2026-03-01", "现已逾规定的报送时限"), ("2026-05-01", "现已逾规定的报送和公开时限")]
)
def test_a_day_that_has_passed_is_told(audit: Audit, day: str, told: str) -> None:
    """To a unit that has sent nothing, and to one that has sent another year's report, by the day on which it was judged."""
    limits = (datetime.date(2026, 3, 1), datetime.date(2026, 4, 1))
    facts = [Fact("timing", None, "", "", limit, "unknown") for limit in limits]
    rounds = (Round(0, day, "absent", "absent", "", "", "", (), 0),)
    changes: dict[str, Any] = {"submission": facts[0], "publication": facts[1], "rounds": rounds}
    absent = replace(entry_of(audit, NOT_SUBMITTED), **changes)
    reminder = "\n".join(lines(letter(audit, absent)))
    small, entry = one(audit, "mend", other_year=2024, gate=Gate("again", ()), **changes)
    for text in (reminder, said(small, entry)):
        assert told in text and ("现已逾" in text) is bool(told)
        assert ("补报（" in text) is bool(told) and ("尽快向社会公开" in text) is ("公开时限" in told)


def test_the_government_served_is_given_no_verdict(audit: Audit) -> None:
    """Its report was received and nothing is to be mended; the government of another place is told that it passed."""
    small, entry = one(audit, "pass", unit="岚溪县人民政府")
    own, other = (said(small, entry, office=Office(f"中共{place}委全面依法治县委员会办公室")) for place in ("岚溪县", "青禾县"))
    assert "》已收悉，没有修改意见。" in own and "审核结论" not in own
    assert "审核结论为“通过”" in other


def test_the_day_of_publication_is_asked_for_once(audit: Audit) -> None:
    """In the letter; the table does not demand it again."""
    unknown = Fact("timing.publication", None, "", "", datetime.date(2026, 4, 1), "unknown")
    small, entry = one(audit, "mend", publication=unknown)
    assert entry.summary
    gap = Gap("form.day", "发布日期", "", "expected", "missing", "没有写明公开发布日期。", "标明日期。", "", "", 1.0)
    entry = replace(entry, summary=replace(entry.summary, gaps=(gap,), contradictions=()))
    assert not table(letter(replace(small, entries=(entry,)), entry))
    known = replace(entry, publication=unknown._replace(state="in-time"))
    assert [row[1] for row in table(letter(replace(small, entries=(known,)), known))[1:]] == ["发布日期"]


def test_letter_needs_no_more_than_its_own_entry(audit: Audit) -> None:
    """An audit narrowed to one entry gives the same letter."""
    for entry, gate in zip(audit.entries, audit.gates, strict=True):
        own = tuple(likeness for likeness in audit.likenesses if entry.unit in (likeness.unit, likeness.other))
        narrow = replace(audit, entries=(entry,), gates=(gate,), likenesses=own)
        assert letter(narrow, entry, None, DAY) == letter(audit, entry, None, DAY)


def test_nothing_is_left_open_in_any_letter(audit: Audit) -> None:
    """No braces remain, no sentence ends twice, no bracket is empty."""
    for entry in audit.entries:
        raw = letter(audit, entry)
        text = "\n".join([*lines(raw), *(cell for row in table(raw) for cell in row)])
        assert text.strip()
        for wrong in ("{{", "}}", "。。", "；。", "，。", "（）", "“”", "None", "年度年度"):
            assert wrong not in text


# -- templates -----------------------------------------------------------------------------------------------------------


def test_words_split_over_runs_are_filled_and_keep_the_form_of_their_first_run(audit: Audit) -> None:
    """However Word has cut a word in braces, it is found; what stands around it stays."""
    entry = entry_of(audit, ASSESSED, "mend")
    raw = letter(audit, entry, template(("致{", "{单", "位}}：得分{{得", "分}}。"), "{{ 年度 }}／｛｛等次｝｝", header="{{单位}}"))
    document: Any = docx.Document(io.BytesIO(raw))
    assert entry.summary

    assert document.paragraphs[0].text == f"致{entry.unit}：得分{entry.summary.total:.1f}。"
    assert document.paragraphs[0].runs[0].text == f"致{entry.unit}"
    assert document.paragraphs[0].runs[0].bold
    assert document.paragraphs[1].text == f"2025年度／{entry.summary.grade}"
    assert document.sections[0].header.paragraphs[0].text == entry.unit


def test_a_list_alone_becomes_numbered_paragraphs_of_the_same_form(audit: Audit) -> None:
    """A paragraph with one list word becomes as many as there are items; within a sentence they stand in a row."""
    entry = entry_of(audit, ASSESSED, "return")
    assert entry.summary
    document: Any = docx.Document(io.BytesIO(letter(audit, entry, template("前", "{{缺项}}", "后：{{缺项}}。"))))
    count = sum(1 for gap in entry.summary.gaps if gap.rule not in audit.days)

    assert len(document.paragraphs) == count + 2
    assert [p.text.split(". ")[0] for p in document.paragraphs[1:-1]] == [str(n) for n in range(1, count + 1)]
    assert all(p.runs[0].bold for p in document.paragraphs[1:-1])
    assert document.paragraphs[-1].text.count("；") >= count - 1


def test_sections_stand_where_their_condition_holds(audit: Audit) -> None:
    """Sections may lie within each other; one whose condition does not hold is left out with all in it."""
    own = template(
        "{{若 修改}}",
        "要改",
        "{{若 有缺项}}",
        "有缺",
        "{{完}}",
        "{{若 有矛盾}}",
        "有错",
        "{{完}}",
        "{{完}}",
        "{{若 未报送}}",
        "没报",
        "{{完}}",
        "都有",
    )
    entry = entry_of(audit, ASSESSED, "mend")
    assert entry.summary

    assert lines(letter(audit, entry, own)) == ["要改", "有缺", *(["有错"] if entry.summary.contradictions else []), "都有"]
    assert lines(letter(audit, entry_of(audit, NOT_SUBMITTED), own)) == ["没报", "都有"]


def test_a_template_without_sections_serves_reports_to_be_mended(audit: Audit) -> None:
    """Other letters then come from the built-in template: a form for gaps is no reminder."""
    own = template("只有缺项：{{缺项}}")

    assert lines(letter(audit, entry_of(audit, ASSESSED, "mend"), own))[0].startswith("只有缺项")
    assert "催报函" in "".join(lines(letter(audit, entry_of(audit, NOT_SUBMITTED), own)))


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"no zip", "损坏"),
        (template("{{单为}}"), "单为"),
        (template("{{若 明天}}", "{{完}}"), "若明天"),
        (template("{{若 修改}}", "甲"), "没有结束"),
        (template("甲", "{{完}}"), "多了一个"),
    ],
)
def test_an_unusable_template_gives_one_clear_line(audit: Audit, raw: bytes, word: str) -> None:
    """What is wrong and what to do, before five hundred letters go out."""
    with pytest.raises(FazhiError) as caught:
        letter(audit, entry_of(audit, ASSESSED, "mend"), raw)

    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rows_of_a_table_stand_for_records(audit: Audit) -> None:
    """The office's own table is filled row by row; what is above and below it stays."""
    document = docx.Document()
    found: Any = document.add_table(rows=3, cols=2)
    for row, texts in enumerate((("内容", "要求"), ("{{明细内容}}", "{{明细序号}}：{{明细要求}}"), ("{{单位}}", "完"))):
        for column, text in enumerate(texts):
            found.cell(row, column).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    entry = entry_of(audit, ASSESSED, "mend")
    own, built_in = table(letter(audit, entry, buffer.getvalue())), table(letter(audit, entry))

    assert own[0] == ["内容", "要求"] and own[-1] == [entry.unit, "完"]
    assert [row[0] for row in own[1:-1]] == [row[1] for row in built_in[1:]]


def test_a_template_without_a_section_for_returns_uses_that_for_mending(audit: Audit) -> None:
    """As templates made before there was one."""
    own = template("{{若 修改}}", "要改", "{{完}}", "{{若 通过}}", "好", "{{完}}")

    assert lines(letter(audit, entry_of(audit, ASSESSED, "return"), own)) == ["要改"]


def test_built_in_templates_can_be_changed_and_given_back(audit: Audit) -> None:
    """Given back unchanged they give the same letters; they know all kinds of letters."""
    entry = entry_of(audit, ASSESSED, "return")

    assert letter(audit, entry, default_template()) == letter(audit, entry)
    assert circular(audit, default_circular()) == circular(audit)
    text = "\n".join(lines(default_template()))
    assert all(f"{{{{若 {name}}}}}" in text for name in letters.KINDS)


# -- form ----------------------------------------------------------------------------------------------------------------


def test_hostile_words_stay_text(audit: Audit) -> None:
    """Markup and words in braces that come from a report are printed as they are, and filled in by nobody."""
    entry = entry_of(audit, ASSESSED, "return")
    assert entry.summary
    gaps = tuple(g._replace(title=HOSTILE, message=HOSTILE, fix=HOSTILE, basis=HOSTILE) for g in entry.summary.gaps)
    hostile = replace(entry, unit=HOSTILE, path=HOSTILE, summary=replace(entry.summary, title=HOSTILE, grade=HOSTILE, gaps=gaps))
    gate = next(g for e, g in zip(audit.entries, audit.gates, strict=True) if e == entry)
    text = "\n".join(lines(letter(replace(audit, entries=(hostile,), gates=(gate,)), hostile)))

    assert '<w:br/></w:t>{{单位}}&amp;"]]>：' in text
    rows = table(letter(replace(audit, entries=(hostile,), gates=(gate,)), hostile))
    assert any('{{单位}}&amp;"]]>' in cell for row in rows for cell in row)


def test_letters_are_set_as_official_documents_are(audit: Audit) -> None:
    """A4, margins, title 22 pt centred, body 16 pt on lines of 28 pt (GB/T 9704)."""
    document: Any = docx.Document(io.BytesIO(letter(audit, entry_of(audit, NOT_SUBMITTED))))
    section, title, body = document.sections[0], document.paragraphs[0], document.paragraphs[3]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert (title.runs[0].font.size.pt, title.alignment) == (22, docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER)
    assert (body.runs[0].font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert "仿宋" in body._p.xml


def test_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    """No clock: neither in the zip nor in the properties, and no thumbnail of another document."""
    entry = entry_of(audit, ASSESSED, "return")
    raw = letter(audit, entry, None, DAY)
    archive = zipfile.ZipFile(io.BytesIO(raw))

    assert letter(invented(28), entry, None, DAY) == raw
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.namelist()[0] == "[Content_Types].xml"
    assert len(archive.namelist()) == len(set(archive.namelist()))
    assert "thumbnail" not in "".join(archive.namelist())
