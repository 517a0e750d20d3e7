"""A whole audit, from a folder to its outputs: what is new is worked out, what is kept is used again, all is put together.

The order: walk, roster, review, template (so far nothing is written), lock, work (in processes of their own), match, compare, gate, write. Whatever a file does,
it is a row with its reason; a run that is killed goes on where it stopped.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit import entries as rows
from scorer.audit import gate, review, summary, write
from scorer.audit.entries import Candidate
from scorer.audit.folder import File, walk
from scorer.audit.job import Given, Result, Settings, Task, nothing, prepare, settle
from scorer.audit.matching import Match, Matcher
from scorer.audit.model import ASSESSED, UNREADABLE, Audit, Element, Entry, FollowUp, Likeness, SharedPassage, Unit
from scorer.audit.reviewfile import SHEET, addressed, append, from_sheets
from scorer.audit.roster import Roster, read_roster
from scorer.audit.store import CURRENT, FOLDER, PREVIOUS, Kept, Lock, Store, unpack
from scorer.audit.workers import DEADLINE, Beside, Failure, Pool
from scorer.errors import FazhiError
from scorer.files import save
from scorer.rulepack.find import rules_folder
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack
from scorer.version import VERSION
from scorer.vocabulary import Status

PER_WORKER = 20
"""A second process costs more than it gives below so many files each."""
SECTIONS = frozenset({"gate", "roster", "blank", "totals", "drafts", "levels", "organs"})
"""What a pack says of audits."""
MAX_GAPS = 500_000
"""Rows of an edited table of gaps."""
MAX_TEMPLATE = 20_000_000


@dataclass(frozen=True)
class Plan:
    """What the user asked for."""

    folder: Path
    out: Path
    roster: Path | None = None
    year: int | None = None
    previous: Path | None = None
    jobs: int = 0
    pack: str = "national"
    template: Path | None = None
    deadline: datetime.date | None = None
    signer: str = ""
    fresh: bool = False
    timeout: float = DEADLINE
    now: datetime.datetime | None = None


class Done(NamedTuple):
    """What came of it: the audit, how many files were worked on and how many were kept, and lines the user should read."""

    audit: Audit
    worked: int
    kept: int
    lines: tuple[str, ...]


Tell = Callable[[str, int, int], None]
"""Progress: what is being done, how many are done, of how many."""


def run(plan: Plan, tell: Tell = lambda what, done, total: None) -> Done:
    """Do the whole audit.

    Raises ``FazhiError`` for folder, pack, roster, review file and template before anything is written; for another run at work,
    and for a reviewer's entries in an edited table, before anything that is there is changed.
    """
    if plan.out.resolve() == plan.folder.resolve():
        raise FazhiError("结果不能写在报告所在的文件夹里", where=str(plan.out), remedy="请用 -o 给出另一个文件夹，或它下面的一个子文件夹")
    if plan.previous is not None and plan.previous.resolve() == plan.folder.resolve():
        raise FazhiError(
            "上一年度的文件夹就是所审的文件夹", where=str(plan.previous), remedy="请用 --previous 给出存放上一年度报告的文件夹"
        )
    rules = load_pack(plan.pack)
    own = {path for path in (plan.out, plan.roster, plan.template, plan.previous) if path is not None}
    files, notes = walk(plan.folder, own)
    earlier, earlier_notes = walk(plan.previous, own - {plan.previous}) if plan.previous else ((), ())
    if not files:
        raise FazhiError("文件夹里没有可以检查的文件", where=str(plan.folder), remedy="请把各单位的报告放进这个文件夹")
    # Whatever a person gives is read before anything is made: a mistake in it leaves nothing behind.
    roster = _roster(plan.roster, audit_words(rules))
    _check_matches(_review(plan.out), roster.units, plan.out, {file.path for file in files})
    template = _template(plan.template)
    inner = plan.out / FOLDER
    try:
        inner.mkdir(parents=True, exist_ok=True)
        for name in (write.REPORTS, write.LETTERS):
            (plan.out / name).mkdir(exist_ok=True)
    except OSError as error:
        raise FazhiError(f"建不了文件夹（{error.strerror}）", where=str(plan.out), remedy="请检查路径和权限") from error
    lock = Lock(inner)
    try:
        store = Store(inner)
        try:
            return _Run(plan, rules, roster.units, template, store, tell).all(files, earlier, [*notes, *earlier_notes, *roster.notes])
        finally:
            store.close()
    finally:
        lock.release()


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """Which program worked a result out: its version and the state of its files."""
    digest = hashlib.sha256(VERSION.encode())
    base = Path(__file__).parent.parent
    from scorer.outputs.templates import templates_folder

    for folder in (base, templates_folder()):
        for path in sorted(p for pattern in ("*.py", "*.j2", "*.css", "*.js", "*.yaml") for p in folder.rglob(pattern)):
            status = path.stat()
            digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:24]


def audit_words(rules: Pack) -> Mapping[str, Any]:
    """The pack's words for audits; a section that it does not have is that of the shipped ones."""
    if rules.audit.keys() >= SECTIONS:
        return rules.audit  # the shipped ones need not be read
    return {**load_pack(str(rules_folder() / "audit.yaml")).audit, **rules.audit}


