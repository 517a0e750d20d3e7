"""A whole audit, from a folder to its outputs: what is new is worked out, what is kept is used again, all is put together.

The order: walk, roster, review, template (so far nothing is written), lock, what stands there, work (in processes of their own),
match, compare, gate, write, log, freeze. Whatever a file does, it is a row with its reason; a run that is killed goes on where it stopped.
"""

from __future__ import annotations

import datetime
import math
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from scorer.audit import final, given, probe, queue, review, rounds, runlog, standing, write
from scorer.audit.assemble import Assembler
from scorer.audit.decisions import Decision
from scorer.audit.folder import File, walk
from scorer.audit.gather import PER_WORKER, Gatherer, code_stamp, cores
from scorer.audit.job import Settings, prepare
from scorer.audit.model import Audit, Unit
from scorer.audit.office import read_office
from scorer.audit.output import Letters, Writer
from scorer.audit.plan import Done, Plan, Tell
from scorer.audit.reviewers import Merged
from scorer.audit.store import CURRENT, FOLDER, Kept, Lock, Store
from scorer.audit.supporting import set_aside
from scorer.audit.unfinished import Open, unfinished
from scorer.audit.unfinished import lines as unfinished_lines
from scorer.audit.words import audit_words
from scorer.audit.workers import Pool
from scorer.errors import FazhiError
from scorer.readers import soffice
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack

__all__ = ["Done", "Plan", "Tell", "run"]


def run(plan: Plan, tell: Tell = lambda what, done, total: None) -> Done:
    """Do the whole audit.

    Raises ``FazhiError`` for folder, pack, roster, review file and template before anything is written; for another run at work,
    for another pack or year or a frozen audit in the folder, and for a reviewer's entries in an edited table, before anything that
    is there is changed.
    """
    if plan.out.resolve() == plan.folder.resolve():
        raise FazhiError("结果不能写在报告所在的文件夹里", where=str(plan.out), remedy="请用 -o 给出另一个文件夹，或它下面的一个子文件夹")
    if plan.previous is not None and plan.previous.resolve() == plan.folder.resolve():
        raise FazhiError(
            "上一年度的文件夹就是所审的文件夹", where=str(plan.previous), remedy="请用 --previous 给出存放上一年度报告的文件夹"
        )
    if plan.scheduler:
        # Other machines know nothing of the folder in which the command was given.
        pack = str(Path(plan.pack).resolve()) if Path(plan.pack).is_file() else plan.pack
        plan = replace(plan, out=plan.out.resolve(), pack=pack)
    if plan.final:
        final.refuse_nameless(plan.by or runlog.user())
    rules = load_pack(plan.pack)
    own = {path for path in (plan.out, plan.roster, plan.template, plan.circular, plan.previous) if path is not None}
    files, notes = walk(plan.folder, own)
    files, aside = set_aside(files, audit_words(rules).get("supporting", {}))
    notes += tuple(aside)
    earlier, earlier_notes = walk(plan.previous, own - {plan.previous}) if plan.previous else ((), ())
    if not files:
        raise FazhiError("文件夹里没有可以检查的文件", where=str(plan.folder), remedy="请把各单位的报告放进这个文件夹")
    # Whatever a person gives is read before anything is made: a mistake in it leaves nothing behind.
    roster = given.roster_of(plan.roster, audit_words(rules), plan.year)
    given.check_matches(given.read_reviews(plan.out).review, roster.units, plan.out, {file.path for file in files})
    letters = Letters(
        given.read_template(plan.template),
        given.read_template(plan.circular, given.CIRCULAR),
        read_office(plan.out, audit_words(rules).get("office", {}), plan.signer),
    )
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
            return _Run(plan, rules, roster.units, letters, store, tell).all(files, earlier, [*notes, *earlier_notes, *roster.notes])
        finally:
            store.close()
    finally:
        lock.release()


def _pool(plan: Plan, settings: Settings, files: int) -> Pool:
    """Where the work is done: in processes of this machine, or of the cluster that was asked for."""
    jobs = min(plan.jobs or cores(), max(1, math.ceil(files / PER_WORKER)))
    if not plan.scheduler:
        return Pool(prepare, settings, jobs, plan.timeout)
    from scorer.audit.cluster import Cluster

    return Cluster(plan.scheduler, prepare, settings, jobs, plan.timeout)


