"""The HTML gap report: what stands on the page, what must never get into it, and that its numbers add up."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from helpers import replace
from hypothesis import given
from hypothesis import strategies as st

from scorer import assess
from scorer.document import Document, Quote
from scorer.outputs import html
from scorer.outputs.html import Shares, advice, render, tenths, where
from scorer.outputs.templates import environment, templates_folder
from scorer.outputs.templates import page as template
from scorer.result import Assessment, CategoryScore, Finding, Near, PackInfo, Passage, Score, SourceInfo

TEXT = """首页 > 政务公开 > 法治政府建设
双榆县人民政府关于2022年法治政府建设情况的报告
发布日期：2023-03-02　来源：双榆县司法局
市人民政府：
2022年，双榆县扎实推进法治政府建设，现将有关情况报告如下。
一、主要举措和成效
（一）依法全面履行政府职能。取消证明事项26项，公布政务服务事项清单1份，办理行政许可1200件。
（二）推进行政执法。全年共受理投诉举报500件，办结480件，办结率98%。开展联合执法12次，评查案卷60份。
（三）化解矛盾。全年收到行政复议申请40件，审结38件，其中调解12件；行政应诉9件，负责人出庭9件，出庭率100%。
二、存在的问题
一是个别乡镇执法力量不足，案卷制作不规范。二是部分干部法治意识不强，主要是培训不够。
三、下一步打算
（一）充实乡镇执法力量，年内招录执法人员20名。
（二）完善重大行政决策程序，公布决策目录。
双榆县人民政府
2023年2月20日
打印本页 关闭窗口
"""
HOSTILE = '</style></script><script>alert(1)</script><img src=x onerror=alert(2)>"\'><b id="score" style="x">&amp;{{ 7*7 }}'
KEPT = "alert(1)"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """A report with gaps of every kind and one wrong figure."""
    return assess(Document.from_text(TEXT, path="双榆县2022.txt", sha256="c0ffee"))


@pytest.fixture(scope="module")
def page(assessment: Assessment) -> lxml.html.HtmlElement:
    """The rendered page, parsed."""
    return parse(render(assessment))


def parse(text: str) -> lxml.html.HtmlElement:
    """A page as a tree."""
    return lxml.html.document_fromstring(text)


def text_of(element: lxml.html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def points(text: str) -> int:
    """``+8.4`` -> 84."""
    assert re.fullmatch(r"\+?\d+\.\d", text)
    return round(float(text) * 10)


def passage(assessment: Assessment, start: int, end: int) -> Passage:
    """A passage of the text by its offsets."""
    return Passage(Quote(assessment.text[start:end], start, end), (), 1)


def with_finding(assessment: Assessment, index: int = 0, **changes: object) -> Assessment:
    """The assessment with one finding changed."""
    findings = list(assessment.findings)
    findings[index] = replace(findings[index], **changes)  # type: ignore[arg-type]
    return replace(assessment, findings=tuple(findings))


# -- safety --------------------------------------------------------------------------------------------------------------


def assert_harmless(text: str) -> None:
    """Nothing foreign became an element, an attribute or a template expression."""
    page = parse(text)

    assert len(page.xpath("//script")) == 1
    assert len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //iframe | //object | //embed | //form[@action] | //b[@id]")
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")
    assert KEPT in page.text_content()
    assert "49" not in re.findall(r"\{\{.*?\}\}", text)


def test_hostile_text_in_the_document_is_shown_as_text() -> None:
    """Markup in title, body, problems and page furniture stays text."""
    lines = [line + HOSTILE if len(line) > 12 else line for line in TEXT.splitlines()]
    hostile = assess(Document.from_text("\n".join(lines), path=HOSTILE))

    assert hostile.is_annual_report
    assert_harmless(render(hostile))


def test_hostile_text_in_the_pack_is_shown_as_text(assessment: Assessment) -> None:
    """Markup in every word that a pack can contribute stays text."""
    findings = tuple(
        replace(
            f,
            title=HOSTILE,
            message=HOSTILE,
            why=HOSTILE,
            fix=f"照此写，如“{HOSTILE}”。",
            searched=HOSTILE,
            basis=tuple(replace(b, source=HOSTILE, number=HOSTILE, clause=HOSTILE) for b in f.basis),
            near=(Near(passage(assessment, 30, 40), HOSTILE),),
        )
        for f in assessment.findings
    )
    assert assessment.score
    score = replace(
        assessment.score,
        grade=HOSTILE,
        capped=HOSTILE,
        grades=((HOSTILE, 60.0), ("低", 0.0)),
        categories=tuple(replace(c, title=HOSTILE) for c in assessment.score.categories),
    )
    pack = PackInfo(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    source = SourceInfo(HOSTILE, HOSTILE, HOSTILE, 1, (HOSTILE,))
    metadata = dict.fromkeys(assessment.metadata, HOSTILE)

    assert_harmless(
        render(replace(assessment, findings=findings, score=score, pack=pack, source=source, metadata=metadata, notes=(HOSTILE,)))
    )


def test_page_asks_nothing_of_the_network(page: lxml.html.HtmlElement) -> None:
    """Every link and source points into the page itself, and the policy forbids the rest."""
    links = page.xpath("//@href | //@src | //@srcset | //@action | //@poster | //@*[local-name()='href']")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style, script = page.xpath("//style/text()")[0], page.xpath("//script/text()")[0]

    assert {link for link in links if not link.startswith("#")} == {"data:,"}
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for text in (style, script):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
        assert not re.search(r"url\(|@import|https?:|//[a-z]|fetch\(|import\(|XMLHttp", text)


def test_style_and_script_carry_nothing_that_ends_their_element() -> None:
    """The two inlined files cannot break out of the page."""
    folder = templates_folder()

    assert "</" not in (folder / "report.css").read_text("utf-8")
    assert "</" not in (folder / "report.js").read_text("utf-8")
    assert len((folder / "report.js").read_bytes()) <= 3 * 1024


# -- structure -----------------------------------------------------------------------------------------------------------


def test_document_declares_language_and_has_one_h1(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """``lang`` is set; the only h1 names title, issuer and year."""
    assert page.get("lang") == "zh-CN"
    assert len(page.xpath("//h1")) == 1
    heading = text_of(page.xpath("//h1")[0])
    for part in (assessment.metadata["title"], assessment.metadata["issuer"], "2022年度"):
        assert str(part) in heading
    assert "双榆县人民政府" in page.xpath("//title/text()")[0]


def test_headings_skip_no_level(page: lxml.html.HtmlElement) -> None:
    """Each heading is at most one level below the one before it."""
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_has_its_target(page: lxml.html.HtmlElement) -> None:
    """No id twice; no link to nowhere."""
    ids = page.xpath("//@id")
    targets = {link[1:] for link in page.xpath("//@href") if link.startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)


def test_landmarks_labels_and_table_heads_are_there(page: lxml.html.HtmlElement) -> None:
    """Header, nav, main, footer, skip link; sections named; controls labelled; tables with caption and scope."""
    for tag in ("header", "nav", "main", "footer"):
        assert len(page.xpath(f"//{tag}")) == 1
    assert page.xpath("//body/*[1][self::a][@class='skip']/@href") == ["#" + page.xpath("//main/@id")[0]]
    ids = set(page.xpath("//@id"))
    assert all(label in ids for label in page.xpath("//section/@aria-labelledby"))
    assert page.xpath("count(//section)") == page.xpath("count(//section[@aria-labelledby])")
    assert not page.xpath("//input[not(ancestor::label)] | //select[not(ancestor::label)]")
    assert page.xpath("//table") == page.xpath("//table[caption]")
    assert not page.xpath("//th[not(@scope)]")
    assert not page.xpath("//svg[not(@aria-hidden='true') and not(@role='img' and @aria-label)]")


def test_sections_stand_in_the_order_of_reading(page: lxml.html.HtmlElement) -> None:
    """The verdict on one page, then score, categories, all mends, problems, figures, findings, text, and the technical part."""
    assert [text_of(h) for h in page.xpath("//main//h2")] == [
        "结论",
        "得分与等次",
        "各类得分",
        "全部修改项",
        "问题、原因与安排",
        "数字核对",
        "逐项结果",
        "报告全文",
        "技术说明",
    ]


def test_page_is_complete_without_script(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """The filter is absent until the script shows it; all findings are there."""
    assert page.xpath("//form[@id='filter']/@hidden")
    assert sorted(page.xpath("//article/@id")) == sorted(f.rule for f in assessment.findings)
    assert not page.xpath("//article[@hidden] | //details[@hidden]")


def test_groups_of_gaps_are_open_and_what_is_met_is_folded(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """Groups stand in order with their counts; only 具备 and 不适用 are folded."""
    groups = page.xpath("//details[starts-with(@id, 'g-')]")

    names = [g.get("id")[2:] for g in groups]
    assert names == [s for s in ("missing", "partial", "needs-review", "met", "not-applicable") if assessment.count(s)]
    for group, name in zip(groups, names, strict=True):
        assert (group.get("open") is not None) == (name not in ("met", "not-applicable"))
        assert f"{assessment.count(name)} 项" in text_of(group.find("summary"))
        assert len(group.xpath("./article")) == assessment.count(name)


def test_status_is_told_by_word_and_shape(page: lxml.html.HtmlElement) -> None:
    """Every status chip holds a shape and a word, so colour alone tells nothing."""
    chips = page.xpath("//*[contains(concat(' ', @class, ' '), ' st ')]")

    assert chips
    assert all(text_of(chip) and chip.xpath("./svg/use") for chip in chips)


def test_print_opens_what_is_folded_by_style_alone() -> None:
    """The stylesheet unfolds details on paper, sets the page, and has dark and narrow forms."""
    style = (templates_folder() / "report.css").read_text("utf-8")
    paper = style[style.index("@media print") :]

    assert re.search(r"details::details-content\{[^}]*content-visibility:visible", paper)
    assert "size:A4" in style
    assert "prefers-color-scheme:dark" in style
    assert ":focus-visible{outline:3px" in style


def test_colours_have_enough_contrast() -> None:
    """Every text colour on every ground it stands on, light and dark, reaches 4.5 : 1."""
    style = (templates_folder() / "report.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+):(#\w+)", block)) for block in re.findall(r":root\{(.*?)\n\}", style, re.DOTALL))
    statuses = ("missing", "partial", "needs-review", "met", "not-applicable", "inconsistent")
    for colours in (light, {**light, **dark}):
        pairs = [(text, ground) for text in ("ink", "soft", "accent", *statuses) for ground in ("paper", "ground", "fill")]
        pairs += [("ink", ground) for ground in colours if ground.startswith("m-")]
        pairs += [("soft", ground) for ground in ("m-proof", "m-issue")]
        for text, ground in pairs:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# -- numbers -------------------------------------------------------------------------------------------------------------


def rows(page: lxml.html.HtmlElement, section: str) -> Iterator[list[str]]:
    """The cells of the body rows of a section's table."""
    for row in page.xpath(f"//section[@id='{section}']//table/tbody/tr"):
        yield [text_of(cell) for cell in row]


