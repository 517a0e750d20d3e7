"""A report of forty paragraphs in every format, with everything that real files have in and around their text.

Each builder gives a file and what must be said of it; the words in ``NEVER`` stand in all of them where no reader of the file
sees them, or where they were deleted, and must not be read.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from typing import NamedTuple

import formats
from formats import Placed
from helpers import WORD, zipped

HEAD = ("岚溪县人民政府文件", "岚政〔2024〕5号")
TITLE = "岚溪县人民政府关于2023年法治政府建设情况的报告"
ROWS = ("事项 | 受理 | 办结", "行政复议 | 85件 | 80件", "行政应诉 | 12件 | 12件")
BOX = "专栏：县政务服务大厅全年办理事项9.6万件，群众评价满意。"
FIELD = "如表1所示，全年复议案件按期办结，没有超过期限的案件。"
CONTROL = "经统计，全县共有行政执法人员320人，持证上岗率百分之百。"
FRACTION = "纠错比例为17/85，比上一年有所下降，案件质量继续提高。"
INSERTED = "全年组织执法培训6期，另外举办专题讲座2场，参训人员踊跃。"
SECTIONS = ("一、主要举措和成效", "二、存在的不足和原因", "三、2024年工作安排")
BODY = (
    SECTIONS[0],
    "（一）加强组织领导。县委常委会会议专题研究法治政府建设2次，县政府常务会议学法4次。",
    INSERTED,
    "（二）优化营商环境。公布权责清单3824项，取消证明材料41项，企业开办时间压缩到半天。",
    FIELD,
    *ROWS,
    "（三）规范行政执法。开展案卷评查2次，抽查案卷320件，评出优秀案卷12件，通报问题35个。",
    CONTROL,
    FRACTION,
    "（四）依法科学决策。审查重大行政决策4项、规范性文件12件，提出意见63条，采纳60条。",
    BOX,
    "（五）化解矛盾纠纷。调解组织排查纠纷1260起，调解成功1235起，没有发生群体性事件。",
    "（六）强化监督。办理人大代表建议76件、政协提案88件，办复率和满意率都有新的提高。",
    "（七）推进政务公开。主动公开政府信息5210条，办理依申请公开42件，按时答复。",
    "（八）加强应急管理。修订应急预案28个，组织应急演练36场，处置突发事件3起。",
    "（九）提升数字水平。一体化平台接入事项1860项，归集数据1200万条，共享接口95个。",
    "（十）深化普法宣传。开展以案释法活动54场，培养法律明白人680名，制作短片12部。",
    SECTIONS[1],
    "一是乡镇执法力量薄弱，原因是编制紧张、专业人员少，岗位吸引力不够。",
    "二是普法宣传方式单一，主要是经费投入不足，新媒体运用不多。",
    "三是案卷制作质量不高，由于培训针对性不强，个别人员责任心不够。",
    SECTIONS[2],
    "（一）为乡镇充实执法力量，采取购买服务、交流任职等办法，解决专业人员少的问题。",
    "（二）创新普法宣传方式，拍摄法治短视频，增加经费投入，扩大覆盖面。",
    "（三）开展案卷评查，分类组织培训，把评查结果纳入考核，提高案卷质量。",
    "（四）压实主体责任，把法治建设情况列入督查内容，年底逐项核对账目。",
    "（五）加强法治人才培养，为司法所配齐人员，选送业务骨干参加上级举办的专题培训。",
    "（六）继续公开办事结果，接受人大、政协和社会各方面的监督，把意见办到实处。",
    "以上报告，请审议。",
)
TAIL = ("岚溪县人民政府", "2024年2月5日", "抄送：县委办公室，县人大常委会办公室。", "岚溪县人民政府办公室　2024年2月6日印发")
ADDRESSEE, LEAD = "县委、县人大常委会：", "2023年，岚溪县深入推进法治政府建设，现将有关情况报告如下。"
PARAGRAPHS = (*HEAD, TITLE, ADDRESSEE, LEAD, *BODY, *TAIL)
"""The truth: forty lines in the order in which they are read."""
NOTE = "注释里的文字不读入正文"
NEVER = ("删去的办结率", "隐藏的办结率", "白色的办结率", "批注里的话", "指令PAGE", NOTE)
DELETED, HIDDEN, WHITE, COMMENT, INSTRUCTION, _ = NEVER


class Made(NamedTuple):
    """A file and the words of the warnings that it must bring."""

    raw: bytes
    said: tuple[str, ...]


# ---- Word


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t xml:space='preserve'>{html.escape(text)}</w:t></w:r>"


def _paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SHAPE = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
OLD_SHAPE = "<w:r><w:pict><v:shape type='#_x0000_t202' style='width:300pt;height:60pt'><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_PICTURE = (
    "<w:r><w:drawing><wp:inline><wp:extent cx='5400000' cy='3600000'/><a:graphic><a:graphicData uri='picture'><a:blip r:embed='rId9'/></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r><w:r><w:drawing><wp:inline><wp:extent cx='10' cy='10'/><a:graphic><a:graphicData uri='http://x/chart'/></a:graphic></wp:inline></w:drawing></w:r>"
)


def _word(text: str, shape: str) -> str:
    """A paragraph of the truth as Word XML, each special one with what makes it special."""
    indent = "<w:ind w:firstLineChars='200'/>"
    if text in SECTIONS:  # numbered by Word
        return _paragraph(_run(text[2:]), "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
    if text == INSERTED:
        added = "另外举办专题讲座2场，"
        first, last = text.split(added)
        middle = f"<w:ins w:id='1'>{_run(added)}</w:ins><w:del w:id='2'><w:r><w:delText>{DELETED}</w:delText></w:r></w:del>"
        return _paragraph(
            _run(first) + middle + _run(last) + _run(HIDDEN, "<w:vanish/>") + _run(WHITE, "<w:color w:val='FFFFFF'/>"), indent
        )
    if text == FIELD:
        field = (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"http://example.invalid/"
            + INSTRUCTION
            + "\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + _run("表1")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
        mark = "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"
        return _paragraph(_run("如") + field + _run(text[3:]) + mark, indent)
    if text == CONTROL:
        return _paragraph(
            _run(text[:9]) + f"<w:sdt><w:sdtPr/><w:sdtContent>{_run(text[9:20])}</w:sdtContent></w:sdt>" + _run(text[20:]), indent
        )
    if text == FRACTION:
        before, after = text.split("17/85")
        number = "<m:oMath><m:f><m:num><m:r><m:t>17</m:t></m:r></m:num><m:den><m:r><m:t>85</m:t></m:r></m:den></m:f></m:oMath>"
        return _paragraph(_run(before) + number + _run(after), indent)
    if text == BOX:
        return _paragraph(shape.format(_paragraph(_run(text))))
    if text == BODY[-1]:
        return _paragraph(_run("　　" + text), "<w:sectPr><w:cols w:num='2'/></w:sectPr>")
    return _paragraph(_run(text), indent)


_FILES = {"numbering": "numbering", "footnotes": "footnotes", "comments": "comments", "header": "header1"}
_END = "<w:sectPr><w:headerReference w:type='default' r:id='header'/><w:cols w:num='1'/></w:sectPr>"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _types() -> str:
    parts = {"document": "document.main", **{file: name for name, file in _FILES.items()}}
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><Types xmlns='{_PACKAGE}/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
        + "".join(f"<Override PartName='/word/{file}.xml' ContentType='{_KIND}.{name}+xml'/>" for file, name in parts.items())
        + "</Types>"
    )


def _relations(targets: dict[str, str]) -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><Relationships xmlns='{_PACKAGE}/relationships'>"
        + "".join(f"<Relationship Id='{name}' Type='{_OFFICE}/{name}' Target='{target}'/>" for name, target in targets.items())
        + "</Relationships>"
    )


def docx(shape: str = _SHAPE) -> Made:
    """A Word file; ``shape`` is the XML of its text box."""
    body = []
    for text in PARAGRAPHS:
        if text in ROWS:
            cells = "".join(f"<w:tc>{_paragraph(_run(cell))}</w:tc>" for cell in text.split(" | "))
            body.append(("<w:tbl>" if text == ROWS[0] else "") + f"<w:tr>{cells}</w:tr>" + ("</w:tbl>" if text == ROWS[-1] else ""))
        else:
            body.append(_word(text, shape))
    spaces = (
        f"xmlns:w='{WORD}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:m='{_MATH}' xmlns:v='urn:schemas-microsoft-com:vml' "
        "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
        "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    )

    def part(name: str, inner: str) -> str:
        return f"<?xml version='1.0' encoding='UTF-8'?><w:{name} {spaces}>{inner}</w:{name}>"

    level = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>"
    raw = zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations({name: f"{file}.xml" for name, file in _FILES.items()}),
            "word/document.xml": part("document", f"<w:body>{''.join(body)}{_paragraph(_PICTURE)}{_END}</w:body>"),
            "word/numbering.xml": part(
                "numbering",
                f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            ),
            "word/footnotes.xml": part("footnotes", f"<w:footnote w:id='2'>{_paragraph(_run(NOTE))}</w:footnote>"),
            "word/comments.xml": part("comments", f"<w:comment w:id='0'>{_paragraph(_run(COMMENT))}</w:comment>"),
            "word/header1.xml": part("hdr", _paragraph(_run("岚溪县法治政府建设年度报告"))),
        }
    )
    return Made(raw, ("修订", "隐藏文字", "1处脚注", "页眉", "图表", "大图片"))


# ---- RTF


def _rtf(text: str) -> str:
    return "".join(formats._rtf_character(c) if ord(c) < 0x10000 else f"\\u{ord(c)}?" for c in text)


def rtf() -> Made:
    """An RTF as Word writes it."""
    lines = []
    for text in PARAGRAPHS:
        if text in ROWS:
            lines.append(
                "\\trowd\\cellx2000\\cellx4000\\cellx6000"
                + "".join(f"\\pard\\intbl {_rtf(cell)}\\cell" for cell in text.split(" | "))
                + "\\row\\pard\r\n"
            )
        elif text in SECTIONS:
            lines.append(f"{{\\listtext {_rtf(text[:2])}}}{_rtf(text[2:])}\\par\r\n")
        elif text == INSERTED:
            lines.append(f"{_rtf(text)}{{\\deleted {_rtf(DELETED)}}}{{\\v {_rtf(HIDDEN)}}}{{\\cf1 {_rtf(WHITE)}}}\\par\r\n")
        elif text == FIELD:
            field = f"{{\\field{{\\*\\fldinst REF {_rtf(INSTRUCTION)}}}{{\\fldrslt {_rtf('表1')}}}}}"
            note = f"{{\\footnote {_rtf(NOTE)}}}{{\\*\\annotation {_rtf(COMMENT)}}}"
            lines.append(f"{_rtf('如')}{field}{_rtf(text[3:])}{note}\\par\r\n")
        elif text == BOX:
            lines.append(f"{{\\shp{{\\*\\shpinst{{\\shptxt \\pard {_rtf(text)}\\par}}}}{{\\shprslt {_rtf(HIDDEN)}}}}}\\par\r\n")
        else:
            lines.append(f"\\pard\\fi640 {_rtf(text)}\\par\r\n")
    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}{\\colortbl;\\red255\\green255\\blue255;}"
    heads = f"{{\\header {_rtf('岚溪县法治政府建设年度报告')}\\par}}"
    raw = (head + heads + "\\pard\\f0\\fs32 " + "".join(lines) + "}").encode("ascii")
    return Made(raw, ("修订", "隐藏文字", "1处脚注", "页眉"))


# ---- pages


def web() -> Made:
    """A web page."""
    lines = []
    for text in PARAGRAPHS:
        shown = html.escape(text)
        if text in ROWS:
            cells = "".join(f"<td>{cell}</td>" for cell in text.split(" | "))
            lines.append(("<table>" if text == ROWS[0] else "") + f"<tr>{cells}</tr>" + ("</table>" if text == ROWS[-1] else ""))
        elif text == INSERTED:
            hidden = f"<span style='display:none'>{HIDDEN}</span><span style='color:#FFF'>{WHITE}</span><!-- {COMMENT} --><i class=gone>{DELETED}</i>"
            lines.append(f"<p>&emsp;&emsp;{shown}{hidden}</p>")
        elif text in SECTIONS:
            lines.append(f"<p><b><span>{shown[:3]}</span><font face=黑体>{shown[3:]}</font></b></p>")
        elif text == FIELD:
            lines.append(f"<div>　　{shown}</div><script>var s = '{INSTRUCTION}';</script>")
        elif text == BOX:
            lines.append(f"<blockquote><section>{shown}</section></blockquote>")
        elif text.startswith(("（四）", "（五）")):
            lines.append(f"&nbsp;&nbsp;{shown}<br>")
        else:
            lines.append(f"<p style='text-indent:2em'>{shown}</p>")
    page = (
        "<!DOCTYPE html><html><head><meta charset=utf-8><style>.gone{visibility:hidden}</style><title>报告</title></head><body>"
        "<div class=nav><a>首页</a><a>政务公开</a></div><div id=zoom>"
        + "\n".join(lines)
        + "</div><div class=foot>版权所有</div></body></html>"
    )
    return Made(page.encode(), ("看不见",))


def mht() -> Made:
    """The page as a browser saves it in one file."""
    body = base64.encodebytes(web().raw).decode()
    raw = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    return Made(raw.encode(), ("看不见",))


def _set() -> list[list[Placed]]:
    """The report as set pages: rows of the table as cells, a note in small print, a running head, and lines nobody sees."""
    pages = formats.typeset([text for text in PARAGRAPHS if text not in ROWS])
    table = [
        Placed((cell, 79 + 150 * column, 105 + 28 * row, 12))
        for row, text in enumerate(ROWS)
        for column, cell in enumerate(text.split(" | "))
    ]
    for number, page in enumerate(pages, 1):
        page.insert(0, Placed(("岚溪县人民政府公报", 79, 50, 10)))
        page.append(Placed((f"{HIDDEN}{number}", 300, 130, 10)))
        page.append(Placed((f"{WHITE}{number}", 300, 160, 10)))
    return [*pages, table]


def pdf() -> Made:
    """A PDF with invisible and white lines, running heads and page numbers."""
    pages = _set()
    looks = {text: "3 Tr" if HIDDEN in text else "1 1 1 rg" for page in pages for text, *_ in page if HIDDEN in text or WHITE in text}
    return Made(formats.pdf(pages, looks=looks), ("看不见",))


def ofd() -> Made:
    """An OFD with objects that are not shown and white ones, running heads and page numbers."""
    pages = _set()
    white = '<ofd:FillColor Value="255 255 255"/>'
    looks = {text: 'Visible="false"' if HIDDEN in text else white for page in pages for text, *_ in page if HIDDEN in text or WHITE in text}
    return Made(formats.ofd(pages, looks=looks), ("看不见",))


# ---- plain


def text() -> Made:
    """A text in GBK with lines in UTF-8, full-width indents and Windows line ends."""
    raw = b"\r\n".join(("　　" + line).encode("utf-8" if line in (BOX, FIELD) else "gbk") for line in PARAGRAPHS)
    return Made(raw, ("两种编码",))


def markdown(lines: Sequence[str] = PARAGRAPHS) -> Made:
    """Markdown: headings, strong letters, a table with its rule, a comment."""
    out = []
    for line in lines:
        if line in ROWS:
            out.append(f"| {line} |" + ("\n|---|---|---|" if line == ROWS[0] else ""))
        elif line == TITLE or line in SECTIONS:
            out.append(f"\n## **{line}**\n" if line != TITLE else f"# {line}\n")
        else:
            out.append(line + (f"\n<!-- {COMMENT}\n{HIDDEN} -->" if line == INSERTED else "") + "\n")
    return Made("\n".join(out).encode(), ("注释",))
