"""How far a pack agrees with experts' labels: counts and rates, no input or output.

Statistics: Wilson score interval (Wilson 1927) for shares, Cohen's kappa (Cohen 1960) for agreement beyond chance.
A gap is a status of partial or missing.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorer.result import Assessment, Finding
from scorer.vocabulary import Certainty, Status

STATUSES = (Status.MET, Status.PARTIAL, Status.MISSING, Status.NOT_APPLICABLE, Status.NEEDS_REVIEW)
GAPS = frozenset({Status.PARTIAL, Status.MISSING})
FIELDS = ("title", "issuer", "addressee", "document_date", "publication_date", "index_number", "document_number")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its counts; ``value`` is None when there is nothing to count."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.hits / self.total if self.total else None

    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval; (0, 1) when there is nothing to count."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.hits / self.total
        middle = p + z * z / (2 * n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: report, element, the expert's status, ours, and the statuses a second expert could take; whether the two
    readers of the report agreed on ours, and how often such verdicts are right."""

    report: str
    element: str
    wanted: str
    got: str
    also: tuple[str, ...]
    sure: bool = True
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Agreement over a set of decisions."""

    agreement: Rate
    precision: Rate
    recall: Rate
    kappa: float | None


@dataclass(frozen=True)
class Agreement:
    """Everything measured over a folder of labelled reports."""

    reports: int
    decisions: tuple[Decision, ...]
    baseline: tuple[Decision, ...]
    refused: tuple[tuple[str, str], ...]
    metadata: Mapping[str, Rate]
    profile: Rate
    sections: Rate
    shortcomings: tuple[Rate, Rate]
    causes: tuple[Rate, Rate]
    statements: tuple[Rate, Rate]
    verdicts: Rate
    metadata_misses: tuple[tuple[str, str, str, str], ...]


def summarise(decisions: Iterable[Decision]) -> Summary:
    """Agreement, precision and recall of gaps, and kappa over decisions."""
    listed = list(decisions)
    right = sum(1 for d in listed if d.wanted == d.got)
    both = sum(1 for d in listed if d.wanted in GAPS and d.got in GAPS)
    ours = sum(1 for d in listed if d.got in GAPS)
    theirs = sum(1 for d in listed if d.wanted in GAPS)
    return Summary(Rate(right, len(listed)), Rate(both, ours), Rate(both, theirs), _kappa(listed))


def certain(decisions: Iterable[Decision]) -> tuple[Rate, Rate]:
    """The share of verdicts that are called sure, and the share of these that are the expert's."""
    listed = list(decisions)
    sure = [d for d in listed if d.sure]
    return Rate(len(sure), len(listed)), Rate(sum(1 for d in sure if d.wanted == d.got), len(sure))


BUCKETS = (0.0, 0.75, 0.95, 0.985, 1.01)


def calibration(decisions: Iterable[Decision]) -> list[tuple[float, Rate]]:
    """For verdicts of like confidence: the mean of it, and the share that is the expert's."""
    found = []
    listed = list(decisions)
    for low, high in itertools.pairwise(BUCKETS):
        own = [d for d in listed if low <= d.confidence < high]
        if own:
            found.append((sum(d.confidence for d in own) / len(own), Rate(sum(1 for d in own if d.wanted == d.got), len(own))))
    return found


def worst(decisions: Iterable[Decision], count: int = 8) -> list[tuple[str, Rate]]:
    """The elements on which expert and program differ most often, and by how much."""
    listed = list(decisions)
    rates = []
    for element in dict.fromkeys(d.element for d in listed):
        own = [d for d in listed if d.element == element]
        rates.append((element, Rate(sum(1 for d in own if d.wanted != d.got), len(own))))
    return sorted((row for row in rates if row[1].hits), key=lambda row: (-row[1].hits, row[0]))[:count]


def _kappa(decisions: Sequence[Decision]) -> float | None:
    total = len(decisions)
    if not total:
        return None
    observed = sum(1 for d in decisions if d.wanted == d.got) / total
    wanted, got = Counter(d.wanted for d in decisions), Counter(d.got for d in decisions)
    chance = sum(wanted[s] * got[s] for s in STATUSES) / total**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def confusion(decisions: Iterable[Decision]) -> Counter[tuple[str, str]]:
    """(expert's status, ours) -> how often."""
    return Counter((d.wanted, d.got) for d in decisions)