class _Run:
    def __init__(self, plan: Plan, rules: Pack, units: tuple[Unit, ...], letters: Letters, store: Store, tell: Tell) -> None:
        self.plan = plan
        self.rules = rules
        self.units = units
        self.letters = letters
        self.store = store
        self.tell = tell
        self.words = audit_words(rules)
        self.key = f"{rules.sha256[:24]} {code_stamp()}"
        self.now = plan.now or datetime.datetime.now()
        self.by = plan.by or runlog.user()
        self.lines: list[str] = [store.broken] if store.broken else []
        self.reviews: dict[str, str] = {}

    def all(self, files: Sequence[File], earlier: Sequence[File], notes: list[str]) -> Done:
        """The steps in their order."""
        plan, store, units = self.plan, self.store, self.units
        if plan.deadline and plan.deadline < self.now.date():
            self.lines.append(f"--deadline 的日期 {plan.deadline} 已经过去，反馈函里会要求在那天以前报回，请核对。")
        before = self._before()
        store.begin(self.key, ("pair", "likeness", "alike", "pack"))
        merged, overrides = self._decisions(files, notes)
        if plan.fresh:
            store.clear()
        settings = Settings(
            plan.pack,
            self.key,
            plan.year,
            units,
            merged.review.matches,
            overrides,
            str(plan.out / write.REPORTS),
            self.letters.template,
            plan.deadline,
            self.letters.office,
        )
        with soffice.shared(), _pool(plan, settings, len(files) + len(earlier)) as pool:
            if before and not plan.year and not plan.replace and (fresh := probe.unlike(store.load(), files)):
                self._may(probe.year_of(pool, fresh))
            self._sweep()
            gathered = Gatherer(plan.out, self.key, self.words["organs"], store, self.tell)
            kept = gathered.work(pool, settings, files, earlier)
            assembler = Assembler(plan, self.rules, self.words, gathered, store, pool, self.tell)
            audit, digests, others = assembler.audit(settings, kept, notes, self.now)
            audit = self._with_rounds(audit, kept)
            stale = [entry.unit for entry in audit.entries if entry.summary for v in entry.summary.verdicts if v.stale]
            if stale:
                named = "、".join(dict.fromkeys(stale[:5])) + ("等" if len(stale) > 5 else "")
                self.lines.append(f"有{len(stale)}条复核意见写下之后报告的文字有改动，请重新核对：{named}。")
            writer = Writer(plan, self.key, self.rules, store, self.tell)
            log = runlog.line_of_run(self.rules, audit, before, gathered.worked, len(kept) - gathered.worked, len(overrides))
            try:
                writer.write(pool, audit, digests, others, self.letters)
            except FazhiError as error:
                self._log("审核（没有写完）", [*log, str(error)])
                raise
        self._sweep()  # a worker of a killed run may have outlived it for a moment
        store.see((o.key(), text) for o in overrides if not o.text_sha256 and (text := _text_of(audit, kept, o)))
        queue.write(plan.out, audit, kept, self._seed())
        self._log("审核", log)
        standing.write(plan.out, plan, self.rules, audit, self.now, self.reviews)
        if plan.final:
            self._freeze(audit, kept, unfinished(audit, merged))
        total = len(files) + len(earlier)
        return Done(audit, gathered.worked, total - gathered.worked, (*self.lines, *writer.lines, *audit.notes))

    def _with_rounds(self, audit: Audit, kept: Mapping[tuple[str, str], Kept]) -> Audit:
        """The audit with what was decided of each unit so far; what is new is kept at once."""
        texts = {path: row.text_sha256 or row.sha256 for (side, path), row in kept.items() if side == CURRENT}
        history = rounds.read(self.plan.out, audit.report_year)
        fresh = rounds.advance(history, audit, texts, self.now.date().isoformat())
        rounds.append(self.plan.out, audit.report_year, fresh)
        added = dict(fresh)
        found = []
        for entry in audit.entries:
            own = (*history.get(entry.unit, ()), *((added[entry.unit],) if entry.unit in added else ()))
            found.append(replace(entry, rounds=own) if own else entry)
        return replace(audit, entries=tuple(found))

    def _before(self) -> standing.Standing | None:
        """What stands in the folder, made ready for being written over; raises like ``_may``."""
        plan = self.plan
        before = self._may(plan.year)
        if plan.reopen:
            final.reopen(plan.out, self.now, self.by)
        if before and plan.replace and plan.year and before.year not in (None, plan.year):
            self._put_aside(before)
        return before

    def _decisions(self, files: Sequence[File], notes: list[str]) -> tuple[Merged, tuple[Decision, ...]]:
        """What all reviewers said, and the decisions that hold today."""
        plan, store, units = self.plan, self.store, self.units
        taken = given.take_over_excel(plan.out, store, units)
        if taken:
            self.lines.append(f"从 {write.TABLE} 收进{taken}条复核结论，已写入 {write.REVIEW}。")
        self.reviews = given.review_digests(plan.out)  # before they are read: what changes meanwhile is not said to be in
        merged = given.read_reviews(plan.out)
        notes += given.told_differences(merged)
        overrides, expired = review.in_force(merged.review.overrides, self.now.date())
        seen = store.seen()
        overrides = tuple(o._replace(seen=seen.get(o.key(), "")) if not o.text_sha256 else o for o in overrides)
        notes += given.speaks_of_nothing(plan.out, self.rules.ids(), merged.review, overrides, expired, units, files)
        return merged, overrides

    def _may(self, year: int | None) -> standing.Standing | None:
        """What stands in the folder. Raises ``FazhiError`` where it must not be written over."""
        if not self.plan.reopen:
            final.refuse(self.plan.out)
        there = standing.read(self.plan.out)
        if not self.plan.replace:
            standing.refuse(self.plan.out, there, self.rules, year)
        return there

    def _seed(self) -> str:
        """By what samples of this audit are drawn: another one for each audit, the same as long as it lasts."""
        known = self.store.remembered("sample", "seed")
        if known is None:
            known = secrets.token_hex(8)
            self.store.remember("sample", "seed", known)
        return str(known)

    def _put_aside(self, before: standing.Standing) -> None:
        """The decisions on another year's reports are none on these."""
        for path in sorted(self.plan.out.glob("review*.yaml")):
            aside = self.plan.out / FOLDER / f"{before.year}年度-{before.made.replace(':', '')}-{path.name}"
            path.replace(aside)
            self.lines.append(f"{path.name} 是对{before.year}年度报告的决定，不用于这次审核，已移到 {FOLDER}/{aside.name}。")

    def _log(self, what: str, parts: Sequence[str]) -> None:
        try:
            runlog.append(self.plan.out, what, parts, self.now, self.by)
        except FazhiError as error:
            self.lines.append(f"运行记录没有写成：{error}")

    def _freeze(self, audit: Audit, kept: Mapping[tuple[str, str], Kept], left: Sequence[Open]) -> None:
        if not self.plan.accept_open:
            final.refuse_open(left, self.plan.out)
        judged = {path: row.sha256 for (side, path), row in kept.items() if side == CURRENT and row.sha256}
        frozen = final.freeze(self.plan, self.rules, audit, judged, self.now, self.by, left)
        told = [f"带着没有办完的定稿：{unfinished_lines(left)}"] if left else []
        self._log("定稿", [f"{frozen.files}个文件", f"清单 sha256 {frozen.sha256}", *told])
        self.lines += told
        self.lines.append(
            f"已定稿：{final.NAME} 列出{frozen.files}个文件的校验值，可用 fazhi verify 核对；请把清单自身的校验值记入案卷：{frozen.sha256}"
        )

    def _sweep(self) -> None:
        """Half-written files that a killed run left."""
        for folder in (self.plan.out, self.plan.out / write.REPORTS, self.plan.out / write.LETTERS):
            for path in folder.glob(".*.part"):
                with suppress(OSError):
                    path.unlink()


def _text_of(audit: Audit, kept: Mapping[tuple[str, str], Kept], override: Decision) -> str:
    """The hash of the text that an override was applied to; empty when it was applied to none."""
    path = override.file or next((entry.path for entry in audit.entries if entry.roster and entry.unit == override.unit), "")
    row = kept.get((CURRENT, path))
    return row.text_sha256 if row else ""
