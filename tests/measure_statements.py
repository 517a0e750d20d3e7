"""How well statements are recognised and judged: ``python tests/measure_statements.py FILE… [-v]``.

A file is a YAML list of ``{text, statements: [{quote, kind, verdict, expected}]}``. A labelled statement counts as found when a
finding of the same verdict overlaps its quote (its kind may differ); an ``inconsistent`` finding that overlaps no labelled
inconsistent one is a false alarm. Findings across the document are labelled with ``other: {quote}`` as well.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT / "tests" / "recount" / "development.yaml"
PAGE = "岚溪县人民政府关于2023年法治政府建设情况的报告\n2023年，岚溪县推进法治政府建设，现将有关情况报告如下。\n一、主要举措和成效\n{}\n"


class Measured(NamedTuple):
    """Counts: labelled statements and how many were found, labelled inconsistent ones and how many were found, inconsistent
    findings and how many were right; ``errors`` are lines for a person."""

    labelled: int
    found: int
    wrong: int
    wrong_found: int
    alarms: int
    alarms_right: int
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of what is called inconsistent, the share that is labelled so."""
        return self.alarms_right / self.alarms if self.alarms else 1.0

    @property
    def recall(self) -> float:
        """Of what is labelled inconsistent, the share that is called so."""
        return self.wrong_found / self.wrong if self.wrong else 1.0


def measure(file: Path) -> Measured:
    """Run every text of a file through the parser, as the measures part of a small report or, with a title of its own, as it is."""
    import yaml

    labelled = found = wrong = wrong_found = alarms = alarms_right = 0
    errors: list[str] = []
    for entry in yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        body: str = entry["text"]
        page = body if "\n" in body.strip() else PAGE.format(body)
        findings = _findings(page)
        wanted = [(_places(page, label), label) for label in entry.get("statements") or []]
        bad = [spans for spans, label in wanted if label["verdict"] == "inconsistent"]
        for spans, label in wanted:
            labelled += 1
            hit = any(verdict == label["verdict"] and _overlap(places, spans) for places, verdict, _ in findings)
            found += hit
            if label["verdict"] == "inconsistent":
                wrong += 1
                wrong_found += hit
            if not hit:
                errors.append(f"漏  {label['verdict']:12} {label.get('kind', ''):12} {label.get('expected', '')} | {label['quote']}")
        for places, verdict, words in findings:
            if verdict == "inconsistent":
                right = any(_overlap(places, spans) for spans in bad)
                alarms += 1
                alarms_right += right
                if not right:
                    errors.append(f"误  {words}")
    return Measured(labelled, found, wrong, wrong_found, alarms, alarms_right, tuple(errors))


def _findings(page: str) -> list[tuple[list[tuple[int, int]], str, str]]:
    from scorer import load_pack
    from scorer.document import Document
    from scorer.findings import case_of
    from scorer.parsing.report import parse

    report = parse(Document.from_text(page), load_pack())
    case = case_of(report, load_pack())
    rows = []
    for s in (*case.statements, *case.disagreements):
        quotes = [report.quote(span) for span in (s.span, s.other) if span]
        words = f"{s.kind}: {' ／ '.join(q.quote for q in quotes)} 写{s.printed} 算{s.computed} {s.formula}"
        rows.append(([(q.start, q.end) for q in quotes], s.verdict, words))
    return rows


def _places(page: str, label: dict[str, Any]) -> list[tuple[int, int]]:
    quotes = [label["quote"], *([label["other"]["quote"]] if label.get("other") else [])]
    return [(at, at + len(quote)) for quote in quotes if (at := page.find(quote)) >= 0]


def _overlap(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def main(arguments: list[str]) -> None:
    """Print the numbers of each file."""
    for name in [a for a in arguments if not a.startswith("-")] or [str(DEVELOPMENT)]:
        got = measure(Path(name))
        print(f"{name}：标注{got.labelled}处，找到{got.found}处；矛盾{got.wrong}处，找到{got.wrong_found}处（查全率{got.recall:.3f}）；")
        print(f"  报出矛盾{got.alarms}处，误报{got.alarms - got.alarms_right}处（查准率{got.precision:.3f}）")
        if "-v" in arguments:
            print(*got.errors, sep="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