class _Run:
    def __init__(self, plan: Plan, rules: Pack, units: tuple[Unit, ...], template: bytes | None, store: Store, tell: Tell) -> None:
        self.plan = plan
        self.rules = rules
        self.units = units
        self.template = template
        self.store = store
        self.tell = tell
        self.words = audit_words(rules)
        self.key = f"{rules.sha256[:24]} {code_stamp()}"
        self.now = plan.now or datetime.datetime.now()
        self.lines: list[str] = [store.broken] if store.broken else []
        self.notes: list[str] = []
        self.worked = 0
        self.matcher: Matcher | None = None
        self.matches: dict[tuple[str, str, str | None, str | None], Match] = {}

    def all(self, files: Sequence[File], earlier: Sequence[File], notes: list[str]) -> Done:
        """The steps in their order."""
        plan, store, units, template = self.plan, self.store, self.units, self.template
        store.begin(self.key, ("pair", "likeness", "alike", "pack"))
        self._take_over_excel(units)
        reviewed = _review(plan.out)
        overrides, expired = review.in_force(reviewed.overrides, self.now.date())
        seen = store.seen()
        overrides = tuple(o._replace(seen=seen.get(o.key(), "")) if not o.text_sha256 else o for o in overrides)
        self._check_review(reviewed, overrides, expired, units, files)
        if plan.fresh:
            store.clear()
        self._sweep()
        settings = Settings(
            plan.pack,
            self.key,
            plan.year,
            units,
            reviewed.matches,
            overrides,
            str(plan.out / write.REPORTS),
            template,
            plan.deadline,
            plan.signer,
        )
        jobs = plan.jobs or _cores()
        with Pool(prepare, settings, min(jobs, max(1, math.ceil((len(files) + len(earlier)) / PER_WORKER))), plan.timeout) as pool:
            kept = self._work(pool, settings, files, earlier)
            audit, digests, others = self._audit(settings, kept, notes)
            stale = [entry.unit for entry in audit.entries if entry.summary for v in entry.summary.verdicts if v.stale]
            if stale:
                named = "、".join(dict.fromkeys(stale[:5])) + ("等" if len(stale) > 5 else "")
                self.lines.append(f"有{len(stale)}条复核意见写下之后报告的文字有改动，请重新核对：{named}。")
            self._write(pool, audit, digests, others, template)
        self._sweep()  # a worker of a killed run may have outlived it for a moment
        store.see((o.key(), self._text_of(audit, kept, o)) for o in overrides if not o.text_sha256 and self._text_of(audit, kept, o))
        total = len(files) + len(earlier)
        return Done(audit, self.worked, total - self.worked, (*self.lines, *audit.notes))

    # -- what the office gives

    def _take_over_excel(self, units: Sequence[Unit]) -> None:
        """A reviewer's entries in an edited ``audit.xlsx`` go into ``review.yaml`` before anything writes over them."""
        path = self.plan.out / write.TABLE
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            return
        if digest in self.store.all_remembered("table"):
            return
        from scorer.readers.tables import read_tables

        found = from_sheets(read_tables(path, only=SHEET, most=MAX_GAPS), str(path))
        known = _review(self.plan.out).overrides
        rows = self.store.load()

        def text_of(file: str) -> str:
            row = rows.get((CURRENT, file))
            return row.text_sha256 if row else ""

        fresh = addressed(found, {unit.name for unit in units}, known, text_of)
        if fresh:
            append(self.plan.out / write.REVIEW, fresh)
            self.lines.append(f"从 {write.TABLE} 收进{len(fresh)}条复核结论，已写入 {write.REVIEW}。")

    def _check_review(
        self,
        reviewed: review.Review,
        overrides: Sequence[review.Override],
        expired: Sequence[review.Override],
        units: Sequence[Unit],
        files: Sequence[File],
    ) -> None:
        """What in the review file speaks of nothing: named, and left out."""
        rules, paths, names = set(self.rules.ids()), {file.path for file in files}, {unit.name for unit in units}
        where = self.plan.out / write.REVIEW
        for override in overrides:
            if override.rule not in rules:
                self.notes.append(f"{where}:{override.line}：规则包里没有要素“{override.rule}”，这一条没有用上。")
            elif override.file and override.file not in paths:
                self.notes.append(f"{where}:{override.line}：没有文件“{override.file}”，这一条没有用上。")
            elif override.unit and override.unit not in names:
                what = "名册里没有单位" if units else "没有名册，不能按单位写；请改用 file。没有单位"
                self.notes.append(f"{where}:{override.line}：{what}“{override.unit}”，这一条没有用上。")
        self.notes.extend(
            f"{where}:{override.line}：“{override.target}”的“{override.rule}”豁免已于{override.expires}到期，恢复程序的结论。"
            for override in expired
        )
        self.notes.extend(f"{where}：matches 里的文件“{path}”不在文件夹中。" for path in reviewed.matches if path not in paths)

    # -- the work

    def _sweep(self) -> None:
        """Half-written files that a killed run left."""
        for folder in (self.plan.out, self.plan.out / write.REPORTS, self.plan.out / write.LETTERS):
            for path in folder.glob(".*.part"):
                with suppress(OSError):
                    path.unlink()

    def _work(self, pool: Pool, settings: Settings, files: Sequence[File], earlier: Sequence[File]) -> dict[tuple[str, str], Kept]:
        """The results of all files: those kept as they are, the others worked out and kept as they come."""
        store = self.store
        stored = store.load()
        asked = {(CURRENT, file.path): file for file in files} | {(PREVIOUS, file.path): file for file in earlier}
        names = write.file_names([file.path for file in files], ".html")
        reports = self.plan.out / write.REPORTS
        sizes = {entry.name: entry.stat().st_size for entry in os.scandir(reports)}
        given = Given(settings)
        matcher = self.matcher = Matcher(settings.units, self.words["organs"]) if settings.units else None
        kept: dict[tuple[str, str], Kept] = {}
        tasks: list[Task] = []
        touched: list[Kept] = []
        for (side, path), file in asked.items():
            row = stored.get((side, path))
            report = names[path] if side == CURRENT else ""
            if row is not None and self._same_file(row, file):
                unit = self._match(matcher, settings.matches, row).unit
                current = row._replace(size=file.size, mtime_ns=file.mtime_ns)
                if row.state == UNREADABLE:
                    fits = row.reason.startswith(_HUNG)  # a tool that reads it may have been installed since; a hang is not tried again
                else:
                    fits = row.given == given.text(path, unit, side) and (
                        row.state != ASSESSED or not report or (row.report == report and sizes.get(report) == row.report_size)
                    )
                if fits:
                    kept[side, path] = current
                    if current != row:
                        touched.append(current)
                    continue
                tasks.append(Task(side, path, file.full, file.size, file.mtime_ns, report, True, unit))
            else:
                tasks.append(Task(side, path, file.full, file.size, file.mtime_ns, report))
        store.touch(touched)
        gone = [key for key in stored if key not in asked]
        store.drop(gone)
        self.worked = len(tasks)
        for done, (number, result) in enumerate(pool.run(tasks), 1):
            task = tasks[number]
            if not isinstance(result, Result):
                result = Result(nothing(task, self.key, UNREADABLE, _failed(result)), b"", b"")
            store.put(*result)
            kept[task.side, task.path] = result.kept
            self.tell("检查报告", done, len(tasks))
        # Reports of files that are gone or stand under another name; only what this program wrote.
        written = {row.report for row in kept.values() if row.report}
        for row in stored.values():
            if row.report and row.report not in written:
                (reports / row.report).unlink(missing_ok=True)
        return kept

    def _match(self, matcher: Matcher | None, matches: Mapping[str, str], row: Kept) -> Match:
        key = (row.side, row.path, row.issuer, row.title)
        if key not in self.matches:
            self.matches[key] = settle(matcher, matches, row.side, row.path, row.issuer, row.title)
        return self.matches[key]

    def _same_file(self, row: Kept, file: File) -> bool:
        if row.key != self.key or row.size != file.size:
            return False
        if row.mtime_ns == file.mtime_ns:
            return True
        if not row.sha256:
            return False
        try:
            with Path(file.full).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == row.sha256
        except OSError:
            return False

    # -- putting together

    def _audit(
        self, settings: Settings, kept: Mapping[tuple[str, str], Kept], notes: Sequence[str]
    ) -> tuple[Audit, dict[str, str], dict[str, tuple[str, str, str]]]:
        """The audit; a digest of each report's summary; and what became of files without a row (older reports)."""
        units = settings.units
        matcher = self.matcher
        current = self._candidates(kept, CURRENT, matcher, settings.matches)
        year = self.plan.year or rows.year_of(current)
        deadlines = frozenset(rule.id for rule in self.rules.rules if rule.check == "deadline")
        found = rows.entries_of(current, units, year, deadlines, self.words["drafts"])
        found, likenesses, lines = self._with_previous(found, kept, units, year)
        elements = self._elements(found, year)
        by_id = {element.rule: element for element in elements}
        by_unit: dict[str, list[Likeness]] = {}
        for likeness in likenesses:
            for name in {likeness.unit, likeness.other}:
                by_unit.setdefault(name, []).append(likeness)
        titles = {category.id: category.title for category in self.rules.categories}
        conditions = [
            {**c, "category": titles.get(c["category"], c["category"])} if "category" in c else c for c in self.words["gate"]["conditions"]
        ]
        gates = tuple(gate.judge(entry, conditions, by_id, by_unit.get(entry.unit, ()), year) for entry in found)
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
            notes=(*notes, *self.notes, *lines),
            made=f"{self.now:%Y-%m-%d %H:%M}",
            gate_title=self.words["gate"]["title"],
        )
        digests = {path: hashlib.sha256(row.summary).hexdigest() for (side, path), row in kept.items() if side == CURRENT}
        others = {}
        for entry in found:
            for path in entry.superseded:
                others[path] = ("superseded", entry.unit, f"同一单位另有更新的报告：{entry.path}")
        return audit, digests, others

    def _candidates(
        self, kept: Mapping[tuple[str, str], Kept], side: str, matcher: Matcher | None, matches: Mapping[str, str]
    ) -> list[Candidate]:
        if matcher is not self.matcher:
            self.matches.clear()  # found by another roster
        return [
            Candidate(
                row,
                self._match(matcher, matches, row),
                summary.from_data(unpack(row.summary)) if row.state == ASSESSED else None,
            )
            for (own, _), row in sorted(kept.items())
            if own == side
        ]

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
        matcher = self.matcher or Matcher(known, self.words["organs"])
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
        old = self.store.all_remembered("pair")
        pairs: dict[str, Any] = {}
        likenesses = list(self._likenesses(found, kept))
        result = []
        for entry in found:
            candidate = last.get(entry.unit)
            if candidate is None or candidate.summary is None or entry.summary is None:
                result.append(entry)
                continue
            key = f"{self.key} {kept[CURRENT, entry.path].text_sha256} {candidate.kept.text_sha256} {entry.summary.report_year} {candidate.summary.report_year}"
            if key not in pairs:
                pairs[key] = old[key] if key in old else self._compared(entry.path, candidate.path)
            likeness, followed = pairs[key]
            if likeness is not None:
                likenesses.append(_likeness([entry.unit, entry.unit, *likeness]))
            result.append(replace(entry, previous_total=candidate.summary.total, follow_up=tuple(FollowUp(*item) for item in followed)))
        self.store.renew("pair", pairs, old)
        return tuple(result), tuple(likenesses), lines

    def _compared(self, path: str, earlier: str) -> list[Any]:
        """A report beside the unit's own of last year, as plain data: likeness (or None) and follow-up."""
        from scorer.audit import facts, followthrough, similarity

        mine, theirs = (facts.from_data(unpack(self.store.facts(side, name))) for side, name in ((CURRENT, path), (PREVIOUS, earlier)))
        likeness = similarity.likeness_to_previous(mine, theirs, "")
        followed = followthrough.follow_up(theirs, mine)
        return [_plain(likeness)[2:] if likeness else None, [list(item) for item in followed]]

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
            return tuple(map(_likeness, same))
        old = self.store.all_remembered("likeness")
        known = {key: _likeness(plain) if plain else None for key, plain in old.items()}
        compared: similarity.Found = {}
        self.tell("比对雷同", 0, 0)
        alike = similarity.likenesses(reports, lambda path: facts.from_data(unpack(self.store.facts(CURRENT, path))), known, compared)
        self.store.renew("likeness", {key: _plain(likeness) if likeness else None for key, likeness in compared.items()}, old)
        self.store.renew("alike", {digest.hexdigest(): list(map(_plain, alike))}, self.store.all_remembered("alike"))
        return alike

    # -- writing

    def _write(
        self, pool: Pool, audit: Audit, digests: Mapping[str, str], others: Mapping[str, tuple[str, str, str]], template: bytes | None
    ) -> None:
        out, store = self.plan.out, self.store
        constant = repr(
            (
                self.key,
                audit.title,
                audit.gate_title,
                audit.elements,
                self.plan.deadline,
                self.plan.signer,
                hashlib.sha256(template or b"").hexdigest(),
            )
        )
        tasks, kept, old = write.letter_tasks(audit, out / write.LETTERS, digests, constant, store)
        for done, (number, size) in enumerate(pool.run(tasks), 1):
            if isinstance(size, Failure):
                name = Path(tasks[number].target).name
                self.lines.append(f"反馈函 {name} 没有写成：{_failed(size)}")
                del kept[name]
            else:
                kept[Path(tasks[number].target).name][1] = size
            self.tell("写反馈函", done, len(tasks))
        for name in old:
            if name not in kept:
                (out / write.LETTERS / name).unlink(missing_ok=True)
        store.renew("letter", kept, old)
        self.tell("写汇总", 0, 0)
        write.save_review_template(out)
        timeless = replace(audit, made="")  # the one line of time stands in the overview alone
        shown = write.digest_of(timeless, digests, self.key)
        if self._table_stands(shown):
            self._write_others(audit, timeless, others)
            return
        from scorer.audit.outputs import workbook as audit_xlsx

        with Beside(lambda: save(out / write.TABLE_NEW, audit_xlsx.render(timeless))) as beside:
            self._write_others(audit, timeless, others)
            beside.join()
        # Its hash is known before it is in its place, so that a killed run's table is not taken for one that a person edited.
        digest = hashlib.sha256((out / write.TABLE_NEW).read_bytes()).hexdigest()
        store.remember("table", digest, shown)
        write.replace_table(out)
        store.renew("table", {digest: shown}, store.all_remembered("table"))

    def _table_stands(self, shown: str) -> bool:
        """Whether the table in its place is the one that would be made again: of the same audit, and not edited since."""
        try:
            digest = hashlib.sha256((self.plan.out / write.TABLE).read_bytes()).hexdigest()
        except OSError:
            return False
        return bool(self.store.remembered("table", digest) == shown)

    def _write_others(self, audit: Audit, timeless: Audit, others: Mapping[str, tuple[str, str, str]]) -> None:
        """The outputs beside the table."""
        from scorer.audit.outputs import letters
        from scorer.audit.outputs import page as audit_html

        out = self.plan.out
        write.save_stream(out / write.RESULTS, write.results(audit, self.store, others))
        save(out / write.PACK, self._pack_digests())
        save(out / write.CIRCULAR, letters.circular(timeless, None, self.plan.deadline, signer=self.plan.signer))
        save(out / write.INDEX, audit_html.render(audit).encode("utf-8", "replace"))

    def _pack_digests(self) -> bytes:
        known = self.store.remembered("pack", self.key)
        if known is None:
            known = write.pack_digests(self.rules).decode()
            self.store.renew("pack", {self.key: known}, self.store.all_remembered("pack"))
        return str(known).encode()

    def _text_of(self, audit: Audit, kept: Mapping[tuple[str, str], Kept], override: review.Override) -> str:
        """The hash of the text that an override was applied to; empty when it was applied to none."""
        path = override.file or next((entry.path for entry in audit.entries if entry.roster and entry.unit == override.unit), "")
        row = kept.get((CURRENT, path))
        return row.text_sha256 if row else ""


