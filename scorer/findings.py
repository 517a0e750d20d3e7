"""From a report to one outcome a rule: what follows from the report is worked out once, then every rule is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scorer.checks import KINDS
from scorer.checks.base import Case, Outcome
from scorer.checks.both import both
from scorer.checks.needs import needed
from scorer.checks.reading import Reading
from scorer.checks.reasons import explained
from scorer.checks.themes import answered
from scorer.classify.model import load_model
from scorer.document import LOST_NUMBERS, Document
from scorer.parsing.report import Report
from scorer.recount import find_statements
from scorer.recount.across import find_disagreements
from scorer.recount.previous import beside
from scorer.rulepack.find import shipped_model
from scorer.rulepack.model import Pack, Rule
from scorer.vocabulary import Status

# A recognised page below this confidence is no proof that something is not written: a phrase of five characters is read
# whole in 0.96 ** 5, about four cases of five.
SURE = 0.96
UNASKED = "没有写这一事项；本级（本部门）没有这项职能的可以不写。"


def case_of(report: Report, pack: Pack, previous: Report | None = None) -> Case:
    """What there is to judge: the report with its answers, recomputed statements and findings across the document, and
    against last year's report where that is given."""
    across = find_disagreements(report, pack.instruments)
    held = beside(report, previous) if previous is not None else None
    if held:
        across += held.statements
    reading = Reading(report, load_model(Path(pack.model) if pack.model else shipped_model()))
    named, meant = explained(report, reading)
    if meant:
        report = replace(report, shortcomings=named)
    return Case(
        report,
        *answered(report, reading),
        find_statements(report.text, report.sentences, report.hits),
        across,
        reading,
        meant,
        held.note if held else "",
    )


def outcomes(case: Case, pack: Pack) -> list[tuple[Rule, Outcome]]:
    """The outcome of every rule that speaks for the report's year, in the order of the pack."""
    metadata = case.report.metadata
    unit = metadata.issuer.value if metadata.issuer else None
    return [(rule, _outcome(case, rule, applies)) for rule, applies in pack.applicable(metadata.report_year, metadata.level, unit)]


def _outcome(case: Case, rule: Rule, applies: bool) -> Outcome:
    if applies:
        outcome = KINDS[rule.check](case, rule)
        if rule.check == "coverage":
            outcome = needed(case, rule, _asked(case, rule, both(case, rule, outcome)))
        document = case.report.document
        return _doubted(_unread(outcome, rule, document), rule, document.recognised)
    year = case.report.metadata.report_year
    if rule.off:
        return Outcome(Status.NOT_APPLICABLE, f"本规则包不查这一项：{rule.off}")
    if year is not None and not rule.years.holds(year):
        return Outcome(Status.NOT_APPLICABLE, f"{year}年度的报告不要求写这一项。")
    if rule.asked_of(case.report.metadata.level, rule.classes[0] if rule.classes else None):
        return Outcome(Status.NOT_APPLICABLE, "这一类单位的报告不要求写这一项。")
    return Outcome(Status.NOT_APPLICABLE, "这一层级的报告不要求写这一项。")


def _unread(outcome: Outcome, rule: Rule, document: Document) -> Outcome:
    """What the reader lost is no fault of the report: numbers that Word makes itself, of which the reader says that it lost them."""
    if rule.check == "numbering" and outcome.status.gap and any(LOST_NUMBERS in warning for warning in document.warnings):
        return Outcome(Status.NEEDS_REVIEW, "待核对：文件的自动编号没有读出，层次序数请对照原件，或另存为.docx再检查。")
    return outcome


def _asked(case: Case, rule: Rule, outcome: Outcome) -> Outcome:
    """An item that the level need not have is not asked of a text that says nothing of it (guide: applicability by level)."""
    if outcome.status != Status.MISSING or case.report.metadata.level not in rule.params.get("unasked", ()):
        return outcome
    return outcome._replace(status=Status.NOT_APPLICABLE, message=UNASKED, near=(), searched="")


def _doubted(outcome: Outcome, rule: Rule, recognised: float | None) -> Outcome:
    """Gaps found in recognised text: contradictory figures always want a look at the original, absent words where the
    recognition is unsure."""
    if recognised is None or not outcome.status.gap:
        return outcome
    if rule.check == "statements":
        return outcome._replace(status=Status.NEEDS_REVIEW, message=f"数字由图片识别得来，可能认错，请对照原件：{outcome.message}")
    if recognised < SURE:
        return outcome._replace(
            status=Status.NEEDS_REVIEW,
            message=f"文字由图片识别得来，可能漏认或认错，请对照原件（程序看来是{outcome.status.word}）：{outcome.message}",
        )
    return outcome
