"""How well the facts of pages are read: ``python tests/measure_pages.py FOLDER`` with a ``truth.yaml`` in it.

For each page ``truth.yaml`` says whether it is a report (``is_report``) and what a careful clerk reads from it. Printed are the
exactness of each fact over the reports, how many reports were taken for such, which other pages were, and every miss by name.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scorer import assess, load_pack, read
from scorer.errors import FazhiError

FACTS = (
    "title",
    "issuer",
    "addressee",
    "level",
    "report_year",
    "document_date",
    "publication_date",
    "document_number",
    "index_number",
)


class Measured(NamedTuple):
    """Counts over a folder, and the misses as (page, fact, read, true); ``refused`` and ``taken`` name page and reason."""

    reports: int
    others: int
    right: Counter[str]
    misses: tuple[tuple[str, str, str | None, str | None], ...]
    refused: tuple[tuple[str, str], ...]
    taken: tuple[str, ...]

    @property
    def exact(self) -> float:
        """The share of facts read exactly, over all reports and facts."""
        return sum(self.right.values()) / (self.reports * len(FACTS) or 1)


def plain(value: object) -> str | None:
    """A value as it is compared: without white space, brackets of one width, joint organs without a mark between."""
    if value is None:
        return None
    words = "".join(str(value).split())
    for found, form in (("（", "("), ("）", ")"), ("、", ""), ("【", "〔"), ("】", "〕"), ("[", "〔"), ("]", "〕")):
        words = words.replace(found, form)
    return words


def measure(folder: Path, pack: Any = None) -> Measured:
    """Read every page of ``truth.yaml`` and compare."""
    pack = pack or load_pack()
    truth = yaml.safe_load((folder / "truth.yaml").read_text("utf-8"))
    right: Counter[str] = Counter()
    misses, refused, taken = [], [], []
    reports = 0
    for name, true in sorted(truth.items()):
        got: dict[str, Any] = {}
        try:
            found = assess(read(folder / name), pack)
            reason = found.reason
            is_report = found.is_annual_report
            got = {**found.metadata, "report_year": found.report_year, "level": found.level}
        except FazhiError as error:
            is_report, reason = False, str(error)
        if not true["is_report"]:
            taken += [f"{name}: {true.get('kind')}"] if is_report else []
            continue
        reports += 1
        if not is_report:
            refused.append((name, reason))
        for fact in FACTS:
            if fact not in true:
                right[fact] += 1
                continue
            if plain(got.get(fact)) == plain(true[fact]):
                right[fact] += 1
            else:
                misses.append((name, fact, plain(got.get(fact)), plain(true[fact])))
    return Measured(reports, len(truth) - reports, right, tuple(misses), tuple(refused), tuple(taken))


def main(folder: str) -> None:
    """Print the figures of a folder."""
    got = measure(Path(folder))
    for fact in FACTS:
        print(f"{fact:18}{got.right[fact]:4}/{got.reports}  {got.right[fact] / (got.reports or 1):.1%}")
    print(f"{'all facts':18}{sum(got.right.values()):4}/{got.reports * len(FACTS)}  {got.exact:.1%}")
    recognised = got.reports - len(got.refused)
    print(f"reports recognised {recognised}/{got.reports}  {recognised / (got.reports or 1):.1%}")
    print(f"false reports      {len(got.taken)}/{got.others}  {len(got.taken) / (got.others or 1):.1%}")
    for name, reason in got.refused:
        print(f"refused  {name}: {reason}")
    for name in got.taken:
        print(f"taken    {name}")
    for name, fact, value, true in got.misses:
        print(f"miss     {name} {fact}: {value} | {true}")


if __name__ == "__main__":
    main(sys.argv[1])
