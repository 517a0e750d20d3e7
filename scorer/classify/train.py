"""Making a model: TF-IDF over runs of one to three characters, one logistic regression a label (needs scikit-learn).

The same sentences always give the same bytes: they are sorted first, the solver is a deterministic one with a fixed seed,
and weights are rounded to one byte.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from scorer.classify.grams import grams, plain
from scorer.classify.labelled import ABOUT, ACT, TAUGHT, Sample
from scorer.classify.model import HALVES, ZERO, Label, written
from scorer.errors import FazhiError

VERSION = "1"
SEED = 20210802
GRAMS = 24_000
LEAST = 3
"""Sentences a gram must stand in, and the sentences on either side without which a label is not learned."""
WIDEST = "\uffff"
"""Grams with a character beyond are not looked up."""
STRENGTH = 8.0
CLOSE, ROUGH = 0.005, 0.1
"""How near the solver comes: for the weights that are kept, and for choosing the grams."""
ENDS = 0.02
"""Share of 10,000 of the weights of a label that are cut off at the ends, so that the others keep their steps."""


def train(samples: Iterable[Sample], progress: Callable[[str], None] = lambda _: None, *, size: int = GRAMS) -> bytes:
    """The bytes of the model file that the samples teach; ``progress`` hears of each label. Raises ``FazhiError`` on too few."""
    numpy, sparse, regression = _library()
    known = _merged(samples)
    names = _names(known)
    if not names:
        raise FazhiError("带标注的句子太少，学不出任何一项", remedy=f"每一项至少要有{LEAST}句是、{LEAST}句不是的例子")
    counted = [Counter(grams(plain(sample.text))) for sample in known]
    spread = Counter(gram for found in counted for gram in found)
    listed = sorted(gram for gram, count in spread.items() if count >= LEAST and "\n" not in gram and max(gram) <= WIDEST)
    matrix, halves = _matrix(counted, listed, spread, numpy, sparse)
    if len(listed) > size:
        kept = _best(matrix, known, names, spread, listed, size, numpy, regression)
        listed = [listed[number] for number in kept]
        matrix, halves = _matrix(counted, listed, spread, numpy, sparse)
    columns = []
    labels = []
    for name in names:
        progress(name)
        weights, bias = _learn(matrix, known, name, numpy, regression)
        weights = weights * numpy.sqrt(halves / HALVES)
        scale = float(numpy.sort(numpy.abs(weights))[-1 - int(len(weights) * ENDS / 100)]) / (ZERO - 1) or 1.0
        scale = float(f"{scale:.4g}")
        labels.append(Label(name, scale, round(float(bias), 3)))
        columns.append(numpy.clip(numpy.rint(weights / scale), 1 - ZERO, ZERO - 1) + ZERO)
    rows = numpy.vstack([halves, *columns]).T.astype(numpy.uint8)
    digest = hashlib.sha256("\n".join(f"{s.text}\t{sorted(s.truth.items())}\t{s.complete}" for s in known).encode()).hexdigest()
    return written(labels, listed, [row.tobytes() for row in rows], version=VERSION, data=digest[:16], sentences=len(known), seed=SEED)


def _merged(samples: Iterable[Sample]) -> list[Sample]:
    """Sorted, each sentence once; where two people differ on a label, neither is believed."""
    by_text: dict[str, Sample] = {}
    for sample in sorted(samples, key=lambda s: (s.text, s.source, sorted(s.truth.items()))):
        other = by_text.get(sample.text)
        if other is None:
            by_text[sample.text] = sample
            continue
        truth = {k: v for k, v in {**other.truth, **sample.truth}.items() if other.truth.get(k, v) == v and sample.truth.get(k, v) == v}
        by_text[sample.text] = Sample(sample.text, truth, sample.source, other.complete and sample.complete)
    return [by_text[text] for text in sorted(by_text)]


def _names(samples: Sequence[Sample]) -> list[str]:
    """The labels that have examples on both sides, in a fixed order."""
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    complete = sum(1 for sample in samples if sample.complete)
    for sample in samples:
        yes.update(name for name, holds in sample.truth.items() if holds)
        no.update(name for name, holds in sample.truth.items() if not holds)
        if sample.complete:
            no.subtract(sample.truth)
    order = {ACT: 0, ABOUT: 1}
    ranked = sorted(yes, key=lambda n: (order.get(n.partition(":")[0] + ":", 2), TAUGHT.index(n) if n in TAUGHT else 0, n))
    return [name for name in ranked if yes[name] >= LEAST and no[name] + complete >= LEAST]


def _matrix(counted: Sequence[Counter[str]], listed: Sequence[str], spread: Counter[str], numpy: Any, sparse: Any) -> tuple[Any, Any]:
    """Sentences by grams, each row of length 1; and the squared inverse frequencies in halves, rounded as they are stored."""
    index = {gram: number for number, gram in enumerate(listed)}
    frequency = numpy.array([spread[gram] for gram in listed], dtype=float)
    inverse = numpy.log((1 + len(counted)) / (1 + frequency)) + 1
    halves = numpy.clip(numpy.rint(inverse**2 * HALVES), 1, 255)
    inverse = numpy.sqrt(halves / HALVES)
    pointers = [0]
    columns: list[int] = []
    values: list[float] = []
    for found in counted:
        own = sorted((index[gram], count) for gram, count in found.items() if gram in index)
        # Runs as often as they stand there, as in ``Model.scores``: the length counts each standing, not the square of all.
        norm = max(sum(count * halves[at] / HALVES for at, count in own), 1.0) ** 0.5
        columns.extend(at for at, _ in own)
        values.extend(count * inverse[at] / norm for at, count in own)
        pointers.append(len(columns))
    shape = (len(counted), len(listed))
    return sparse.csr_matrix((numpy.array(values), numpy.array(columns), numpy.array(pointers)), shape=shape), halves


def _learn(matrix: Any, samples: Sequence[Sample], name: str, numpy: Any, regression: Any, tolerance: float = CLOSE) -> tuple[Any, float]:
    rows = [(number, sample.truth.get(name, False)) for number, sample in enumerate(samples) if sample.complete or name in sample.truth]
    wanted = numpy.array([holds for _, holds in rows])
    # The dual problem is several times as fast where sentences are fewer than grams, and its weights are the same to three digits.
    fitted = regression(
        C=STRENGTH,
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        random_state=SEED,
        tol=tolerance,
        max_iter=2000,
        intercept_scaling=4,
    )
    fitted.fit(matrix[[number for number, _ in rows]], wanted)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _best(
    matrix: Any, samples: Sequence[Sample], names: Sequence[str], spread: Counter[str], listed: Sequence[str], size: int, numpy: Any,
    regression: Any,
) -> list[int]:  # fmt: skip
    """The grams that weigh most, by what they say of any label and how often they stand anywhere."""
    said = numpy.zeros(len(listed))
    for name in names:
        weights, _ = _learn(matrix, samples, name, numpy, regression, ROUGH)
        said = numpy.maximum(said, numpy.abs(weights))
    said *= numpy.array([spread[gram] for gram in listed]) ** 0.5
    order = sorted(range(len(listed)), key=lambda at: (-round(float(said[at]), 6), listed[at]))
    return sorted(order[:size])


def _library() -> tuple[Any, Any, Any]:
    try:
        import numpy
        from scipy import sparse
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise FazhiError("训练模型要另装 scikit-learn", remedy="请运行：pip install 'fazhi-scorer[train]'") from error
    return numpy, sparse, LogisticRegression
