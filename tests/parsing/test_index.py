"""The index of a text: what stands where."""

from __future__ import annotations

from dataclasses import replace

from helpers import parsed

from scorer.parsing.report import Report

TEXT = """某某县2023年法治政府建设年度报告
一、主要举措和成效
（一）加强培训。举办培训班12期，落实《某某县培训98次方案》。下一步，将建立新的中心。
二、存在的问题
培训不够。"""


def _report() -> Report:
    return parsed(TEXT)


def test_headings_above_a_place_outermost_first() -> None:
    """A place in a sub-part has both headings above it; a place outside the body has none."""
    report = _report()
    got = [report.index.path_of(report.text.index(words)) for words in ("举办", "年度报告")]

    assert got == [("一、主要举措和成效", "(一)加强培训"), ()]


def test_figures_of_names_are_no_results() -> None:
    """What a document is called reports nothing."""
    report = _report()
    sentence = report.index.sentence_at(report.text.index("举办"))

    assert sentence is not None
    assert [report.text[f.start : f.end] for f in report.index.results_in(sentence)] == ["12期"]


def test_past_leaves_out_the_future_and_the_problems() -> None:
    """Neither a sentence about what is to come nor one among the problems tells of the past year."""
    report = _report()
    got = [report.text[s.span.start : s.span.end] for s in report.index.past if not s.heading]

    assert got == ["举办培训班12期,落实《某某县培训98次方案》。"]


def test_clauses_with_a_pair_of_characters() -> None:
    """Each clause about the past year in which the pair stands, once, and none of the problems part."""
    report = _report()
    got = [report.text[c.start : c.end] for c in report.index.clauses_with("培训")]

    assert got == ["举办培训班12期,", "落实《某某县培训98次方案》。"]


def test_replacing_a_field_keeps_the_index() -> None:
    """A report with other metadata still knows its sentences."""
    report = _report()
    other = replace(report, metadata=replace(report.metadata, level="city"))

    assert other.index is report.index
    assert other.sentences == report.sentences
