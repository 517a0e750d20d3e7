"""Sentences and clauses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorer.text.sentences import clauses, sentences

TEXTS = st.text(alphabet='甲乙丙12,:。!?;"\n)', max_size=40)


def cut(text: str) -> list[str]:
    """The sentences of a text as words."""
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


def parts(text: str) -> list[str]:
    """The clauses of a text as words."""
    return [text[a:b] for a, b in clauses(text, 0, len(text))]


def test_sentences_end_at_stops_and_lines() -> None:
    """。！？； and the end of the line end a sentence, the sign belongs to it."""
    got = cut("甲。乙!丙?丁;戊\n己")

    assert got == ["甲。", "乙!", "丙?", "丁;", "戊", "己"]


def test_closing_quotation_marks_go_with_the_sentence() -> None:
    """A quotation mark or bracket after the stop is not left for the next sentence."""
    got = cut('称"依法办理。"县里答复(已办。)完')

    assert got == ['称"依法办理。"', "县里答复(已办。)", "完"]


def test_sentences_of_a_range_stay_inside_it() -> None:
    """Only the asked range is cut."""
    text = "甲乙丙。丁戊。"
    got = [text[a:b] for a, b in sentences(text, 1, 6)]

    assert got == ["乙丙。", "丁戊"]


def test_clauses_part_at_commas_and_colons() -> None:
    """A clause keeps its comma or colon."""
    got = parts("受理85件,办结80件:其中甲类3件")

    assert got == ["受理85件,", "办结80件:", "其中甲类3件"]


def test_a_thousands_comma_does_not_part() -> None:
    """12,345 is one number."""
    got = parts("公开信息12,345条,答复30件")

    assert got == ["公开信息12,345条,", "答复30件"]


@given(TEXTS)
def test_sentences_lose_nothing_but_line_ends(text: str) -> None:
    """Joined again, the sentences are the text without its line ends."""
    got = "".join(cut(text))

    assert got == text.replace("\n", "")


@given(TEXTS, st.data())
def test_clauses_lose_nothing(text: str, data: st.DataObject) -> None:
    """The clauses of any range are exactly that range."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = list(clauses(text, start, end))

    assert "".join(text[a:b] for a, b in found) == text[start:end]
    assert all(a < b for a, b in found)
