"""Letters to units and the circular over all of them, as Word files made from a template that the office can replace.

A template is an ordinary Word document with words in double braces (``{{单位}}``, ``{{缺项}}``): see ``PLACEHOLDERS``. A
paragraph that holds one list word alone becomes numbered paragraphs of the same form; paragraphs between ``{{若 修改}}`` and
``{{完}}`` stand only where the condition holds. A template without such sections serves reports that are to be mended; the
other letters then come from the built-in template. The built-in wording is ``templates/letters.yaml``, in the form of
GB/T 9704-2012 (party and government documents).

A template is parsed once and its body copied for each letter with lxml: opening it with python-docx for each letter takes
some sixteen times as long (measured: 25 s against 1.5 s for 500 letters on a busy machine). The letters carry no clock: same input, same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any, NamedTuple

from scorer.audit.model import ASSESSED, GATE_WORDS, MEND, NO_REPORT, NOT_SUBMITTED, PASS, RETURN, UNREADABLE, Audit, Entry, Gap
from scorer.audit.outputs.tally import (
    VERDICT_WORDS,
    follow_counts,
    shared_between,
    shared_with_last_year,
    tally,
    unit_name,
)
from scorer.errors import FazhiError
from scorer.office.official import lay_out
from scorer.outputs.templates import templates_folder
from scorer.outputs.words import shorten, xml_text
from scorer.vocabulary import Severity, Status

PLACEHOLDERS = {
    "letter": (
        "单位", "年度", "报告", "文件", "原因", "得分", "等次", "结论", "受限", "规则包", "规则版本", "缺项", "必备缺项", "其他缺项", "缺项数",
        "必备缺项数", "矛盾", "矛盾数", "相似", "未提安排", "报送日期", "期限", "落款", "日期", "序", "次",
    ),
    "circular": (
        "年度", "应报数", "已查数", "平均分", "通过数", "修改数", "退回数", "优秀单位", "未报送数", "未报送单位", "重报数", "重报单位", "逾期数",
        "逾期单位", "缺必备数", "共性问题", "矛盾家数", "矛盾数", "相似家数", "沿用家数", "落实数", "提到数", "未提数", "重提数", "期限", "落款",
        "日期", "序", "次",
    ),
}  # fmt: skip
"""What may stand in a template, by kind of document."""
KINDS = ("未报送", "重报", "通过", "修改")
"""The sections of a letter template of which exactly one is used."""
CONDITIONS = {
    "letter": (*KINDS, "逾期", "有缺项", "有必备缺项", "有其他缺项", "有矛盾", "有相似", "有未提安排"),
    "circular": (
        "有优秀单位", "有未报送", "有重报", "有逾期", "有共性问题", "有数据问题", "有相同文字", "有上年对照", "没有问题",
    ),
}  # fmt: skip
QUOTE_MAX = 90
LISTED = 30
SHARED_PROBLEMS = 8
GOOD_UNITS = 10

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝\s]{1,12})\s*(?:\}\}|｝｝)")
_MARK = re.compile(r"(?:\{\{|｛｛)\s*(?:若\s*([^{}｛｝\s]{1,12})|完)\s*(?:\}\}|｝｝)")
# A model sentence with blanks to fill in: ``，如“受理____件”``.
_MODEL = re.compile(r"[，,：:；;。]?(?:例如|比如|如)“[^“”]*__[^“”]*(?:“[^“”]*”[^“”]*)*”")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
# Zip entries carry this day: the same letter is the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)

Value = str | Sequence[str]


def letter(audit: Audit, entry: Entry, template: bytes | None = None, deadline: datetime.date | None = None, *, signer: str = "") -> bytes:
    """The letter to the unit of one entry, as a .docx file.

    ``template`` replaces the built-in one; ``deadline`` is the day until which the report must be mended (without it, a
    term of days is named); ``signer`` signs (without it, its place is left open). Raises ``FazhiError`` for a template that
    cannot be used.
    """
    built_in = _parsed(default_template(), "letter")
    used = _parsed(template, "letter") if template is not None else built_in
    kind = _kind(audit, entry)
    if kind not in used.kinds and (used.kinds or kind != "修改"):
        used = built_in
    values, holds = _letter_values(audit, entry, deadline, signer)
    return used.fill(values, {*holds, kind})


def circular(audit: Audit, template: bytes | None = None, deadline: datetime.date | None = None, *, signer: str = "") -> bytes:
    """The draft of a circular over all units, as a .docx file; the parameters are those of ``letter``."""
    used = _parsed(template if template is not None else default_circular(), "circular")
    values, holds = _circular_values(audit, deadline, signer)
    return used.fill(values, holds)


def check_template(raw: bytes) -> None:
    """Raises ``FazhiError`` for a template of letters that cannot be used."""
    _parsed(raw, "letter")


def default_template() -> bytes:
    """The built-in template of letters, to be changed in Word and given back as ``template``."""
    return _built("letter")


def default_circular() -> bytes:
    """The built-in template of the circular."""
    return _built("circular")


# -- what is said --------------------------------------------------------------------------------------------------------


def _kind(audit: Audit, entry: Entry) -> str:
    if entry.state == NOT_SUBMITTED:
        return "未报送"
    if entry.state != ASSESSED or not entry.summary:
        return "重报"
    return "通过" if _verdict(audit, entry) == PASS else "修改"


def _verdict(audit: Audit, entry: Entry) -> str:
    return next((gate.verdict for other, gate in zip(audit.entries, audit.gates, strict=True) if other == entry), MEND)


def _letter_values(audit: Audit, entry: Entry, deadline: datetime.date | None, signer: str) -> tuple[dict[str, Value], set[str]]:
    say = _words()
    found = entry.summary
    gaps = [gap for gap in found.gaps if gap.status in (Status.MISSING, Status.PARTIAL)] if found else []
    required = [_gap(say, gap) for gap in gaps if gap.severity == Severity.REQUIRED]
    others = [_gap(say, gap) for gap in gaps if gap.severity != Severity.REQUIRED]
    contradictions = [_contradiction(say, c) for c in found.contradictions] if found else []
    likenesses = list(_likenesses(say, audit, entry))
    silent = [say("未提安排", 原文=_quote(item.quote)) for item in entry.follow_up if item.kind == "arrangement" and item.state == "silent"]
    submitted = entry.roster.submitted if entry.roster else None
    values: dict[str, Value] = {
        **_common(say, audit, deadline, signer, "没有期限"),
        "单位": unit_name(entry),
        "报告": (found.title if found else "") or say("无标题"),
        "文件": entry.path.rpartition("/")[2],
        "原因": entry.reason.rstrip("。"),
        "得分": f"{found.total:.1f}" if found else "",
        "等次": found.grade if found else "",
        "结论": GATE_WORDS.get(_verdict(audit, entry), ""),
        "受限": say("受限", 原因=_sentence(found.capped)) if found and found.capped else "",
        "规则包": audit.pack_title,
        "规则版本": audit.pack_version,
        "缺项": [*required, *others],
        "必备缺项": required,
        "其他缺项": others,
        "缺项数": str(len(gaps)),
        "必备缺项数": str(len(required)),
        "矛盾": contradictions,
        "矛盾数": str(len(contradictions)),
        "相似": likenesses,
        "未提安排": silent[:LISTED],
        "报送日期": _day(say, submitted) if submitted else "",
    }
    holds = {
        "逾期": bool(entry.late),
        "有缺项": bool(gaps),
        "有必备缺项": bool(required),
        "有其他缺项": bool(others),
        "有矛盾": bool(contradictions),
        "有相似": bool(likenesses),
        "有未提安排": bool(silent),
    }
    return values, {name for name, true in holds.items() if true}


def _circular_values(audit: Audit, deadline: datetime.date | None, signer: str) -> tuple[dict[str, Value], set[str]]:
    say = _words()
    counted, audit = tally(audit), audit.counted()
    absent = [unit_name(entry) for entry in audit.entries if entry.state == NOT_SUBMITTED]
    again = [unit_name(entry) for entry in audit.entries if entry.state in (NO_REPORT, UNREADABLE)]
    late = [unit_name(entry) for entry in audit.entries if entry.summary and entry.late]
    best = counted.grades[:1]
    passed = [
        (entry.summary.total, entry.unit)
        for entry, gate in zip(audit.entries, audit.gates, strict=True)
        if gate.verdict == PASS and entry.summary and entry.unit and entry.summary.grade in best
    ]
    good = [unit for _, unit in sorted(passed, key=lambda pair: -pair[0])][:GOOD_UNITS]
    shared = [
        say("共性问题", 要素=row.element.title, 缺失=str(row.missing), 不足=str(row.partial)) for row in counted.lacks[:SHARED_PROBLEMS]
    ]
    units = {entry.unit for entry in audit.entries}
    alike = {likeness.unit for likeness in shared_between(audit)} & units
    kept = {likeness.unit for likeness in shared_with_last_year(audit)} & units
    followed = follow_counts(tuple(item for entry in audit.entries for item in entry.follow_up))
    values: dict[str, Value] = {
        **_common(say, audit, deadline, signer, "通报没有期限"),
        "应报数": str(counted.due),
        "已查数": str(counted.states[ASSESSED]),
        "平均分": f"{counted.mean:.1f}" if counted.mean is not None else "0",
        "通过数": str(counted.gates[PASS]),
        "修改数": str(counted.gates[MEND]),
        "退回数": str(counted.gates[RETURN]),
        "优秀单位": "、".join(good),
        "未报送数": str(len(absent)),
        "未报送单位": "、".join(absent),
        "重报数": str(len(again)),
        "重报单位": "、".join(again),
        "逾期数": str(len(late)),
        "逾期单位": "、".join(late),
        "缺必备数": str(counted.lacking_required),
        "共性问题": shared,
        "矛盾家数": str(counted.contradictory),
        "矛盾数": str(counted.contradictions),
        "相似家数": str(len(alike)),
        "沿用家数": str(len(kept)),
        "落实数": str(followed["done"]),
        "提到数": str(followed["mentioned"]),
        "未提数": str(followed["silent"]),
        "重提数": str(followed["repeated"]),
    }
    holds = {
        "有优秀单位": good,
        "有未报送": absent,
        "有重报": again,
        "有逾期": late,
        "有共性问题": shared,
        "有数据问题": counted.contradictions,
        "有相同文字": alike or kept,
        "有上年对照": followed,
    }
    names = {name for name, true in holds.items() if true}
    return values, names if names - {"有优秀单位"} else {*names, "没有问题"}


def _common(say: _Words, audit: Audit, deadline: datetime.date | None, signer: str, no_deadline: str) -> dict[str, Value]:
    return {
        "年度": say("年度", 年份=str(audit.report_year)) if audit.report_year else say("没有年度"),
        "期限": _day(say, deadline) if deadline else say(no_deadline),
        "落款": signer or say("落款"),
        "日期": say("日期"),
    }


def _gap(say: _Words, gap: Gap) -> str:
    # The model sentence with its blanks stays in the gap report: a letter names what to do, not how to fill in a form.
    return say(
        "缺项",
        要素=gap.title,
        状态=VERDICT_WORDS.get(gap.status, gap.status),
        说明=_sentence(gap.message),
        依据=say("依据", 依据=gap.basis.rstrip("。；")) if gap.basis else "",
        建议=say("建议", 建议=_sentence(_MODEL.sub("", gap.fix))) if gap.fix else "",
    )


def _contradiction(say: _Words, found: Any) -> str:
    if not (found.printed and found.computed):
        return say("矛盾无推算", 原文=_quote(found.quote))
    formula = say("算式", 算式=found.formula) if found.formula else ""
    return say("矛盾", 原文=_quote(found.quote), 文中写=found.printed, 算得=found.computed, 算式=formula)


def _likenesses(say: _Words, audit: Audit, entry: Entry) -> Iterator[str]:
    for likeness in audit.likenesses:
        if not entry.unit or likeness.unit != entry.unit:
            continue
        word = "沿用" if likeness.previous else "相似"
        share = f"{likeness.share * 100:.0f}%"
        if likeness.passages:
            yield say(word, 对方=likeness.other, 占比=share, 例句=_quote(likeness.passages[0].mine))
        else:
            yield say(f"{word}无例句", 对方=likeness.other, 占比=share)
        for line in likeness.old_years:
            yield say("旧年份", 原文=_quote(line))


def _quote(text: str) -> str:
    return shorten(text, QUOTE_MAX).rstrip("。；")


def _sentence(text: str) -> str:
    """The text with a full stop at its end; nothing stays nothing."""
    return text if not text or text[-1] in "。！？”" else f"{text.rstrip('；，,;. ')}。"


def _day(say: _Words, day: datetime.date) -> str:
    return say("期限", 年=str(day.year), 月=str(day.month), 日=str(day.day))


# -- the wording ---------------------------------------------------------------------------------------------------------


class _Words:
    """The short forms of ``letters.yaml``, with their own words in braces filled in."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = forms

    def __call__(self, form: str, /, **values: str) -> str:
        return _FIELD.sub(lambda match: values.get(match[1], ""), self.forms[form])


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    from scorer.rulepack import yamlnodes

    parsed = yamlnodes.parse((templates_folder() / "letters.yaml").read_bytes(), "letters.yaml")
    if parsed.problems:
        raise FazhiError(str(parsed.problems[0]), remedy="请改正 letters.yaml 后再试")
    data: dict[str, Any] = parsed.data
    return data


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words({name: str(form) for name, form in _wording()["words"].items()})


