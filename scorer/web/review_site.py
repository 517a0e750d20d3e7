"""What the review desk has open: audits by key, and the one run that may be at work."""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scorer.audit import final, standing
from scorer.audit.plan import Plan
from scorer.audit.write import INDEX, LETTERS, REPORTS, tables
from scorer.errors import FazhiError
from scorer.web import review_pages as pages
from scorer.web.review_desk import CHECK, DIFFER, FIRST, SAMPLE, VIEWS, ReviewDesk
from scorer.web.review_job import DONE, RUNNING, Job


class Site:
    """All that is open in one running program. Its methods may be called from any thread; they raise ``FazhiError``."""

    def __init__(self, pack: str) -> None:
        self.pack = pack
        self._desks: dict[str, ReviewDesk] = {}
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._job_key = ""

    def open(self, folder: Path) -> str:
        """Open a folder of results; its key."""
        if not folder.is_dir():
            raise FazhiError("没有这个文件夹", where=str(folder), remedy="请选 fazhi audit 写出的结果文件夹")
        out = folder.resolve()
        key = _key(out)
        with self._lock:
            if key not in self._desks:
                self._desks[key] = ReviewDesk(out)
        return key

    def desk(self, key: str) -> ReviewDesk:
        """The opened audit of a key, as it is on the disk now."""
        desk = self._desks.get(key)
        if desk is None:
            raise FazhiError("没有打开这个审核结果", remedy="请回到开始页，选结果文件夹")
        desk.refresh()
        return desk

    # -- pages

    def home(self, by: str) -> str:
        """Choose results or begin an audit."""
        recent = [(key, str(desk.out)) for key, desk in self._desks.items()]
        year = datetime.date.today().year
        return pages.render("review-home.html.j2", by=by, recent=recent, years=range(year, 2014, -1), running=self._busy())

    def first(self, key: str, by: str) -> str:
        """Where to go on: whose the files are, then the queue (what decides first), then the sample, then the overview."""
        desk = self.desk(key)
        if pages.questions(desk, by):
            return f"/review/{key}/pairs"
        for view in (FIRST, DIFFER, CHECK, SAMPLE):
            number = desk.next_open(view)
            if number:
                return f"/review/{key}/item/{number}?view={view}"
        return f"/review/{key}/overview"

    def view(self, key: str, view: str) -> str:
        """Where a view goes on: its next open item, else its first."""
        desk = self.desk(key)
        order = desk.order(view)
        number = desk.next_open(view) or (order[0] if order and view != DIFFER else 0)
        return f"/review/{key}/item/{number}?view={quote(view)}" if number else f"/review/{key}/overview"

    def running(self) -> str:
        """The run that is at work, or what came of the last one."""
        job = self._job
        if job is None:
            raise FazhiError("没有正在进行的审核", remedy="请回到开始页")
        key = _key(job.out.resolve())
        changes = ""
        if job.state.state == DONE:
            key = self.open(job.out)
            changes = next(iter(pages.last_lines(job.out, 1)), "")
        return pages.render("review-running.html.j2", state=job.state, key=key, folder=str(job.out), changes=changes.split(" | ")[3:])

    def job_state(self) -> dict[str, Any]:
        """How far the run is."""
        if self._job is None:
            raise FazhiError("没有正在进行的审核")
        state = self._job.state
        return {"state": state.state, "what": state.what, "done": state.done, "total": state.total}

    # -- runs

    def _busy(self) -> bool:
        return self._job is not None and self._job.state.state == RUNNING

    def _begin(self, plan: Plan) -> None:
        with self._lock:
            if self._busy():
                raise FazhiError("另一次审核正在进行", remedy="请等它做完，或先停下它")
            self._job = Job(plan)

    def new(self, data: Mapping[str, Any], by: str) -> None:
        """Begin an audit with what was chosen on the page. Only the folder of results is written to."""
        folder = _given(data, "folder")
        if folder is None:
            raise FazhiError("请选放报告的文件夹")
        out = _given(data, "out") or folder.parent / f"{folder.name}-审核结果"
        roster = _given(data, "roster")
        for path, word in ((folder, "放报告的文件夹"), (roster, "名册"), (_given(data, "previous"), "上一年度报告的文件夹")):
            if path is not None and not path.exists():
                raise FazhiError(f"没有找到{word}", where=str(path), remedy="请检查路径")
        plan = Plan(
            folder=folder,
            out=out,
            roster=roster,
            previous=_given(data, "previous"),
            year=int(data["year"]) if data.get("year") else None,
            pack=self.pack,
            signer=str(data.get("signer") or "").strip()[:100],
            deadline=datetime.date.fromisoformat(str(data["deadline"])) if data.get("deadline") else None,
            replace=bool(data.get("replace")),
            by=by,
        )
        final.refuse(out)
        self._begin(plan)

    def again(self, desk: ReviewDesk, by: str, *, freeze: bool, accept: bool = False) -> str:
        """Run the audit again, as it was run the last time; with ``freeze`` finally, with ``accept`` also with work undone."""
        there = standing.read(desk.out)
        if there is None:
            raise FazhiError("不知道上次是怎样审核的", where=str(desk.out), remedy="请用 fazhi audit 再运行一次，以后就可以在这里重新生成")
        final.refuse(desk.out)
        plan = standing.plan_of(there, desk.out)
        self._begin(replace(plan, by=by, final=freeze, accept_open=freeze and accept))
        return "/review/running"

    def close(self) -> None:
        """The program ends: a run that is at work ends too; what it has worked out is kept."""
        if self._job is not None:
            self._job.stop()

    def stop(self) -> str:
        """Stop the run; what it has worked out is kept."""
        if self._job is not None:
            self._job.stop()
        return "/review/running"

    # -- what a reviewer does

    def act(self, key: str, what: str, data: Mapping[str, Any], by: str) -> str:
        """Do what was posted; the address to go to next."""
        desk = self.desk(key)
        if what == "name":
            return self.first(key, by) if by else f"/review/{key}/overview"
        if not by:
            raise FazhiError("请先写复核人的姓名")
        view = str(data.get("view") or FIRST)
        if what in ("decide", "bulk"):
            numbers = [int(data["item"])] if what == "decide" else sorted({int(n) for n in data["items"]})[: pages.BULK]
            if not numbers:
                raise FazhiError("没有选中任何一项")
            with desk.lock:
                if data["stamp"] != desk.stamp:
                    raise FazhiError("刚才重新生成过，这一页是旧的，没有存", remedy="请刷新页面，看过再定")
                desk.decide(by, numbers, str(data["status"]), str(data["reason"]))
            return self._next(key, desk, view, numbers[-1])
        if what == "undo":
            numbers = list(desk.undo(by))
            shown = view if view in VIEWS or view.startswith("unit-") else FIRST
            return f"/review/{key}/item/{numbers[0]}?view={shown}" if numbers else f"/review/{key}/pairs"
        if what == "assign":
            desk.assign(by, [(str(data["path"]), str(data.get("unit") or ""))])
            return f"/review/{key}/pairs" if pages.questions(desk, by) else self.first(key, by)
        if what == "more":
            desk.more_samples()
            return self._next(key, desk, SAMPLE, 0)
        if what in ("run", "final"):
            return self.again(desk, by, freeze=what == "final", accept=data.get("accept") is True)
        raise FazhiError("没有这个操作")

    def _next(self, key: str, desk: ReviewDesk, view: str, after: int) -> str:
        number = desk.next_open(view, after)
        return f"/review/{key}/item/{number}?view={quote(view)}" if number else f"/review/{key}/overview"

    # -- outputs

    def output(self, key: str, name: str) -> Path:
        """A file of the outputs: the page, the reports, the letters, the tables, the circular; nothing else is handed out."""
        out = self._desks[key].out if key in self._desks else None
        if out is None:
            raise FazhiError("没有打开这个审核结果")
        parts = name.split("/")
        allowed = (
            parts == [INDEX]
            or (len(parts) == 1 and ((name.startswith("通报") and name.endswith(".docx")) or name in {path.name for path in tables(out)}))
            or (len(parts) == 2 and parts[0] == REPORTS and parts[1].endswith(".html"))
            or (len(parts) == 2 and parts[0] == LETTERS and parts[1].endswith(".docx"))
        )
        path = (out / name).resolve()
        if not allowed or not path.is_relative_to(out):
            raise FazhiError("没有这个文件")
        return path


def _key(out: Path) -> str:
    return hashlib.sha256(str(out).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _given(data: Mapping[str, Any], name: str) -> Path | None:
    words = str(data.get(name) or "").strip().strip('"')
    path = Path(words).expanduser() if words else None
    if path is not None and not path.is_absolute():
        raise FazhiError("请写完整的路径", where=words[:200])
    return path
