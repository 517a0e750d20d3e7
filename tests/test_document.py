"""The two texts of a document, and the way back from the folded to the exact one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorer.document import Block, Document, Quote, Span, fold

TRADITIONAL = (
    "關於2023年法治政府建設情況的報告\n一、主要工作\n縣政府各單位嚴格依照規定辦理行政覆議，對執法隊伍進行業務培訓，"
    "開展機構審查，實現數據共享。\n二、存在的問題\n個別鄉鎮領導對這項工作重視不夠。"
)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("２０２３年", "2023年"),
        ("ＡＢｃ", "ABc"),
        ("（一）举措；成效：", "(一)举措;成效:"),
        ("“三项制度”「试点」", '"三项制度""试点"'),
        ("９５．８％", "95.8%"),
        ("—－―", "---"),
        ("〔2023〕【5】", "〔2023〕〔5〕"),
        ("⼀、⼯作", "一、工作"),
    ],
)
def test_one_character_becomes_one_character(raw: str, folded: str) -> None:
    """Full width, quotation marks, dashes, brackets and radicals are compared in one form each."""
    got = fold(raw)

    assert got == folded


@pytest.mark.parametrize(
    "raw", ["法治\u3000政府", "法 治 政 府", "法治\t政府", "法\u200b治\ufeff政府", "法治\u00a0政府", "\u3000\u3000法治政府"]
)
def test_white_space_between_chinese_characters_vanishes(raw: str) -> None:
    """Blanks of every kind and invisible characters do not hide a word."""
    got = fold(raw)

    assert got == "法治政府"


@pytest.mark.parametrize(("raw", "folded"), [("OA  2", "OA 2"), ("3 500 件", "3 500件"), ("2024 年 2 月", "2024年2月")])
def test_one_space_stays_between_latin_words_and_numbers(raw: str, folded: str) -> None:
    """Two numbers or Latin words are not run together."""
    got = fold(raw)

    assert got == folded


@pytest.mark.parametrize(
    ("raw", "folded"), [("㈠加强", "(一)加强"), ("⑴加强", "(1)加强"), ("⒈加强", "1.加强"), ("㊀加强", "(一)加强"), ("①加强", "①加强")]
)
def test_enclosed_numerals_become_list_marks(raw: str, folded: str) -> None:
    """㈠ and ⑴ are spelt out; ① stays the mark that it is."""
    got = fold(raw)

    assert got == folded


@pytest.mark.parametrize(("raw", "folded"), [("工作扎实.成效明显.", "工作扎实。成效明显。"), ("95.8%", "95.8%"), ("1.加强", "1.加强")])
def test_a_half_width_stop_after_chinese_words_ends_the_sentence(raw: str, folded: str) -> None:
    """A full stop typed in half width is one; the point of a number is none."""
    got = fold(raw)

    assert got == folded


def test_traditional_characters_are_searched_as_simplified_ones() -> None:
    """A page in traditional characters is comparable with simplified phrases."""
    document = Document.from_text(TRADITIONAL)

    assert "法治政府建设情况的报告" in document.folded.text
    assert document.comparable("機構審查") == "机构审查"


def test_traditional_characters_are_quoted_as_they_stand() -> None:
    """The quote of a simplified hit is the original traditional wording."""
    document = Document.from_text(TRADITIONAL)
    start = document.folded.text.index("存在的问题")

    assert document.quote(start, start + 5).quote == "存在的問題"


def test_simplified_text_with_single_traditional_characters_is_left_alone() -> None:
    """A few traditional characters in a name do not change the text."""
    document = Document.from_text("岚溪县臺發街道办理案件３件。")

    assert document.folded.text == "岚溪县臺發街道办理案件3件。"


def test_quote_spans_inner_white_space() -> None:
    """A hit found across a blank is quoted with the blank."""
    document = Document.from_text("　　全年　办结\u200b案件 ８ 件。")
    start = document.folded.text.index("办结案件8件")
    quote = document.quote(start, start + 6)

    assert quote == Quote("办结\u200b案件 ８ 件", 5, 14)


def test_quote_of_an_expanded_numeral_is_the_whole_character() -> None:
    """Half of ㈠ cannot be quoted; the character is."""
    document = Document.from_text("㈠加强监督")

    assert document.quote(1, 2).quote == "㈠"


def test_empty_range_quotes_nothing() -> None:
    """A range of no length has an empty quote, also at the end of the text."""
    document = Document.from_text("加强监督")

    assert document.quote(2, 2).quote == ""
    assert document.quote(4, 4) == Quote("", 4, 4)


def test_plain_text_is_kept_character_for_character() -> None:
    """``from_text`` changes nothing; paragraphs are the non-empty lines without their edges."""
    text = "\ufeff 标题 \r\n\r\n\t第一段。  \n\n第二段"
    document = Document.from_text(text)

    assert document.text == text
    assert [text[p.start : p.end] for p in document.paragraphs] == ["标题", "第一段。", "第二段"]


def test_blocks_become_lines_and_keep_their_marks() -> None:
    """Empty blocks are dropped, a line break in a block makes two paragraphs, level and table stay."""
    document = Document.from_blocks(
        [Block("标题", 1), Block(" \n"), Block("第一行\n 第二行 "), Block("甲 | 乙", table=True), Block("首页", outside=True)]
    )

    assert [document.text[p.start : p.end] for p in document.paragraphs] == ["标题", "第一行", "第二行", "甲 | 乙", "首页"]
    assert [(p.level, p.table, p.outside) for p in document.paragraphs] == [
        (1, False, False),
        (None, False, False),
        (None, False, False),
        (None, True, False),
        (None, False, True),
    ]


def test_line_at_names_the_paragraph() -> None:
    """Each folded position belongs to the paragraph it stands in."""
    document = Document.from_text("甲乙\n\n　丙丁\n戊")
    folded = document.folded

    assert [folded.line_at(folded.text.index(c)) for c in "甲乙丙丁戊"] == [0, 0, 1, 1, 2]


def test_spans_contain_and_overlap() -> None:
    """Touching spans share no character; a span contains itself."""
    span = Span(2, 5)

    assert span.holds(span)
    assert not span.holds(Span(2, 6))
    assert not span.overlaps(Span(5, 7))
    assert span.overlaps(Span(4, 7))


PIECES = st.sampled_from(
    [
        *"法治政府建设报告。，；：（）“”％２３abZ.9—",
        " ",
        "\u3000",
        "\t",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\n",
        "\r\n",
        "\u2028",
        "\x85",
        "㈠",
        "⑴",
        "⒈",
        "㊀",
        "①",
        "𠮷",
        "é",
        "縣",
        "關",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=80).map("".join))


def _bare(text: str) -> str:
    """The folded form without what depends on neighbours: blanks, and the kind of full stop."""
    return re.sub(r"\s", "", text).replace(".", "。")


@given(text=TEXTS, data=st.data())
@example(text="㈠ 甲\n\n乙㈡", data=None)
def test_every_folded_range_leads_back_to_exact_text(text: str, data: st.DataObject | None) -> None:
    """For any text and range: the quote is what stands at its offsets, and folding it gives the range again."""
    document = Document.from_text(text)
    folded = document.folded.text
    start = data.draw(st.integers(0, len(folded))) if data else 0
    end = data.draw(st.integers(start, len(folded))) if data else len(folded)
    quote = document.quote(start, end)

    assert document.text[quote.start : quote.end] == quote.quote
    assert _bare(folded[start:end]) in _bare(document.comparable(quote.quote))


@given(text=TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    """The comparable form is its own comparable form."""
    once = fold(text.replace(".", ""))  # what a half-width stop means hangs on its neighbours

    assert fold(once) == once


@given(text=TEXTS)
def test_paragraphs_are_ordered_and_not_blank(text: str) -> None:
    """Paragraphs follow one another and hold something each; nothing visible lies between them."""
    document = Document.from_text(text)
    edges = [0, *(edge for p in document.paragraphs for edge in (p.start, p.end)), len(text)]
    gaps = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))

    assert edges == sorted(edges)
    assert gaps.replace("\ufeff", "").strip() == ""
    assert all(text[p.start : p.end].strip() for p in document.paragraphs)