# -- templates -----------------------------------------------------------------------------------------------------------


class _Block(NamedTuple):
    """A top-level piece of the body. ``single`` is the list word that it holds alone; ``inside`` are its sections' conditions."""

    element: Any
    inside: tuple[str, ...]
    fields: bool
    single: str


class _Template:
    """A Word template, taken apart once: the parts that stay, and those that are filled for each letter."""

    def __init__(self, raw: bytes, kind: str) -> None:
        from scorer.office import xml
        from scorer.office.archive import Archive

        archive = Archive(raw)
        self.kind = kind
        self.parts = {name: data for name in sorted(archive.names) if (data := archive.part(name)) is not None}
        document = self.parts.get("word/document.xml")
        if document is None or "[Content_Types].xml" not in self.parts:
            raise FazhiError("模板不是Word文档（docx）", remedy="请用Word或WPS另存为docx格式后再试")
        self.root = xml.parse(document)
        self.margins = {}
        for name in self.parts:
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                root = xml.parse(self.parts[name])
                if self._check(root):
                    self.margins[name] = root
        body = self.root.find(f"{_W}body")
        if body is None:
            raise FazhiError("模板里没有正文", remedy="请用Word或WPS另存为docx格式后再试")
        self.blocks = self._blocks(list(body))
        self.kinds = {name for block in self.blocks for name in block.inside if name in KINDS}
        for child in list(body):
            body.remove(child)
        # The parts that stay are packed once; each letter only adds its own to a copy of the archive. Packing all of them
        # anew took most of the time of a letter.
        self.rest = _zipped({name: data for name, data in self.parts.items() if name != "word/document.xml" and name not in self.margins})

    def _blocks(self, children: Sequence[Any]) -> list[_Block]:
        blocks, inside = [], list[str]()
        for child in children:
            text = _text(child).strip() if child.tag == f"{_W}p" else ""
            mark = _MARK.fullmatch(text)
            if mark and mark[1]:
                if mark[1] not in CONDITIONS[self.kind]:
                    raise FazhiError(f"模板里有认不出的条件“若{mark[1]}”", remedy=f"可用的条件：{'、'.join(CONDITIONS[self.kind])}")
                inside.append(mark[1])
            elif mark:
                if not inside:
                    raise FazhiError("模板里多了一个“完”", remedy="每个“完”要有一个“若”在前面")
                inside.pop()
            else:
                only = _FIELD.fullmatch(text)
                blocks.append(_Block(child, tuple(inside), self._check(child), only[1] if only else ""))
        if inside:
            raise FazhiError(f"模板里的“若{inside[-1]}”没有结束", remedy="请在这一节后面另起一段写 {{完}}")
        return blocks

    def _check(self, element: Any) -> bool:
        """Whether there are words to fill in. Raises ``FazhiError`` for one that nobody knows."""
        names = [name for paragraph in element.iter(f"{_W}p") for name in _FIELD.findall(_text(paragraph))]
        for name in names:
            if name not in PLACEHOLDERS[self.kind]:
                raise FazhiError(f"模板里有认不出的词“{{{{{name}}}}}”", remedy=f"可用的词：{'、'.join(PLACEHOLDERS[self.kind])}")
        return bool(names)

    def fill(self, values: Mapping[str, Value], holds: set[str]) -> bytes:
        """The document with the values in it and the sections whose conditions hold."""
        from lxml import etree

        root = deepcopy(self.root)
        body = root.find(f"{_W}body")
        order = _Order(values)
        for block in self.blocks:
            if not holds.issuperset(block.inside):
                continue
            items = values.get(block.single, "") if block.single else ""
            if block.single and not isinstance(items, str):
                for number, item in enumerate(items, 1):
                    paragraph = deepcopy(block.element)
                    _replace(paragraph, _Order({block.single: f"{number}. {item}"}))
                    body.append(paragraph)
            else:
                element = deepcopy(block.element)
                if block.fields:
                    for paragraph in element.iter(f"{_W}p"):
                        _replace(paragraph, order)
                body.append(element)
        changed = {"word/document.xml": root}
        for name, margin in self.margins.items():
            changed[name] = deepcopy(margin)
            for paragraph in changed[name].iter(f"{_W}p"):
                _replace(paragraph, order)
        new = {name: etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True) for name, tree in changed.items()}
        return _zipped(new, self.rest)


