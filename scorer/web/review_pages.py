"""The pages of the review desk, each a template with what it shows; every one is complete as it comes from the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorer.audit import final, runlog, standing
from scorer.audit.model import ALWAYS, ASKED, GATE_WORDS, STATE_WORDS
from scorer.audit.queue import Row
from scorer.audit.write import file_names
from scorer.errors import FazhiError
from scorer.outputs.templates import environment, templates_folder
from scorer.web import review_words as words
from scorer.web.review_desk import DIFFER, FIRST, SAMPLE, VIEWS, ReviewDesk
from scorer.web.review_open import left
from scorer.web.review_text import HERE, Paragraph, Part, marked, paragraphs_of, result_of

BULK = 200
"""So many items are decided at once at most: more nobody looks at."""


def stylesheet() -> str:
    """The gap report's stylesheet as the lower layer, then the desk's own."""
    folder = templates_folder()
    return f"@layer report{{\n{(folder / 'report.css').read_text('utf-8')}\n}}\n{(folder / 'review.css').read_text('utf-8')}"


def script() -> str:
    """The script of all its pages."""
    return (templates_folder() / "review.js").read_text("utf-8")


def render(name: str, **shown: Any) -> str:
    """A page."""
    return environment().get_template(name).render(**shown)


def common(desk: ReviewDesk, key: str, by: str, view: str) -> dict[str, Any]:
    """What stands at the head of every page of an opened audit."""
    views = [(name, word, desk.progress(name)) for name, word in VIEWS.items()]
    frozen = final.frozen(desk.out)
    return {
        "base": f"/review/{key}",
        "by": by,
        "view": view,
        "views": [(name, word, own) for name, word, own in views if own.total],
        "title": desk.out.resolve().name,
        "folder": str(desk.out),
        "frozen": frozen,
        "stamp": desk.stamp,
        "pairs": len(questions(desk, by)),
        "can_undo": bool(by) and desk.file_of(by).can_undo,
    }


def item_page(desk: ReviewDesk, key: str, by: str, number: int, view: str) -> str:
    """One item beside its report."""
    item, row = desk.item(number)
    result = result_of(desk.out, row.path) if row.path else {}
    shown = words.shown(item, row, result)
    problem = ""
    lines: tuple[Paragraph, ...] = ()
    if row.report:
        try:
            lines = marked(paragraphs_of(desk.out, row.report), shown.places)
        except FazhiError as error:
            problem = str(error)
    look = desk.look(item)
    order = desk.order(view)
    finding: dict[str, Any] = next((one for one in result.get("findings", ()) if item.key == f"element:{one['rule']}"), {})
    return render(
        "review-item.html.j2",
        **common(desk, key, by, view),
        item=item,
        row=row,
        gate=words.gate_word(row),
        kind=words.kind_word(item.kind),
        severity=finding.get("severity", ""),
        machine=words.machine_word(item),
        agree=words.agreed_status(item),
        check=item.certainty == "check",
        shown=shown,
        lines=lines,
        found=any(part.mark == HERE for line in lines for part in line.parts),
        near=any(part.mark for line in lines for part in line.parts),
        problem=problem,
        look=look,
        said=[words.said_word(one, item.kind) for one in look.said],
        choices=words.choices(item.kind),
        agreeing=words.agreeing() if words.agreed_status(item) else "",
        at=order.index(number) + 1 if number in order else 0,
        of=len(order),
        skip=desk.next_open(view, number) or 0,
        back=desk.next_open(view, number, -1) or 0,
        alike=len(desk.alike(item)),
    )


def bulk_page(desk: ReviewDesk, key: str, by: str, number: int, view: str) -> str:
    """All open items that are the same question."""
    item, _ = desk.item(number)
    alike = desk.alike(item)
    return render(
        "review-bulk.html.j2",
        **common(desk, key, by, view),
        item=item,
        kind=words.kind_word(item.kind),
        machine=words.machine_word(item),
        alike=alike[:BULK],
        more=max(0, len(alike) - BULK),
        choices=words.choices(item.kind),
        agreeing=words.agreeing() if words.agreed_status(item) else "",
    )


def overview(desk: ReviewDesk, key: str, by: str, files: str) -> str:
    """How far everybody is, what the sample says, and every unit."""
    there = standing.read(desk.out)
    counts = desk.queue.counts()
    letters, names = letters_of(desk.out), file_names([row.unit for row in desk.queue.rows], ".docx")
    rows = [
        (
            row,
            words.gate_word(row),
            STATE_WORDS.get(row.state, row.state),
            sum(1 for n in desk.order(f"unit-{row.number}") if n in desk.open(FIRST)),
        )
        for row in desk.queue.rows
    ]
    return render(
        "review-overview.html.j2",
        **common(desk, key, by, ""),
        standing=there,
        counts=[(word, counts[verdict]) for verdict, word in GATE_WORDS.items() if counts[verdict] or verdict in ALWAYS],
        rows=rows,
        sample=desk.agreement(),
        drawn=desk.progress(SAMPLE),
        population=desk.population,
        reviewers=desk.said.reviewers(),
        files=files,
        letters=letters,
        own_letters={row.number: names[row.unit] for row in desk.queue.rows if names[row.unit] in letters},
        waiting=desk.said.waiting(),
        log=last_lines(desk.out),
        left=left(desk, questions(desk, "")),
        first=desk.next_open(FIRST),
        differ=desk.next_open(DIFFER),
        next_sample=desk.next_open(SAMPLE),
    )


def letters_of(out: Path) -> list[str]:
    """The names of the letters."""
    folder = out / "feedback"
    return sorted(path.name for path in folder.glob("*.docx")) if folder.is_dir() else []


def last_lines(out: Path, most: int = 5) -> list[str]:
    """The end of the log of runs, the latest first."""
    try:
        return (out / runlog.NAME).read_text("utf-8", "replace").splitlines()[-most:][::-1]
    except OSError:
        return []


# -- whose the files are --------------------------------------------------------------------------------------------------


def questions(desk: ReviewDesk, by: str) -> list[Row]:
    """The files of which nobody has said whose they are though it is asked, and those on which others differ."""
    said, split = desk.said.matches(), desk.said.split_matches(by)
    return [row for row in desk.queue.rows if row.path and (row.path in split or (_asked(desk, row) and row.path not in said))]


def _asked(desk: ReviewDesk, row: Row) -> bool:
    """Whether it is doubtful whose a file is; without a roster that is no question."""
    if not desk.rostered:
        return False
    return bool(row.doubt) or (not row.roster and any(one.state == ASKED for one in desk.queue.rows))


def pairs_page(desk: ReviewDesk, key: str, by: str, number: int) -> str:
    """One file beside the units that it may be of."""
    open_rows = questions(desk, by)
    row = next((one for one in open_rows if one.number == number), open_rows[0] if open_rows else None)
    lines: tuple[Paragraph, ...] = ()
    if row is not None and row.report:
        try:
            lines = tuple(Paragraph(kind, (Part(text),)) for kind, text in paragraphs_of(desk.out, row.report)[:40])
        except FazhiError:
            lines = ()
    said = desk.said.matches()
    after = [one for one in open_rows if row and one.number > row.number] or open_rows
    return render(
        "review-pairs.html.j2",
        **common(desk, key, by, "pairs"),
        row=row,
        lines=lines,
        candidates=candidates(desk, row) if row else [],
        units=[one.unit for one in desk.queue.rows if one.roster],
        asked=[one for one in desk.queue.rows if one.state == ASKED],
        skip=next((one.number for one in after if row and one.number != row.number), -1),
        said=sorted(said.items()),
        total=sum(1 for one in desk.queue.rows if one.path and _asked(desk, one)),
    )


def candidates(desk: ReviewDesk, row: Row) -> list[str]:
    """The units that a file may be of, the likeliest first: the proposed one, those whose names its question names, those without a
    report whose names are like its own."""
    from rapidfuzz import fuzz

    found = [row.unit] if row.roster else []
    rostered = [one for one in desk.queue.rows if one.roster]
    found += [one.unit for one in rostered if f"“{one.unit}”" in row.doubt]
    waiting = [one for one in rostered if one.state == ASKED]
    found += [one.unit for one in waiting if row.path in one.doubt]
    own = " ".join((row.path, row.issuer, row.title))
    ranked = sorted(((fuzz.partial_ratio(one.unit, own), one.unit) for one in waiting), key=lambda pair: -pair[0])
    found += [unit for score, unit in ranked if score >= 50]
    return list(dict.fromkeys(found))[:6]
