"""The dashboard of an audit: what stands on the page, what must never get into it, and its size."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest
from audits import audit as invented
from helpers import replace

from scorer.audit.model import (
    ASSESSED,
    GATE_WORDS,
    NOT_SUBMITTED,
    Audit,
    Condition,
    Element,
    Entry,
    FollowUp,
    Gate,
    Likeness,
    SharedPassage,
    Unit,
)
from scorer.audit.outputs.page import SIGNS, render
from scorer.audit.outputs.passages import marked
from scorer.audit.outputs.tally import missing_required
from scorer.outputs.templates import templates_folder

HOSTILE = '</style></script><script>alert(1)</script>"><img src=x onerror=alert(2)>\'{{ 7*7 }}=HYPERLINK("x")'


@pytest.fixture(scope="module")
def audit() -> Audit:
    """A small audit with entries of every state."""
    return invented(28)


@pytest.fixture(scope="module")
def page(audit: Audit) -> lxml.html.HtmlElement:
    """Its page, parsed."""
    return lxml.html.document_fromstring(render(audit))


def text_of(element: lxml.html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def rows(page: lxml.html.HtmlElement) -> list[list[str]]:
    """The cells of the table of units."""
    return [[text_of(cell) for cell in row.xpath("./th|./td")] for row in page.xpath("//table[@id='units']/tbody/tr")]


# -- safety --------------------------------------------------------------------------------------------------------------


def test_hostile_words_are_shown_as_text(audit: Audit) -> None:
    """Markup in any name, path, reason, quote or note stays text."""
    found = next(entry for entry in audit.entries if entry.summary and entry.follow_up)
    assert found.summary
    summary = replace(found.summary, grade=HOSTILE, verdicts=tuple(v._replace(by=HOSTILE, reason=HOSTILE) for v in found.summary.verdicts))
    entry = replace(
        found,
        unit=HOSTILE,
        path=HOSTILE,
        report=HOSTILE,
        doubt=HOSTILE,
        superseded=(HOSTILE,),
        roster=Unit(HOSTILE, HOSTILE, contact=HOSTILE),
        summary=summary,
        follow_up=(FollowUp("arrangement", "silent", HOSTILE, HOSTILE),),
    )
    others = [replace(entry, unit=HOSTILE + state, state=state, reason=HOSTILE, summary=None) for state in (NOT_SUBMITTED, "unreadable")]
    hostile = replace(
        audit,
        title=HOSTILE,
        pack_title=HOSTILE,
        pack_version=HOSTILE,
        pack_sha256=HOSTILE,
        notes=(HOSTILE,),
        elements=tuple(Element(e.rule, HOSTILE, HOSTILE, HOSTILE) for e in audit.elements),
        entries=(entry, *others),
        gates=(Gate(HOSTILE, (Condition(HOSTILE, HOSTILE, HOSTILE, False),)),) * 3,
        likenesses=(Likeness(HOSTILE, HOSTILE, 0.5, (SharedPassage(HOSTILE, HOSTILE, (("7", "7"),)),), False, (HOSTILE,)),),
    )

    page = lxml.html.document_fromstring(render(hostile))

    assert len(page.xpath("//script")) == 1
    assert len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //iframe | //form[@action] | //@style | //@*[starts-with(name(), 'on')]")
    assert "alert(1)" in page.text_content()
    assert "{{ 7*7 }}" in page.text_content()
    assert all(link.startswith(("reports/", "#", "data:,")) for link in page.xpath("//@href"))


def test_characters_that_no_encoding_knows_do_not_stop_the_page(audit: Audit) -> None:
    """A file name that is no UTF-8 still gives a page that can be written."""
    entry = replace(audit.entries[0], unit="岚溪\udcff县")

    render(replace(audit, entries=(entry, *audit.entries[1:]))).encode("utf-8")


def test_page_asks_nothing_of_the_network(page: lxml.html.HtmlElement) -> None:
    """Links lead to places in the page or to reports beside it; style and script are admitted by hash alone."""
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    assert all(link.startswith(("reports/", "#", "data:,")) for link in page.xpath("//@href | //@src"))
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for text in (page.xpath("//style/text()")[0], page.xpath("//script/text()")[0]):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
        assert not re.search(r"url\(|@import|https?:|fetch\(|import\(|XMLHttp", text)
    assert len((templates_folder() / "audit.js").read_bytes()) <= 3 * 1024


# -- content -------------------------------------------------------------------------------------------------------------


def test_gate_comes_first_with_its_counts_and_conditions(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """The first section says how many pass, must mend and go back, and which conditions fail."""
    first = page.xpath("//main/section")[0]

    assert first.get("id") == "gate"
    for verdict, word in list(GATE_WORDS.items())[:3]:
        count = sum(1 for gate in audit.counted().gates if gate.verdict == verdict)
        assert any(text_of(item) == f"{word}{count} 个" for item in first.xpath(".//li"))
    fails = sum(1 for gate in audit.counted().gates for c in gate.conditions if c.title == "必备内容没有缺失" and not c.holds)
    row = next(row for row in first.xpath(".//tbody/tr") if "必备内容" in text_of(row))
    assert text_of(row.xpath("./td")[-1]) == str(fails)


def test_gate_has_its_name_and_the_page_its_one_line_of_time(audit: Audit) -> None:
    """Where the audit names the gate or the time, both are shown, once."""
    page = render(replace(audit, gate_title="岚溪县报送审核", made="2026年3月10日9时30分生成"))

    assert page.count("岚溪县报送审核") == 1
    assert page.count("2026年3月10日9时30分生成") == 1


def test_one_sentence_tells_the_overall_result(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """Below the title: how many were due, read, absent; the mean; what is lacking."""
    line = text_of(page.xpath("//p[@class='verdict']")[0])

    assert line.startswith("应报送的单位28个，检查报告")
    assert f"未报送{sum(1 for e in audit.entries if e.state == NOT_SUBMITTED)}个" in line
    assert line.count("。") == 1


def test_every_entry_has_a_row_with_its_link(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """No entry is silent: each has a row; those assessed lead to their report and tell score and lacking elements."""
    shown = rows(page)

    apart = {text_of(cell) for cell in page.xpath("//h3[@id='outside']/following-sibling::div[1]//tbody/tr/th")}
    assert apart == {entry.path for entry in audit.outside()} != set()
    assert len(shown) + len(apart) == len(audit.entries)
    for entry, cells in zip(audit.counted().entries, shown, strict=True):
        if entry.state == ASSESSED and entry.summary:
            assert cells[3] == f"{entry.summary.total:.1f}"
            assert cells[5] == str(missing_required(audit, entry))
            assert f"reports/{entry.report}" in page.xpath("//table[@id='units']//@href")
        else:
            assert cells[3] == ""


def test_heat_map_shows_each_status_of_each_report(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """A row a report, a column an element that somebody lacks; the sign of a cell is the status, met is empty."""
    heads = [int(text_of(head.xpath("./span")[0]).split()[0]) for head in page.xpath("//table[@id='map']/thead/tr[2]/th[@title]")]
    body = page.xpath("//table[@id='map']/tbody/tr")
    assessed = [entry for entry in audit.entries if entry.summary]

    assert len(body) == len(assessed)
    for entry, row in zip(assessed, body, strict=True):
        verdicts = {verdict.rule: verdict for verdict in entry.summary.verdicts}
        cells = [text_of(cell).rstrip("*") for cell in row.xpath("./td")]
        expected = [SIGNS.get(verdicts[audit.elements[n - 1].rule].status, ("", ""))[1] for n in heads]
        assert cells == expected


def test_elements_lacking_most_come_first(page: lxml.html.HtmlElement) -> None:
    """The list of elements is ordered by how often they are missing or partial."""
    weights = [int(r.xpath("./td")[3].text) * 2 + int(r.xpath("./td")[4].text) for r in page.xpath("//section[@id='lacks']//tbody/tr")]

    assert weights
    assert weights == sorted(weights, reverse=True)


def test_what_could_not_be_checked_and_what_needs_a_person_is_listed(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """Absent units, files without a result with their reason, and doubtful matches with what to do."""
    absent, rejected, doubts = (text_of(page.get_element_by_id(name)) for name in ("absent", "rejected", "doubts"))

    assert all(entry.unit in absent for entry in audit.entries if entry.state == NOT_SUBMITTED)
    assert all(entry.reason in rejected for entry in audit.entries if entry.reason)
    assert all(entry.path in doubts for entry in audit.entries if entry.doubt)
    assert "文件归属”里点选" in doubts


def test_shared_passages_stand_side_by_side_with_changed_figures_marked(page: lxml.html.HtmlElement) -> None:
    """Both wordings in one list, and what differs is marked in each."""
    pair = page.xpath("//section[@id='likeness']//dl")[0]

    assert len(pair.xpath(".//dd")) == 2
    assert page.xpath("//section[@id='likeness']//mark/text()")[:4] == ["41", "39", "36", "33"]


def test_marked_finds_words_one_after_the_other() -> None:
    """A word is looked for after the one before it; what is not found is left out."""
    assert marked("收到5件，办结5件", ["5", "5"]) == [("收到", False), ("5", True), ("件，办结", False), ("5", True), ("件", False)]
    assert marked("没有数字", ["5", ""]) == [("没有数字", False)]


def test_follow_up_counts_are_those_of_the_units(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """Each unit with last year's report has its counts."""
    shown = {text_of(r.xpath("./th")[0]): [int(c.text) for c in r.xpath("./td")] for r in page.xpath("//section[@id='followed']//tbody/tr")}

    for entry in audit.entries:
        if entry.follow_up:
            states = [item.state for item in entry.follow_up]
            assert shown[entry.unit] == [states.count(state) for state in ("done", "mentioned", "silent", "repeated")]


