"""The front door: a document and a pack in, an assessment out. The one place where all steps are called in order."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from scorer.checks.base import Outcome
from scorer.document import UNFILLED, Document, Span
from scorer.findings import case_of, outcomes
from scorer.parsing.identify import why_no_report
from scorer.parsing.metadata import Datum
from scorer.parsing.report import Report, parse
from scorer.result import (
    ActResult,
    Assessment,
    BasisResult,
    FacetResult,
    Finding,
    Near,
    PackInfo,
    Passage,
    SectionResult,
    ShortcomingResult,
    SourceInfo,
    StatementResult,
)
from scorer.rulepack.model import Pack, Rule
from scorer.rulepack.store import load_pack
from scorer.scorecard import Weighed, weigh
from scorer.vocabulary import Field, Level, Place, Status

_BLANKS = re.compile(f"{UNFILLED}+")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user knows better than the page: report year, level, and the dates of submission and publication; ``draft``
    says that it is not published yet, so that no page can show a date of publication. ``previous`` is last year's report,
    against which what is said of last year is held."""

    report_year: int | None = None
    level: str | None = None
    published: datetime.date | None = None
    submitted: datetime.date | None = None
    draft: bool = False
    previous: Document | None = None

    def __post_init__(self) -> None:
        if self.level is not None and self.level not in tuple(Level):
            raise ValueError(f"unknown level: {self.level}")


def assess(document: Document, pack: Pack | None = None, options: Options | None = None, *, force: bool = False) -> Assessment:
    """Judge a document by a pack (the national one if none is given).

    Never raises for what stands in the document: what is no annual report comes back as such, with the reason;
    ``force`` judges it all the same (the small texts of rule tests).
    """
    pack = pack or load_pack()
    options = options or Options()
    previous = parse(options.previous, pack) if options.previous is not None else None
    return judge(examine(document, pack, options), pack, force=force, draft=options.draft, previous=previous)


def examine(document: Document, pack: Pack, options: Options | None = None) -> Report:
    """The first half of ``assess``: the document read as a report, for who needs its parts beside the verdicts."""
    options = options or Options()
    return overrule(parse(document, pack, year=options.report_year, level=options.level), options)


def judge(report: Report, pack: Pack, *, force: bool = False, draft: bool = False, previous: Report | None = None) -> Assessment:
    """The second half of ``assess``: the verdicts of a pack on a report that was read with the same pack."""
    return _Assembler(report, pack, previous).assessment(force, draft)


def overrule(report: Report, options: Options) -> Report:
    """The level and dates that the user knows better, put over a report already read (the year must be known in reading)."""
    metadata = report.metadata
    if options.level:
        metadata = replace(metadata, level=options.level)
    if options.published:
        metadata = replace(metadata, publication_date=Datum(options.published.isoformat(), None, Place.OPTION))
    if options.submitted:
        metadata = replace(metadata, submission_date=Datum(options.submitted.isoformat(), None, Place.OPTION))
    return replace(report, metadata=metadata) if metadata is not report.metadata else report


def _unpublished(rule: Rule, outcome: Outcome) -> Outcome:
    """A draft cannot show when it was published: that is no gap of it."""
    if outcome.status == Status.MISSING and rule.params.get("field") == Field.PUBLICATION_DATE:
        return Outcome(Status.NOT_APPLICABLE, "草稿还没有公开；公开时在页面标明发布日期。")
    return outcome


