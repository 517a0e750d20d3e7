"""Labelled reports changed in one known way each: what was changed, and by what it must be noticed.

All ranges are offsets of the original text. A change is only made where the program was right before: what it has not seen
it cannot miss.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scorer.assessing import assess, examine
from scorer.document import Document
from scorer.parsing.report import Report
from scorer.result import Assessment, Finding, Passage
from scorer.rulepack.model import Pack
from scorer.vocabulary import Actor, Arithmetic, Role, Status

KINDS = {
    "cause-dropped": "删去一项不足的原因",
    "section-dropped": "删去整个部分",
    "act-moved": "把做法移到下一年度安排",
    "act-blurred": "把做法改成口号",
    "figure-changed": "改动一个数字",
    "unit-changed": "改动一个单位",
    "title-year": "标题写成别的年度",
    "addressee-dropped": "删去主送机关",
    "posted-late": "发布日期改到四月以后",
    "actor-replaced": "把主要负责人换成别的机关",
}
TASK = "task."
ACT_SENTENCES = 3
"""An item that more sentences tell of is not moved or blurred: too much of the report would go with it."""
LATE = (5, 16)
OFF = 3
"""So much a printed figure is changed: as one wrong digit does."""
SLOGAN = "扎实推进{}各项工作，努力提高工作质量和水平。"
_BEFORE_CAUSE = re.compile(
    r"[，,；;]?(?:[一二三四五六]是|[^，,。；;\n]{0,8}(?:究其根源|追根溯源|根源|根子)[，,]?(?:在于|是|在)|(?:究)?其?主?要?的?原因(?:在于|主要是|主要在于|是|为)?|究其原因|这?主要(?:是|在于)|这?主要是?(?:因为|由于)|原因在于|是?因为|由于|源于|归因于|缘于|归结于|在于)[，,：:]?(?:因为|由于)?$"
)
_AFTER_CAUSE = re.compile(r"[，,]?(?:导致|致使|造成|使得)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?P<n>\d{1,15}(?:\.\d{1,9})?)(?P<u>万?)(?=件|人|元|个|份|条|户|家|起|次|场|名|项|辆|亩|宗|卷|篇)")
_DAY = re.compile(r"(?P<y>\d{4})(?P<a>\D{1,3})(?P<m>\d{1,2})(?P<b>\D{1,3})(?P<d>\d{1,2})")
_PERSON = re.compile(
    r"(?:[县市区省州旗镇乡]|街道)?(?:委|党委|党工委|党组)?(?:、(?:[县市区省州旗镇乡]|街道)?政府|政府)?(?:党政)?(?:主要负责人|主要负责同志|主要领导|一把手)"
    r"|(?:[县市区省州旗镇乡]委|党委|党工委|党组|街道党工委|镇党委|乡党委)书记(?:、(?:[县市区省州旗镇乡局厅]长|办事处主任|主任))?"
    r"|(?<![副处科所站校村组队])[县市区省州旗镇乡局厅]长(?![期效远度足])"
)

_POINTED = re.compile(r"(?P<point>(?:[一二三四五六]是|\d{4}年[，,]|全年)?)(?P<rest>[^。；;\n]{6,}[。；;\n]?)")


class Range(NamedTuple):
    """A stretch of the original text."""

    start: int
    end: int

    def meets(self, passage: Passage) -> bool:
        """Whether a passage has a character in it."""
        return self.start < passage.quote.end and passage.quote.start < self.end


Noticed = Callable[[Assessment], bool]


class Change(NamedTuple):
    """A report with one change. ``parts`` are the stretches of the old text that were touched; the rules of ``aims`` are
    those that must or may speak of it, by id or by the beginning of ids that ends in ``.*``."""

    kind: str
    report: str
    what: str
    text: str
    parts: tuple[Range, ...]
    aims: tuple[str, ...]
    noticed: Noticed


@dataclass(frozen=True)
class Known:
    """A labelled report as it is: label, text, and what the program says of it."""

    label: Mapping[str, Any]
    text: str
    pack: Pack
    before: Assessment

    @staticmethod
    def of(label: Mapping[str, Any], document: Document, pack: Pack) -> Known:
        """Judge the unchanged report."""
        plain = Document.from_text(document.text)
        return Known(label, document.text, pack, assess(plain, pack))

    @property
    def name(self) -> str:
        """The file of the report."""
        return str(self.label["report"])

    @cached_property
    def report(self) -> Report:
        """The unchanged report as it was read."""
        return examine(Document.from_text(self.text), self.pack)

    def judged(self, text: str) -> Assessment:
        """A changed text judged with the same pack."""
        return assess(Document.from_text(text), self.pack)

    def finding(self, rule: str) -> Finding | None:
        """The verdict before."""
        return next((f for f in self.before.findings if f.rule == rule), None)

    def right(self, rule: str, status: Status = Status.MET) -> bool:
        """Whether the expert and the program both gave an element this status."""
        finding = self.finding(rule)
        entry = self.label["elements"].get(rule)
        return finding is not None and entry is not None and entry["status"] == status and finding.status == status

    def place(self, words: str) -> Range | None:
        """Where a quote stands, if it does."""
        start = self.text.find(words) if words else -1
        return Range(start, start + len(words)) if start >= 0 else None

    def change(self, kind: str, what: str, text: str, parts: list[Range], aims: tuple[str, ...], noticed: Noticed) -> Change:
        """A change of this report."""
        return Change(kind, self.name, what, text, tuple(parts), aims, noticed)


def cut(text: str, parts: list[Range], instead: str = "") -> str:
    """The text without stretches (in order), the first of them replaced; signs left over are tidied."""
    out: list[str] = []
    at = 0
    for number, part in enumerate(parts):
        head = text[at : part.start]
        tail = text[part.end :]
        if not instead and head[-1:] in "，,：:" and (not tail or tail[0] in "。；;\n，,"):
            head = head[:-1]
        out += [head, instead if number == 0 else ""]
        at = part.end + (tail[:1] in ("，", ",") and (not head or head[-1:] in "。；;\n"))
    return "".join([*out, text[at:]])


def changes(known: Known, kinds: frozenset[str] = frozenset(KINDS)) -> Iterator[Change]:
    """All changes of a report that can be made of the given kinds."""
    from scorer.evaluation.altertasks import acts

    if "cause-dropped" in kinds:
        yield from _causes(known)
    if "section-dropped" in kinds:
        yield from _sections(known)
    if "figure-changed" in kinds:
        yield from _figures(known)
    if "unit-changed" in kinds:
        yield from _units(known)
    for kind, make in (("title-year", _title), ("addressee-dropped", _addressee), ("posted-late", _late), ("actor-replaced", _actor)):
        change = make(known) if kind in kinds else None
        if change is not None:
            yield change
    if kinds & {"act-moved", "act-blurred"}:
        yield from (change for change in acts(known) if change.kind in kinds)


def _causes(known: Known) -> Iterator[Change]:
    before = known.before.shortcomings
    given = sum(1 for row in before if row.cause)
    quotes = [entry.get("cause") for entry in known.label.get("shortcomings") or ()]
    for entry in known.label.get("shortcomings") or ():
        part = known.place(entry.get("cause") or "")
        if part is None or quotes.count(entry["cause"]) > 1 or not any(row.cause and part.meets(row.cause) for row in before):
            continue
        lead = _BEFORE_CAUSE.search(known.text, 0, part.start)
        start = lead.start() if lead else part.start
        if lead and known.text[start] in "，,；;":
            start += 0 if known.text[part.end : part.end + 1] in "，,。；;" else 1
        after = _AFTER_CAUSE.match(known.text, part.end)
        whole = Range(start, after.end() if after else part.end)
        named = known.place(entry["quote"])
        if named and whole.start < named.end and named.start < whole.end:
            continue  # the words of the cause are those of the shortcoming too

        def noticed(after: Assessment, given: int = given) -> bool:
            return sum(1 for row in after.shortcomings if row.cause) < given

        yield known.change(
            "cause-dropped", entry["cause"], cut(known.text, [whole]), [whole], ("statutory.causes", "statutory.problems"), noticed
        )


def _sections(known: Known) -> Iterator[Change]:
    labelled = [(s["role"], s["heading"]) for s in known.label.get("sections") or () if s.get("heading")]
    for role, rule in (
        (Role.PROBLEMS, "statutory.problems"),
        (Role.PLAN, "statutory.plan"),
        (Role.FIRST, "statutory.first-responsible"),
    ):
        own = [s for s in known.before.sections if s.role == role]
        alone = [s for s in own if sum(1 for other in known.before.sections if other.start == s.start) == 1]
        if len(own) != 1 or not alone or not known.right(rule) or sum(1 for name, _ in labelled if name == role) != 1:
            continue
        part = Range(own[0].start, own[0].end)

        def noticed(after: Assessment, rule: str = rule) -> bool:
            return any(f.rule == rule and f.gap for f in after.findings)

        aims = (rule, "statutory.causes", "form.numbering", "quality.*")
        yield known.change("section-dropped", role, known.text[: part.start] + known.text[part.end :].lstrip("\n"), [part], aims, noticed)


def _figures(known: Known) -> Iterator[Change]:
    """A printed figure another one, so that what it follows from cannot give it: a total smaller than its parts, a rate some
    points off."""
    for row in _statements(known):
        quote = row.passage.quote
        printed = _NUMBER.search(row.printed)
        found = [m for m in _NUMBER.finditer(quote.quote) if printed and m.group() == printed.group()]
        if not found or not printed:
            continue
        value = printed.group()
        number = float(value)
        other = number - OFF if number > 2 * OFF else number + OFF if "%" in row.printed else max(number // 2, 1)
        words = f"{other:.{len(value.partition('.')[2])}f}"
        if words == value:
            continue
        part = Range(quote.start + found[-1].start(), quote.start + found[-1].end())
        yield _contradiction(known, "figure-changed", f"{quote.quote}：{value}→{words}", part, words)


def _units(known: Known) -> Iterator[Change]:
    """A figure that enters a result ten thousand times as large; of a total one of its parts, since a total may have more
    parts than are named."""
    for row in _statements(known):
        quote = row.passage.quote
        printed = _NUMBER.findall(row.printed)
        used = _NUMBER.findall(row.formula)
        found = [m for m in _UNIT.finditer(quote.quote) if m["n"] in used and m["n"] not in printed]
        if found:
            match = found[-1]
            words = match["n"] + ("亿" if match["u"] else "万")
            part = Range(quote.start + match.start(), quote.start + match.end())
            yield _contradiction(known, "unit-changed", f"{quote.quote}：{match.group()}→{words}", part, words)


def _statements(known: Known) -> Iterator[Any]:
    """The statements that are right by the program and, where they are labelled, by the expert; each passage once."""
    labelled = known.label.get("arithmetic")
    places = [(known.place(entry["quote"]), entry["verdict"]) for entry in labelled or ()]
    seen: set[int] = set()
    for row in known.before.statements:
        if row.verdict != Arithmetic.CONSISTENT or row.across or row.passage.quote.start in seen:
            continue
        meant = [verdict for place, verdict in places if place and place.meets(row.passage)]
        if labelled is not None and (not meant or Arithmetic.INCONSISTENT in meant):
            continue
        seen.add(row.passage.quote.start)
        yield row


def _contradiction(known: Known, kind: str, what: str, part: Range, words: str) -> Change:
    before = sum(1 for s in known.before.statements if s.verdict == Arithmetic.INCONSISTENT)

    def noticed(after: Assessment) -> bool:
        return sum(1 for s in after.statements if s.verdict == Arithmetic.INCONSISTENT) > before

    text = known.text[: part.start] + words + known.text[part.end :]
    return known.change(kind, what, text, [part], ("consistency.arithmetic",), noticed)


def _title(known: Known) -> Change | None:
    datum, year = known.report.metadata.title, known.before.report_year
    if datum is None or datum.span is None or year is None or not known.right("consistency.year"):
        return None
    quote = known.report.quote(datum.span)
    if str(year) not in quote.quote:
        return None
    # Not over the turn of an outline: then all tasks change rightly.
    other = year + 1 if year in (2016, 2021) else year - 1
    text = known.text[: quote.start] + quote.quote.replace(str(year), str(other)) + known.text[quote.end :]
    aims = ("consistency.year", "quality.plan-year", "timing.*", "form.title")
    return known.change("title-year", f"{year}→{other}", text, [Range(quote.start, quote.end)], aims, _gap("consistency.year"))


def _addressee(known: Known) -> Change | None:
    datum = known.report.metadata.addressee
    if datum is None or datum.span is None or not known.right("form.addressee"):
        return None
    quote = known.report.quote(datum.span)
    end = known.text.find("\n", quote.end)
    start = known.text.rfind("\n", 0, quote.start) + 1
    line = known.text[start : end if end >= 0 else len(known.text)]
    if len(line.strip()) > len(quote.quote) + 4:
        return None
    part = Range(start, end + 1 if end >= 0 else len(known.text))
    return known.change("addressee-dropped", quote.quote, cut(known.text, [part]), [part], ("form.addressee",), _gap("form.addressee"))


def _late(known: Known) -> Change | None:
    datum, year = known.report.metadata.publication_date, known.before.report_year
    if datum is None or datum.span is None or year is None or not known.right("timing.publication"):
        return None
    quote = known.report.quote(datum.span)
    day = _DAY.search(quote.quote)
    if day is None:
        return None
    month, date = (f"{n:0{len(day[name])}}" for n, name in zip(LATE, ("m", "d"), strict=True))
    words = f"{year + 1}{day['a']}{month}{day['b']}{date}"
    part = Range(quote.start + day.start(), quote.start + day.end())
    text = known.text[: part.start] + words + known.text[part.end :]
    return known.change("posted-late", words, text, [part], ("timing.*",), _gap("timing.publication"))


def _actor(known: Known) -> Change | None:
    rule = "statutory.first-responsible"
    finding = known.finding(rule)
    acts = [act for act in finding.acts if act.actor == Actor.PRINCIPAL] if finding else []
    if not acts or not known.right(rule):
        return None
    section = next((s for s in known.before.sections if s.role == Role.FIRST), None)
    start = section.start if section else known.text.rfind("\n", 0, acts[0].passage.quote.start) + 1
    last = known.text.find("\n", acts[-1].passage.quote.end)
    part = Range(known.text.find("\n", start) + 1 if section else start, last if last >= 0 else len(known.text))
    organ = "法规科" if known.before.level == "department" else "司法所" if known.before.level == "township" else "司法局"
    words = _POINTED.sub(
        lambda m: m.group() if organ in m.group() else f"{m['point']}{organ}{m['rest']}",
        _PERSON.sub(organ, known.text[part.start : part.end]),
    )

    def noticed(after: Assessment) -> bool:
        found = next(f for f in after.findings if f.rule == rule)
        return found.gap or not any(act.actor == Actor.PRINCIPAL for act in found.acts)

    text = known.text[: part.start] + words + known.text[part.end :]
    return known.change("actor-replaced", organ, text, [part], (rule,), noticed)


def _gap(rule: str) -> Noticed:
    return lambda after: any(f.rule == rule and f.gap for f in after.findings)
