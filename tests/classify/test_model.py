"""The model file: training, reading, scores and what carried them."""

from __future__ import annotations

import pytest

from scorer.classify.labelled import Sample
from scorer.classify.model import load_model, read_model, written
from scorer.errors import FazhiError
from scorer.rulepack.find import shipped_model


def test_scores_follow_the_weights() -> None:
    """A sentence with grams that weigh for a label scores above the bias, one without any at it."""
    model = read_model(
        written([("act:a", 0.1, -1.0)], ["甲", "甲乙"], [bytes([4, 228]), bytes([4, 28])], version="1", data="d", sentences=2, seed=1)
    )

    assert model.scores("丙")[0] == -1
    assert model.scores("甲")[0] == pytest.approx(-1 + 0.1 * 100 / 2**0.5)
    assert model.scores("甲乙")[0] == pytest.approx(-1)


def test_many_grams_do_not_run_over() -> None:
    """More grams than a field holds at once are added up in portions."""
    model = read_model(written([("x", 1.0, 0.0)], ["甲"], [bytes([200, 255])], version="1", data="d", sentences=2, seed=1))

    assert model.scores("甲" * 600)[0] == pytest.approx(127 * 600 / (100 * 600) ** 0.5)


def test_what_carried_the_answer() -> None:
    """The run of characters that weighs most, in offsets of the sentence with its figures."""
    model = load_model(shipped_model())
    text = "2023年,对首次轻微违法的沿街商铺不予处罚131起。"
    start, end = model.carried(text, "act:enforcement.methods")

    assert "不予处罚" in text[start:end]


@pytest.mark.parametrize(
    "data", [b"", b"fazhi-model/1\n", b"PK\x03\x04" + bytes(200), b"fazhi-model/1\n\x02\x00\x00\x00{}\x00\x00\x00\x00"]
)
def test_other_files_are_refused(data: bytes) -> None:
    """What is no model is told in one line."""
    with pytest.raises(FazhiError, match="不是本程序能用的分类模型"):
        read_model(data)


def test_shipped_model_is_small_and_knows_all_items() -> None:
    """At most 2 MB; an act and a mention of each of the 31 items, and the roles of sentences."""
    path = shipped_model()
    names = load_model(path).names

    assert path.stat().st_size <= 2_000_000
    assert sum(name.startswith("act:") for name in names) == 31
    assert sum(name.startswith("about:") for name in names) == 31
    assert {"shortcoming", "cause", "consequence", "arrangement", "principal", "principal-slogan", "body", "organ"} <= set(names)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("对沿街商铺初次店外经营以教代罚131起。", "act:enforcement.methods"),
        ("法治督察组对14个乡镇开展法治建设督察,通报问题32个。", "act:leadership.mechanism"),
        ("受理行政复议案件85件,办结80件。", "act:disputes.reconsideration"),
    ],
)
def test_everyday_words_are_understood(text: str, label: str) -> None:
    """The right item stands first among the acts."""
    model = load_model(shipped_model())
    scores = model.scores(text)
    acts = {name: scores[number] for name, number in model.names.items() if name.startswith("act:")}

    assert max(acts, key=lambda name: acts[name]) == label


def test_training_gives_the_same_bytes() -> None:
    """The order in which sentences come does not matter; what was learned is read again."""
    pytest.importorskip("sklearn")
    from scorer.classify.train import train

    samples = [
        Sample(f"受理{word}案件,办结{word}。", {"act:a.b": number % 2 == 0}, "x", True) for number, word in enumerate("甲乙丙丁戊己庚辛")
    ]
    samples += [Sample(f"召开会议,听取{word}汇报。", {}, "x", True) for word in "甲乙丙丁"]
    data = train(samples)

    assert data == train(reversed(samples))
    assert read_model(data).names == {"act:a.b": 0}


def test_too_few_sentences_are_refused() -> None:
    """Nothing can be learned from one sentence."""
    pytest.importorskip("sklearn")
    from scorer.classify.train import train

    with pytest.raises(FazhiError, match="太少"):
        train([Sample("受理案件。", {"cause": True}, "x", True)])
