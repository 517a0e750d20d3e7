"""Files of every kind to documents, and what is refused."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from helpers import WORD, docx, page, paragraph, word_xml, zipped
from hypothesis import given
from hypothesis import strategies as st

from scorer import read
from scorer.document import Document
from scorer.errors import UnreadableError

TEXT = "岚溪县2023年法治政府建设情况报告\n一、主要工作\n全年办结行政复议案件80件，培训执法人员320人次。\n"
PROSE = "全年受理行政复议案件85件，办结80件；组织行政执法培训6期，培训执法人员320人次，审查规范性文件12件。"


def lines(document: Document) -> list[str]:
    """The paragraphs as text."""
    return [document.text[p.start : p.end] for p in document.paragraphs]


def refusal(source: bytes | str | Path, name: str = "报告.x") -> str:
    """The one line with which a file is refused."""
    with pytest.raises(UnreadableError) as error:
        read(source, name=name) if isinstance(source, bytes) else read(source)
    message = str(error.value)

    assert "\n" not in message
    return message


# ---- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "utf-16", "big5"])
def test_text_in_every_encoding(encoding: str) -> None:
    """UTF-8 with and without BOM, GBK and its kin, UTF-16 with BOM and Big5 give the same text."""
    words = TEXT if encoding != "big5" else "嵐溪縣2023年法治政府建設情況報告\n一、主要工作\n全年辦結案件80件，培訓執法人員。\n"
    got = read(words.encode(encoding), name="报告.txt")

    assert lines(got) == words.splitlines()
    assert got.format == "text"
    assert got.warnings == ()


def test_utf_16_big_endian() -> None:
    """The other byte order is known by its mark."""
    got = read(b"\xfe\xff" + TEXT.encode("utf-16-be"))

    assert lines(got) == TEXT.splitlines()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark(encoding: str) -> None:
    """UTF-16 is known by its zero bytes where the mark is absent."""
    got = read(page().encode(encoding), name="报告.txt")

    assert lines(got) == page().splitlines()


def test_windows_line_ends_and_indents() -> None:
    """Paragraphs are the lines without line ends and indents."""
    got = read("　　第一段。\r\n\r\n　　第二段。\r\n".encode("gbk"))

    assert lines(got) == ["第一段。", "第二段。"]


def test_single_broken_bytes_are_replaced_and_told() -> None:
    """A few broken characters do not stop the reading, and the user learns of them."""
    got = read(TEXT.encode() + b"\xff\xfe\n" + "完".encode())

    assert lines(got)[:3] == TEXT.splitlines()
    assert len(got.warnings) == 1
    assert "�" in got.warnings[0]


def test_path_name_and_hash_are_kept(tmp_path: Path) -> None:
    """A document knows its path, and equal bytes have equal hashes."""
    file = tmp_path / "报告.txt"
    file.write_bytes(TEXT.encode())
    got = read(file)

    assert got.path == str(file)
    assert got.sha256 == read(TEXT.encode(), name="另一份").sha256
    assert len(got.sha256) == 64


@pytest.mark.parametrize(
    "name", ["年度 报告（终稿）.txt", "报告'\"&<>.txt", "a;b|c.txt", "报告\n第二行.txt", "无扩展名", "报告.DOCX", ".txt", "𠮷.txt"]
)
def test_names_with_odd_characters(tmp_path: Path, name: str) -> None:
    """The name of a file neither hinders reading nor decides what it is."""
    file = tmp_path / name
    file.write_bytes(TEXT.encode())
    got = read(str(file))

    assert lines(got) == TEXT.splitlines()


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    """File names of old systems are read too."""
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    try:
        with open(raw, "wb") as stream:  # noqa: PTH123
            stream.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system only takes Unicode names")
    got = read(os.fsdecode(raw))

    assert lines(got) == TEXT.splitlines()


# ---- web pages


def html(body: str, head: str = "") -> bytes:
    """A web page."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


