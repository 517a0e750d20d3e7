"""What the office gives besides the reports - roster, review, letter template, an edited table -, read before anything is made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from scorer.audit import review, write
from scorer.audit.decisions import KIND_WORDS, Decision, kind_of, status_word
from scorer.audit.folder import File
from scorer.audit.model import Unit
from scorer.audit.reviewers import Difference, Merged, merge
from scorer.audit.reviewfile import SHEET, addressed, append, from_sheets
from scorer.audit.roster import Roster, read_roster
from scorer.audit.store import CURRENT, Store
from scorer.errors import FazhiError

MAX_GAPS = 500_000
"""Rows of an edited table of gaps."""
MAX_TEMPLATE = 20_000_000
CIRCULAR = "通报"


def roster_of(path: Path | None, words: Mapping[str, Any], year: int | None = None) -> Roster:
    """The roster, or an empty one. Raises ``FazhiError``, ``PackError``."""
    if path is None:
        return Roster()
    from scorer.readers.tables import read_tables

    return read_roster(read_tables(path), str(path), words, year)


def review_files(out: Path) -> tuple[Path, ...]:
    """The files of decisions that there may be: the common one, and those of the reviewers (``review-NAME.yaml``) by name."""
    return (out / write.REVIEW, *sorted(out.glob("review-*.yaml")))


def review_digests(out: Path) -> dict[str, str]:
    """The hash of each review file that is there, by name. Raises ``FazhiError``."""
    return {path.name: digest for path in review_files(out) if (digest := write.digest_of_file(path))}


def read_reviews(out: Path) -> Merged:
    """What all reviewers decided, put together; nothing where there are no files. Raises ``FazhiError``."""
    common, *others = review_files(out)
    own = [(path.stem.removeprefix("review-"), _read_review(path)) for path in others]
    # A line of another file says nothing beside the common file's name.
    plain = [(name, review.Review(one.matches, tuple(d._replace(line=0) for d in one.overrides))) for name, one in own]
    return merge([("", _read_review(common)), *plain])


def _read_review(path: Path) -> review.Review:
    try:
        return review.read_review(path.read_bytes(), str(path))
    except FileNotFoundError:
        return review.NOTHING
    except OSError as error:
        raise FazhiError(f"打不开（{error.strerror}）", where=str(path)) from error


def check_matches(reviewed: review.Review, units: Sequence[Unit], out: Path, files: Collection[str]) -> None:
    """Raises ``FazhiError`` where a confirmed match names a unit that is not on the roster."""
    names = {unit.name for unit in units}
    for path, unit in reviewed.matches.items():
        if unit and unit not in names and path in files:
            raise FazhiError(
                f"matches 里的单位“{unit}”不在名册里", where=str(out / write.REVIEW), remedy="请照名册写单位名称；不属于任何单位的写 无"
            )


def read_template(path: Path | None, kind: str = "反馈函") -> bytes | None:
    """The template of the letters, or that of the circular (``kind`` 通报). Raises ``FazhiError`` for what is none."""
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEMPLATE + 1)
    except OSError as error:
        raise FazhiError(f"打不开{kind}模板", where=str(path), remedy="请检查路径和权限") from error
    if len(data) > MAX_TEMPLATE or not data.startswith(b"PK\x03\x04"):
        raise FazhiError(f"{kind}模板不是.docx文件", where=str(path), remedy="请用Word或WPS另存为.docx")
    from scorer.audit.outputs import circular, letters

    try:
        (circular if kind == CIRCULAR else letters).check_template(data)
    except FazhiError as error:
        raise FazhiError(error.what, where=str(path), remedy=error.remedy) from error
    return data


def take_over_excel(out: Path, store: Store, units: Sequence[Unit]) -> int:
    """A reviewer's entries in an edited ``audit.xlsx``, or in one that stands beside it, go into ``review.yaml``; how many."""
    known_tables = store.all_remembered("table")
    edited = [path for path, digest in write.tables(out).items() if digest not in known_tables]
    if not edited:
        return 0
    from scorer.readers.tables import read_tables

    found = [entry for path in edited for entry in from_sheets(read_tables(path, only=SHEET, most=MAX_GAPS), str(path))]
    known = _read_review(out / write.REVIEW).overrides
    rows = store.load()

    def text_of(file: str) -> str:
        row = rows.get((CURRENT, file))
        return row.text_sha256 if row else ""

    fresh = addressed(found, {unit.name for unit in units}, known, text_of)
    if fresh:
        append(out / write.REVIEW, fresh)
    return len(fresh)


def speaks_of_nothing(
    out: Path,
    ids: Sequence[str],
    reviewed: review.Review,
    overrides: Sequence[Decision],
    expired: Sequence[Decision],
    units: Sequence[Unit],
    files: Sequence[File],
) -> list[str]:
    """What in the review file speaks of nothing: named, and left out."""
    rules, paths, names = set(ids), {file.path for file in files}, {unit.name for unit in units}
    notes: list[str] = []
    for override in overrides:
        where = _where(out, override)
        if override.rule and override.rule not in rules:
            notes.append(f"{where}：规则包里没有要素“{override.rule}”，这一条没有用上。")
        elif override.file and override.file not in paths:
            notes.append(f"{where}：没有文件“{override.file}”，这一条没有用上。")
        elif override.unit and override.unit not in names:
            what = "名册里没有单位" if units else "没有名册，不能按单位写；请改用 file。没有单位"
            notes.append(f"{where}：{what}“{override.unit}”，这一条没有用上。")
    notes.extend(
        f"{_where(out, override)}：“{override.target}”的“{override.rule}”豁免已于{override.expires}到期，恢复程序的结论。"
        for override in expired
    )
    notes.extend(f"{out / write.REVIEW}：matches 里的文件“{path}”不在文件夹中。" for path in reviewed.matches if path not in paths)
    return notes


def _where(out: Path, override: Decision) -> str:
    return f"{out / write.REVIEW}:{override.line}" if override.line else f"{override.by}的复核记录"


def told_differences(merged: Merged) -> list[str]:
    """Where reviewers differ, a line each."""
    lines = [f"{one.unit or one.file}的{_about(one)}：{_said(one)}，意见不一，暂按程序的结论；请第三人定。" for one in merged.differences]
    lines += [
        f"文件“{path}”是谁的："
        + "，".join(f"{name or write.REVIEW}写“{unit or '无'}”" for name, unit in answers)
        + "，意见不一；请第三人定。"
        for path, answers in merged.matches.items()
    ]
    return lines


def _about(difference: Difference) -> str:
    kind = kind_of(difference.about)
    return f"{KIND_WORDS.get(kind, '')}“{difference.said[0].rule or difference.said[0].quote[:30] or difference.about}”"


def _said(difference: Difference) -> str:
    kind = kind_of(difference.about)
    return "，".join(f"{one.by}定为{status_word(kind, one.status)}" for one in difference.said)
