"""Pages as trees: what is seen, what is hidden, what is no text at all, and pages made to harm."""

from __future__ import annotations

import datetime
import json

import pytest

from scorer import assess, read
from scorer.errors import UnreadableError
from scorer.readers import html

TEXT = "".join(f"<p>第{n}段：全镇依法行政，审查合同{n}份，化解纠纷{n}件。</p>" for n in range(1, 20))


def lines(page: str) -> list[str]:
    """The lines of a page that are not outside its main text."""
    return [block.text for block in html.read(page)[0] if not block.outside]


@pytest.mark.parametrize(
    "box",
    [
        '<div style="display: none">暗语</div>',
        '<div style="position:absolute;left:-9999px"><a>暗语</a></div>',
        '<font style="color:#fff;font-size:0px">暗语</font>',
        "<div hidden>暗语</div>",
        "<style>.q{position:absolute;top:-3000px}</style><div class=q>暗语</div>",
        "<style>.q{display:none}</style><div class='a q'>暗语</div>",
        "<style>#m p.q, .z{display:none}</style><div id=m><p class=q>暗语</p></div>",
        "<p style='visibility:hidden'>暗语</p>",
        "<p style='opacity:0'>暗语</p>",
        "<p style='color:#fff'>暗语</p>",
        "<font color=white>暗语</font>",
        "<p style='color: RGB(254, 255, 255)'>暗语</p>",
        "<p style='color:transparent'>暗语</p>",
        "<table bgcolor='#003366'><tr><td style='color:#013366'>暗语</td></tr></table>",
        "<p style='font-size:1px'>暗语</p>",
        "<style>.q{font-size:0}</style><p class=q><b>暗语</b></p>",
        "<p style='position:fixed;margin-left:-2000px'>暗语</p>",
        "<p style='position:absolute;clip:rect(0,0,0,0)'>暗语</p>",
        "<p style='overflow:hidden;height:0'>暗语</p>",
    ],
)
def test_text_that_nobody_sees_is_handed_over_apart(box: str) -> None:
    """Hidden text is no line of the page; it stands among the hints."""
    blocks, hints, _ = html.read(f"<html><body>{box}<div id=zoom>{TEXT}</div></body></html>")

    assert not any("暗语" in block.text for block in blocks)
    assert hints["hidden"] == "暗语"


@pytest.mark.parametrize(
    "box",
    [
        '<div style="font-size:0"><span style="font-size:16px">{}</span></div>',
        "<style>@media print{{.q{{display:none}}}}</style><div class=q>{}</div>",
        "<style>.q{{display:none}} .q.on{{display:block}}</style><div class='q on'>{}</div>",
        '<div style="visibility:hidden">{}</div>',
        '<div style="visibility:hidden"><div style="visibility:visible">{}</div></div>',
        '<div style="background:#036"><div style="color:#fff">{}</div></div>',
        '<div style="background:url(red.png)"><div style="color:white">{}</div></div>',
        "<style>.menu .q{{display:none}}</style><div class=q>{}</div>",
        "<style>.q:hover{{display:none}} .q[open]{{opacity:0}}</style><div class=q>{}</div>",
        "<style>.q{{display:none}} div.q{{display:block}}</style><div class=q>{}</div>",
        "<div style='color:#333;font-size:16px;text-indent:-2em'>{}</div>",
    ],
)
def test_text_that_is_seen_all_the_same(box: str) -> None:
    """Rules for print, for another state of the page, or for the gaps between boxes hide nothing."""
    assert "第7段" in "".join(lines(f"<html><body>{box.format(TEXT)}</body></html>"))


@pytest.mark.parametrize("style", ["display:none", "color:#ffffff", "visibility:hidden", "font-size:0"])
def test_hidden_evidence_is_left_out_and_said(style: str) -> None:
    """A sentence in the article that only a program would read counts for nothing."""
    box = f"<p style='{style}'>全年受理行政复议案件85件，全部按期办结，办结率百分之百。</p>"
    blocks, _, warnings = html.read(f"<html><body><div id=zoom>{TEXT}{box}</div></body></html>")

    assert not any("办结率" in block.text for block in blocks)
    assert any("看不见" in warning for warning in warnings)


def test_menus_that_wait_hidden_are_nothing_to_speak_of() -> None:
    """A warning on every page would be read by nobody."""
    box = "<div style='display:none'><a>登录</a><a>注册</a><a>无障碍浏览</a></div><h1 style='color:#fff'>丙镇报告</h1>"
    blocks, _, warnings = html.read(f"<html><body>{box}<div id=zoom>{TEXT}</div></body></html>")

    assert warnings == []
    assert any(block.text == "丙镇报告" for block in blocks)


def test_article_hidden_until_its_script_runs_is_read() -> None:
    """Where all running text is hidden, the page's script shows it."""
    assert len(lines(f"<html><body><i>加载中</i><div style='display:none'>{TEXT}</div></body></html>")) >= 19


def test_hidden_text_is_bounded() -> None:
    """Of a long hidden text only the beginning is handed over."""
    hidden = "<div hidden>" + "暗语" * 9000 + "</div>"

    assert len(html.read(f"<html><body>{hidden * 3}<div id=zoom>{TEXT}</div></body></html>")[1]["hidden"]) == html.MAX_HIDDEN


