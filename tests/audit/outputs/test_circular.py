"""The circular: what it counts and names, and what it never says."""

from __future__ import annotations

import io

import docx
import pytest
from audits import audit as invented
from helpers import replace

from scorer.audit.model import ASKED, ASSESSED, NOT_SUBMITTED, Audit, Entry, Gate
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
