"""Word documents in the form of official papers, written with python-docx.

Source: GB/T 9704-2012 (党政机关公文格式): A4, margins 37/35/28/26 mm, title 二号小标宋, text 三号仿宋 at 28 points a line with
two characters of indent, numbering 一、黑体 （一）楷体 1. 仿宋, page number 四号宋体 between dashes, right on odd and left on
even pages, signature and date at the right.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document

TITLE, BODY, HINT, ADDRESSEE, SIGNATURE = "Title", "Normal", "提示", "主送机关", "落款"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")

_XIAOBIAOSONG, _FANGSONG, _KAITI, _HEITI, _SONGTI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
# What Word and WPS take where a machine lacks the font that the standard's users install.
_INSTEAD = {_XIAOBIAOSONG: "华文中宋", _FANGSONG: "仿宋", _KAITI: "楷体"}
_LINE = 28
_INDENT = {"firstLine": "640", "firstLineChars": "200"}
_NO_INDENT = {"firstLine": "0", "firstLineChars": "0"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class _Look(NamedTuple):
    font: str
    points: float
    indent: dict[str, str]
    align: str = "both"
    colour: str = "000000"
    italic: bool = False
    line: int = _LINE
    before: int = 0
    after: int = 0


_LOOKS = {
    BODY: _Look(_FANGSONG, 16, _INDENT),
    TITLE: _Look(_XIAOBIAOSONG, 22, _NO_INDENT, align="center", line=36, after=_LINE),
    HEADINGS[0]: _Look(_HEITI, 16, _INDENT),
    HEADINGS[1]: _Look(_KAITI, 16, _INDENT),
    HEADINGS[2]: _Look(_FANGSONG, 16, _INDENT),
    ADDRESSEE: _Look(_FANGSONG, 16, _NO_INDENT),
    SIGNATURE: _Look(_FANGSONG, 16, {**_NO_INDENT, "right": "640", "rightChars": "200"}, align="right"),
    HINT: _Look(_KAITI, 12, _INDENT, colour="7F7F7F", italic=True, line=20),
}


class Official:
    """A document under construction; ``add`` appends paragraphs, ``bytes`` gives the file (equal input, equal bytes)."""

    def __init__(self, title: str) -> None:
        import docx

        self._document: Document = docx.Document()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = _writable(title), "", ""
        self._lay_out()
        for name, look in _LOOKS.items():
            self._style(name, look)
        self._number_pages()

    def add(self, text: str, style: str = BODY, notes: Sequence[str] = (), author: str = "") -> None:
        """One paragraph; ``notes`` are Word comments on it by ``author``, who has no date."""
        from docx.oxml.ns import qn

        paragraph = self._document.add_paragraph(_writable(text), style=style)
        for note in notes:
            run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
            comment = self._document.add_comment(run, _writable(note), author=author, initials=author[:1])
            # The hour at which it was written would make every file another.
            comment._comment_elm.attrib.pop(qn("w:date"), None)
            for inner in comment.paragraphs:
                inner.paragraph_format.first_line_indent = 0
                inner.paragraph_format.line_spacing = 1.0
                for part in inner.runs:
                    part.font.size = _points(10.5)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[int], style: str = BODY) -> None:
        """A table with lines, its paragraphs in a style; ``widths`` in millimetres. The first row is repeated on each page."""
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        table = self._document.add_table(len(rows), len(widths))
        table.style, table.autofit = "Table Grid", False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row, given in zip(table.rows, rows, strict=True):
            for cell, width, text in zip(row.cells, widths, given, strict=True):
                cell.width = Mm(width)
                cell.paragraphs[0].style = style
                cell.paragraphs[0].text = _writable(text)
                cell.paragraphs[0].paragraph_format.first_line_indent = 0
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def bytes(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self._document.save(buffer)
        result = io.BytesIO()
        with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w") as target:
            for info in source.infolist():
                data = source.read(info)
                entry = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, _fonts(data) if info.filename == "word/fontTable.xml" else data)
        return result.getvalue()

    def _lay_out(self) -> None:
        from docx.shared import Mm

        section = self._document.sections[0]
        lay_out(section)
        section.header_distance, section.footer_distance = Mm(15), Mm(25)

    def _style(self, name: str, look: _Look) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles: Any = self._document.styles
        known = name in [style.name for style in styles]
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name != BODY:
            style.base_style = styles[BODY]
            style.next_paragraph_style = styles[BODY]
        style.quick_style = True
        for old in [child for child in style.element if child.tag in (qn("w:rPr"), qn("w:pPr"))]:
            style.element.remove(old)
        style.font.size, style.font.bold, style.font.italic = Pt(look.points), False, look.italic
        style.font.color.rgb = RGBColor.from_string(look.colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{side}"), look.font if side == "eastAsia" else "Times New Roman")
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.line_spacing = Pt(look.line)
        shape.widow_control = False
        shape.keep_with_next = name in HEADINGS
        properties = style.element.get_or_add_pPr()
        indent = properties.get_or_add_ind()
        for key, value in look.indent.items():
            indent.set(qn(f"w:{key}"), value)
        alignment = properties._add_jc() if hasattr(properties, "_add_jc") else properties.get_or_add_jc()
        alignment.set(qn("w:val"), look.align)
        if name in HEADINGS:
            level = properties.makeelement(qn("w:outlineLvl"), {qn("w:val"): str(HEADINGS.index(name))})
            properties.append(level)

    def _number_pages(self) -> None:
        section = self._document.sections[0]
        self._document.settings.odd_and_even_pages_header_footer = True
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            self._page_number(footer.paragraphs[0], align)

    def _page_number(self, paragraph: Any, align: str) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        indent = f'<w:ind w:firstLine="0" w:firstLineChars="0" w:{align}="280" w:{align}Chars="100"/>'
        properties = parse_xml(f'<w:pPr {nsdecls("w")}>{indent}<w:jc w:val="{align}"/></w:pPr>')
        paragraph._p.insert(0, properties)
        look = f'<w:rPr><w:rFonts w:ascii="{_SONGTI}" w:hAnsi="{_SONGTI}" w:eastAsia="{_SONGTI}"/><w:sz w:val="28"/></w:rPr>'
        for inner in (
            "<w:t xml:space='preserve'>— </w:t>",
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText xml:space='preserve'> PAGE </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            "<w:t xml:space='preserve'> —</w:t>",
        ):
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{look}{inner}</w:r>"))


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def lay_out(section: Any) -> None:
    """Paper and margins of official documents (GB/T 9704)."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)


def _writable(text: str) -> str:
    """What XML can hold, character for character."""
    return _UNWRITABLE.sub("�", text)


def _fonts(table: bytes) -> bytes:
    """The table of fonts with what may stand in for the standard's own."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>' for name, other in _INSTEAD.items()
    )
    return table.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())
