"""The draft back with Word comments: each at the words it is about, or where what is missing belongs.

Nothing is judged here: comments say what the findings say, at the places that the findings name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from scorer.errors import FazhiError
from scorer.outputs import sentences as say
from scorer.outputs.belongs import Range, Where
from scorer.outputs.sentences import CONTRARY_WORD
from scorer.outputs.shares import Shares, tenths
from scorer.outputs.wordcomments import Change, Note, places, put
from scorer.outputs.words import advice, is_late, status_word, verdict
from scorer.result import Assessment, Finding, Passage, StatementResult
from scorer.text.shorten import unquoted
from scorer.version import VERSION
from scorer.vocabulary import Arithmetic, Severity, Status

CERTAIN = ("rate", "share")
"""Kinds of statements of which the printed percentage is what is wrong, as far as a machine can tell."""
_PERCENT = re.compile(r"(?<!\d)\d{1,9}(?:\.\d{1,6})?[%％]")
_ORDER = tuple(Severity)
FIRST = 5
"""How many gaps the summary names."""


def annotate(
    raw: bytes,
    assessment: Assessment,
    *,
    date: datetime.datetime | None = None,
    only: Severity | None = None,
    revise: bool = False,
) -> bytes:
    """The Word file ``raw``, of which ``assessment`` was made, with comments; text, formatting and all other parts stay.

    Comments of an earlier run are replaced, those of people kept. Without ``date`` the comments carry none. ``only`` leaves
    out what is asked for less than that; ``revise`` puts certain figures right as tracked changes, to be accepted by a person.
    Raises ``FazhiError`` for what is no Word file or not the one that was assessed, ``ValueError`` for what is no annual report.
    """
    from scorer.readers import docx

    if not raw.startswith(b"PK"):
        raise FazhiError("不是Word文档（.docx），不能加批注", remedy="请用Word或WPS打开后另存为.docx再试")
    word = docx.opened(raw)
    where = places(word)
    if where.text != assessment.text:
        raise FazhiError("文档与检查结果对不上，可能在检查以后改动过", remedy="请重新检查这份文件")
    return put(raw, word, where, notes(assessment, only), changes(assessment) if revise else (), date=date)


def from_text(assessment: Assessment, *, date: datetime.datetime | None = None) -> bytes:
    """A Word file of the text that was assessed, in official form, with the same comments; for what was no Word file.

    Lines around the text of a web page are left out. Raises ``ValueError`` for what is no annual report.
    """
    from scorer.readers import docx

    raw = _written(assessment, _shown(assessment))
    word = docx.opened(raw)
    return put(raw, word, places(word, [start for start, _, _ in _shown(assessment)]), notes(assessment), date=date)


def plain(assessment: Assessment) -> bytes:
    """A Word file of the report in official form, without a comment and without what stands around it."""
    return _written(assessment, [p for p in assessment.paragraphs if p[2] != "outside"] or list(assessment.paragraphs))


def _written(assessment: Assessment, paragraphs: Sequence[tuple[int, int, str]]) -> bytes:
    from scorer.office.official import ADDRESSEE, BODY, HEADINGS, SIGNATURE, TITLE, Official

    document = Official(assessment.metadata.get("title") or "")
    addressee = assessment.metadata.get("addressee")
    for start, end, kind in paragraphs:
        text = assessment.text[start:end]
        style = {"title": TITLE, "heading": HEADINGS[0 if text[:1] in "一二三四五六七八九十" else 1], "signature": SIGNATURE}.get(
            kind, BODY
        )
        document.add(text, ADDRESSEE if kind == "body" and addressee and text.rstrip("：:").endswith(addressee[-4:]) else style)
    return document.bytes()


def _shown(assessment: Assessment) -> list[tuple[int, int, str]]:
    page = assessment.source.format == "html"
    return [p for p in assessment.paragraphs if not (page and p[2] == "outside")] or list(assessment.paragraphs)


# -- what is said, and where ---------------------------------------------------------------------------------------------


def notes(assessment: Assessment, only: Severity | None = None) -> tuple[Note, ...]:
    """All comments in the order of the text, the summary first: what is wrong, and words to write.

    ``only`` leaves out what is asked for less than that. Raises ``ValueError`` for what is no annual report.
    """
    if not assessment.is_annual_report or assessment.score is None:
        raise ValueError(f"not an annual report, nothing to annotate: {assessment.reason}")
    shares = Shares.of(assessment)
    where = Where(assessment)
    said: dict[Range, list[list[str]]] = {}
    absent: dict[tuple[Range, str, tuple[str, ...]], list[Finding]] = {}
    wrong = {_range(s.passage): _sum(s) for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT and not s.across}
    told: set[Range] = set()
    gaps = [finding for finding in shares.gaps(assessment) if only is None or _ORDER.index(finding.severity) <= _ORDER.index(only)]
    for finding in gaps:
        faults = [(_range(fault.passage), fault.because) for fault in finding.faults]
        if not faults and finding.evidence and all(_range(passage) in wrong for passage in finding.evidence):
            faults = [(_range(passage), wrong[_range(passage)]) for passage in finding.evidence]
        for number, (place, because) in enumerate(faults):
            said.setdefault(place, []).append(_fault(finding, because, first=number == 0 and place not in wrong))
            told.add(place)
        if not faults:
            absent.setdefault((*where.belongs(finding), finding.place), []).append(finding)
    for place, because in wrong.items():
        if place not in told:
            said.setdefault(place, []).append([f"【{CONTRARY_WORD}】{because}。"])
    placed = [Note(place.start, place.end, tuple(_joined(entries))) for place, entries in said.items()]
    placed += [Note(place.start, place.end, tuple(_absent(findings, how))) for (place, how, _), findings in absent.items()]
    placed.sort(key=lambda note: (note.start, note.end))
    title = where.title()
    return (Note(title.start, title.end, tuple(_summary(assessment, shares, gaps, len(placed)))), *placed)


def changes(assessment: Assessment) -> tuple[Change, ...]:
    """What is certain enough to be put right by itself, for a person to accept: a rate that does not follow from its figures, a
    year in a title or heading that is not the report's."""
    found = []
    for statement in assessment.statements:
        quote = statement.passage.quote
        certain = statement.verdict == Arithmetic.INCONSISTENT and statement.kind in CERTAIN
        percentages = _PERCENT.fullmatch(statement.printed) and _PERCENT.fullmatch(statement.computed)
        if certain and percentages and quote.quote.count(statement.printed) == 1:
            start = quote.start + quote.quote.index(statement.printed)
            found.append(Change(start, start + len(statement.printed), statement.computed))
    for fault in (fault for finding in assessment.findings if finding.gap for fault in finding.faults):
        quote = fault.passage.quote
        if fault.mend is None or quote.quote.count(fault.mend[0]) != 1:
            continue
        start = quote.start + quote.quote.index(fault.mend[0])
        change = Change(start, start + len(fault.mend[0]), fault.mend[1])
        if change not in found:
            found.append(change)
    return tuple(sorted(found, key=lambda change: change.start))