def test_points_on_the_page_add_up_to_the_score(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """Findings add up to categories, categories to the total, gains to what is lacking; the total is the score."""
    assert assessment.score
    total = round(round(assessment.score.total, 1) * 10)
    shown = [re.search(r"得 (\d+\.\d) / (\d+\.\d) 分", text_of(meta)) for meta in page.xpath("//article/p[@class='meta']")]
    found = [(points(m[1]), points(m[2])) for m in shown if m]
    categories = [[points(cell) for cell in row[2:5]] for row in rows(page, "categories")]
    foot = [points(text_of(cell)) for cell in page.xpath("//tfoot/tr/*")[2:5]]
    gains = [(points(row[4]), points(row[5])) for row in rows(page, "first")]

    assert sum(p for p, _ in found) == total
    assert sum(w for _, w in found) == 1000
    assert [sum(column) for column in zip(*categories, strict=True)] == foot == [1000, total, 1000 - total]
    assert gains == sorted(gains, key=lambda gain: -gain[0])
    assert [reached for _, reached in gains] == [total + sum(g for g, _ in gains[: n + 1]) for n in range(len(gains))]
    assert gains[-1][1] == 1000
    assert text_of(page.xpath("//*[@class='number']")[0]) == tenths(total)


@st.composite
def scored(draw: st.DrawFn) -> Assessment:
    """An assessment of random weights and verdicts, scored as packs are."""
    categories, findings = [], []
    weights = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6))
    for number, weight in enumerate(weights):
        worth = weight * 100 / sum(weights)
        statuses = draw(st.lists(st.sampled_from(["met", "partial", "missing"]), min_size=1, max_size=12))
        own = draw(st.lists(st.integers(1, 9), min_size=len(statuses), max_size=len(statuses)))
        shares = {"met": 1.0, "partial": 0.5, "missing": 0.0}
        each = [worth * w / sum(own) for w in own]
        earned = [w * shares[s] for w, s in zip(each, statuses, strict=True)]
        categories.append(CategoryScore(f"c{number}", "类", sum(earned), sum(each), len(own), len(own)))
        for index, (status, w, p) in enumerate(zip(statuses, each, earned, strict=True)):
            findings.append(
                Finding(f"a.{number}-{index}", "", f"c{number}", "expected", status, 1, w, p, "", "", "", (), (), (), (), "", "")
            )
    score = Score(sum(f.points for f in findings), "", "", (), tuple(categories))
    source = SourceInfo("", "", "text", 0, ())
    pack = PackInfo("", "", "", "")
    return Assessment(source, pack, True, "", None, None, {}, (), tuple(findings), (), (), (), score, (), "", ())