_HUNG = "检查超过"


def _failed(result: Any) -> str:
    """Words for a file that a worker could not finish. Raises ``FazhiError`` when the run cannot go on."""
    if not isinstance(result, Failure):
        return "检查时程序出错，这是本工具的缺陷；请反馈给维护者"
    if result.kind == "stop":
        raise FazhiError(result.detail)
    return {
        "hung": f"{_HUNG}{result.detail}秒没有完成，已放弃；请另存为.docx或.txt再报，或用 --timeout 放宽",
        "crashed": "检查时进程意外中止，文件可能已损坏；请用Word或WPS打开后另存一份再试",
        "memory": "检查时内存不够，文件可能异常；请用Word或WPS打开后另存一份再试",
    }.get(result.kind, f"检查时程序出错（{result.detail}），这是本工具的缺陷；请把这份文件的情况反馈给维护者")


def _plain(likeness: Likeness) -> list[Any]:
    return [getattr(likeness, name) for name in Likeness.__slots__]


def _likeness(data: Sequence[Any]) -> Likeness:
    unit, other, share, passages, previous, years, other_share = data
    found = tuple(SharedPassage(mine, theirs, tuple((a, b) for a, b in changed)) for mine, theirs, changed in passages)
    return Likeness(unit, other, share, found, previous, tuple(years), other_share)


