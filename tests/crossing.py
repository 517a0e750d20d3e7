"""Each labelled report and sentence judged by a model that has not learned it: a fifth of the reports and one hand's sentences are
left out in turn. Takes some minutes; needs scikit-learn.
"""

from __future__ import annotations

import dataclasses
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from scorer import assess, load_pack, read
from scorer.classify.model import load_model
from scorer.classify.train import train
from scorer.evaluation.labels import load_labels
from scorer.evaluation.sentencewise import Miss, Sentencewise, measure
from scorer.evaluation.teaching import samples
from scorer.result import Assessment
from scorer.rulepack.model import Pack

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "tests" / "reports" / "development"
SENTENCES = ROOT / "tests" / "sentences"
OUTLINES = tuple(ROOT / "rules" / f"outline-{year}.yaml" for year in (2021, 2015))
FOLDS = 5


def crossed(workers: int = FOLDS) -> tuple[list[tuple[dict[str, Any], Assessment]], dict[str, Sentencewise]]:
    """The labels of the development reports with their assessments, in order; and how the sentences of each hand were read."""
    judged: dict[str, tuple[dict[str, Any], Assessment]] = {}
    read_by_others: dict[str, Sentencewise] = {}
    with ProcessPoolExecutor(workers) as pool:
        for reports, hands in pool.map(_fold, range(FOLDS)):
            judged.update(reports)
            read_by_others.update(hands)
    return [judged[name] for name in sorted(judged)], dict(sorted(read_by_others.items()))


def _fold(fold: int) -> tuple[dict[str, tuple[dict[str, Any], Assessment]], dict[str, Sentencewise]]:
    """What is left out in one fold, judged by the model of all else."""
    pack = load_pack()
    listed = load_labels(REPORTS / "reports", REPORTS / "labels")[fold::FOLDS]
    hands = sorted(path.stem for path in SENTENCES.glob("*.tsv"))[fold::FOLDS]
    taught, _ = samples([SENTENCES, REPORTS, *OUTLINES], pack)
    out = {*(path.name for _, path in listed), *hands}
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "fold.model"
        model.write_bytes(train([sample for sample in taught if sample.source not in out]))
        own = dataclasses.replace(pack, model=str(model))
        judged = {path.name: (label, assess(read(path), own)) for label, path in listed}
        return judged, {hand: measure(load_model(model), [s for s in taught if s.source == hand]) for hand in hands}


def worst(read_by_others: dict[str, Sentencewise], count: int = 10) -> list[Miss]:
    """The sentences of all hands that were read most wrongly."""
    misses = [miss for result in read_by_others.values() for miss in result.worst]
    return sorted(misses, key=lambda miss: (-abs(miss.score), miss.label, miss.sentence))[:count]


def folded(pack: Pack) -> str:
    """How it was done, in words."""
    return f"规则包 {pack.id} {pack.version}，{FOLDS}折：每次留下五分之一的报告和一个人的句子不学，由没有学过它们的模型来判。"