@given(scored())
def test_shares_always_add_up(assessment: Assessment) -> None:
    """However weights fall: all sums are exact, nothing is negative, nothing moves by more than two tenths."""
    assert assessment.score
    shares = Shares.of(assessment)

    assert shares.total.points == round(round(assessment.score.total, 1) * 10)
    assert shares.total.worth == 1000
    assert shares.total.points == sum(s.points for s in shares.categories.values())
    for category, share in shares.categories.items():
        own = [shares.findings[f.rule] for f in assessment.findings if f.category == category]
        assert (sum(s.points for s in own), sum(s.gain for s in own)) == (share.points, share.gain)
    for finding in assessment.findings:
        share = shares.findings[finding.rule]
        assert share.points >= 0
        assert share.gain >= 0
        assert abs(share.points / 10 - finding.points) <= 0.2
        assert abs(share.gain / 10 - finding.gain) <= 0.2
        assert finding.status != "met" or share.gain == 0
        assert finding.status != "missing" or share.points == 0


def test_gauge_names_score_and_grade(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """The picture has its words, and the legend marks the grade given."""
    assert assessment.score
    label = page.xpath("//svg[@role='img']/@aria-label")[0]
    given_row = page.xpath("//tr[@class='given']")

    assert f"{assessment.score.total:.1f}" in label
    assert assessment.score.grade in label
    assert [text_of(row.find("th")) for row in given_row] == [assessment.score.grade]
    assert len(page.xpath("//table[@class='bands']/tbody/tr")) == len(assessment.score.grades)


@pytest.mark.parametrize("total", [0.0, 59.9, 100.0])
def test_gauge_stands_the_ends_of_the_scale(assessment: Assessment, total: float) -> None:
    """Nothing earned and everything earned are drawn as well."""
    share = total / 100
    categories = (CategoryScore("all", "全部", total, 100.0, 1, 1),)
    only = replace(assessment.findings[0], category="all", status="partial", worth=100.0, points=100.0 * share)
    assert assessment.score
    changed = replace(assessment, findings=(only,), score=replace(assessment.score, total=total, categories=categories))

    assert f"总分 {total:.1f} 分" in parse(render(changed)).xpath("//svg[@role='img']/@aria-label")[0]


def test_cap_notes_and_warnings_are_shown(assessment: Assessment) -> None:
    """Why the grade is capped, the pack's notes and what was lost in reading stand under the score."""
    assert assessment.score
    changed = replace(
        assessment,
        score=replace(assessment.score, capped="有必备内容缺失。"),
        notes=("暂按旧纲要对照。",),
        source=replace(assessment.source, warnings=("第3页是图片。",)),
    )
    notices = [text_of(p) for p in parse(render(changed)).xpath("//p[@class='notice']")]

    assert notices == ["等次受限有必备内容缺失。", "说明暂按旧纲要对照。", "读取提示第3页是图片。"]


# -- passages ------------------------------------------------------------------------------------------------------------


def test_evidence_and_passage_link_to_each_other(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """Every quoted passage leads to a mark that begins with it, and a number after that passage leads back."""
    seen = 0
    for finding in assessment.findings:
        article = page.xpath(f"//article[@id='{finding.rule}']")[0]
        links = article.xpath(".//q/a")
        assert len(links) == len(finding.evidence) + len(finding.near)
        for link in links:
            mark = page.get_element_by_id(link.get("href")[1:])
            assert mark.tag == "mark"
            start = "".join(link.text_content().split("……")[0].split())
            assert start.startswith("".join(mark.text_content().split())[: len(start)])
            assert page.xpath(f"//section[@id='text']//sup/a[@href='#{finding.rule}']")
            seen += 1
    assert seen > 10


def test_full_text_is_the_document(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """Without the small numbers the paragraphs are the document, letter for letter."""
    for number in page.xpath("//div[@class='paper']//sup"):
        number.text = ""
        for link in list(number):
            number.remove(link)
    shown = [p.text_content() for p in page.xpath("//div[@class='paper']//p[not(@class='label')]")]

    assert shown == [assessment.text[start:end] for start, end, _ in assessment.paragraphs]


def test_page_furniture_is_told_from_the_report(page: lxml.html.HtmlElement) -> None:
    """Lines of the web page are labelled as no basis, except those that served as evidence."""
    outside = [text_of(p) for p in page.xpath("//div[@class='outside']/p[not(@class='label')]")]
    used = [text_of(p) for p in page.xpath("//p[@class='page']")]

    assert "打印本页 关闭窗口" in outside
    assert {text_of(p) for p in page.xpath("//p[@class='label']")} == {"网页内容，不作依据"}
    assert any(line.startswith("发布日期：2023-03-02") for line in used)


def test_overlapping_marks_are_cut_at_their_borders(assessment: Assessment) -> None:
    """Two passages that overlap give three marks; each has its anchor and its way back."""
    start = assessment.paragraphs[6][0]
    near = (Near(passage(assessment, start + 2, start + 20), "甲"), Near(passage(assessment, start + 10, start + 30), "乙"))
    changed = with_finding(assessment, evidence=(), near=near, facets=())
    changed = replace(changed, findings=changed.findings[:1], shortcomings=(), arrangements=(), statements=())
    page = parse(render(changed))
    marks = page.xpath("//p[mark and not(@class='key')]/mark")

    assert [mark.text for mark in marks] == [assessment.text[start + a : start + b] for a, b in ((2, 10), (10, 20), (20, 30))]
    assert [mark.get("id") for mark in marks] == [f"t{start + 2}", f"t{start + 10}", None]
    assert [mark.getnext().tag == "sup" if mark.getnext() is not None else False for mark in marks] == [False, True, True]


def test_passage_over_several_paragraphs_is_marked_in_each(assessment: Assessment) -> None:
    """One anchor at its beginning, the way back at its end, even where it ends between paragraphs."""
    start, end = assessment.paragraphs[5][0], assessment.paragraphs[7][0]
    changed = with_finding(assessment, evidence=(passage(assessment, start, end),), near=(), facets=())
    changed = replace(changed, findings=changed.findings[:1], shortcomings=(), arrangements=(), statements=())
    page = parse(render(changed))
    marks = page.xpath("//div[@class='paper']//mark")

    assert [mark.text for mark in marks] == [assessment.text[s:e] for s, e, _ in assessment.paragraphs[5:7]]
    assert [mark.get("id") for mark in marks] == [f"t{start}", None]
    assert len(page.xpath("//div[@class='paper']//sup")) == 1


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 60)), max_size=12))
def test_any_marks_leave_the_text_whole(ranges: list[tuple[int, int]]) -> None:
    """However passages overlap, the segments are the text, anchors are unique and every passage has its way back."""
    report = Document.from_text(TEXT)
    paragraphs = tuple((p.start, p.end, "body") for p in report.paragraphs)
    whole = Assessment(
        SourceInfo("", "", "", 0, ()), PackInfo("", "", "", ""), True, "", None, None, {}, (), (), (), (), (), None, (), TEXT, paragraphs
    )
    text = html._Text(whole)
    anchors = {
        text.mark(passage(whole, a, min(a + n, len(TEXT))), kind, str(i), f"r{i}")
        for i, ((a, n), kind) in enumerate(zip(ranges, ("gap", "proof", "near") * 4, strict=False))
    }
    lines = text.lines()
    segments = [segment for _, line in lines for segment in line]

    assert ["".join(s.text for s in line) for _, line in lines] == [TEXT[start:end] for start, end, _ in paragraphs]
    assert sorted(s.anchor for s in segments if s.anchor) == sorted(anchors - {""})
    assert len({ref for s in segments for ref in s.refs}) == sum(len(marks) for marks in [{m for d in text.marks for m in d}])