def _roster(path: Path | None, words: Mapping[str, Any]) -> Roster:
    if path is None:
        return Roster()
    from scorer.readers.tables import read_tables

    return read_roster(read_tables(path), str(path), words)


def _review(out: Path) -> review.Review:
    path = out / write.REVIEW
    try:
        return review.read_review(path.read_bytes(), str(path))
    except FileNotFoundError:
        return review.NOTHING
    except OSError as error:
        raise FazhiError(f"打不开（{error.strerror}）", where=str(path)) from error


def _check_matches(reviewed: review.Review, units: Sequence[Unit], out: Path, files: Collection[str]) -> None:
    names = {unit.name for unit in units}
    for path, unit in reviewed.matches.items():
        if unit and unit not in names and path in files:
            raise FazhiError(
                f"matches 里的单位“{unit}”不在名册里", where=str(out / write.REVIEW), remedy="请照名册写单位名称；不属于任何单位的写 无"
            )


def _template(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEMPLATE + 1)
    except OSError as error:
        raise FazhiError("打不开反馈函模板", where=str(path), remedy="请检查路径和权限") from error
    if len(data) > MAX_TEMPLATE or not data.startswith(b"PK\x03\x04"):
        raise FazhiError("反馈函模板不是.docx文件", where=str(path), remedy="请用Word或WPS另存为.docx")
    from scorer.audit.outputs import letters

    try:
        letters.check_template(data)
    except FazhiError as error:
        raise FazhiError(error.what, where=str(path), remedy=error.remedy) from error
    return data


def _cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
