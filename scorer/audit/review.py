"""A person's verdicts over the machine's: read from YAML, applied to an assessment, both kept.

The file (``review.yaml``) has ``matches`` - which file is whose report - and ``entries``: for a unit or a file and one element
or other item the verdict, who gave it, when and why; a waiver excuses an element until a day. What can be decided, and the
keys, are those of ``decisions``.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scorer.audit.decisions import (
    DISMISSED,
    KIND_WORDS,
    STANDS,
    WAIVED,
    WORDS,
    Decided,
    Decision,
    Kind,
    Proposal,
    contradiction_keys,
    fresh,
    kind_of,
    plain,
    settle,
)
from scorer.document import fold
from scorer.errors import PackError, PackProblem
from scorer.result import Assessment, Finding, Reviewed, StatementResult
from scorer.rulepack.model import Pack
from scorer.scorecard import weigh
from scorer.vocabulary import Arithmetic, Status

STATUSES: dict[str, str] = {**WORDS[Kind.ELEMENT], **{status: status for status in Status}, WAIVED: WAIVED}
STATED = "、".join(WORDS[Kind.ELEMENT])
_FIELDS = {"unit", "file", "rule", "item", "status", "by", "date", "reason", "expires", "text_sha256", "quote"}


@dataclass(frozen=True)
class Review:
    """A review file: confirmed matches (file -> unit, empty for nobody's) and the verdicts in their order."""

    matches: Mapping[str, str]
    overrides: tuple[Decision, ...]


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
            wrong(at, "应写成 {unit: 单位, rule: 要素编号（或 item: 事项编号）, status: 结论, by: 复核人, date: 日期, reason: 理由}")
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


def _override(entry: Mapping[str, Any], line: int, wrong: Any) -> Decision:
    for key in entry:
        if key not in _FIELDS:
            wrong(key, f"没有“{key}”这一项，可写：unit 或 file、rule 或 item、status、by、date、reason、expires、text_sha256、quote")
    text = {key: "" if entry.get(key) is None else str(entry[key]).strip() for key in _FIELDS}
    if bool(text["unit"]) == bool(text["file"]):
        wrong("unit" if text["unit"] else "rule", "要写 unit（单位）或 file（文件），只写一个")
    for key, name in (("status", "结论"), ("by", "复核人"), ("date", "复核日期"), ("reason", "理由")):
        if not text[key]:
            wrong(key, f"缺少 {key}（{name}）")
    kind = _about(text, wrong)
    words = STATUSES if kind == Kind.ELEMENT else {**WORDS[kind], **{status: status for status in WORDS[kind].values()}}
    if text["status"] and text["status"] not in words:
        wrong("status", f"结论“{text['status']}”不认识，应为{'、'.join(WORDS[kind])}之一")
    status = words.get(text["status"], "")
    dates = {}
    for key in ("date", "expires"):
        dates[key] = _iso(text[key])
        if text[key] and not dates[key]:
            wrong(key, f"日期“{text[key]}”认不出来，请写成 2024-03-10 这样")
    if text["expires"] and status != WAIVED:
        wrong("expires", "只有豁免才写 expires（到期日）")
    return Decision(
        text["unit"], text["file"], text["rule"], status, text["by"], dates["date"], text["reason"], dates["expires"],
        text["text_sha256"].lower(), text["quote"], line, "", text["item"],
    )  # fmt: skip


def _about(text: dict[str, str], wrong: Any) -> str:
    """The kind of the item that an entry is about; an element's key is written as its rule."""
    if bool(text["rule"]) == bool(text["item"]):
        wrong(
            "item" if text["item"] else "rule",
            "缺少 rule（要素编号）或 item（事项编号），只写一个" if not text["item"] else "rule 和 item 只写一个",
        )
        return Kind.ELEMENT
    kind = kind_of(text["item"]) if text["item"] else str(Kind.ELEMENT)
    if not kind:
        wrong("item", f"事项编号“{text['item'][:40]}”不认识，应以 {'、'.join(KIND_WORDS)} 之一开头，照复核表里的抄写")
        return Kind.ELEMENT
    if kind == Kind.ELEMENT and text["item"]:
        text["rule"], text["item"] = text["item"].split(":", 1)[1], ""
    return kind


def _iso(text: str) -> str:
    from scorer.text.dates import parse_date

    date = parse_date(fold(text)) if text else None
    return date.isoformat() if date else ""


def in_force(decisions: Iterable[Decision], today: datetime.date) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Those that hold today - the last for each target and item - and the waivers that have run out."""
    holding: dict[tuple[str, str, str], Decision] = {}
    expired: dict[tuple[str, str, str], Decision] = {}
    for decision in decisions:
        key = (decision.unit, decision.file, decision.about)
        holding.pop(key, None)
        expired.pop(key, None)
        if decision.expires and decision.expires < today.isoformat():
            expired[key] = decision
        else:
            holding[key] = decision
    return tuple(holding.values()), tuple(expired.values())


def text_digest(text: str) -> str:
    """The hash of a report's text that an entry's ``text_sha256`` is compared with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_stale(decision: Decision, text: str) -> bool:
    """Whether the text is no longer the one that was reviewed: another hash, and the quoted sentence (if any) is gone."""
    return not fresh(decision, text_digest(text), _standing(text))


def _standing(text: str) -> Any:
    """Says of a sentence whether it stands in the text; one cut in its middle (……) when both halves do."""
    whole: list[str] = []

    def stands(quote: str) -> bool:
        if not whole:
            whole.append(plain(text))
        return all(plain(part) in whole[0] for part in quote.split("……") if part)

    return stands


class Applied(NamedTuple):
    """What came of applying: the assessment; its contradictions, in order, with what was decided of each; decisions whose item is gone."""

    assessment: Assessment
    contradictions: tuple[tuple[StatementResult, str, Decided | None], ...]
    lost: tuple[Decision, ...] = ()


def contradictions_of(assessment: Assessment) -> list[tuple[StatementResult, str]]:
    """The contradictions of a report with the keys of their items."""
    wrong = [statement for statement in assessment.statements if statement.verdict == Arithmetic.INCONSISTENT]
    told = [(s.passage.quote.quote, s.printed, s.other.quote.quote if s.other else "") for s in wrong]
    return list(zip(wrong, contradiction_keys(told), strict=True))


def apply(assessment: Assessment, pack: Pack, decisions: Sequence[Decision]) -> Applied:
    """The assessment with a person's verdicts in place of the machine's, and the score that follows from them.

    Only decisions on elements and contradictions are looked at. A contradiction that was dismissed is no fault of any element any more. A decision on what the
    report does not have is ``lost``; one whose sentence has changed leaves the machine's verdict, and is told with it.
    """
    wrong = contradictions_of(assessment)
    told = [d for d in decisions if kind_of(d.about) == Kind.CONTRADICTION]
    proposals = [Proposal(key, STANDS, statement.passage.quote.quote) for statement, key in wrong]
    settled = settle(proposals, told)
    contradictions = tuple((statement, key, settled.decided.get(key)) for statement, key in wrong)
    chosen = {decision.rule: decision for decision in decisions if decision.rule}
    missed = [] if not assessment.is_annual_report else [d for d in chosen.values() if d.rule not in {f.rule for f in assessment.findings}]
    lost = (*settled.lost, *missed)
    gone = [statement for statement, _, decided in contradictions if decided and decided.holds and decided.status == DISMISSED]
    if not assessment.is_annual_report or not (gone or any(finding.rule in chosen for finding in assessment.findings)):
        return Applied(assessment, contradictions, lost)
    rules = {rule.id: rule for rule, _ in pack.applicable(assessment.report_year, assessment.level, assessment.metadata.get("issuer"))}
    findings = list(assessment.findings)
    figures = [statement for statement in gone if not statement.across]
    if figures:
        standing = [statement for statement, _ in wrong if not statement.across and statement not in gone]
        last = next(decided for statement, _, decided in contradictions if decided and statement is figures[-1])
        findings = [_cleared(f, standing, last) if rules[f.rule].check == "statements" else f for f in findings]
    findings = [_reviewed(finding, chosen[finding.rule], assessment.text) if finding.rule in chosen else finding for finding in findings]
    weighed, score = weigh(pack, [(rules[finding.rule], finding.status) for finding in findings])
    findings = [finding._replace(worth=w.worth, points=w.points) for finding, w in zip(findings, weighed, strict=True)]
    reviewed = replace(assessment, findings=tuple(findings), score=score, statements=_without(assessment.statements, gone))
    count = sum(1 for finding in findings if finding.review and not finding.review.stale)
    note = f"有{count}项由人工复核定结论，占计分的{by_person(assessment, reviewed):.0%}；逐项结果中两种结论都列出。"
    return Applied(replace(reviewed, notes=(*assessment.notes, *([note] if count else []))), contradictions, lost)


def by_person(machine: Assessment, reviewed: Assessment) -> float:
    """The part (0 to 1) of the points at stake that a person decided: an element counts with what it is worth in either."""
    worth = [max(a.worth, b.worth) for a, b in zip(machine.findings, reviewed.findings, strict=True)]
    decided = sum(w for w, f in zip(worth, reviewed.findings, strict=True) if f.review and not f.review.stale)
    return decided / sum(worth) if sum(worth) else 0.0


def _without(statements: Sequence[StatementResult], gone: Sequence[StatementResult]) -> tuple[StatementResult, ...]:
    return tuple(statement for statement in statements if statement not in gone)


def _cleared(finding: Finding, standing: Sequence[StatementResult], by: Decided) -> Finding:
    """The finding on contradictory figures without those that a person found to be none; met when no other is left."""
    if not finding.status.gap:
        return finding
    if standing:
        ranges = {(s.passage.quote.start, s.passage.quote.end) for s in standing}
        left = tuple(fault for fault in finding.faults if (fault.passage.quote.start, fault.passage.quote.end) in ranges)
        words = "；".join(f"文中写{s.printed}，按{s.formula}应为{s.computed}" for s in standing[:3])
        return finding._replace(faults=left, message=f"有{len(standing)}处数字自相矛盾：{words}。")
    review = Reviewed(by.by, by.date, by.reason)
    message = f"人工复核：所指的矛盾不成立（{by.by}，{by.date}）{by.reason}。程序的结论：{finding.status.word}。"
    return finding._replace(status=Status.MET, message=message.replace("。。", "。"), faults=(), machine=finding.status, review=review)


def _reviewed(finding: Finding, decision: Decision, text: str) -> Finding:
    waiver = decision.status == WAIVED
    status = Status.NOT_APPLICABLE if waiver else Status(decision.status)
    machine = Status(finding.machine or finding.status)
    what = f"豁免{'至' + decision.expires if decision.expires else ''}" if waiver else status.word
    who = f"（{decision.by}，{decision.date}）{decision.reason}"
    if is_stale(decision, text):
        message = f"{finding.message}曾由人工复核为{what}{who}。所依据的文字已经改动，需重新确认，暂按程序的结论。"
        review = Reviewed(decision.by, decision.date, decision.reason, waiver, decision.expires, True, decision.status)
        return finding._replace(message=message.replace("。。", "。"), machine=machine, review=review)
    review = Reviewed(decision.by, decision.date, decision.reason, waiver, decision.expires)
    message = f"人工复核：{what}{who}。程序的结论：{machine.word}。"
    return finding._replace(status=status, message=message.replace("。。", "。"), machine=machine, review=review)