def test_long_quotes_lose_their_middle(assessment: Assessment) -> None:
    """A quote is at most 120 characters, with an ellipsis in the middle; shorter by the figure that would be cut."""
    start, end = assessment.paragraphs[4][0], assessment.paragraphs[8][1]
    changed = with_finding(assessment, evidence=(passage(assessment, start, end),))
    quotes = [q.text_content() for q in parse(render(changed)).xpath("//q")]

    assert 100 < max(map(len, quotes)) <= 120
    assert any("……" in quote and not quote.endswith("……") for quote in quotes)


def test_more_than_three_passages_are_folded(assessment: Assessment) -> None:
    """Three are shown, the others wait behind a count."""
    places = tuple(passage(assessment, n, n + 5) for n in range(100, 150, 10))
    changed = with_finding(assessment, evidence=places)
    article = parse(render(changed)).xpath(f"//article[@id='{assessment.findings[0].rule}']")[0]

    assert text_of(article.xpath(".//details/summary")[0]) == "另有 2 处"
    assert len(article.xpath(".//details//q")) == 2


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("一、主要举措", "(三)严格执法", "2.规范程序"), "一 ›（三）› 2，第1段"),
        (("（二）依法决策",), "（二），第1段"),
        (("第一部分 工作情况",), "第一部分 工作情况，第1段"),
        ((), "页面信息，第1段"),
    ],
)
def test_place_is_named_by_the_numbers_of_its_headings(assessment: Assessment, path: tuple[str, ...], words: str) -> None:
    """Numbers of headings, else their words, else what kind of place it is; then the paragraph."""
    assert where(Passage(Quote("", 0, 0), path, 1), assessment) == words


