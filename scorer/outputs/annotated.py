"""The draft back with Word comments: each at the words it is about, or where what is missing belongs.

Nothing is judged here: comments say what the findings say, at the places that the findings name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scorer.errors import FazhiError
from scorer.outputs.html import advice
from scorer.outputs.shares import Shares, tenths
from scorer.outputs.wordcomments import Note, places, put
from scorer.outputs.words import unquoted, verdict
from scorer.result import Assessment, Finding, Passage, SectionResult
from scorer.version import VERSION
from scorer.vocabulary import Arithmetic, Status

FIRST = 5
"""How many gaps the summary names."""
_TAIL = 8
_HEAD = 30
_ORDER = ("measures", "first-responsible", "problems", "plan")


def annotate(raw: bytes, assessment: Assessment, *, date: datetime.datetime | None = None) -> bytes:
    """The Word file ``raw``, of which ``assessment`` was made, with comments; text, formatting and all other parts stay.

    Comments of an earlier run are replaced, those of people kept. Without ``date`` (UTC) the comments carry none.
    Raises ``FazhiError`` for what is no Word file or not the one that was assessed, ``ValueError`` for what is no annual report.
    """
    from scorer.readers import docx

    if not raw.startswith(b"PK"):
        raise FazhiError("不是Word文档（.docx），不能加批注", remedy="请用Word或WPS打开后另存为.docx再试")
    word = docx.opened(raw)
    where = places(word)
    if where.text != assessment.text:
        raise FazhiError("文档与检查结果对不上，可能在检查以后改动过", remedy="请重新检查这份文件")
    return put(raw, word, where, notes(assessment), date=date)


def from_text(assessment: Assessment, *, date: datetime.datetime | None = None) -> bytes:
    """A Word file of the text that was assessed, in official form, with the same comments; for what was no Word file.

    Lines around the text of a web page are left out. Raises ``ValueError`` for what is no annual report.
    """
    from scorer.office.official import ADDRESSEE, BODY, HEADINGS, SIGNATURE, TITLE, Official
    from scorer.readers import docx

    said = notes(assessment)
    page = assessment.source.format == "html"
    shown = [p for p in assessment.paragraphs if not (page and p[2] == "outside")] or list(assessment.paragraphs)
    document = Official(assessment.metadata.get("title") or "")
    addressee = assessment.metadata.get("addressee")
    for start, end, kind in shown:
        text = assessment.text[start:end]
        style = {"title": TITLE, "heading": HEADINGS[0 if text[:1] in "一二三四五六七八九十" else 1], "signature": SIGNATURE}.get(
            kind, BODY
        )
        document.add(text, ADDRESSEE if kind == "body" and addressee and text.rstrip("：:").endswith(addressee[-4:]) else style)
    raw = document.bytes()
    word = docx.opened(raw)
    return put(raw, word, places(word, [start for start, _, _ in shown]), said, date=date)


# -- what is said, and where ---------------------------------------------------------------------------------------------


class Range(NamedTuple):
    """A range of the original text."""

    start: int
    end: int


def notes(assessment: Assessment) -> tuple[Note, ...]:
    """All comments in the order of the text, the summary first. Raises ``ValueError`` for what is no annual report."""
    if not assessment.is_annual_report or assessment.score is None:
        raise ValueError(f"not an annual report, nothing to annotate: {assessment.reason}")
    shares = Shares.of(assessment)
    where = Where(assessment)
    said: dict[Range, list[list[str]]] = {}
    absent: dict[tuple[Range, str, tuple[str, ...]], list[Finding]] = {}
    wrong = {
        _range(s.passage): f"文中写{s.printed}，按{s.formula}应为{s.computed}"
        for s in assessment.statements
        if s.verdict == Arithmetic.INCONSISTENT
    }
    told: set[Range] = set()
    for finding in shares.gaps(assessment):
        faults = [(_range(fault.passage), fault.because) for fault in finding.faults]
        if not faults and finding.evidence and all(_range(passage) in wrong for passage in finding.evidence):
            faults = [(_range(passage), wrong[_range(passage)]) for passage in finding.evidence]
        for number, (place, because) in enumerate(faults):
            said.setdefault(place, []).append(_fault(finding, because, shares, first=number == 0))
            told.add(place)
        if not faults:
            absent.setdefault((*where.belongs(finding), finding.place), []).append(finding)
    for place, because in wrong.items():
        if place not in told:
            said.setdefault(place, []).append(["【数字矛盾】", f"{because}。"])
    placed = [Note(place.start, place.end, tuple(_joined(entries))) for place, entries in said.items()]
    placed += [Note(place.start, place.end, tuple(_absent(findings, how, shares))) for (place, how, _), findings in absent.items()]
    placed.sort(key=lambda note: (note.start, note.end))
    title = where.title()
    return (Note(title.start, title.end, tuple(_summary(assessment, shares, len(placed)))), *placed)


def _range(passage: Passage) -> Range:
    return Range(passage.quote.start, passage.quote.end)


def _joined(entries: Sequence[Sequence[str]]) -> Iterable[str]:
    for number, lines in enumerate(entries):
        if number:
            yield ""
        yield from lines


def _advice(finding: Finding) -> tuple[str, str]:
    text, model = advice(finding.fix)
    return text, unquoted(model)


def _gain(finding: Finding, shares: Shares) -> str:
    gain = shares.findings[finding.rule].gain
    return f"（改好+{tenths(gain)}分）" if gain else ""


def _fault(finding: Finding, because: str, shares: Shares, *, first: bool) -> list[str]:
    """What is wrong at one place; basis and model sentence stand at the first one only."""
    text, model = _advice(finding)
    lines = [f"【要改】{finding.title}{_gain(finding, shares) if first else ''}", f"{because.rstrip('。')}。", f"怎么改：{text}"]
    if first:
        lines += [f"参考写法：{model}"] if model else []
        lines.append(_basis(finding))
    return lines


def _absent(findings: Sequence[Finding], how: str, shares: Shares) -> list[str]:
    """What belongs at one place and is not there."""
    one = len(findings) == 1
    gain = sum(shares.findings[finding.rule].gain for finding in findings)
    lines = [] if one else [f"【缺失】{len(findings)}项（补齐共+{tenths(gain)}分）"]
    for number, finding in enumerate(findings, 1):
        text, model = _advice(finding)
        name = f"{finding.title}{_gain(finding, shares)}"
        lines += [f"【{Status(finding.status).word}】{name}", finding.message] if one else [f"{number}. {name}：{finding.message}"]
        if one or not model:
            lines.append(f"怎么改：{text}")
        lines += [f"参考写法：{model}"] if model else []
        lines.append(_basis(finding))
    return [*lines, how] if how else lines


def _basis(finding: Finding) -> str:
    named = "；".join(f"《{b.source}》{f'（{b.number}）' if b.number else ''}{b.clause}" for b in finding.basis)
    return f"依据：{named}（规则 {finding.rule}）"


def _summary(assessment: Assessment, shares: Shares, count: int) -> list[str]:
    score = assessment.score
    assert score is not None
    lines = [
        f"检查结果：{tenths(shares.total.points)}分，{score.grade}" if score.grade else f"检查结果：{tenths(shares.total.points)}分",
        verdict(assessment),
    ]
    if score.capped:
        lines.append(score.capped)
    gaps = shares.gaps(assessment)
    if gaps:
        lines.append(
            f"要补要改的{len(gaps)}项，批注{count}处。先改这些：" if len(gaps) > FIRST else f"要补要改的{len(gaps)}项，批注{count}处："
        )
        lines += [
            f"{n}. {f.title}：{Status(f.status).word}（+{tenths(shares.findings[f.rule].gain)}分）" for n, f in enumerate(gaps[:FIRST], 1)
        ]
    else:
        lines.append("没有需要补的内容。")
    review = [finding for finding in assessment.findings if finding.status == Status.NEEDS_REVIEW]
    if review:
        lines.append(f"待复核{len(review)}项：{'、'.join(f.title for f in review)}。")
    lines += [*assessment.notes, *assessment.source.warnings]
    pack = assessment.pack
    lines.append(
        f"规则包{pack.title}（{pack.id} {pack.version}，{pack.sha256[:8]}），程序 fazhi-scorer {VERSION}。结论由程序依规则得出，供人工复核。"
    )
    lines.append("再次运行会更换这些批注，别人的批注不动。")
    return lines


class Where:
    """Places in the text for what is not in it."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.own = [p for p in assessment.paragraphs if p[2] != "outside"] or list(assessment.paragraphs)
        self.findings = assessment.findings

    def title(self) -> Range:
        """The title, or the first line."""
        named = next((p for p in self.own if p[2] == "title"), None)
        return Range(*named[:2]) if named else self._head(self.own[0])

    def belongs(self, finding: Finding) -> tuple[Range, str]:
        """Where a missing element belongs, and a word on how it is put there."""
        part = finding.place[0] if finding.place else ""
        if part in _ORDER:
            beside = self._beside(finding)
            return (beside, "可接着这一段写。") if beside else self._section(part)
        if part == "addressee":
            return self._head(next((p for p in self.own if p[2] in ("body", "heading")), self.own[-1])), "写在这一段之前，单独成行。"
        if part == "signature":
            signed = [p for p in self.own if p[2] == "signature"]
            return self._tail((signed or self.own)[-1]), "" if signed else "写在正文之后，单独成行。"
        return self.title(), ""

    def _beside(self, finding: Finding) -> Range | None:
        """The end of the last paragraph that tells of the same part of the outline."""
        if len(finding.place) < 2:
            return None
        near = [f for f in self.findings if f.place == finding.place]
        starts = [p.quote.start for f in near if f.status == Status.MET for p in f.evidence]
        starts += [fault.passage.quote.start for f in near for fault in f.faults]
        inside = [p for p in self.own if p[2] == "body" and any(p[0] <= start < p[1] for start in starts)]
        return self._tail(inside[-1]) if inside else None

    def _section(self, role: str) -> tuple[Range, str]:
        """The heading of the part; where there is none, the end of the part before it."""
        sections = self.assessment.sections
        own = next((s for s in sections if s.role == role), None)
        if own is not None:
            return self._head(self._paragraph(own)), "写在这一部分。"
        before = [s for s in sections if s.role in _ORDER[: _ORDER.index(role)]]
        if not before:
            return self._tail(next((p for p in reversed(self.own) if p[2] in ("body", "heading")), self.own[-1])), "在这里另起一部分写。"
        end = max(s.end for s in before)
        last = next((p for p in reversed(self.own) if p[0] < end and p[2] in ("body", "heading")), self.own[-1])
        return self._tail(last), "在这里另起一部分写。"

    def _paragraph(self, section: SectionResult) -> tuple[int, int, str]:
        return next((p for p in self.own if p[1] > section.start), self.own[-1])

    @staticmethod
    def _head(paragraph: tuple[int, int, str]) -> Range:
        return Range(paragraph[0], min(paragraph[1], paragraph[0] + _HEAD))

    @staticmethod
    def _tail(paragraph: tuple[int, int, str]) -> Range:
        return Range(max(paragraph[0], paragraph[1] - _TAIL), paragraph[1])
