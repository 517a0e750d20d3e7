"""All results put together: entries, likenesses, last year's reports, gate."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scorer.audit import applied, gate, summary
from scorer.audit import entries as rows
from scorer.audit.decisions import Decision, of_target, plain
from scorer.audit.entries import Candidate
from scorer.audit.gather import Gatherer, failed
from scorer.audit.job import Settings
from scorer.audit.lastyear import Pairs
from scorer.audit.matching import Matcher
from scorer.audit.model import ASSESSED, NO_REPORT, SENT, Audit, Element, Entry, FollowUp, Gate, Likeness, Unit
from scorer.audit.packed import Packed, unpack
from scorer.audit.plain import as_data, likeness_of
from scorer.audit.plan import Plan, Tell
from scorer.audit.store import CURRENT, PREVIOUS, Kept, Store
from scorer.audit.timing import dues_of
from scorer.audit.workers import Failure, Pool
from scorer.rulepack.model import Pack
from scorer.vocabulary import Status


class Assembler:
    """Makes the audit from what was gathered."""

    def __init__(self, plan: Plan, rules: Pack, words: Mapping[str, Any], gathered: Gatherer, store: Store, pool: Pool, tell: Tell) -> None:
        self.plan = plan
        self.rules = rules
        self.words = words
        self.gathered = gathered
        self.store = store
        self.pool = pool
        self.tell = tell
        self.key = gathered.key

    def audit(
        self, settings: Settings, kept: Mapping[tuple[str, str], Kept], notes: Sequence[str], now: datetime.datetime
    ) -> tuple[Audit, dict[str, str], dict[str, tuple[str, str, str]]]:
        """The audit; a digest of each report's summary; and what became of files without a row (older reports)."""
        units = settings.units
        matcher = self.gathered.matcher
        current = self._candidates(kept, CURRENT, matcher, settings.matches)
        sent = [c.path for c in current if c.kept.state == SENT and c.path not in settings.matches]
        current = [c for c in current if c.path not in set(sent)]
        year = self.plan.year or rows.year_of(current)
        dues = dues_of(self.rules)
        found = rows.entries_of(current, units, year, dues, self.words["drafts"], self._possible)
        found, likenesses, lines = self._with_previous(found, kept, units, year)
        found, likenesses, lost = applied.apply(found, likenesses, settings.overrides, lambda entry: self._text(entry, kept))
        own = (
            f"有{len(sent)}个文件是审核机关发出的函或者通报，不是报送材料，没有检查：{'、'.join(sent[:5])}{'等' if len(sent) > 5 else ''}。"
        )
        lines = [*([own] if sent else []), *lines, *lost]
        elements = self._elements(found, year)
        gates = self._gates(found, likenesses, elements, settings.overrides, kept, dues.rules, year)
        audit = Audit(
            title=f"{year}年度法治政府建设年度报告审核" if year else "法治政府建设年度报告审核",
            report_year=year,
            pack_title=self.rules.title,
            pack_version=self.rules.version,
            pack_sha256=self.rules.sha256,
            elements=elements,
            entries=found,
            gates=gates,
            likenesses=likenesses,
            notes=(*notes, *lines),
            made=f"{now:%Y-%m-%d %H:%M}",
            gate_title=self.words["gate"]["title"],
            days=tuple(sorted(dues.rules)),
            figures=tuple(rule.id for rule in self.rules.rules if rule.check == "statements"),
        )
        digests = {path: hashlib.sha256(row.summary).hexdigest() for (side, path), row in kept.items() if side == CURRENT}
        others = {}
        for entry in found:
            for path in entry.superseded:
                others[path] = ("superseded", entry.unit, f"同一单位另有更新的报告：{entry.path}")
        return audit, digests, others

    def _gates(
        self,
        found: Sequence[Entry],
        likenesses: Sequence[Likeness],
        elements: Sequence[Element],
        decisions: Sequence[Decision],
        kept: Mapping[tuple[str, str], Kept],
        days: frozenset[str],
        year: int | None,
    ) -> tuple[Gate, ...]:
        by_unit: dict[str, list[Likeness]] = {}
        for likeness in likenesses:
            for name in {likeness.unit, likeness.other}:
                by_unit.setdefault(name, []).append(likeness)
        titles = {category.id: category.title for category in self.rules.categories}
        conditions = [
            {**c, "category": titles.get(c["category"], c["category"])} if "category" in c else c for c in self.words["gate"]["conditions"]
        ]
        by_id = {element.rule: element for element in elements}
        return tuple(
            gate.judge(
                entry,
                gate.Rules(asked_conditions(conditions, entry, self.rules), by_id, days, year),
                by_unit.get(entry.unit, ()),
                of_target(decisions, entry.unit, entry.path),
                *self._text(entry, kept),
            )
            for entry in found
        )

    def _possible(self, candidate: Candidate, unit: int) -> bool:
        """Whether a file could be a unit's."""
        kept, matcher = candidate.kept, self.gathered.matcher
        return matcher is not None and matcher.possible(unit, kept.path, kept.issuer, kept.title, readable=kept.state != NO_REPORT)

    def _candidates(
        self, kept: Mapping[tuple[str, str], Kept], side: str, matcher: Matcher | None, matches: Mapping[str, str]
    ) -> list[Candidate]:
        if matcher is not self.gathered.matcher:
            self.gathered.forget()
        return [
            Candidate(
                row,
                self.gathered.match(matcher, matches, row),
                summary.loads(row.summary) if row.state == ASSESSED else None,
            )
            for (own, _), row in sorted(kept.items())
            if own == side
        ]

    def _text(self, entry: Entry, kept: Mapping[tuple[str, str], Kept]) -> tuple[str, Callable[[str], bool]]:
        """The hash of a report's text, and what says whether a sentence stands in it; its sentences are read when they are asked for."""
        row = kept.get((CURRENT, entry.path))

        def stands(quote: str) -> bool:
            from scorer.audit import facts

            data = self.store.facts(CURRENT, entry.path)
            text = plain("".join(said.text for said in facts.from_data(unpack(data)).said)) if data else ""
            return all(plain(part) in text for part in quote.split("……") if part)

        return row.text_sha256 if row else "", stands

    def _elements(self, found: Sequence[Entry], year: int | None) -> tuple[Element, ...]:
        """The columns: what is asked of the year, and what any report was judged by."""
        judged = {v.rule for entry in found if entry.summary for v in entry.summary.verdicts if v.machine != Status.NOT_APPLICABLE}
        titles = {category.id: category.title for category in self.rules.categories}
        return tuple(
            Element(rule.id, rule.title, titles.get(rule.category, rule.category), rule.severity)
            for rule, applies in self.rules.applicable(year, None)
            if rule.id in judged or (applies and not judged)
        )

    def _with_previous(
        self, found: Sequence[Entry], kept: Mapping[tuple[str, str], Kept], units: Sequence[Unit], year: int | None
    ) -> tuple[tuple[Entry, ...], tuple[Likeness, ...], list[str]]:
        """The entries with last year's score and follow-up, and the likenesses among units and with last year."""
        # Without a roster the units of this year stand in for it.
        known = units or tuple(Unit(entry.unit) for entry in found if entry.state == ASSESSED)
        matcher = self.gathered.matcher or Matcher(known, self.words["organs"])
        earlier = self._candidates(kept, PREVIOUS, matcher, {}) if self.plan.previous else []
        issuers = {entry.unit: entry.summary.issuer for entry in found if entry.summary}
        last = rows.latest(earlier, known, year - 1 if year else None, issuers, self.words["drafts"])
        lines = []
        used = {(c.match.unit, c.path if c.match.unit is None else "") for c in last.values()}
        unmatched = [
            c.path for c in earlier if c.summary is not None and (c.match.unit, c.path if c.match.unit is None else "") not in used
        ]
        unread = [c.path for c in earlier if c.summary is None]
        for paths, why in ((unmatched, "没有对上单位，没有用来比较"), (unread, "读不出来或不是年度报告，没有用来比较")):
            if paths:
                lines.append(f"上年文件夹里有{len(paths)}个文件{why}：{'、'.join(paths[:5])}{'等' if len(paths) > 5 else ''}。")
        likenesses = list(self._likenesses(found, kept))
        pairs: dict[str, tuple[str, str]] = {}
        keys: dict[str, str] = {}
        for entry in found:
            candidate = last.get(entry.unit)
            if candidate is None or candidate.summary is None or entry.summary is None:
                continue
            key = f"{self.key} {kept[CURRENT, entry.path].text_sha256} {candidate.kept.text_sha256} {entry.summary.report_year} {candidate.summary.report_year}"
            pairs[key] = (entry.path, candidate.path)
            keys[entry.path] = key
        lines += self._compare(pairs)
        result = []
        for entry in found:
            candidate, key = last.get(entry.unit), keys.get(entry.path, "")
            if candidate is None or candidate.summary is None or not key:
                result.append(entry)
                continue
            likeness, followed = self.store.remembered("pair", key) or (None, [])
            if likeness is not None:
                likenesses.append(likeness_of([entry.unit, entry.unit, *likeness]))
            result.append(replace(entry, previous_total=candidate.summary.total, follow_up=Packed.of(FollowUp, followed)))
        return tuple(result), tuple(likenesses), lines

    def _compare(self, pairs: Mapping[str, tuple[str, str]]) -> list[str]:
        """Lay reports beside the units' own of last year, those that were not yet; lines on those that could not be."""
        store, lines = self.store, []
        store.retain("pair", pairs)
        known = store.keys("pair")
        fresh = [key for key in pairs if key not in known]
        for done, (number, result) in enumerate(self.pool.run(Pairs(store, [pairs[key] for key in fresh])), 1):
            if isinstance(result, Failure):
                lines.append(f"“{pairs[fresh[number]][0]}”没有与上年报告比对成：{failed(result)}。")
            else:
                store.remember("pair", fresh[number], result)
            self.tell("对照上年", done, len(fresh))
        return lines

    def _likenesses(self, found: Sequence[Entry], kept: Mapping[tuple[str, str], Kept]) -> Iterable[Likeness]:
        """Among the reports of the audit."""
        from scorer.audit import facts, similarity

        reports = [
            similarity.Kept(entry.unit, entry.path, row.sketch, f"{self.key} {row.text_sha256}")
            for entry in found
            if entry.summary is not None and (row := kept[CURRENT, entry.path])
        ]
        digest = hashlib.sha256()
        for report in reports:
            digest.update(repr((report.unit, report.key, report.text)).encode("utf-8", "surrogatepass") + report.sketch)
        # The same reports are alike in the same way: counting what all pairs share takes most of a second for 500.
        same = self.store.remembered("alike", digest.hexdigest())
        if same is not None:
            return tuple(map(likeness_of, same))
        old = self.store.all_remembered("likeness")
        known = {key: likeness_of(data) if data else None for key, data in old.items()}
        compared: similarity.Found = {}
        self.tell("比对雷同", 0, 0)
        alike = similarity.likenesses(reports, lambda path: facts.from_data(unpack(self.store.facts(CURRENT, path))), known, compared)
        self.store.renew("likeness", {key: as_data(likeness) if likeness else None for key, likeness in compared.items()}, old)
        kept_alike = list(map(as_data, alike))
        self.store.renew("alike", {digest.hexdigest(): kept_alike}, self.store.all_remembered("alike"))
        return tuple(map(likeness_of, kept_alike))


def asked_conditions(conditions: Sequence[Mapping[str, Any]], entry: Entry, rules: Pack) -> list[Mapping[str, Any]]:
    """The conditions of the gate that are asked of a unit of this level and class; an unknown level is asked all but those of a class."""
    level = (entry.roster.level if entry.roster else None) or (entry.summary.level if entry.summary else None)
    names = (entry.roster.name if entry.roster else "", entry.summary.issuer if entry.summary else "", entry.unit)
    classes = {rules.class_of(name, level) for name in names} - {None}
    return [
        condition
        for condition in conditions
        if (level is None or level in condition.get("levels", (level,)))
        and (not condition.get("classes") or classes & set(condition["classes"]))
    ]
