"""Complete saved pages (.mht)."""

import base64
import quopri

import pytest

from scorer.assessing import assess
from scorer.errors import UnreadableError
from scorer.readers import read

PAGE = """<html><head><meta charset="{charset}"><title>渠头乡2022年法治政府建设报告</title></head><body>
<div class="nav">首页 政务公开</div><h1>渠头乡2022年法治政府建设报告</h1><p>发布日期：2023-02-03 来源：渠头乡人民政府</p>
<div id="zoom"><p>2022年，渠头乡推进依法行政，现将情况报告如下。</p><p>一、主要举措和成效</p>
<p>（一）办理行政执法案件17件，开展普法活动12场，调解纠纷93件，聘请法律顾问1名，召开法治工作会议3次，公开信息45条，修订应急预案2件。</p>
<p>二、存在的不足</p><p>一是执法人员少，原因在于编制紧张。二是学法不系统，原因在于没有计划。</p>
<p>三、2023年工作安排</p><p>一是组织执法培训2期。二是制定学法计划。</p><p>渠头乡人民政府</p><p>2023年1月30日</p></div></body></html>"""


def saved(body: bytes, encoding: str, *, head: str = "From: <Saved by Blink>\r\n", kind: str = "text/html") -> bytes:
    """A message as browsers save it."""
    opening = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x-1"\r\n\r\n'
    parts = (
        f"--x-1\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: http://example.gov.cn/1.html\r\n\r\n"
    )
    return (
        opening.encode()
        + parts.encode()
        + body
        + b"\r\n--x-1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x-1--\r\n"
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_page_in_a_message(charset: str, transfer: str) -> None:
    """Both transfer encodings, both usual character sets: the same report."""
    body = PAGE.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset)
    coded = quopri.encodestring(body) if transfer == "quoted-printable" else base64.encodebytes(body)
    document = read(saved(coded, transfer), name="页面.mht")
    assessment = assess(document)

    assert document.format == "mht"
    assert assessment.is_annual_report
    assert assessment.metadata["title"] == "渠头乡2022年法治政府建设报告"
    assert assessment.metadata["publication_date"] == "2023-02-03"
    assert "首页" not in "".join(f.quote.quote for finding in assessment.findings for f in finding.evidence)


def test_frames_are_searched_for_the_article() -> None:
    """A frameset is saved before its frames: the frame with the text is read."""
    frame = b"--x-1\r\nContent-Type: text/html\r\n\r\n<html><frameset><frame src='a'><frame src='b'></frameset></html>\r\n"
    body = saved(PAGE.format(charset="utf-8").encode(), "8bit").replace(b"--x-1\r\n", frame + b"--x-1\r\n", 1)

    assert "渠头乡推进依法行政" in read(body).text


@pytest.mark.parametrize(
    "raw",
    [
        saved(b"iVBORw0KGgo=", "base64", kind="image/png"),
        saved(b"", "8bit"),
        b"MIME-Version: 1.0\r\n",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\r\n\r\n",
    ],
)
def test_message_without_a_page(raw: bytes) -> None:
    """No page in it: one line with the way out."""
    with pytest.raises(UnreadableError, match="没有"):
        read(raw, name="a.mht")


def test_nested_messages_are_bounded() -> None:
    """Thousands of parts do no harm."""
    many = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: text/html\r\n\r\n<p></p>\r\n" * 5000
        + b"--b--"
    )

    with pytest.raises(UnreadableError):
        read(many, name="a.mht")
