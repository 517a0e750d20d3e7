"""Kinds ``measures``, ``shortcomings``, ``causes`` and ``arrangements``: the contents that the national regulation asks for.

Guide: statutory.*; instrument: 法治政府建设与责任落实督察工作规定, chapter 4.
"""

from __future__ import annotations

from scorer.checks.base import EVIDENCE_MAX, FAULTS_MAX, PAST_PART, Case, NearMiss, Outcome, section_spans
from scorer.checks.concrete import concrete
from scorer.document import Span
from scorer.parsing.problems import Arrangement
from scorer.parsing.report import Report
from scorer.rulepack.model import Rule
from scorer.vocabulary import Certainty, Role, Status


def measures(case: Case, rule: Rule) -> Outcome:
    """A part that tells of measures and results of the past year; without any result or figure partial."""
    report = case.report
    told = [s for s in report.index.past if not s.heading and s.role not in ("preamble", "closing")]
    if not report.has_role(Role.MEASURES) and not told:
        return Outcome(Status.MISSING, "没有写上一年度的主要举措和成效。", searched="全文")
    results = [s for s in told if s.results] or [s for s in report.index.sentences_with("lexicon.result") if s in told]
    acts = [] if results else [s for s in told if concrete(report, s, None, ())]
    spans = section_spans(report, Role.MEASURES)[:1]
    if not acts and not results:
        if not told:
            return Outcome(Status.MISSING, "没有写上一年度的主要举措和成效。", searched="全文")
        return Outcome(Status.PARTIAL, "写了上一年度的工作，但没有具体做法，也没有成效和数字。", spans, searched=PAST_PART)
    if not results:
        return Outcome(
            Status.PARTIAL, "写了上一年度的举措，但没有成效和数字。", spans + tuple(s.span for s in acts[:1]), searched=PAST_PART
        )
    return Outcome(Status.MET, "写了上一年度的主要举措和成效。", spans + tuple(s.span for s in results[:2]))


def shortcomings(case: Case, rule: Rule) -> Outcome:
    """Two or more distinct shortcomings of the reporting body."""
    report = case.report
    named = report.shortcomings
    heading = section_spans(report, Role.PROBLEMS)[:1]
    need = rule.params["at-least"]
    if len(named) >= need:
        return Outcome(Status.MET, f"写了{len(named)}项不足。", tuple(s.span for s in named[: EVIDENCE_MAX + 1]))
    if named and named[0].vague:
        faults = tuple(NearMiss(s.span, "这里只笼统承认有不足，没有写出具体问题") for s in named)
        return Outcome(
            Status.PARTIAL, "只笼统承认有不足，没有写出具体问题。", tuple(s.span for s in named), searched="存在问题部分", faults=faults
        )
    if named:
        return Outcome(
            Status.PARTIAL,
            f"只写了{len(named)}项不足，应写明两项以上各不相同的具体问题。",
            tuple(s.span for s in named),
            searched="存在问题部分",
            faults=tuple(NearMiss(s.span, "只读出这一项不足，还应写明其他具体问题") for s in named[-1:]),
        )
    if report.has_role(Role.PROBLEMS):
        return Outcome(Status.PARTIAL, "有问题部分，但没有写出具体的不足。", heading, searched="存在问题部分")
    return Outcome(Status.MISSING, "没有写存在的不足。", near=_others(report), searched="全文各部分标题和段首")


def _others(report: Report) -> tuple[NearMiss, ...]:
    """Problems of other bodies, found and mended: no shortcomings of the reporting one."""
    found = []
    for sentence in report.index.past:
        if sentence.heading:
            continue
        if report.hits.any("lexicon.others", *sentence.span):
            found.append(NearMiss(sentence.span, "这是检查、督察中发现的别的单位的问题，是工作成绩，不是本机关的不足"))
    return tuple(found[:2])


def causes(case: Case, rule: Rule) -> Outcome:
    """The causes of at least a share of the shortcomings named; to be checked where it rests on what no phrase says."""
    outcome = _causes(case, rule, case.meant)
    if not case.meant or _causes(case, rule, frozenset()).status == outcome.status:
        return outcome
    views = tuple(NearMiss(span, "按意思看，这里说的是原因；按词语看没有") for span in sorted(case.meant))
    return outcome._replace(certainty=Certainty.CHECK, confidence=0.75, readers=views[:EVIDENCE_MAX])


def _causes(case: Case, rule: Rule, meant: frozenset[Span]) -> Outcome:
    report = case.report
    named = report.shortcomings
    if not named:
        return Outcome(Status.MISSING, "没有写存在的不足，也就没有写原因。", searched="存在问题部分")
    given = [s for s in named if s.cause is not None and (s.cause in meant or s.cause not in case.meant)]
    spans = tuple(dict.fromkeys(s.cause for s in given if s.cause))[:EVIDENCE_MAX]
    if not given:
        faults = tuple(NearMiss(s.span, "这里只说了问题是什么，没有说为什么") for s in named[:FAULTS_MAX])
        return Outcome(Status.MISSING, f"写了{len(named)}项不足，都没有写原因。", near=faults[:2], searched="存在问题部分", faults=faults)
    if len(given) >= rule.params["share"] * len(named):
        return Outcome(Status.MET, f"{len(named)}项不足中，{len(given)}项写了原因。", spans)
    lacking = tuple(NearMiss(s.span, "这项不足没有写原因") for s in named if s not in given)[:FAULTS_MAX]
    words = f"{len(named)}项不足中，只有{len(given)}项写了原因，不到一半。"
    return Outcome(Status.PARTIAL, words, spans, near=lacking[:EVIDENCE_MAX], searched="存在问题部分", faults=lacking)


def arrangements(case: Case, rule: Rule) -> Outcome:
    """Two or more distinct arrangements for the coming year, in a part or paragraph about it."""
    report = case.report
    if not report.has_role(Role.PLAN):
        near = tuple(
            NearMiss(s.span, "工作部分中的一句今后打算，不是下一年度安排部分")
            for s in report.sentences
            if s.future and s.role == Role.MEASURES
        )[:2]
        return Outcome(Status.MISSING, "没有写下一年度的安排。", near=near, searched="全文各部分标题和段首")
    listed: list[Arrangement] = list(report.arrangements)
    concrete_ones = [a for a in listed if a.concrete]
    heading = section_spans(report, Role.PLAN)[:1]
    if len(concrete_ones) >= rule.params["at-least"]:
        return Outcome(Status.MET, f"写了下一年度的安排（{len(concrete_ones)}项）。", heading + tuple(a.span for a in concrete_ones[:2]))
    if listed:
        return Outcome(
            Status.PARTIAL,
            "下一年度的安排只有一项或只是原则表态，应写明两项以上具体任务。",
            heading + tuple(a.span for a in listed[:2]),
            searched="下一年度安排部分",
            faults=tuple(NearMiss(a.span, "这里只是原则表态，没有说明做哪件事") for a in listed if not a.concrete)[:EVIDENCE_MAX],
        )
    return Outcome(Status.PARTIAL, "有下一年度安排部分，但没有写出具体任务。", heading, searched="下一年度安排部分")
