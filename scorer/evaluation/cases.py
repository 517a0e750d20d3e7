"""The tests that rules carry: small texts with the status they must get.

``text`` is placed in the named part of an otherwise empty county report on 2023, or is the whole page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer.rulepack import yamlnodes

DEFAULT_YEAR = 2023
DEFAULT_LEVEL = "county"


@dataclass(frozen=True, slots=True)
class Case:
    """One test of one rule, ready to be assessed."""

    rule: str
    file: str
    line: int
    status: str
    page: str
    year: int | None
    level: str | None
    published: str | None
    submitted: str | None


def cases(path: Path) -> Iterator[Case]:
    """The tests of one pack file, in order."""
    parsed = yamlnodes.parse(path.read_bytes(), path.name)
    for number, rule in enumerate((parsed.data or {}).get("rules", [])):
        for index, test in enumerate(rule.get("tests", [])):
            line, _ = parsed.place(("rules", number, "tests", index))
            whole = test.get("in") == "page"
            year = test.get("year")
            yield Case(
                rule=rule["id"],
                file=path.name,
                line=line,
                status=test["status"],
                page=test["text"] if whole else page(test["text"], test.get("in", "measures"), year or DEFAULT_YEAR),
                year=year if whole else year or DEFAULT_YEAR,
                level=test.get("level") if whole else test.get("level", DEFAULT_LEVEL),
                published=test.get("published"),
                submitted=test.get("submitted"),
            )


def page(text: str, part: str, year: int) -> str:
    """A page on which nothing stands but ``text``, in the part of that name."""
    filler = {"measures": "本部分从略。", "problems": "本部分从略。", "plan": "本部分从略。"}
    filler[part] = text.strip()
    return (
        f"某某县人民政府关于{year}年法治政府建设情况的报告\n\n一、主要举措和成效\n\n{filler['measures']}\n\n"
        f"二、存在的问题\n\n{filler['problems']}\n\n三、下一步工作安排\n\n{filler['plan']}\n"
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that got another status than it must."""

    case: Case
    got: str
    message: str


def run(paths: list[Path], judge: Callable[[Case], Any], only: str | None = None) -> tuple[int, list[Failure]]:
    """Run the tests of the files, or of the rule ``only``, with ``judge`` (a case -> (status, message)); how many ran, which failed."""
    count = 0
    failures = []
    for path in paths:
        for case in cases(path):
            if only and case.rule != only:
                continue
            count += 1
            status, message = judge(case)
            if status != case.status:
                failures.append(Failure(case, status, message))
    return count, failures
