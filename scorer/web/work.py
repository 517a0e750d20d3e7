"""What the page asks for, done: a check or a file to be saved. Nothing here knows of requests, threads or processes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from scorer.errors import FazhiError

if TYPE_CHECKING:
    from scorer.assessing import Options
    from scorer.document import Document
    from scorer.result import Assessment

PASTED = "粘贴的文字"
DRAFTS = frozenset({"docx", "doc", "rtf"})
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "html": ("text/html; charset=utf-8", "差距报告.html"),
    "docx": (_WORD, "批注.docx"),
    "plain": (_WORD, "正文.docx"),
    "xlsx": (_EXCEL, "缺项.xlsx"),
    "json": ("application/json; charset=utf-8", "结果.json"),
}


PUBLISH, OUTLINE = "publish", "outline"
"""What else is asked for: the check before publication, and the outline of a report to come."""


class Refused(Exception):
    """A request that cannot be served: status and sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status, words)
        self.status, self.words = status, words


class Task(NamedTuple):
    """A body, its query, the form in which the result is to be saved ("" for the page's own, or ``PUBLISH`` or ``OUTLINE``) and
    the pack. With ``cut`` in the query the body is that many bytes of the report, then last year's (named ``last``)."""

    raw: bytes
    query: Mapping[str, str]
    form: str
    pack: str


class Answer(NamedTuple):
    """A body with its headers; always status 200."""

    body: bytes
    headers: dict[str, str]


def refused(error: Exception) -> Refused:
    """Any error as an answer: a status and a sentence."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, FazhiError):
        return Refused(422, str(error))
    if isinstance(error, MemoryError):
        return Refused(422, "检查用的内存过多，已停止。请只留报告正文再试")
    words = f"检查时程序出错（{type(error).__name__}），这是本工具的缺陷。请把这份文件的情况反馈给维护者，其余文件可以照常检查"
    return Refused(500, words)


def done(task: Task, progress: Callable[[int, int], None]) -> Answer:
    """The answer to a task; ``progress`` as in ``readers.read``. Raises whatever goes wrong, see ``refused``."""
    from scorer.assessing import assess
    from scorer.readers import read
    from scorer.rulepack.store import load_pack

    if task.form == OUTLINE:
        return _outline(task, progress)
    name = task.query.get("name", "")[:200] or PASTED
    options = _options(task.query)
    raw, last = _bodies(task)
    document = read(raw, name=name, progress=progress)
    if task.form == PUBLISH:
        return _publication(document, task.pack, options)
    if last:
        options = replace(options, previous=read(last, name=task.query.get("last", "")[:200], progress=progress))
    # What is pasted or written in Word is a draft: it need not show the date of a page that is not there yet.
    options = replace(options, draft=task.query.get("text") == "1" or document.format in DRAFTS)
    assessment = assess(document, load_pack(task.pack), options, force=task.query.get("force") == "1")
    return _saved(task._replace(raw=raw), assessment) if task.form else _checked(assessment)


def _bodies(task: Task) -> tuple[bytes, bytes]:
    """The report and last year's, which may be empty. Raises ``Refused``."""
    given = task.query.get("cut", "")
    if not given:
        return task.raw, b""
    if not given.isdecimal() or len(given) > 9 or int(given) > len(task.raw):
        raise Refused(400, "上年报告没有传完。请重新选择上年报告")
    return task.raw[: int(given)], task.raw[int(given) :]


def _publication(document: Document, pack: str, options: Options) -> Answer:
    """The check before publication."""
    from scorer.outputs import publication
    from scorer.publishing import before_publication
    from scorer.rulepack.store import load_pack

    return _json(publication.desk(before_publication(document, load_pack(pack), options), document.text))


def _outline(task: Task, progress: Callable[[int, int], None]) -> Answer:
    """The outline of a report to come; the body is last year's report, or nothing."""
    from scorer.assessing import assess
    from scorer.outputs.outline import astray, outline
    from scorer.readers import read
    from scorer.rulepack.store import load_pack

    options, pack = _options(task.query), load_pack(task.pack)
    if options.level is None or options.report_year is None:
        raise Refused(400, "请选定层级和报告年度，再生成提纲")
    last = assess(read(task.raw, name=task.query.get("last", "")[:200], progress=progress), pack) if task.raw else None
    if last is not None and not last.is_annual_report:
        raise Refused(422, f"上年报告不像一份法治政府建设年度报告：{last.reason}")
    unit = task.query.get("unit", "")[:60]
    note = astray(last, options.level, unit) if last else ""
    if last and not note and last.report_year not in (None, options.report_year - 1):
        note = f"给出的是{last.report_year}年度的报告，不是{options.report_year - 1}年度的，请核实。"
    body = outline(pack, options.report_year, options.level, unit=unit, previous=last)
    headers = {"content-type": _WORD, "content-disposition": _attachment("提纲.docx", "docx")}
    return Answer(body, {**headers, "x-note": quote(note)} if note else headers)


def _checked(assessment: Assessment) -> Answer:
    from scorer.outputs import desk

    return _json(desk.result(assessment))


def _json(data: dict[str, Any]) -> Answer:
    import json

    body = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Answer(body.encode(), {"content-type": "application/json"})


def _attachment(name: str, kind: str) -> str:
    return f"attachment; filename=\"report.{kind}\"; filename*=UTF-8''{quote(name, safe='')}"


def _saved(task: Task, assessment: Assessment) -> Answer:
    if not assessment.is_annual_report:
        raise Refused(422, f"不是法治政府建设年度报告，没有可以另存的结果：{assessment.reason}")
    media, ending = FORMS[task.form]
    name = f"{PurePath(assessment.source.path).stem or PASTED}.{ending}"
    disposition = _attachment(name, task.form)
    body = _written(task.form, task.raw, assessment, task.query.get("text") == "1")
    return Answer(body, {"content-type": media, "content-disposition": disposition})


def _options(query: Mapping[str, str]) -> Options:
    """The options of a query. Raises ``Refused`` on what is not understood."""
    from scorer.assessing import Options

    try:
        year = int(query["year"]) if query.get("year") else None
        published = datetime.date.fromisoformat(query["published"]) if query.get("published") else None
        if year is not None and not 1990 <= year <= 2100:
            raise ValueError(year)
        return Options(year, query.get("level") or None, published)
    except ValueError as error:
        raise Refused(400, "层级、报告年度或公开日期认不出来。请重新选择") from error


def _written(form: str, raw: bytes, assessment: Assessment, text: bool) -> bytes:
    """The result in a form to be saved."""
    if form == "html":
        from scorer.outputs import html

        return html.render(assessment).encode()
    if form == "json":
        from scorer.outputs import json

        return json.render([assessment], array=False).encode()
    if form == "xlsx":
        from scorer.outputs import gaps_xlsx

        return gaps_xlsx.render(assessment)
    from scorer.outputs import annotated

    if form == "plain":
        return annotated.plain(assessment)
    # Comments go into the file itself where it is one of Word's; any other text becomes a new Word file.
    return (
        annotated.annotate(raw, assessment, date=datetime.datetime.now())
        if assessment.source.format == "docx" and not text
        else annotated.from_text(assessment, date=datetime.datetime.now())
    )