class _Order:
    """Gives a word its value; ``序`` counts 一, 二, 三 down the document, ``次`` anew within each."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.counts = {"序": 0, "次": 0}

    def __call__(self, name: str) -> str:
        if name in self.counts:
            self.counts[name] += 1
            if name == "序":
                self.counts["次"] = 0
            return _NUMERALS[min(self.counts[name], len(_NUMERALS)) - 1]
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "；".join(item.rstrip("。；") for item in value)


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph itself, without those of paragraphs within it (text boxes)."""
    return [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in _texts(paragraph)) if paragraph.tag == f"{_W}p" else ""


def _replace(paragraph: Any, value: Callable[[str], str]) -> None:
    """Fill in the words of a paragraph, also those that Word has split over several runs: the first run takes the value."""
    nodes = _texts(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    found = [(match.span(), xml_text(value(match[1]))) for match in _FIELD.finditer(whole)]
    for (start, end), text in reversed(found):
        at = 0
        for node in nodes:
            own = node.text or ""
            first, last = max(start - at, 0), min(end - at, len(own))
            if first < last:
                node.text = own[:first] + text + own[last:]
                node.set(_SPACE, "preserve")
                text = ""
            at += len(own)


def _zipped(parts: Mapping[str, bytes], before: bytes = b"") -> bytes:
    """An archive of the parts, added to the archive ``before``; always the same bytes for the same parts."""
    buffer = io.BytesIO(before)
    with zipfile.ZipFile(buffer, "a" if before else "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            archive.writestr(zipfile.ZipInfo(name, _DAY), parts[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@lru_cache(maxsize=6)
def _parsed(raw: bytes, kind: str) -> _Template:
    return _Template(raw, kind)


# -- the built-in template -----------------------------------------------------------------------------------------------


class _Style(NamedTuple):
    """A kind of paragraph: the font, its size in points, how it stands, how far it is set in (in characters)."""

    font: str
    size: float
    align: str
    first: int = 0
    right: int = 0
    bold: bool = False
    before: float = 0


# GB/T 9704-2012: title in 2号 (22 pt), body in 3号 (16 pt) on lines of 28 pt, headings in 黑体, signature to the right.
_STYLES = {
    "标题": _Style("方正小标宋简体", 22, "center"),
    "称谓": _Style("仿宋", 16, "both", before=28),
    "正文": _Style("仿宋", 16, "both", first=2),
    "层次": _Style("黑体", 16, "both", first=2),
    "附注": _Style("仿宋", 14, "both", first=2),
    "署名": _Style("仿宋", 16, "right", right=4, before=56),
    "日期": _Style("仿宋", 16, "right", right=4),
}


@lru_cache(maxsize=2)
def _built(kind: str) -> bytes:
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
        if style == "若":
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
    parts[relations] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts[relations])
    return _zipped(parts)


def _paragraph(document: Any, style: _Style, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
        style.align
    ]
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28 if style.size < 20 else 36)
    form.space_before, form.space_after = Pt(style.before), Pt(0)
    form.first_line_indent = Pt(style.size * style.first) if style.first else None
    form.right_indent = Pt(style.size * style.right) if style.right else None
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