def compare(pairs: Sequence[tuple[Mapping[str, Any], Assessment]], keywords: Mapping[str, Sequence[str]]) -> Agreement:
    """Hold assessments against labels (the format of a label file, as data).

    ``keywords`` are the words of the plain baseline for each element: it says met where one stands anywhere, else missing.
    """
    decisions: list[Decision] = []
    baseline: list[Decision] = []
    refused: list[tuple[str, str]] = []
    fields: dict[str, list[bool]] = {name: [] for name in FIELDS}
    misses: list[tuple[str, str, str, str]] = []
    profile: list[bool] = []
    sections: list[bool] = []
    tallies = {name: [0, 0, 0, 0] for name in ("shortcomings", "causes", "statements")}  # found, labelled, right, ours
    verdicts: list[bool] = []
    for label, assessment in pairs:
        name = str(label["report"])
        if not assessment.is_annual_report:
            refused.append((name, assessment.reason))
        found_of = {finding.rule: finding for finding in assessment.findings}
        for element, entry in label["elements"].items():
            wanted = entry["status"]
            also = tuple(entry.get("also") or ())
            decisions.append(_decision(name, element, wanted, also, found_of.get(element)))
            found = any(word in assessment.text for word in keywords.get(element, ()))
            baseline.append(Decision(name, element, wanted, Status.MET if found else Status.MISSING, also))
        profile.append(assessment.report_year == label.get("report_year") and assessment.level == label.get("level"))
        for key in FIELDS:
            want, got = (label.get("metadata") or {}).get(key), assessment.metadata.get(key)
            same = _plain(want) == _plain(got)
            fields[key].append(same)
            if not same:
                misses.append((name, key, str(want or "无"), str(got or "无")))
        if label.get("sections") is not None:
            sections.append([s["role"] for s in label["sections"]] == [s.role for s in assessment.sections])
        _tally(label, assessment, tallies, verdicts)
    rates = {name: (Rate(t[0], t[1]), Rate(t[2], t[3])) for name, t in tallies.items()}
    return Agreement(
        reports=len(pairs),
        decisions=tuple(decisions),
        baseline=tuple(baseline),
        refused=tuple(refused),
        metadata={key: Rate(sum(values), len(values)) for key, values in fields.items()},
        profile=Rate(sum(profile), len(profile)),
        sections=Rate(sum(sections), len(sections)),
        shortcomings=rates["shortcomings"],
        causes=rates["causes"],
        statements=rates["statements"],
        verdicts=Rate(sum(verdicts), len(verdicts)),
        metadata_misses=tuple(misses),
    )


def _decision(name: str, element: str, wanted: str, also: tuple[str, ...], finding: Finding | None) -> Decision:
    """One decision; what the program has no verdict on counts as missing."""
    if finding is None:
        return Decision(name, element, wanted, Status.MISSING, also)
    return Decision(name, element, wanted, finding.status, also, finding.certainty == Certainty.SURE, finding.confidence)


def _tally(label: Mapping[str, Any], assessment: Assessment, tallies: dict[str, list[int]], verdicts: list[bool]) -> None:
    wanted = label.get("shortcomings")
    if wanted is not None:
        places = [_place(assessment.text, entry["quote"]) for entry in wanted]
        ours = [(s.passage.quote.start, s.passage.quote.end) for s in assessment.shortcomings]
        _count(tallies["shortcomings"], places, ours)
        given = [p for p, entry in zip(places, wanted, strict=True) if entry.get("cause_given")]
        explained = [(s.passage.quote.start, s.passage.quote.end) for s in assessment.shortcomings if s.cause]
        _count(tallies["causes"], given, explained)
    if label.get("arithmetic") is not None:
        places = [_place(assessment.text, entry["quote"]) for entry in label["arithmetic"]]
        statements = [s for s in assessment.statements if not s.across]
        ours = [(s.passage.quote.start, s.passage.quote.end) for s in statements]
        _count(tallies["statements"], places, ours)
        for place, entry in zip(places, label["arithmetic"], strict=True):
            near = [s for s in statements if _overlap(place, (s.passage.quote.start, s.passage.quote.end))]
            if near:
                verdicts.append(any(s.verdict == entry["verdict"] for s in near))


def _count(tally: list[int], wanted: Sequence[tuple[int, int]], ours: Sequence[tuple[int, int]]) -> None:
    tally[0] += sum(1 for place in wanted if any(_overlap(place, other) for other in ours))
    tally[1] += len(wanted)
    tally[2] += sum(1 for place in ours if any(_overlap(place, other) for other in wanted))
    tally[3] += len(ours)


def _place(text: str, quote: str) -> tuple[int, int]:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (-1, -1)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] >= 0 and b[0] >= 0 and a[0] < b[1] and b[0] < a[1]


def _plain(value: object) -> str:
    """Values are equal whatever the spaces and the mark between joint organs."""
    return "".join(str(value or "").replace("、", "").split())
