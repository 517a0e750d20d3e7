"""Runs the tests of packs through the front door, as a report would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scorer.assessing import Options, assess
from scorer.document import Document
from scorer.evaluation.cases import Case, Failure, run
from scorer.publication import load
from scorer.publishing import before_publication
from scorer.rulepack.find import DEFAULT_PACK, rules_folder, shipped
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack
from scorer.text.dates import parse_date


def run_tests(paths: list[Path], base: str | None = None, only: str | None = None) -> tuple[int, list[Failure]]:
    """Run the tests of the files (all shipped packs if none); how many ran, and which failed.

    They are judged by the pack ``base``; without it by the first file that is not shipped, or else by the national pack, and a
    shipped pack that is no part of that by itself. Raises ``PackError``.
    """
    own = [path for path in paths if path.parent.resolve() != rules_folder().resolve()]
    judging = load_pack(base or (str(own[0]) if own else DEFAULT_PACK))
    count = 0
    failures: list[Failure] = []
    for path in paths or [rules_folder() / f"{name}.yaml" for name in shipped()]:
        apart = not base and path not in own and path.stem not in {rule.pack for rule in judging.rules}
        ran, failed = run([path], _judge(load_pack(str(path)) if apart else judging), only)
        count += ran
        failures += failed
    return count, failures


def _judge(pack: Pack) -> Callable[[Case], tuple[str, str]]:
    def judge(case: Case) -> tuple[str, str]:
        options = Options(case.year, case.level, parse_date(case.published or ""), parse_date(case.submitted or ""))
        assessment = assess(Document.from_text(case.page), pack, options, force=True)
        finding = next((f for f in assessment.findings if f.rule == case.rule), None)
        return (finding.status, finding.message) if finding else ("没有这条规则", "")

    return judge


def run_list_tests(path: Path, only: str | None = None) -> tuple[int, list[Failure]]:
    """Run the tests of a list for publication: a text that must be hit has an alarm of the entry's group (and with the words that
    are named), one that must be silent has none. Raises ``PackError``."""
    checklist, pack = load.load_checklist(path), load_pack()
    count, failures = 0, []
    for trial in load.trials(path):
        if only and trial.entry != only:
            continue
        count += 1
        options = Options(report_year=trial.year)
        alarms = before_publication(Document.from_text(trial.text), pack, options, checklist).alarms
        group = checklist.entries[trial.entry].group
        hit = any(alarm.group == group and trial.what in ("", alarm.quote.quote) for alarm in alarms)
        if hit != trial.hit or (alarms and not trial.hit):
            found = "、".join(f"“{alarm.quote.quote}”（{alarm.entry}）" for alarm in alarms) or "没有查出"
            case = Case(
                trial.entry, trial.file, trial.line, "应当报" if trial.hit else "不应当报", trial.text, trial.year, None, None, None
            )
            failures.append(Failure(case, "报了" if alarms else "没有报", found))
    return count, failures