@pytest.mark.parametrize(
    ("fix", "parts"),
    [
        ("写清数字，如“办理____件”。", ("写清数字。", "办理____件")),
        ("写清文件。如“印发“一揽子”方案____份”", ("写清文件。", "印发“一揽子”方案____份")),
        ("写“____年”；再核对。", ("写“____年”；再核对。", "")),
        ("重算后改正，如“____件”；确有结转的，写明“含结转____件”。", ("重算后改正，如“____件”；确有结转的，写明“含结转____件”。", "")),
    ],
)
def test_model_sentence_is_taken_from_the_end_of_the_advice(fix: str, parts: tuple[str, str]) -> None:
    """Only where the advice ends in one model sentence."""
    assert advice(fix) == parts


# -- tables --------------------------------------------------------------------------------------------------------------


def test_shortcomings_show_what_they_lack(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """A shortcoming without cause or answer says so in its row."""
    table = list(rows(page, "problems"))

    assert len(table) == len(assessment.shortcomings) > 0
    for row, shortcoming in zip(table, assessment.shortcomings, strict=True):
        assert ("未写原因" in row[2]) == (shortcoming.cause is None)
        assert ("安排中未回应" in row[3]) == (shortcoming.answered_by is None)


def test_contradictory_figures_come_first(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """The wrong rate stands above the right one, with what is printed and what follows."""
    table = list(rows(page, "figures"))

    assert len(table) == len(assessment.statements)
    assert table[0][1] == "矛盾"
    assert table[0][4:6] == ["98%", "96%"]
    assert "480÷500" in table[0][6]
    assert all(row[1] == "相符" for row in table[1:])


def test_facets_are_listed_with_and_without_passage(assessment: Assessment) -> None:
    """A covered side links to its passage, an uncovered one says so."""
    index = next(i for i, f in enumerate(assessment.findings) if f.facets)
    facets = assessment.findings[index].facets
    covered = (replace(facets[0], passage=passage(assessment, 120, 130)), replace(facets[1], passage=None))
    items = parse(render(with_finding(assessment, index, facets=covered))).xpath("//ul[@class='facets']/li")

    assert text_of(items[0]).startswith("写到")
    assert items[0].xpath("./a/@href") == ["#t120"]
    assert text_of(items[1]).startswith("未写到")


def test_report_without_gaps_says_so(assessment: Assessment) -> None:
    """Nothing to mend, no shortcomings, no figures: the page says that instead of showing empty tables."""
    kept = tuple(f for f in assessment.findings if f.status == "met")
    page = parse(render(replace(assessment, findings=kept, shortcomings=(), arrangements=(), statements=())))

    assert "没有需要修改的内容" in page.text_content()
    assert not page.xpath("//section[@id='first' or @id='problems' or @id='figures']//table")


# -- the whole -----------------------------------------------------------------------------------------------------------


def test_same_assessment_gives_the_same_page(assessment: Assessment) -> None:
    """The page holds no time and no chance."""
    assert render(assessment) == render(assessment)


def test_what_is_no_report_is_not_rendered() -> None:
    """There is nothing to show; the reason is in the error."""
    with pytest.raises(ValueError, match="not an annual report"):
        render(assess(Document.from_text("今天天气很好。")))


def test_page_stays_small() -> None:
    """A report of 10,000 characters makes a page of at most 155 KB."""
    filler = "（一）其他工作。" + "取消证明事项，公布政务服务事项清单，评查案卷，公布决策目录，组织执法培训，完善制度。" * 6 + "\n"
    text = TEXT.replace("二、存在的问题", filler * 40 + "二、存在的问题")[: 10_000 - 200] + TEXT[-200:]

    assert len(text) > 9_900
    assert len(render(assess(Document.from_text(text))).encode()) <= 155 * 1024


def test_method_names_pack_program_and_input(page: lxml.html.HtmlElement, assessment: Assessment) -> None:
    """Which rules, which program, which file: folded at the end."""
    method = page.get_element_by_id("method")

    assert method.get("open") is None
    for part in (assessment.pack.title, assessment.pack.sha256, "双榆县2022.txt", "c0ffee", "供人工复核"):
        assert part in method.text_content()


def forget() -> None:
    """Templates are compiled anew."""
    template.cache_clear()
    environment.cache_clear()


def test_unusable_cache_folder_does_no_harm(assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache folder, or with rubbish in it, the page is the same."""
    usual = render(assessment)
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    forget()
    assert render(assessment) == usual

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget()
    assert render(assessment) == usual
    for file in (tmp_path / "fazhi" / "templates").iterdir():
        file.write_bytes(file.read_bytes()[:20])
    forget()
    assert render(assessment) == usual

    forget()


# -- the first page ------------------------------------------------------------------------------------------------------


LATE = """双榆县2023年法治政府建设情况报告
发布日期：2024-05-10　来源：双榆县司法局
市人民政府：
2023年，双榆县推进法治政府建设，现将有关情况报告如下。
一、主要举措和成效
（一）严格规范公正文明执法。全年受理投诉举报500件，办结480件，办结率98%。组织执法人员培训12期，评查行政处罚案卷60份。
（二）化解矛盾纠纷。全年收到行政复议申请40件，审结38件；行政应诉9件，负责人出庭9件。
二、存在的问题
一是个别乡镇执法力量不足。
三、2024年打算
（一）充实乡镇执法力量，年内招录执法人员20名。
双榆县人民政府
2024年4月20日
"""


def test_first_page_says_what_to_write_and_where() -> None:
    """Ten mends in the order of the points, each with words to write; the rest are named once, by what they have in common."""
    made = assess(Document.from_text(LATE))
    brief = parse(render(made)).xpath("//section[@id='brief']")[0]
    mends = brief.xpath(".//ol/li")
    gains = [points(text_of(li.xpath(".//*[@class='gain']")[0])) for li in mends]

    assert len(mends) == 10
    assert gains == sorted(gains, reverse=True)
    assert all(text_of(li.xpath("./p[@class='write']")[0]) for li in mends)
    assert "全文未涉及的还有" in text_of(brief)
    assert text_of(brief).count("全文未涉及") == 1
    assert not re.search(r"[0-9a-f]{16}|task\.|statutory\.", text_of(brief))


def test_what_is_late_is_no_gap_to_be_written() -> None:
    """Late dates are called 逾期, stand apart from what can be mended, and promise no points."""
    made = assess(Document.from_text(LATE))
    page = parse(render(made))
    brief = text_of(page.xpath("//section[@id='brief']")[0])
    late = page.xpath("//article[@id='timing.submission']")[0]

    assert "逾期2" in brief
    assert "改文字补不回来" in brief
    assert not page.xpath("//section[@id='first']//a[@href='#timing.submission'] | //ol//a[@href='#timing.submission']")
    assert "逾期" in text_of(late)
    assert "缺失" not in text_of(late.xpath("./p[@class='meta']")[0])
    assert "可加分" not in text_of(late)


def test_a_contradiction_is_called_one() -> None:
    """A wrong rate is 矛盾, not 缺失, and the first page says what it should be."""
    page = parse(render(assess(Document.from_text(LATE))))
    brief = text_of(page.xpath("//section[@id='brief']")[0])

    assert "矛盾" in text_of(page.xpath("//article[@id='consistency.arithmetic']/p[@class='meta']")[0])
    assert "写的是98%，按480÷500=96.00%应为96%" in brief
