"""Neighbouring Chinese characters."""

from scorer.text.pairs import pairs


def test_pairs_without_function_words() -> None:
    """Function words, figures and Latin letters part the runs; what is left is paired."""
    assert pairs("推进执法监督和3个平台A级") == {"执法", "法监", "监督", "平台"}


def test_further_characters_can_be_left_out() -> None:
    """A caller may have function words of its own."""
    assert pairs("各部门情况通报") == {"门情", "情况", "况通", "通报", "部门"}
    assert pairs("各部门情况通报", "部分情况") == {"通报"}
