"""What the classifier sees of a sentence."""

from __future__ import annotations

from scorer.classify.grams import LONGEST, grams, places, plain


def test_every_figure_is_one_sign() -> None:
    """Digits, figures with separators and Chinese numerals of two or more characters read the same; a single numeral stays."""
    assert plain("办结1,200件,占95.4%") == plain("办结三十五件,占8%") == "办结0件,占0%"
    assert plain("一是加强") == "一是加强"


def test_runs_of_one_to_three_characters() -> None:
    """All runs, each as often as it stands there."""
    assert sorted(grams("甲乙甲")) == sorted(["甲", "乙", "甲", "甲乙", "乙甲", "甲乙甲"])


def test_places_lead_back() -> None:
    """Each character of the plain sentence knows where it stood; one offset more marks the end."""
    text = "办结1,200件。"
    words, origins = places(text)

    assert words == plain(text)
    assert [text[at] for at in origins[:-1]] == list("办结1件。")
    assert origins[-1] == len(text)


def test_long_sentences_are_cut() -> None:
    """Whatever is longer than any sentence costs no more."""
    assert len(plain("办" * 10_000)) == LONGEST