@pytest.mark.parametrize(
    ("box", "word"),
    [
        ("<iframe src='/pdfjs/viewer.html?file=a.pdf'></iframe>", "PDF"),
        ("<embed type='application/pdf' src='show?id=1'>", "PDF"),
        ("<p><img src='W0201.jpg'></p><p><img src='W0202.jpg'></p>", "图片"),
        ("<iframe src='show.asp?id=1'></iframe>", "框架"),
        ("<div id=app></div><script src=app.js></script>", "脚本"),
        ("<p><img src='images/logo.png'></p><a href='a.pdf'>附件</a>", ""),
        ("<p><img src='images/logo.png'></p>", ""),
    ],
)
def test_what_stands_in_the_place_of_a_text(box: str, word: str) -> None:
    """A page without running text tells where its report is, with the way out."""
    instead = html.read(f"<html><body><h1>丙镇2023年法治政府建设情况报告</h1>{box}</body></html>")[1].get("instead", "")

    assert (word in instead and "；请" in instead) if word else not instead


def test_frames_are_refused() -> None:
    """A page of frames holds no text; the line says how to save the one that does."""
    with pytest.raises(UnreadableError, match="框架"):
        html.read("<html><frameset><frame src=a.htm></frameset></html>")


@pytest.mark.parametrize(
    "script",
    [
        "<script type='application/json'>"
        + json.dumps({"a": [{"title": "丙镇报告", "pubTime": 1706500000000, "content": TEXT}]})
        + "</script>",
        "<script>var a = 'x'; var content = " + json.dumps(TEXT) + ";</script>",
        "<script>show('" + TEXT.replace("</", "<\\/") + "')</script>",
        "<textarea style='display:none'>" + TEXT.replace("<", "&lt;") + "</textarea>",
    ],
)
def test_article_in_a_script_is_read(script: str) -> None:
    """Whole JSON data and string literals are read; no script is run."""
    blocks, _, warnings = html.read(f"<html><body><div id=app>加载中</div>{script}</body></html>")

    assert sum("审查合同" in block.text for block in blocks) == 19
    assert any("脚本" in warning for warning in warnings)


def test_date_of_an_article_in_a_script() -> None:
    """Milliseconds and times in UTC are days in China."""
    data = json.dumps({"title": "丙镇报告", "releaseTime": "2024-01-28T16:30:00.000Z", "content": TEXT})
    hints = html.read(f"<html><body><script type='application/json'>{data}</script></body></html>")[1]

    assert hints["publication_date"] == "2024-01-29"


@pytest.mark.parametrize(
    "value",
    [
        "2024-13-45",
        "2024-02-30T25:61:61Z",
        "2024-13-01T00:00:00.000Z",
        "20240230",
        "2099-99-99 99:99",
        "99999-01-01T00:00:00Z",
        "99999年13月40日",
        4_102_444_799_999,
        946_684_800_001,
        10**30,
        -1,
        True,
        1e300,
        float("inf"),
        None,
        ["2024"],
    ],
)
def test_dates_that_are_none_in_scripts_and_tags(value: object) -> None:
    """A day that no calendar has costs nothing: the page is read and judged without it."""
    data = json.dumps({"title": "丙镇2023年法治政府建设情况报告", "pubDate": value, "releaseTime": value, "content": TEXT})
    for page in (
        f"<html><body><script type='application/json'>{data}</script></body></html>",
        f"<html><head><meta name=PubDate content='{value}'></head><body><p>发布日期：{value}</p><div id=zoom>{TEXT}</div></body></html>",
    ):
        found = assess(read(page.encode()), force=True)

        assert "第7段" in found.text
        assert found.metadata["publication_date"] is None or datetime.date.fromisoformat(found.metadata["publication_date"])


def test_entities_of_entities() -> None:
    """What was escaped twice is read as it was meant."""
    assert (
        lines("<html><body><p>2023&amp;#24180;&amp;nbsp;依法行政&amp;ldquo;好&amp;rdquo;</p></body></html>")[0].replace("\xa0", " ")
        == "2023年 依法行政“好”"
    )


def test_lines_of_preformatted_text() -> None:
    """In a pre each line is a line."""
    assert lines("<html><body><pre>一、甲\n  二、乙\n</pre></body></html>") == ["一、甲", "二、乙"]


def test_pictures_in_a_single_file_save_do_not_count() -> None:
    """The pictures in the attributes of a page are no text of it."""
    assert len(html.without_pictures(f"<img src='data:image/png;base64,{'A' * 9000}'>")) < 50


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<html><body>" + "<div>" * 100_000 + TEXT, "嵌套"),
        ("<html><body>" + "<font>" * 9000 + TEXT, "嵌套"),
        ("<html><body>" + "<br>" * 151_000 + TEXT, "标签过多"),
        ("<html><!--" + "-" * 900_000, "没有文字"),
        ("<html>" + "\x00" * 9000, "文字"),
        ("<html><script>" + "'\"\\" * 300_000, "脚本"),
        ("<html><script type='application/json'>" + "[" * 300_000, "脚本"),
    ],
)
def test_pages_made_to_harm_are_one_line(page: str, word: str) -> None:
    """No depth, no number of tags and no unclosed mark costs more than a clear refusal."""
    with pytest.raises(UnreadableError, match=word):
        html.read(page)


@pytest.mark.parametrize(
    "head",
    [
        "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        "<div " + " ".join(f"a{n}='>'" for n in range(50_000)) + ">",
        "<div " + " ".join(f"<a{n}" for n in range(50_000)) + ">",
        f'<div class="{"a " * 300_000}">',
        "<style>" + "".join(f".a{n}{{display:none}}" for n in range(10_000)) + "</style>",
        "<div hidden>x</div>" * 20_000,
        "<table>" + "<tr><td>1<td>2" * 5_000 + "</table>",
    ],
)
def test_pages_made_to_harm_that_can_be_read(head: str) -> None:
    """Around such markup the text is read."""
    assert sum("审查合同" in line for line in lines(f"<html><body>{head}<div id=zoom>{TEXT}</div>")) == 19