class _Assembler:
    """Turns ranges into quotes and outcomes into findings."""

    def __init__(self, report: Report, pack: Pack, previous: Report | None) -> None:
        self.pack = pack
        self.case = case_of(report, pack, previous)
        self.report = self.case.report
        self._passages: dict[Span, Passage] = {}

    def assessment(self, force: bool, draft: bool = False) -> Assessment:
        report = self.report
        metadata = report.metadata
        reason = "" if force else why_no_report(report)
        findings: tuple[Finding, ...] = ()
        score = None
        if not reason:
            judged = [(rule, _unpublished(rule, outcome) if draft else outcome) for rule, outcome in outcomes(self.case, self.pack)]
            weighed, score = weigh(self.pack, [(rule, outcome.status) for rule, outcome in judged])
            findings = tuple(self._finding(rule, outcome, w) for (rule, outcome), w in zip(judged, weighed, strict=True))
        document = report.document
        return Assessment(
            source=SourceInfo(document.path, document.sha256, document.format, len(document.text), self._warnings(), document.recognised),
            pack=PackInfo(self.pack.id, self.pack.title, self.pack.version, self.pack.sha256),
            is_annual_report=not reason,
            reason=reason,
            report_year=metadata.report_year,
            level=metadata.level,
            metadata={name.value: datum.value if (datum := getattr(metadata, name)) else None for name in Field},
            sections=() if reason else tuple(self._sections()),
            findings=findings,
            shortcomings=() if reason else tuple(self._shortcomings()),
            arrangements=() if reason else tuple(self._passage(a.span) for a in report.arrangements),
            statements=() if reason else tuple(self._statements()),
            score=score,
            notes=tuple(self._notes()),
            text=document.text,
            paragraphs=tuple(self._paragraphs()),
            model=self.case.reading.model.info if self.case.reading else None,
        )

    def _passage(self, span: Span) -> Passage:
        passage = self._passages.get(span)
        if passage is None:
            passage = self._passages[span] = self._quoted(span)
        return passage

    def _quoted(self, span: Span) -> Passage:
        quote = self.report.quote(span)
        line = self.report.document.folded.line_at(span.start)
        return Passage(quote, self.report.index.path_of(span.start), line + 1, self.report.document.paragraphs[line].page)

    def _finding(self, rule: Rule, outcome: Outcome, weighed: Weighed) -> Finding:
        return Finding(
            rule=rule.id,
            title=rule.title,
            category=rule.category,
            severity=rule.severity,
            status=outcome.status,
            weight=rule.weight,
            worth=weighed.worth,
            points=weighed.points,
            message=outcome.message,
            why=rule.why,
            fix=rule.advice(self.report.metadata.level),
            basis=tuple(BasisResult(b.source, b.number, b.clause) for b in rule.basis),
            evidence=tuple(self._passage(span) for span in outcome.evidence),
            near=tuple(Near(self._passage(near.span), near.because) for near in outcome.near),
            facets=tuple(FacetResult(facet.title, self._passage(facet.span) if facet.span else None) for facet in outcome.facets),
            searched=outcome.searched,
            pack=rule.pack,
            faults=tuple(Near(self._passage(fault.span), fault.because, fault.mend) for fault in outcome.faults),
            nature=rule.gap,
            place=self.pack.skeleton.place(rule.id),
            certainty=outcome.certainty,
            confidence=outcome.confidence,
            readers=tuple(Near(self._passage(view.span), view.because) for view in outcome.readers),
            acts=tuple(ActResult(act.actor, self._passage(act.span)) for act in outcome.acts),
        )

    def _sections(self) -> list[SectionResult]:
        result = []
        for section in self.report.sections:
            quote = self.report.quote(section.span)
            result.append(SectionResult(section.role, section.heading, quote.start, quote.end))
        return result

    def _shortcomings(self) -> list[ShortcomingResult]:
        result = []
        for shortcoming, arrangement in zip(self.report.shortcomings, self.case.answers, strict=True):
            result.append(
                ShortcomingResult(
                    self._passage(shortcoming.span),
                    self._passage(shortcoming.cause) if shortcoming.cause else None,
                    self._passage(arrangement.span) if arrangement else None,
                )
            )
        return result

    def _statements(self) -> list[StatementResult]:
        found = sorted((*self.case.statements, *self.case.disagreements), key=lambda s: s.span.start)
        return [
            StatementResult(
                self._passage(s.span),
                s.kind,
                s.printed,
                s.computed,
                s.formula,
                s.verdict,
                s.tolerance,
                self._passage(s.other) if s.other else None,
            )
            for s in found
        ]

    def _warnings(self) -> tuple[str, ...]:
        words = self.report.intrusions
        if not words:
            return self.report.document.warnings
        shown = "、".join(f"“{word}”" for word in words[:3]) + ("等" if len(words) > 3 else "")
        warning = (
            f"网页里夹有与报告无关的博彩、色情之类的文字（{shown}），网站可能被入侵或篡改，请通知网站管理单位核查；这些文字不作为报告内容。"
        )
        return (warning, *self.report.document.warnings)

    def _notes(self) -> list[str]:
        year = self.report.metadata.report_year
        blanks = len(_BLANKS.findall(self.report.text))
        notes = [f"文中还有{blanks}处空格（____）没有填：有空格的句子不算写了。"] if blanks else []
        notes += [self.case.beside] if self.case.beside else []
        notes += [note.text for note in self.pack.notes if year is not None and note.years.holds(year)]
        for name, first, second in self.report.metadata.conflicts:
            notes.append(
                f"{Field(name).word}有两种写法：{Place(first.place).word}为{first.value}，{Place(second.place).word}为{second.value}；按前者判断，请核实。"
            )
        annex = self.report.page.annex
        if annex is not None:
            notes.append(
                f"文件里还有另一份文件（自“{self.report.quote(annex.span).quote}”起），没有计入；如果也要检查，请另存为单独的文件。"
            )
        if year is None:
            notes.append("没有认出报告年度，与年度有关的项目请人工核实，或选定报告年度后再查（命令行用 --report-year）。")
        if self.report.metadata.level is None:
            notes.append("没有认出报告机关的层级，按各级都适用的要求检查；可以选定层级后再查（命令行用 --level）。")
        return notes

    def _paragraphs(self) -> list[tuple[int, int, str]]:
        kinds: dict[int, str] = {line.number: "body" for line in self.report.body}
        kinds.update({heading.line: "heading" for heading in self.report.headings if not heading.run_in})
        kinds.update({line.number: "title" for line in self.report.page.title})
        kinds.update({line.number: "signature" for line in self.report.page.signature})
        return [(p.start, p.end, kinds.get(number, "outside")) for number, p in enumerate(self.report.document.paragraphs)]