def test_verdicts_of_persons_are_told_apart(page: lxml.html.HtmlElement, audit: Audit) -> None:
    """How many verdicts persons gave, both verdicts of each, and which no longer fit the text."""
    count = sum(1 for e in audit.entries if e.summary for v in e.summary.verdicts if v.by)
    section = text_of(page.get_element_by_id("persons"))

    assert f"人工认定 {count} 项" in section
    assert "李明" in section
    assert "需要重新确认" in section


def test_audit_without_reports_still_has_a_page(audit: Audit) -> None:
    """Only absent units: no table of elements, no division by nothing."""
    entries = tuple(Entry(f"第{n}镇", NOT_SUBMITTED) for n in range(3))
    page = render(replace(audit, entries=entries, gates=(Gate("return", ()),) * 3, likenesses=()))

    assert "未报送3个" in page
    assert 'id="heat"' not in page


# -- form ----------------------------------------------------------------------------------------------------------------


def test_headings_landmarks_labels_and_ids(page: lxml.html.HtmlElement) -> None:
    """One h1, no skipped level, ids unique, links with targets, sections named, regions and controls labelled."""
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    ids = page.xpath("//@id")
    labels = page.xpath("//*[@role='region']/@aria-label")

    assert page.get("lang") == "zh-CN"
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(ids)
    assert len(labels) == len(set(labels)) == len(page.xpath("//*[@tabindex='0']"))
    assert page.xpath("count(//section)") == page.xpath("count(//section[@aria-labelledby])")
    assert not page.xpath("//input[not(ancestor::label)] | //select[not(ancestor::label)]")
    assert not page.xpath("//th[not(@scope)]")
    assert not page.xpath("//summary//a | //summary//button")


def test_page_is_complete_without_script(page: lxml.html.HtmlElement) -> None:
    """Filter and sort buttons are not there until the script makes them."""
    assert page.xpath("//form[@id='filter']/@hidden")
    assert not page.xpath("//button | //tr[@hidden]")


def test_five_hundred_units_stay_under_400_kb() -> None:
    """500 units with 50 elements make at most 400 KB, however much is lacking; the page says what it leaves out."""
    usual, poor = render(invented(500)), render(invented(500, part=0.9))

    assert len(usual.encode()) <= 400_000
    assert len(poor.encode()) <= 400_000
    assert "audit.xlsx 的“单位×要素”表" in poor
    assert usual.count("<tr><th scope=row>") == 500 + sum(1 for e in invented(500).entries if e.summary)


def test_same_audit_gives_the_same_page(audit: Audit) -> None:
    """No clock, no chance."""
    assert render(audit) == render(invented(28))


def test_colours_of_cells_have_enough_contrast() -> None:
    """Cells take the colours of the gap report's marks, on which ink is tested there; no other colour is brought in."""
    assert not re.search(r"#[0-9a-f]{3,6}\b(?=[;}])", (templates_folder() / "audit.css").read_text("utf-8"))
