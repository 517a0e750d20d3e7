"""How many of the sentence pairs are told apart: ``python tests/measure_pairs.py [FILE…] [-v]``.

A file is a YAML list of ``{kind, wrong, right, why}``: ``wrong`` has one contradiction, ``right`` is its consistent twin, and an
entry without ``wrong`` is a text in which nothing is to be found. A ``wrong`` counts as found when anything in it is called
inconsistent; anything called inconsistent in a ``right`` is a false alarm.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "recount" / "pairs"
PAGE = "岚溪县人民政府关于2023年法治政府建设情况的报告\n2023年，岚溪县推进法治政府建设，现将有关情况报告如下。\n一、主要举措和成效\n{}\n"


class Counts(NamedTuple):
    """Of one kind: contradictory texts and how many were found, consistent texts and how many were flagged, lines for a person."""

    wrong: int
    found: int
    right: int
    flagged: int
    errors: tuple[str, ...]


def measure(file: Path) -> dict[str, Counts]:
    """Every pair of a file, by kind."""
    import yaml

    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        kinds[entry["kind"]].append(entry)
    return {kind: _measured(entries) for kind, entries in kinds.items()}


def _measured(entries: list[dict[str, str]]) -> Counts:
    wrong = [entry for entry in entries if "wrong" in entry]
    errors, found, flagged = [], 0, 0
    for entry in wrong:
        if alarms(entry["wrong"]):
            found += 1
        else:
            errors.append(f"漏  {entry['wrong']} 〔{entry['why']}〕")
    for entry in entries:
        said = alarms(entry["right"])
        flagged += bool(said)
        errors.extend(f"误  {entry['right']} ⇒ {words}" for words in said)
    return Counts(len(wrong), found, len(entries), flagged, tuple(errors))


def alarms(body: str) -> list[str]:
    """What is called inconsistent in a text, as the measures part of a small report."""
    from scorer import load_pack
    from scorer.document import Document
    from scorer.findings import case_of
    from scorer.parsing.report import parse
    from scorer.vocabulary import Arithmetic

    pack = load_pack()
    report = parse(Document.from_text(body if "\n一、" in body else PAGE.format(body)), pack)
    case = case_of(report, pack)
    return [
        f"{s.kind}: 写{s.printed} 算{s.computed} {s.formula}"
        for s in (*case.statements, *case.disagreements)
        if s.verdict is Arithmetic.INCONSISTENT
    ]


def main(arguments: list[str]) -> None:
    """Print the numbers of each kind."""
    files = [Path(a) for a in arguments if not a.startswith("-")] or sorted(p for p in FOLDER.glob("*.yaml") if p.stem != "unseen")
    every = [pair for file in files for pair in measure(file).items()]
    for kind, got in every:
        print(f"{kind:20} 矛盾{got.wrong}处，找到{got.found}处；无误{got.right}处，误报{got.flagged}处")
        if "-v" in arguments:
            print(*got.errors, sep="\n")
    wrong, found, right, flagged = (sum(got[n] for _, got in every) for n in range(4))  # type: ignore[misc]
    print(f"共矛盾{wrong}处，找到{found}处（{found / max(wrong, 1):.3f}）；无误{right}处，误报{flagged}处")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