def _sum(statement: StatementResult) -> str:
    return f"文中写{statement.printed}，按{statement.formula}应为{statement.computed}"


def _range(passage: Passage) -> Range:
    return Range(passage.quote.start, passage.quote.end)


def _joined(entries: Sequence[Sequence[str]]) -> Iterable[str]:
    for number, lines in enumerate(entries):
        if number:
            yield ""
        yield from lines


def _write(finding: Finding) -> str:
    """The sentence to write, or else the advice."""
    text, model = advice(finding.fix)
    return f"{say.WRITE}：{unquoted(model)}" if model else f"{say.ADVICE}：{text}"


def _fault(finding: Finding, because: str, *, first: bool) -> list[str]:
    """What is wrong at one place; what to write stands at the first one only, and what is late cannot be written."""
    lines = [f"【{status_word(finding)}】{finding.title}：{because.rstrip('。')}。"]
    return [*lines, _write(finding)] if first and not is_late(finding) else lines


def _absent(findings: Sequence[Finding], how: str) -> list[str]:
    """What belongs at one place and is not there."""
    if len(findings) == 1:
        finding = findings[0]
        lines = [f"【{status_word(finding)}】{finding.title}：{finding.message}", _write(finding)]
    else:
        lines = [f"【{say.MEND_HERE.format(count=len(findings))}】"]
        lines += [f"{number}. {finding.title}。{_write(finding)}" for number, finding in enumerate(findings, 1)]
    return [*lines, how] if how else lines


def _summary(assessment: Assessment, shares: Shares, gaps: Sequence[Finding], count: int) -> list[str]:
    score = assessment.score
    assert score is not None
    lines = [
        f"检查结果：{tenths(shares.total.points)}分，{score.grade}" if score.grade else f"检查结果：{tenths(shares.total.points)}分",
        verdict(assessment),
    ]
    if score.capped:
        lines.append(score.capped)
    mends = [finding for finding in gaps if not is_late(finding)]
    if mends:
        lines.append(f"修改{len(mends)}项，批注{count}处。{say.MEND}：" if len(mends) > FIRST else f"修改{len(mends)}项，批注{count}处：")
        lines += [
            f"{n}. {f.title}：{status_word(f)}（{say.GAIN}{tenths(shares.findings[f.rule].gain)}）" for n, f in enumerate(mends[:FIRST], 1)
        ]
    else:
        lines.append(say.NOTHING)
    late = [finding.message for finding in gaps if is_late(finding)]
    if late:
        lines.append(f"{''.join(late)}{say.LATE_LEAD}")
    review = [finding for finding in assessment.findings if finding.status == Status.NEEDS_REVIEW]
    if review:
        lines.append(f"待复核{len(review)}项：{'、'.join(f.title for f in review)}。")
    lines += [*assessment.notes, *assessment.source.warnings]
    sources = dict.fromkeys(f"《{b.source}》{f'（{b.number}）' if b.number else ''}" for f in gaps for b in f.basis)
    if sources:
        lines.append(f"{say.BASIS}：{'、'.join(sources)}。各项条款见差距报告。")
    pack = assessment.pack
    lines.append(f"规则包{pack.title}（{pack.id} {pack.version}），程序 fazhi-scorer {VERSION}。{say.BY_MACHINE}")
    lines.append("再次运行会更换这些批注，别人的批注不动。")
    return lines
