"""A person's verdicts over the machine's: read from YAML, applied to an assessment, both kept.

The file (``review.yaml``) has ``matches`` - which file is whose report - and ``entries``: for a unit or a file and one element
the verdict, who gave it, when and why; a waiver excuses an element until a day.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scorer.document import fold
from scorer.errors import PackError, PackProblem
from scorer.result import Assessment, Finding, Reviewed
from scorer.rulepack.model import Pack
from scorer.scorecard import weigh
from scorer.vocabulary import Status

WAIVED = "waived"
STATUSES: dict[str, str] = {**{status.word: status for status in Status}, **{status: status for status in Status}}
STATUSES |= {"豁免": WAIVED, WAIVED: WAIVED}
STATED = "具备、不足、缺失、不适用、待复核、豁免"
QUOTE_FITS = 90
"""From this similarity (0 to 100) a quoted passage still stands in the text."""
_FIELDS = {"unit", "file", "rule", "status", "by", "date", "reason", "expires", "text_sha256", "quote"}


class Override(NamedTuple):
    """One entry: the target (exactly one of ``unit`` and ``file``), the element, the verdict and who answers for it.

    ``text_sha256`` or ``quote`` say which text was before the reviewer's eyes; where the entry gives no hash, ``seen`` is that
    of the text it was first applied to, if known. ``line`` is that of the file.
    """

    unit: str
    file: str
    rule: str
    status: str
    by: str
    date: str
    reason: str
    expires: str = ""
    text_sha256: str = ""
    quote: str = ""
    line: int = 0
    seen: str = ""

    @property
    def target(self) -> str:
        """What it speaks about, for people."""
        return self.unit or self.file

    def key(self) -> str:
        """What makes it this decision, wherever it stands in the file."""
        return hashlib.sha256("\x1f".join(self[:8]).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Review:
    """A review file: confirmed matches (file -> unit, empty for nobody's) and the verdicts in their order."""

    matches: Mapping[str, str]
    overrides: tuple[Override, ...]


NOTHING = Review({}, ())


def read_review(raw: bytes, file: str) -> Review:
    """Read a review file. Raises ``PackError`` with file, line and what was expected for every mistake in it."""
    from scorer.rulepack import yamlnodes

    parsed = yamlnodes.parse(raw, file)
    if parsed.data is None and all(problem.message == "文件是空的" for problem in parsed.problems):
        return NOTHING  # nothing but comments
    problems = list(parsed.problems)

    def wrong(path: tuple[str | int, ...], message: str) -> None:
        problems.append(PackProblem(file, *parsed.place(path), message))

    data = parsed.data if isinstance(parsed.data, dict) else {}
    if parsed.data is not None and not isinstance(parsed.data, dict):
        wrong((), "最外层应为 matches: 和 entries: 两节")
    for key in data:
        if key not in ("matches", "entries"):
            wrong((key,), f"没有“{key}”这一节，应为 matches（文件与单位的对应）或 entries（复核结论）")
    matches = data.get("matches") or {}
    if not isinstance(matches, dict):
        wrong(("matches",), "应写成“文件: 单位”，一行一个")
        matches = {}
    for name, unit in matches.items():
        if unit is not None and not isinstance(unit, str | int):
            wrong(("matches", name), "冒号后面应为名册里的单位名称；不属于任何单位的写 无")
    entries = data.get("entries") or []
    if not isinstance(entries, list):
        wrong(("entries",), "应为列表，每项以“- ”开头")
        entries = []
    overrides = []
    for number, entry in enumerate(entries):
        at = ("entries", number)
        if not isinstance(entry, dict):
            wrong(at, "应写成 {unit: 单位, rule: 要素编号, status: 结论, by: 复核人, date: 日期, reason: 理由}")
            continue
        before = len(problems)
        override = _override(entry, parsed.place(at)[0], lambda key, message, at=at: wrong((*at, key), message))
        if len(problems) == before:
            overrides.append(override)
    if problems:
        raise PackError(tuple(problems))
    return Review(
        {str(name): "" if unit in (None, "无") else str(unit) for name, unit in matches.items()},
        tuple(overrides),
    )


def _override(entry: Mapping[str, Any], line: int, wrong: Any) -> Override:
    for key in entry:
        if key not in _FIELDS:
            wrong(key, f"没有“{key}”这一项，可写：unit 或 file、rule、status、by、date、reason、expires、text_sha256、quote")
    text = {key: "" if entry.get(key) is None else str(entry[key]).strip() for key in _FIELDS}
    if bool(text["unit"]) == bool(text["file"]):
        wrong("unit" if text["unit"] else "rule", "要写 unit（单位）或 file（文件），只写一个")
    for key, name in (("rule", "要素编号"), ("status", "结论"), ("by", "复核人"), ("date", "复核日期"), ("reason", "理由")):
        if not text[key]:
            wrong(key, f"缺少 {key}（{name}）")
    if text["status"] and text["status"] not in STATUSES:
        wrong("status", f"结论“{text['status']}”不认识，应为{STATED}之一")
    dates = {}
    for key in ("date", "expires"):
        dates[key] = _iso(text[key])
        if text[key] and not dates[key]:
            wrong(key, f"日期“{text[key]}”认不出来，请写成 2024-03-10 这样")
    if text["expires"] and STATUSES.get(text["status"]) != WAIVED:
        wrong("expires", "只有豁免才写 expires（到期日）")
    sha = text["text_sha256"].lower()
    return Override(
        text["unit"], text["file"], text["rule"], STATUSES.get(text["status"], ""), text["by"], dates["date"], text["reason"],
        dates["expires"], sha, text["quote"], line,
    )  # fmt: skip


def _iso(text: str) -> str:
    from scorer.text.dates import parse_date

    date = parse_date(fold(text)) if text else None
    return date.isoformat() if date else ""


def in_force(overrides: Iterable[Override], today: datetime.date) -> tuple[tuple[Override, ...], tuple[Override, ...]]:
    """Those that hold today - the last for each target and element - and the waivers that have run out."""
    holding: dict[tuple[str, str, str], Override] = {}
    expired: dict[tuple[str, str, str], Override] = {}
    for override in overrides:
        key = (override.unit, override.file, override.rule)
        holding.pop(key, None)
        expired.pop(key, None)
        if override.expires and override.expires < today.isoformat():
            expired[key] = override
        else:
            holding[key] = override
    return tuple(holding.values()), tuple(expired.values())


def text_digest(text: str) -> str:
    """The hash of a report's text that an entry's ``text_sha256`` is compared with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_stale(override: Override, text: str) -> bool:
    """Whether the text is no longer the one that was reviewed: another hash, and the quoted passage (if any) is gone."""
    known = override.text_sha256 or override.seen
    if known and known == text_digest(text):
        return False
    if override.quote:
        quote, folded = fold(override.quote), fold(text)
        if quote in folded:
            return False
        from rapidfuzz import fuzz

        return fuzz.partial_ratio(quote, folded) < QUOTE_FITS
    return bool(known)


def apply(assessment: Assessment, pack: Pack, overrides: Sequence[Override]) -> Assessment:
    """The assessment with a person's verdicts in place of the machine's, and the score that follows from them.

    An override of an element that the report does not have is left out; ``by_person`` tells the part that was decided.
    """
    chosen = {override.rule: override for override in overrides}
    if not assessment.is_annual_report or not any(finding.rule in chosen for finding in assessment.findings):
        return assessment
    findings = [
        _reviewed(finding, chosen[finding.rule], assessment.text) if finding.rule in chosen else finding for finding in assessment.findings
    ]
    rules = {rule.id: rule for rule, _ in pack.applicable(assessment.report_year, assessment.level)}
    weighed, score = weigh(pack, [(rules[finding.rule], finding.status) for finding in findings])
    findings = [finding._replace(worth=w.worth, points=w.points) for finding, w in zip(findings, weighed, strict=True)]
    reviewed = replace(assessment, findings=tuple(findings), score=score)
    count = sum(1 for finding in findings if finding.review)
    note = f"有{count}项由人工复核定结论，占计分的{by_person(assessment, reviewed):.0%}；逐项结果中两种结论都列出。"
    return replace(reviewed, notes=(*assessment.notes, note))


def by_person(machine: Assessment, reviewed: Assessment) -> float:
    """The part (0 to 1) of the points at stake that a person decided: an element counts with what it is worth in either."""
    worth = [max(a.worth, b.worth) for a, b in zip(machine.findings, reviewed.findings, strict=True)]
    decided = sum(w for w, finding in zip(worth, reviewed.findings, strict=True) if finding.review)
    return decided / sum(worth) if sum(worth) else 0.0


def _reviewed(finding: Finding, override: Override, text: str) -> Finding:
    waiver = override.status == WAIVED
    status = Status.NOT_APPLICABLE if waiver else Status(override.status)
    review = Reviewed(override.by, override.date, override.reason, waiver, override.expires, is_stale(override, text))
    what = f"豁免{'至' + override.expires if override.expires else ''}" if waiver else Status(status).word
    stale = "复核后文字有改动，请重新核对。" if review.stale else ""
    message = f"人工复核：{what}（{override.by}，{override.date}）{override.reason}。{stale}程序的结论：{Status(finding.status).word}。"
    return finding._replace(status=status, message=message.replace("。。", "。"), machine=finding.status, review=review)
