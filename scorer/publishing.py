"""The check before publication at its front door: a document in, the list of what must not go out with it."""

from __future__ import annotations

from typing import NamedTuple

from scorer.assessing import Options, examine
from scorer.document import Document
from scorer.parsing.identify import why_no_report
from scorer.publication.check import check
from scorer.publication.load import load_checklist
from scorer.publication.model import Alarm, Checklist
from scorer.recount import find_statements
from scorer.recount.across import find_disagreements
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack


class Checked(NamedTuple):
    """The alarms of a document with what the reader needs to place them: path, title, year of the report (None: not known)."""

    path: str
    title: str
    year: int | None
    checklist: Checklist
    alarms: tuple[Alarm, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()


def before_publication(
    document: Document, pack: Pack | None = None, options: Options | None = None, checklist: Checklist | None = None
) -> Checked:
    """Check a document of any kind by a list (the shipped one if none is given). Figures are recounted as the pack's words say."""
    pack = pack or load_pack()
    checklist = checklist or load_checklist()
    report = examine(document, pack, options)
    statements = (*find_statements(report.text, report.sentences, report.hits), *find_disagreements(report, pack.instruments))
    year, title = report.metadata.report_year, report.metadata.title
    alarms = check(document, checklist, year, statements)
    reason = why_no_report(report)
    notes = (f"这份文件不像法治政府建设年度报告：{reason}；照样查了文字，请确认没有选错文件。",) if reason else ()
    return Checked(document.path, title.value if title else "", year, checklist, alarms, document.warnings, notes)
