"""What a classifier can learn from: files of labelled sentences, labelled reports, and the tests that rules carry.

A label of a report names the sentences it rests on (``evidence``) and not all that would do: of an element that is met the
other sentences are not known, of one that is missing all are known not to speak of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scorer.classify.labelled import ABOUT, ACT, Sample, read_sentences
from scorer.document import Span, fold
from scorer.errors import FazhiError
from scorer.evaluation.labels import load_labels
from scorer.parsing.report import Report, parse
from scorer.readers import read
from scorer.rulepack import yamlnodes
from scorer.rulepack.model import Pack
from scorer.text.sentences import sentences
from scorer.vocabulary import PAST, Role, Status

TASK = "task."


def samples(paths: Iterable[Path], pack: Pack) -> tuple[list[Sample], list[str]]:
    """Everything that files and folders teach, and a line for each thing that was left out.

    A file: ``.tsv`` of sentences or ``.yaml`` pack with tests. A folder: ``reports`` and ``labels`` in it, else its files.
    """
    found: list[Sample] = []
    left: list[str] = []
    for path in paths:
        if path.is_dir() and (path / "labels").is_dir():
            for label, file in load_labels(path / "reports", path / "labels"):
                found.extend(of_report(label, parse(read(file), pack, year=label.get("report_year"), level=label.get("level"))))
            continue
        files = sorted((*path.glob("*.tsv"), *path.glob("*.yaml"))) if path.is_dir() else [path]
        if not files:
            raise FazhiError("文件夹里没有带标注的句子（.tsv）、规则包（.yaml），也没有 reports 和 labels 两个文件夹", where=str(path))
        for file in files:
            if file.suffix == ".yaml":
                found.extend(of_tests(file))
                continue
            own, wrong = read_sentences(file)
            found.extend(own)
            left.extend(f"{file.name} 第{number}行：标注不认识，或者不是“标注<Tab>句子”，没有采用" for number in wrong)
    return found, left


def of_report(label: Mapping[str, Any], report: Report) -> Iterator[Sample]:
    """The sentences of a labelled report, and the quotes its labels rest on."""
    source = str(label["report"])
    told = [s for s in report.sentences if not s.heading]
    texts = {s.span: report.text[s.span.start : s.span.end] for s in told}
    truth: dict[Span, dict[str, bool]] = {s.span: {} for s in told}
    for s in told:
        if s.role in PAST:
            truth[s.span].update({"shortcoming": False, "cause": False, "arrangement": False})
        elif s.role == Role.PLAN:
            truth[s.span].update({"shortcoming": False, "cause": False})
        elif s.role == Role.PROBLEMS:
            truth[s.span].update({"arrangement": False})
    for element, entry in label["elements"].items():
        if not element.startswith(TASK):
            continue
        item, status = element.removeprefix(TASK), entry["status"]
        also = set(entry.get("also") or ())
        quoted = _quoted(entry.get("evidence") or (), report, told)
        if status in (Status.MISSING, Status.NOT_APPLICABLE) and not also & {Status.MET, Status.PARTIAL}:
            for known in truth.values():
                known.update({ACT + item: False, ABOUT + item: False})
        elif status == Status.PARTIAL and Status.MET not in also:
            for known in truth.values():
                known[ACT + item] = False
            for span in quoted:
                truth[span].update({ABOUT + item: True})
        elif status == Status.MET and Status.PARTIAL not in also:
            for span in quoted:
                truth[span].update({ACT + item: True, ABOUT + item: True})
            for quote in entry.get("evidence") or ():
                if len(fold(quote)) >= 8:
                    yield Sample(fold(quote), {ACT + item: True, ABOUT + item: True}, source, False)
    if label.get("shortcomings") is not None:
        _of_shortcomings(label["shortcomings"], report, told, truth)
        for entry in label["shortcomings"]:
            for key, name in (("quote", "shortcoming"), ("cause", "cause"), ("plan", "arrangement")):
                if entry.get(key):
                    yield Sample(fold(entry[key]), {name: True}, source, False)
    for span, known in truth.items():
        yield Sample(texts[span], known, source, False)


def _of_shortcomings(entries: Sequence[Mapping[str, Any]], report: Report, told: Sequence[Any], truth: dict[Span, dict[str, bool]]) -> None:
    causes = set(_quoted([e["cause"] for e in entries if e.get("cause")], report, told))
    named = set(_quoted([e["quote"] for e in entries], report, told))
    for s in told:
        if s.role == Role.PROBLEMS:
            truth[s.span]["cause"] = s.span in causes
            if s.span in named:
                truth[s.span]["shortcoming"] = True


def _quoted(quotes: Iterable[str], report: Report, told: Sequence[Any]) -> list[Span]:
    """The sentences in which quotes stand."""
    found: list[Span] = []
    for quote in quotes:
        words = fold(str(quote))
        at = report.text.find(words) if words else -1
        if at >= 0:
            found.extend(s.span for s in told if s.span.start < at + len(words) and at < s.span.end)
    return found


def of_tests(path: Path) -> Iterator[Sample]:
    """The tests of the outline's rules: texts of a single sentence for what holds, all of them for what does not."""
    parsed = yamlnodes.parse(path.read_bytes(), path.name)
    for rule in (parsed.data or {}).get("rules", []) if isinstance(parsed.data, dict) else []:
        if not str(rule.get("id", "")).startswith(TASK):
            continue
        item = rule["id"].removeprefix(TASK)
        for test in rule.get("tests", []):
            if test.get("in") == "page":
                continue
            text = fold(test["text"])
            parts = [text[a:b] for line in [text] for a, b in sentences(line, 0, len(line))]
            status = test["status"]
            source = f"{path.stem}/{rule['id']}"
            if status == Status.MISSING:
                for part in parts:
                    yield Sample(part, {ACT + item: False, ABOUT + item: False}, source, False)
            elif status == Status.PARTIAL:
                for part in parts:
                    yield Sample(part, {ACT + item: False, **({ABOUT + item: True} if len(parts) == 1 else {})}, source, False)
            elif status == Status.MET and len(parts) == 1:
                yield Sample(text, {ACT + item: True, ABOUT + item: True}, source, False)
