"""The circular: what it counts and names, and what it never says."""

from __future__ import annotations

import io

import docx
import pytest
from audits import audit as invented
from helpers import replace

from scorer.audit.decisions import Decided
from scorer.audit.items import key_of_likeness
from scorer.audit.model import ASKED, ASSESSED, NO_REPORT, NOT_SUBMITTED, UNREADABLE, Audit, Condition, Entry, Gate, Likeness
from scorer.audit.office import Office
from scorer.audit.outputs.circular import check_template, circular, default_circular
from scorer.errors import FazhiError


@pytest.fixture(scope="module")
def audit() -> Audit:
    """A small audit with entries of every state."""
    return invented(28)


def said(audit: Audit, **more: object) -> str:
    """The text of the circular."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(circular(audit, **more))).paragraphs)  # type: ignore[arg-type]


def with_asked(audit: Audit) -> Audit:
    """The same with a unit that may have submitted."""
    entry = Entry("待查局", ASKED, roster=audit.entries[0].roster, doubt="可能已报送")
    return replace(audit, entries=(*audit.entries, entry), gates=(*audit.gates, Gate("hold", ())))


def test_every_unit_is_counted_once(audit: Audit) -> None:
    """The verdicts, the absent, the unusable and those that are asked about add up to those that were due."""
    audit = with_asked(audit)
    gates = [gate.verdict for gate in audit.counted().gates]
    text = said(audit)

    assert f"“通过”的{gates.count('pass')}个，“修改后通过”的{gates.count('mend')}个，“退回”的{gates.count('return')}个" in text
    assert f"另有{gates.count('proposed')}个单位的结论正在核实；未报送的{gates.count('absent')}个" in text
    assert f"审核的{gates.count('again')}个，报送情况待确认的1个" in text
    assert sum(gates.count(v) for v in ("pass", "mend", "return", "proposed", "absent", "again", "hold")) == len(gates)


def test_units_are_named_by_what_is_wrong(audit: Audit) -> None:
    """Absent, asked about, late with the report, late with making it public: each in its own sentence."""
    audit = with_asked(audit)
    text = said(audit)
    of = {line.split("）", 1)[1].split("。")[0]: line for line in text.splitlines() if line.startswith("（") and "）" in line[:4]}

    assert all(e.unit in of["未报送"] for e in audit.entries if e.state == NOT_SUBMITTED)
    assert "待查局" in of["报送情况待确认"] and "待查局" not in of["未报送"]
    assert all((e.unit in of["报送不及时"]) is bool(e.late) for e in audit.entries if e.state == ASSESSED)
    assert "公开不及时" not in of


def test_late_publication_is_told_as_such(audit: Audit) -> None:
    """And never as late submission."""
    entry = next(e for e in audit.entries if e.state == ASSESSED and not e.late and e.publication)
    assert entry.publication
    changed = replace(entry, publication=entry.publication._replace(state="late"))
    entries = tuple(changed if e is entry else e for e in audit.entries)
    lines = said(replace(audit, entries=entries)).splitlines()

    assert entry.unit in next(line for line in lines if "公开不及时" in line)
    assert entry.unit not in next(line for line in lines if "报送不及时" in line)


def test_a_circular_that_is_not_confirmed_is_a_draft(audit: Audit) -> None:
    """As long as a return is only proposed."""
    assert said(audit).startswith("【拟稿")
    assert "拟稿" not in said(replace(audit, gates=tuple(g._replace(verdict="mend") for g in audit.gates)))


def test_a_unit_that_is_asked_about_keeps_it_a_draft(audit: Audit) -> None:
    """Whether it has submitted has to be confirmed as well as a return."""
    mended = replace(audit, gates=tuple(g._replace(verdict="mend") for g in audit.gates))
    proposed = sum(1 for g in audit.counted().gates if g.verdict == "proposed")

    assert said(with_asked(mended)).startswith("【拟稿：尚有1个单位的报送情况待经办人确认")
    assert said(with_asked(audit)).startswith(f"【拟稿：尚有{proposed}个单位的退回结论、1个单位的报送情况待")


def test_required_elements_come_first_with_their_units(audit: Audit) -> None:
    """And apart from all others, which are no required ones."""
    lines = said(audit).splitlines()
    required = next(n for n, line in enumerate(lines) if "）必备内容不完整。" in line)
    others = next(n for n, line in enumerate(lines) if "）其他内容有欠缺。" in line)
    named, rest = lines[required + 1 : others], lines[others + 1 : others + 9]
    titles = {f"“{e.title}”" for e in audit.elements if e.severity == "required" and e.rule not in audit.days}

    assert required < others and named
    for line in named:
        title = line.split(". ")[1].split("：")[0]
        element = next(e for e in audit.elements if f"“{e.title}”" == title)
        units = {
            entry.unit
            for entry, gate in zip(audit.entries, audit.gates, strict=True)
            if entry.summary and entry.roster and gate.verdict != "again"
            if any(v.rule == element.rule and v.status in ("missing", "partial") for v in entry.summary.verdicts)
        }
        assert title in titles and units and all(unit in line for unit in units)
    assert not any(title in line for line in rest for title in titles)


def test_shared_text_that_a_person_confirmed_is_not_asked_again(audit: Audit) -> None:
    """And nobody is told that units were asked already: the letters go out with the circular."""
    entry = next(e for e, g in zip(audit.entries, audit.gates, strict=True) if g.verdict == "mend" and e.roster)
    like = Likeness(entry.unit, "他镇", 0.9, ())
    failed = Condition("相同的文字不多", "", "", False, "mend", "copied", (key_of_likeness(like, entry.unit),))
    gates = tuple(Gate("mend", (failed,)) if e is entry else g for e, g in zip(audit.entries, audit.gates, strict=True))
    decided = replace(like, decided=((entry.unit, Decided("stands", "stands", "张三", "2026-03-10", "已核")),))
    gates = tuple(g._replace(conditions=tuple(c for c in g.conditions if c.measure != "copied" or c is failed)) for g in gates)
    open_, done = (said(replace(audit, gates=gates, likenesses=(one,))) for one in (like, decided))

    assert "须按照反馈函的要求核实。" in open_ and "经复核属实" not in open_
    assert "经复核属实，须按照反馈函的要求改写。" in done
    assert "已分别请" not in open_ + done


def test_files_that_cannot_be_opened_are_no_wrong_files(audit: Audit) -> None:
    """Each kind is told with its units."""
    line = next(line for line in said(audit).splitlines() if "）报送的文件不符合要求。" in line)
    unread, other = line.partition("报送的文件无法打开：")[2].partition("；")[::2]
    for entry in audit.counted().entries:
        assert (entry.unit in unread) is (entry.state == UNREADABLE)
        assert (entry.unit in other) is (entry.state == NO_REPORT)


def test_reports_of_another_year_count_nowhere(audit: Audit) -> None:
    """They are named, and nothing in them is told."""
    number = next(n for n, g in enumerate(audit.gates) if g.verdict == "mend")
    gates = tuple(Gate("again", ()) if n == number else gate for n, gate in enumerate(audit.gates))
    before, after = said(audit), said(replace(audit, gates=gates))
    reports = sum(1 for g in audit.counted().gates if g.verdict in ("pass", "mend", "return", "proposed"))

    assert f"报告{reports}份" in before and f"报告{reports - 1}份" in after
    assert f"报送的不是2025年度的报告：{audit.entries[number].unit}。" in after


def test_without_problems_it_says_so(audit: Audit) -> None:
    """Only good reports: no empty list of problems."""
    entry, gate = next((e, g) for e, g in zip(audit.entries, audit.gates, strict=True) if g.verdict == "pass")
    assert entry.summary
    summary = replace(entry.summary, gaps=(), contradictions=(), verdicts=tuple(v._replace(status="met") for v in entry.summary.verdicts))
    good = replace(entry, summary=summary, submission=None, publication=None, follow_up=())
    text = said(replace(audit, entries=(good,), gates=(gate,), likenesses=()))

    assert "没有发现普遍性的问题" in text
    assert good.unit in text


def test_who_sends_it(audit: Audit) -> None:
    """What the office gave, and blanks for the rest; no points, no word of the program."""
    text = said(audit, office=Office(signer="县委依法治县办", phone="0000-1234567"))

    assert "县委依法治县办" in text and "0000-1234567" in text and "联系人：＿" in text
    assert "{{" not in text
    assert not any(word in text for word in ("得分", "规则包", "程序的", "匹配"))


def test_its_template_can_be_changed_and_given_back(audit: Audit) -> None:
    """Given back unchanged it gives the same; a letter's is refused with one line."""
    from scorer.audit.outputs.letters import default_template

    assert circular(audit, default_circular()) == circular(audit)
    with pytest.raises(FazhiError) as caught:
        check_template(default_template())
    assert "\n" not in str(caught.value)
