"""Runs the tests of packs through the front door, as a report would be."""

from __future__ import annotations

from pathlib import Path

from scorer.assessing import Options, assess
from scorer.document import Document
from scorer.evaluation.cases import Case, Failure, run
from scorer.rulepack.find import rules_folder, shipped
from scorer.rulepack.store import load_pack
from scorer.text.dates import parse_date


def run_tests(paths: list[Path], base: str | None = None, only: str | None = None) -> tuple[int, list[Failure]]:
    """Run the tests of the files (all shipped packs if none); how many ran, and which failed. Raises ``PackError``."""
    own = [path for path in paths if path.parent.resolve() != rules_folder().resolve()]
    pack = load_pack(base or (str(own[0]) if own else "national"))
    files = paths or [rules_folder() / f"{name}.yaml" for name in shipped()]

    def judge(case: Case) -> tuple[str, str]:
        options = Options(case.year, case.level, parse_date(case.published or ""), parse_date(case.submitted or ""))
        assessment = assess(Document.from_text(case.page), pack, options, force=True)
        finding = next((f for f in assessment.findings if f.rule == case.rule), None)
        return (finding.status, finding.message) if finding else ("没有这条规则", "")

    return run(files, judge, only)
