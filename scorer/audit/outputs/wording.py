"""The wording of letters and circular (``templates/letters.yaml``), and the built-in Word templates made of it.

In the form of GB/T 9704-2012 (party and government documents).
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from scorer.errors import FazhiError
from scorer.office.official import lay_out
from scorer.office.template import FIELD, zipped
from scorer.outputs.templates import templates_folder


class Words:
    """The short forms of ``letters.yaml``, with their own words in braces filled in."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = forms

    def __call__(self, form: str, /, **values: str) -> str:
        """The form with its own words filled in."""
        return FIELD.sub(lambda match: values.get(match[1], ""), self.forms[form])

    def day(self, day: datetime.date) -> str:
        """A day: 2025年3月1日."""
        return self("日", 年=str(day.year), 月=str(day.month), 日=str(day.day))


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    from scorer.rulepack import yamlnodes

    parsed = yamlnodes.parse((templates_folder() / "letters.yaml").read_bytes(), "letters.yaml")
    if parsed.problems:
        raise FazhiError(str(parsed.problems[0]), remedy="请改正 letters.yaml 后再试")
    data: dict[str, Any] = parsed.data
    return data


@lru_cache(maxsize=1)
def words() -> Words:
    """The short forms, by name."""
    return Words({name: str(form) for name, form in _wording()["words"].items()})


class _Style(NamedTuple):
    """A kind of paragraph: the font, its size in points, how it stands, how far it is set in (in characters)."""

    font: str
    size: float
    align: str
    first: int = 0
    right: int = 0
    bold: bool = False
    before: float = 0
    new_page: bool = False


# GB/T 9704-2012: title in 2号 (22 pt), body in 3号 (16 pt) on lines of 28 pt, headings in 黑体, signature to the right.
_STYLES = {
    "标题": _Style("方正小标宋简体", 22, "center"),
    "文号": _Style("仿宋", 16, "center", before=14),
    "称谓": _Style("仿宋", 16, "both", before=28),
    "正文": _Style("仿宋", 16, "both", first=2),
    "层次": _Style("黑体", 16, "both", first=2),
    "附注": _Style("仿宋", 14, "both", first=2),
    "附件": _Style("黑体", 16, "both", new_page=True),
    "附件标题": _Style("方正小标宋简体", 18, "center", before=14),
    "署名": _Style("仿宋", 16, "right", right=4, before=42),
    "日期": _Style("仿宋", 16, "right", right=4),
}


@lru_cache(maxsize=2)
def built(kind: str) -> bytes:
    """A template made of the wording; python-docx, because it is made once and the package stays sound in Word."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = ""
    made = datetime.datetime(2000, 1, 1)
    document.core_properties.created = document.core_properties.modified = made
    section = document.sections[0]
    lay_out(section)
    section.footer_distance = Mm(28)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for item in _wording()[kind]:
        ((style, text),) = item.items()
        if style == "表":
            _table(document, text)
        elif style == "若":
            _paragraph(document, _STYLES["附注"], f"{{{{若 {text}}}}}")
        elif style == "完":
            _paragraph(document, _STYLES["附注"], "{{完}}")
        else:
            _paragraph(document, _STYLES[style], str(text))
    _page_number(section.footer.paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps/thumbnail")}
    relations = "_rels/.rels"
    parts[relations] = re.sub(rb"<Relationship [^>]{0,400}thumbnail[^>]{0,400}/>", b"", parts[relations])
    return zipped(parts)


def _paragraph(document: Any, style: _Style, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
        style.align
    ]
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28 if style.size < 20 else 36)
    form.space_before, form.space_after = Pt(style.before), Pt(0)
    form.page_break_before = True if style.new_page else None
    form.keep_with_next = True if style.font == "黑体" else None
    form.first_line_indent = Pt(style.size * style.first) if style.first else None
    form.right_indent = Pt(style.size * style.right) if style.right else None
    _write(paragraph, style, text)


def _write(paragraph: Any, style: _Style, text: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run()
    for number, line in enumerate(text.strip().split("\n")):
        if number:
            run.add_break()
        run.add_text(line)
    run.font.size, run.font.bold = Pt(style.size), style.bold
    run.font.name = "Times New Roman"
    fonts = run._element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), style.font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks as wide as Han characters


_CELL = _Style("仿宋", 10.5, "both")
_HEAD = _Style("黑体", 10.5, "center")


def _table(document: Any, columns: Sequence[tuple[str, str, float]]) -> None:
    """A table of two rows: heads that stand on every page, and one row with words of a record. ``columns`` are head, word
    and width in millimetres."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=2, cols=len(columns))
    table.style, table.autofit = document.styles["Table Grid"], False
    for number, (head, word, width) in enumerate(columns):
        table.columns[number].width = Mm(width)
        for row, style, text in ((0, _HEAD, head), (1, _CELL, f"{{{{{word}}}}}")):
            cell = table.cell(row, number)
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if style.align == "center" else None
            _write(paragraph, style, text)
    for row, mark in ((0, "w:tblHeader"), (1, "w:cantSplit")):
        table.rows[row]._tr.get_or_add_trPr().append(OxmlElement(mark))


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(14), "Times New Roman"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            paragraph._p.replace(run._element, field)
            field.append(run._element)
            run.text = "1"