PAGE = html(
    "<div class='nav'><a>首页</a> &gt; <a>政务公开</a></div>"
    "<table><tr><td>索引号：</td><td>LX-2024-001</td><td>发布日期：</td><td>2024-02-20</td></tr></table>"
    "<h1>岚溪县2023年法治政府建设情况报告</h1>"
    f"<div id='zoom'><p>　　{PROSE}</p><h2>一、主要工作</h2><p>{PROSE}<br>{PROSE}</p><p style='display: none'>隐藏的字</p><script>var a='脚本';</script></div>"
    "<div class='foot'>主办单位：岚溪县人民政府办公室</div>",
    "<title>岚溪县年度报告-岚溪县政府网</title><meta name='PubDate' content='2024-02-21 09:00'><meta name='ArticleTitle' content='岚溪县2023年法治政府建设情况报告'>",
)


def test_the_main_text_of_a_page_is_told_from_its_furniture() -> None:
    """Navigation and footer are outside, the article inside; scripts and hidden text are gone."""
    got = read(PAGE, name="报告.html")
    inside = [line for line, p in zip(lines(got), got.paragraphs, strict=True) if not p.outside]
    outside = [line for line, p in zip(lines(got), got.paragraphs, strict=True) if p.outside]

    assert inside == [PROSE, "一、主要工作", PROSE, PROSE]
    assert "主办单位：岚溪县人民政府办公室" in outside
    assert "隐藏的字" not in got.text
    assert "脚本" not in got.text
    assert got.format == "html"


def test_an_index_table_is_a_line_a_row() -> None:
    """Label and value of an index table stay on one line."""
    got = read(PAGE)

    assert "索引号： | LX-2024-001 | 发布日期： | 2024-02-20" in lines(got)


def test_meta_tags_are_hints() -> None:
    """Title and publication date of the page's head are kept as hints."""
    got = read(PAGE)

    assert got.hints["title"] == "岚溪县2023年法治政府建设情况报告"
    assert got.hints["publication_date"].startswith("2024-02-21")


def test_headings_of_a_page_have_their_level() -> None:
    """h2 in the article is a heading of level 2."""
    got = read(PAGE)
    levels = {line: p.level for line, p in zip(lines(got), got.paragraphs, strict=True)}

    assert levels["一、主要工作"] == 2
    assert levels[PROSE] is None


def test_a_page_in_gbk_is_read_by_its_bytes() -> None:
    """A wrong or absent charset does no harm."""
    got = read(PAGE.decode().encode("gbk"))

    assert PROSE in lines(got)


def test_a_layout_table_gives_its_paragraphs() -> None:
    """A table that holds the article is no index table."""
    got = read(html(f"<table><tr><td><p>{PROSE * 2}</p><p>第二段，内容从略；{PROSE}</p></td></tr></table>"))

    assert lines(got) == [PROSE * 2, f"第二段，内容从略；{PROSE}"]


def test_a_page_without_known_container_is_read_whole() -> None:
    """Every paragraph of a page of unknown make is there."""
    paragraphs = [f"第{n}段：{PROSE}" for n in "一二三四"]
    got = read(html("<div class='abc'>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</div>"))

    assert lines(got) == paragraphs


@pytest.mark.parametrize(
    "raw", [b"<html></html>", b"<html><body><script>x</script></body></html>", b"<html><frameset><frame src='x'></frameset></html>"]
)
def test_a_page_without_text_is_refused(raw: bytes) -> None:
    """Nothing to read is told."""
    got = refusal(raw, "报告.html")

    assert got.startswith("报告.html：")


# ---- Word


