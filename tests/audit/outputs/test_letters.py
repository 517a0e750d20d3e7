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

from scorer.audit.model import ASSESSED, NO_REPORT, NOT_SUBMITTED, UNREADABLE, Audit, Entry
from scorer.audit.outputs.letters import CONDITIONS, PLACEHOLDERS, circular, default_circular, default_template, letter
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


def test_letter_says_what_is_missing_on_what_basis_how_to_mend_and_by_when(audit: Audit) -> None:
    """Every gap stands in the letter with status, basis and advice; the deadline is a day."""
    entry = entry_of(audit, ASSESSED, "return")
    assert entry.summary
    text = "\n".join(lines(letter(audit, entry, deadline=DAY)))

    assert f"{entry.unit}：" in text
    assert "2026年4月15日前" in text
    for gap in entry.summary.gaps:
        line = next(line for line in text.splitlines() if f". {gap.title}（" in line)
        assert gap.basis in line
        assert "建议：" in line
        assert not re.search("如“[^”]*__", line)
    assert f"得分{entry.summary.total:.1f}分" in text
    assert "退回" in text


def test_required_gaps_come_first_under_their_own_heading(audit: Audit) -> None:
    """The headings are numbered through; required elements have their own list, each counted from one."""
    entry = next(e for e in audit.entries if e.summary and any(g.severity == "required" and g.status == "missing" for g in e.summary.gaps))
    said = lines(letter(audit, entry))
    headings = [line for line in said if line[1:2] == "、" and line[0] in "一二三四五六七八"]
    first = said.index(headings[1])

    assert [line[0] for line in headings] == list("一二三四五六七八"[: len(headings)])
    assert headings[1] == "二、应当补齐的必备内容"
    assert said[first + 1].startswith("1. ")


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
        assert entry.reason.rstrip("。") in text
        assert "收到本函后10个工作日内" in text


def test_a_clean_report_gets_a_short_acknowledgment(audit: Audit) -> None:
    """No list, no demand: thanks on one page."""
    entry = entry_of(audit, ASSESSED, "pass")
    assert entry.summary
    clean = replace(entry, summary=replace(entry.summary, gaps=(), contradictions=()))
    gates = tuple(g for e, g in zip(audit.entries, audit.gates, strict=True) if e == entry)
    said = lines(letter(replace(audit, entries=(clean,), gates=gates), clean))

    assert "感谢贵单位" in "\n".join(said)
    assert not [line for line in said if line.startswith("1. ")]
    assert len(said) <= 7


def test_letter_needs_no_more_than_its_own_entry(audit: Audit) -> None:
    """An audit narrowed to one entry gives the same letter."""
    for entry, gate in zip(audit.entries, audit.gates, strict=True):
        own = tuple(likeness for likeness in audit.likenesses if entry.unit in (likeness.unit, likeness.other))
        narrow = replace(audit, entries=(entry,), gates=(gate,), likenesses=own)
        assert letter(narrow, entry, None, DAY) == letter(audit, entry, None, DAY)


def test_nothing_is_left_open_in_any_letter(audit: Audit) -> None:
    """No braces remain, no sentence ends twice, no bracket is empty."""
    for entry in audit.entries:
        text = "\n".join(lines(letter(audit, entry)))
        assert text.strip()
        for wrong in ("{{", "}}", "。。", "；。", "，。", "（）", "“”", "None"):
            assert wrong not in text


def test_circular_counts_the_whole_and_names_who_is_absent(audit: Audit) -> None:
    """Overall result, good units, problems with counts, absent and late units, demands and the day."""
    text = "\n".join(lines(circular(audit, deadline=DAY)))
    counts = {verdict: sum(1 for gate in audit.counted().gates if gate.verdict == verdict) for verdict in ("pass", "mend", "return")}

    assert f"审核结论为“通过”的{counts['pass']}家，“修改后通过”的{counts['mend']}家，“退回”的{counts['return']}家" in text
    assert all(entry.unit in text for entry in audit.entries if entry.state == NOT_SUBMITTED or entry.late)
    assert "（一）未按要求报送。" in text
    assert "于2026年4月15日前重新报送" in text
    assert "{{" not in text


def test_circular_without_problems_says_so(audit: Audit) -> None:
    """Only good reports: no empty list of problems."""
    entry = entry_of(audit, ASSESSED, "pass")
    assert entry.summary
    summary = replace(entry.summary, gaps=(), contradictions=(), verdicts=tuple(v._replace(status="met") for v in entry.summary.verdicts))
    good = replace(entry, summary=summary, submission=None, publication=None, follow_up=())
    gate = next(g for e, g in zip(audit.entries, audit.gates, strict=True) if e == entry)
    text = "\n".join(lines(circular(replace(audit, entries=(good,), gates=(gate,), likenesses=()))))

    assert "没有发现普遍性的问题" in text
    assert good.unit in text


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
    count = len(entry.summary.gaps)

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


def test_built_in_templates_can_be_changed_and_given_back(audit: Audit) -> None:
    """Given back unchanged they give the same letters; they know all words that are promised, and no others."""
    entry = entry_of(audit, ASSESSED, "return")

    assert letter(audit, entry, default_template()) == letter(audit, entry)
    assert circular(audit, default_circular()) == circular(audit)
    for kind, raw in (("letter", default_template()), ("circular", default_circular())):
        text = "\n".join(lines(raw))
        assert all(f"{{{{若 {name}}}}}" in text for name in CONDITIONS[kind])
        unused = {name for name in PLACEHOLDERS[kind] if f"{{{{{name}}}}}" not in text}
        assert unused <= {"报送日期", "次"}


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


def test_letters_are_set_as_official_documents_are(audit: Audit) -> None:
    """A4, margins, title 22 pt centred, body 16 pt on lines of 28 pt (GB/T 9704)."""
    document: Any = docx.Document(io.BytesIO(letter(audit, entry_of(audit, NOT_SUBMITTED))))
    section, title, body = document.sections[0], document.paragraphs[0], document.paragraphs[2]

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
