"""The outputs of an audit, each made when something in it changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scorer.audit.gather import failed
from scorer.audit.model import Audit
from scorer.audit.office import Office, save_office_template
from scorer.audit.plan import Plan, Tell
from scorer.audit.resultsfile import PACK, RESULTS
from scorer.audit.store import Store
from scorer.audit.workers import Beside, Failure, Pool
from scorer.audit.write import (
    CIRCULAR,
    INDEX,
    LETTERS,
    TABLE,
    TABLE_NEW,
    digest_of,
    digest_of_file,
    last_written,
    letter_tasks,
    pack_digests,
    replace_table,
    results,
    save_beside,
    save_review_template,
    save_stream,
    tables,
)
from scorer.files import save
from scorer.rulepack.model import Pack

_PAGE = re.compile(r"\.?(?:\d{3,12}\.html|lists\.html|rows\.js)(?:\.part)?")
"""What this program writes into the folder of pages."""


class Letters(NamedTuple):
    """What letters and circular are made with: the office's templates (None for the built-in ones), and who sends them."""

    template: bytes | None
    circular: bytes | None
    office: Office


class Writer:
    """Writes the outputs of an audit; what would be the same again stands."""

    def __init__(self, plan: Plan, key: str, rules: Pack, store: Store, tell: Tell) -> None:
        self.plan = plan
        self.key = key
        self.rules = rules
        self.store = store
        self.tell = tell
        self.lines: list[str] = []

    def write(
        self, pool: Pool, audit: Audit, digests: Mapping[str, str], others: Mapping[str, tuple[str, str, str]], letters: Letters
    ) -> None:
        """Letters, table, page, results and the circular."""
        out, store = self.plan.out, self.store
        constant = repr(
            (
                self.key,
                audit.title,
                audit.gate_title,
                audit.elements,
                self.plan.deadline,
                letters.office,
                hashlib.sha256(letters.template or b"").hexdigest(),
            )
        )
        tasks, kept, old = letter_tasks(audit, out / LETTERS, digests, constant, store)
        for done, (number, size) in enumerate(pool.run(tasks), 1):
            if isinstance(size, Failure):
                name = Path(tasks[number].target).name
                self.lines.append(f"反馈函 {name} 没有写成：{failed(size)}")
                del kept[name]
            else:
                name = Path(tasks[number].target).name
                kept[name][1:] = [size.size, size.digest]
                if size.beside:
                    self.lines.append(f"反馈函 {name} 有人改过，没有覆盖；新写的是 {size.beside}。")
            self.tell("写反馈函", done, len(tasks))
        for name in old:
            if name not in kept and digest_of_file(out / LETTERS / name) in last_written(old, name).split():
                (out / LETTERS / name).unlink(missing_ok=True)
        store.renew("letter", kept, old)
        self.tell("写汇总", 0, 0)
        save_review_template(out)
        save_office_template(out)
        timeless = replace(audit, made="")  # the one line of time stands in the overview alone
        shown = digest_of(timeless, digests, self.key)
        ours = store.all_remembered("table")
        there = tables(out)
        stands = next((path for path, digest in there.items() if ours.get(digest) == shown), None)
        if stands is not None:
            self._write_others(audit, timeless, others, letters)
            self._beside(stands)
            return
        from scorer.audit.outputs import workbook as audit_xlsx

        with Beside(lambda: save(out / TABLE_NEW, audit_xlsx.render(timeless))) as beside:
            self._write_others(audit, timeless, others, letters)
            beside.join()
        # Its hash is known before it is in its place, so that a killed run's table is not taken for one that a person edited.
        digest = hashlib.sha256((out / TABLE_NEW).read_bytes()).hexdigest()
        store.remember("table", digest, shown)
        place = replace_table(out, [digest, *ours])
        self._beside(place)
        left = {old: ours[old] for path, old in there.items() if old in ours and path != place}
        store.renew("table", {**left, digest: shown}, store.all_remembered("table"))

    def _beside(self, place: Path) -> None:
        if place.name != TABLE:
            self.lines.append(f"{TABLE} 有人改过，没有覆盖；新写的是 {place.name}。")

    def _circular(self, data: bytes) -> None:
        written = save_beside(self.plan.out / CIRCULAR, data, str(self.store.remembered("circular", CIRCULAR) or ""))
        self.store.remember("circular", CIRCULAR, written.digest)
        if written.beside:
            self.lines.append(f"{CIRCULAR} 有人改过，没有覆盖；新写的是 {written.beside}。")

    def _write_others(self, audit: Audit, timeless: Audit, others: Mapping[str, tuple[str, str, str]], letters: Letters) -> None:
        """The outputs beside the table."""
        from scorer.audit.outputs import circular

        out = self.plan.out
        save_stream(out / RESULTS, results(audit, self.store, others))
        save(out / PACK, self._pack_digests())
        self._circular(circular.circular(timeless, letters.circular, self.plan.deadline, office=letters.office))
        self._pages(audit)

    def _pages(self, audit: Audit) -> None:
        """The overview, after the pages that it leads to; pages of an audit that had more units go."""
        from scorer.audit.outputs import page, pages

        view, beside = page.View(audit), set()
        for name, text in pages.beside(view):
            save(self.plan.out / name, text)
            beside.add(Path(name).name)
        save(self.plan.out / INDEX, view.overview())
        folder = self.plan.out / page.UNITS
        for path in folder.glob("*"):
            if _PAGE.fullmatch(path.name) and path.name not in beside:
                path.unlink(missing_ok=True)
        if not beside:
            with suppress(OSError):
                folder.rmdir()

    def _pack_digests(self) -> bytes:
        known = self.store.remembered("pack", self.key)
        if known is None:
            known = pack_digests(self.rules).decode()
            self.store.renew("pack", {self.key: known}, self.store.all_remembered("pack"))
        return str(known).encode()