def test_paragraphs_of_a_word_file() -> None:
    """Runs join, tabs and line breaks stay, empty paragraphs go."""
    body = (
        paragraph("岚溪县报告")
        + "<w:p/>"
        + "<w:p><w:r><w:t>全年</w:t></w:r><w:r><w:t>办结</w:t><w:tab/><w:t>80件</w:t><w:br/><w:t>次行</w:t></w:r></w:p>"
    )
    got = read(docx(body), name="报告.docx")

    assert lines(got) == ["岚溪县报告", "全年办结\t80件", "次行"]
    assert got.format == "docx"


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions count, deletions do not, moved text stands once, and the user is told."""
    body = (
        "<w:p><w:r><w:t>办结</w:t></w:r><w:del><w:r><w:delText>70</w:delText></w:r></w:del><w:ins><w:r><w:t>80</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    got = read(docx(body))

    assert lines(got) == ["办结80件新处"]
    assert len(got.warnings) == 1
    assert "修订" in got.warnings[0]


def test_a_file_without_tracked_changes_has_no_warning() -> None:
    """The warning is not given for nothing."""
    got = read(docx(paragraph("办结80件")))

    assert got.warnings == ()


def test_text_boxes_are_read_once() -> None:
    """A text box with its fallback for old Word gives its text one time, after its paragraph."""
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    body = f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    got = read(docx(body))

    assert lines(got) == ["正文", "框中文字"]


def test_content_controls_fields_and_links() -> None:
    """Text in content controls, simple fields and links is there; field codes are not."""
    body = (
        "<w:sdt><w:sdtContent>" + paragraph("控件中的段落") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple><w:r><w:t>域</w:t></w:r></w:fldSimple>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:t>行内控件</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    got = read(docx(body))

    assert lines(got) == ["控件中的段落", "链接域行内控件"]


def test_what_word_shows_and_what_it_does_not() -> None:
    """Signs and formulas are text; hidden words, empty controls, readings over ruby text and the table of contents are not."""
    styles = word_xml(
        "styles", '<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style><w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    )
    body = (
        paragraph("一、主要工作3", '<w:pStyle w:val="T"/>')
        + paragraph("主要工作", '<w:pStyle w:val="H"/>')
        + '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>办结</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>80件</w:t></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>lan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>岚</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半<w:footnoteReference w:id="2"/></w:t></w:r></w:p>'
    )
    got = read(docx(body, styles=styles))

    assert lines(got) == ["主要工作", "☑办结80件岚", "前半后半"]
    assert got.paragraphs[0].level == 2
    assert [word for word in ("隐藏", "注文", "修订") if any(word in warning for warning in got.warnings)] == ["隐藏", "注文", "修订"]


def test_a_level_that_names_its_style() -> None:
    """A heading style without a level takes the level of the list that names it."""
    styles = word_xml("styles", '<w:style w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    part = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="H2"/>'
    )
    got = read(docx(item("主要工作") + paragraph("行政执法", '<w:pStyle w:val="H2"/>'), styles=styles, numbering=part))

    assert lines(got) == ["一、主要工作", "（一）行政执法"]


def cell(*blocks: str) -> str:
    """A table cell."""
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def test_tables_and_nested_tables() -> None:
    """A row of short cells is one line; a table in a cell is read in its place, once."""
    inner = f"<w:tbl><w:tr>{cell(paragraph('内甲'))}{cell(paragraph('内乙'))}</w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr>{cell(paragraph('索引号'))}{cell(paragraph('LX-1'))}</w:tr><w:tr>{cell(paragraph('前'), inner, paragraph('后'))}</w:tr></w:tbl>"
        + paragraph("表后")
    )
    got = read(docx(body))

    assert lines(got) == ["索引号 | LX-1", "前", "内甲 | 内乙", "后", "表后"]


def numbering(*levels: tuple[str, str], override: str = "") -> str:
    """A numbering part: one list with the given levels of (format, text), as number 1."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return word_xml(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}</w:num>',
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of the list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_chinese_numbers() -> None:
    """Numbers that Word draws are part of the text: 一、（一）1. and again from the start under each heading."""
    body = (
        item("主要工作")
        + item("行政执法", 1)
        + item("执法培训", 2)
        + item("案卷评查", 2)
        + item("行政复议", 1)
        + item("存在问题")
        + item("力量薄弱", 1)
    )
    got = read(docx(body, numbering=numbering(("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))))

    assert lines(got) == ["一、主要工作", "（一）行政执法", "1.执法培训", "2.案卷评查", "（二）行政复议", "二、存在问题", "（一）力量薄弱"]


def test_automatic_numbers_above_ten() -> None:
    """十, 十一 and 二十 are written so."""
    body = "".join(item(f"事项{chr(0x4E00 + n)}") for n in range(21))
    got = lines(read(docx(body, numbering=numbering(("chineseCountingThousand", "%1、")))))

    assert [line.split("、")[0] for line in (got[9], got[10], got[19], got[20])] == ["十", "十一", "二十", "二十一"]


def test_empty_paragraphs_do_not_count() -> None:
    """An empty numbered paragraph takes no number."""
    body = item("甲") + item("") + item("乙")
    got = read(docx(body, numbering=numbering(("chineseCounting", "%1、"))))

    assert lines(got) == ["一、甲", "二、乙"]


def test_bullets_and_switched_off_numbers() -> None:
    """A bullet adds no number, number 0 switches numbering off, an unknown list is ignored."""
    body = item("甲") + item("乙", 0, 0) + item("丙", 0, 9)
    got = read(docx(body, numbering=numbering(("bullet", "●"))))

    assert lines(got) == ["甲", "乙", "丙"]


def test_numbering_and_outline_level_of_a_style() -> None:
    """A style gives its number and its heading level, also by the style it is based on."""
    styles = word_xml(
        "styles",
        '<w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style><w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>',
    )
    body = (
        paragraph("主要工作", '<w:pStyle w:val="H1"/>')
        + paragraph("正文。")
        + paragraph("存在问题", '<w:pStyle w:val="Mine"/>')
        + paragraph("圈", '<w:pStyle w:val="Loop"/>')
    )
    got = read(docx(body, styles=styles, numbering=numbering(("chineseCounting", "%1、"))))

    assert lines(got) == ["一、主要工作", "正文。", "二、存在问题", "圈"]
    assert [p.level for p in got.paragraphs] == [1, None, 1, None]


@pytest.mark.parametrize(
    "override",
    [
        '<w:lvlOverride w:ilvl="x"><w:startOverride w:val="1"/></w:lvlOverride>',
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="y"/></w:lvlOverride>',
    ],
)
def test_broken_numbering_does_not_stop_the_reading(override: str) -> None:
    """Nonsense in the numbering part costs the numbers at most."""
    got = read(docx(item("主要工作"), numbering=numbering(("chineseCounting", "%1、"), override=override)))

    assert lines(got)[0].endswith("主要工作")


def test_a_restarted_list() -> None:
    """A list that begins at another number shows it."""
    body = item("甲") + item("乙")
    got = read(
        docx(
            body,
            numbering=numbering(
                ("chineseCounting", "%1、"), override='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
            ),
        )
    )

    assert lines(got) == ["三、甲", "四、乙"]


def test_strict_open_xml() -> None:
    """Files saved by Word as Strict Open XML are read."""
    raw = zipped(
        {
            "word/document.xml": word_xml("document", f"<w:body>{paragraph('办结80件')}</w:body>").replace(
                WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
        }
    )

    assert lines(read(raw)) == ["办结80件"]


def test_a_word_file_of_pictures_is_refused() -> None:
    """A scan in a Word file is told as one."""
    body = '<w:p><w:r><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:r></w:p>'

    assert "图片" in refusal(docx(body))


# ---- hostile and foreign files


def test_a_zip_bomb_is_refused() -> None:
    """A part that unpacks to far more than it weighs is not unpacked."""
    got = refusal(docx(paragraph("字" * 3_000_000)))

    assert "压缩比" in got


def test_a_lying_zip_header_is_refused() -> None:
    """A part that is larger than it says is refused all the same."""
    raw = docx(paragraph("字" * 3_000_000))
    real = struct.pack("<I", len(word_xml("document", f"<w:body>{paragraph('字' * 3_000_000)}</w:body>").encode()))

    assert real in raw
    assert refusal(raw.replace(real, struct.pack("<I", 1000)))


def test_too_many_parts_are_refused() -> None:
    """An archive of thousands of parts is no report."""
    got = refusal(zipped({f"word/{n}.txt": "" for n in range(6000)}))

    assert "过大" in got


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE w [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE w SYSTEM "http://localhost:9/x.dtd">',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_declarations_in_word_xml_are_refused(document: str) -> None:
    """A DTD or an entity declaration is no part of a Word file; nothing is expanded or fetched."""
    inner = "&c;" if "&b;" in document else "&a;" if "ENTITY" in document else "甲"
    raw = zipped(
        {
            "word/document.xml": f'{document}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{inner}</w:t></w:r></w:p></w:body></w:document>'
        }
    )

    assert "DTD" in refusal(raw) or "XML" in refusal(raw)


def test_deep_nesting_is_refused() -> None:
    """Nesting beyond any real document ends in one line."""
    got = [refusal(docx("<w:sdt><w:sdtContent>" * n + paragraph("深处") + "</w:sdtContent></w:sdt>" * n)) for n in (110, 3000)]

    assert len(got) == 2


def test_an_encrypted_zip_is_refused() -> None:
    """A file with a password is told as one."""
    raw = bytearray(docx(paragraph("办结80件")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)

    assert "加密" in refusal(bytes(raw))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_word_file_is_refused(share: float) -> None:
    """A file cut off in download is told as damaged."""
    raw = docx(paragraph("办结80件" * 50))

    assert "损坏" in refusal(raw[: int(len(raw) * share)])


def test_broken_parts_are_refused() -> None:
    """A part with a broken stream or broken XML is told as damaged."""
    raw = bytearray(docx(paragraph("办结80件" * 50)))
    at = raw.find(b"word/document.xml") + 25
    raw[at : at + 20] = b"\xff" * 20

    assert "损坏" in refusal(bytes(raw))
    assert "损坏" in refusal(zipped({"word/document.xml": "<w:document"}))
    assert refusal(zipped({"word/document.xml": word_xml("document", "")}))


def stored(name: str, content: bytes) -> bytes:
    """A zip with an uncompressed first part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版Word"),
        (b"{\\rtf1\\ansi }", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (stored("OFD.xml", b"<ofd/>"), "OFD"),
        (stored("xl/workbook.xml", b"<x/>"), "Excel"),
        (stored("readme.jpg", b"x"), "压缩包"),
        (b"", "空的"),
        (b" \r\n\t\n", "没有文字"),
        (b"\xef\xbb\xbf", "没有文字"),
        (bytes(range(256)) * 4, "不是文字文件"),
        (b"\x7fELF" + b"\x00\x01\x02\x03" * 300, "不是文字文件"),
        (("甲" * 3_000_001).encode(), "过多"),
    ],
)
def test_what_is_no_report_is_refused_in_one_clear_line(raw: bytes, words: str) -> None:
    """Name of the file, what it is, and what to do, in one line of Chinese."""
    got = refusal(raw, "某县.bin")

    assert got.startswith("某县.bin：")
    assert words in got
    assert "请" in got or "可以" in got


def test_missing_files_and_folders(tmp_path: Path) -> None:
    """A folder and a missing file are told apart."""
    assert "文件夹" in refusal(tmp_path)
    assert "找不到" in refusal(tmp_path / "没有.txt")
    assert refusal(str(tmp_path / "a\x00b"))
    assert refusal("a" * 5000)


def test_a_device_is_no_file() -> None:
    """Something that never ends is not read."""
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")

    assert "普通文件" in refusal("/dev/zero")


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=80).map(lambda t: t.encode("utf-8", "ignore")),
        st.sampled_from([b"PK\x03\x04", b"<html>", b"\xff\xfe"]).flatmap(lambda head: st.binary(max_size=80).map(lambda tail: head + tail)),
    )
)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever a file holds: a document with text, or one line of refusal."""
    try:
        got = lines(read(raw, name="x"))
    except UnreadableError as error:
        got = [str(error)]

    assert got
    assert all("\n" not in line for line in got)


@given(st.data())
def test_a_damaged_word_file_is_read_or_refused(data: st.DataObject) -> None:
    """A Word file with any bytes overwritten gives a document or one line."""
    raw = bytearray(docx(item("主要工作") + paragraph(PROSE), numbering=numbering(("chineseCounting", "%1、"))))
    at = data.draw(st.integers(0, len(raw) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=12))
    raw[at : at + len(patch)] = patch
    try:
        got = read(bytes(raw), name="x").text
    except UnreadableError as error:
        got = str(error)

    assert got
