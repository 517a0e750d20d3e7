"""The draft back with Word comments: each at the words it is about, or where what is missing belongs.

Nothing is judged here: comments say what the findings say, at the places that the findings name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from scorer.errors import FazhiError
from scorer.outputs.belongs import Range, Where
from scorer.outputs.shares import Shares, tenths
from scorer.outputs.wordcomments import Note, places, put
from scorer.outputs.words import advice, verdict
from scorer.result import Assessment, Finding, Passage
from scorer.text.shorten import unquoted
from scorer.version import VERSION
from scorer.vocabulary import Arithmetic, Status

FIRST = 5
"""How many gaps the summary names."""


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
