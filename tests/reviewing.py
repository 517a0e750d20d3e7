"""An audited folder for the tests of the review desk: six units, one file of nobody, one unit that may have sent it."""

from __future__ import annotations

from pathlib import Path

import corpus

from scorer.audit.run import Plan, run

UNITS = tuple(corpus.units(8)[:6])
OWES = "平川县园林处"
STRAY = "工作报告.txt"


def audited(place: Path) -> Path:
    """Make the reports and the roster in a folder and audit them; where the results are."""
    folder = place / "报送"
    folder.mkdir(parents=True)
    for unit in UNITS:
        (folder / f"{unit}.txt").write_text(corpus.report(unit, size=1500), "utf-8")
    (folder / STRAY).write_text(corpus.report(UNITS[0], size=1800, seed=3).replace(UNITS[0], "我单位"), "utf-8")
    (place / "名册.csv").write_text("单位\n" + "\n".join((*UNITS, OWES)) + "\n", "utf-8")
    run(Plan(folder, place / "结果", roster=place / "名册.csv", jobs=1, signer="平川县司法局"))
    return place / "结果"
