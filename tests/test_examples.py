"""The examples that the README begins with, and unusual but honest ways to lay out a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer import assess, read
from scorer.result import Assessment

EXAMPLES = Path(__file__).parent.parent / "examples"
COMPLETE = (EXAMPLES / "complete.txt").read_text("utf-8")


def judged(text: str) -> Assessment:
    """The assessment of a text."""
    return assess(read(text.encode(), name="报告.txt"))


@pytest.mark.parametrize("form", ["txt", "html", "docx"])
def test_the_complete_example_has_no_gap(form: str) -> None:
    """In every format: a hundred points, nothing to mend, no figure accused."""
    result = assess(read(EXAMPLES / f"complete.{form}"))

    assert result.score is not None
    assert [finding.rule for finding in result.gaps()] == []
    assert [s.passage.quote.quote for s in result.statements if s.verdict == "inconsistent"] == []


@pytest.mark.parametrize("name", ["complete", "gaps"])
def test_formats_agree(name: str) -> None:
    """The same report gets the same statuses and metadata in text, HTML and Word."""
    results = [assess(read(EXAMPLES / f"{name}.{form}")) for form in ("txt", "html", "docx")]
    statuses = [{finding.rule: finding.status for finding in result.findings} for result in results]

    assert statuses[0] == statuses[1] == statuses[2]
    assert results[0].metadata == results[1].metadata == results[2].metadata


def test_the_other_example_shows_its_gaps() -> None:
    """No causes, late, a figure that contradicts itself, a slip in the numbering."""
    statuses = {finding.rule: finding.status for finding in assess(read(EXAMPLES / "gaps.txt")).findings}

    assert statuses["statutory.causes"] == "missing"
    assert statuses["timing.publication"] == "missing"
    assert statuses["consistency.arithmetic"] == "missing"
    assert statuses["form.numbering"] == "partial"
    assert statuses["statutory.first-responsible"] == "partial"


@pytest.mark.parametrize(
    ("change", "least"),
    [
        pytest.param(lambda t: t.replace("\n", ""), 90, id="one paragraph"),
        pytest.param(
            lambda t: t.replace("一、", "一．").replace("二、", "二．").replace("三、", "三．").replace("四、", "四．"), 99, id="dots"
        ),
        pytest.param(lambda t: t.replace("2024年法治", "二O二四年法治"), 99, id="letter O in the year"),
        pytest.param(lambda t: t.replace("2024", "2\u200b024"), 99, id="invisible characters in the year"),
        pytest.param(lambda t: t.replace("法治政府", "法\x07治政府"), 99, id="control characters"),
        pytest.param(lambda t: "# " + t.replace("\n一、", "\n## 一、").replace("\n二、", "\n## 二、"), 99, id="Markdown"),
        pytest.param(
            lambda t: t.replace("，", ",").replace("：", ":").replace("；", ";").replace("（", "(").replace("）", ")"), 99, id="half width"
        ),
        pytest.param(lambda t: t.replace("\n", "\r\n"), 99, id="Windows line ends"),
    ],
)
def test_unusual_layouts_keep_their_verdict(change: object, least: float) -> None:
    """How a report is typed hardly changes what is found in it."""
    result = judged(change(COMPLETE))  # type: ignore[operator]

    assert result.score is not None
    assert result.score.total >= least
    assert all(finding.status == "met" for finding in result.findings if finding.category == "statutory")


def test_a_page_wrapped_in_a_form_is_read() -> None:
    """Some government sites put the whole page into one form."""
    page = "<html><body><form id='aspnetForm'>" + "".join(f"<p>{line}</p>" for line in COMPLETE.split("\n")) + "</form></body></html>"
    result = judged(page)

    assert result.score is not None and result.score.total >= 99


@pytest.mark.parametrize(
    "sentence",
    [
        "受理219件，审结205件，以调解、和解方式结案83件，直接纠错24件，其余14件结转2025年办理。",
        "查处案件300件，其中行政处罚200件，行政强制50件，其他50件。",
        "受理100件，审结90件，维持50件，其余10件正在办理。",
        "抽评240卷，不合格5卷，合格率97.9%。",
        "受理行政裁决申请0件，办结0件，办结率100%。",
        "受理案件1.2万件，办结1.1万件，办结率95.4%。",
        "抽取案卷320卷，其中行政处罚210卷、行政许可80卷、行政强制30卷，评出优秀案卷46卷。",
        "受理案件50件，其中上年结转10件，审结55件。",
    ],
)
def test_figures_that_can_be_read_otherwise_are_left_alone(sentence: str) -> None:
    """A sentence that has a right reading is never called a contradiction."""
    result = judged(COMPLETE.replace("\n二、", f"\n{sentence}\n二、", 1))

    assert [s.passage.quote.quote for s in result.statements if s.verdict == "inconsistent"] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("办理" + "1" * 10_000 + "件。", id="ten thousand digits"),
        pytest.param("一、" + "办理案件12件,办结11件,办结率95%," * 2000, id="no full stop"),
        pytest.param("\n".join(f"{i % 30 + 1}.标题{i}" for i in range(5000)), id="five thousand headings"),
        pytest.param("二、存在的问题\n" + "".join(f"一是问题{i}不够到位。" for i in range(2000)), id="two thousand shortcomings"),
        pytest.param("行政执法监督督察发现问题加强" * 10_000, id="one endless line"),
    ],
)
def test_hostile_texts_are_judged(text: str) -> None:
    """Texts made to be slow come to an end like any other."""
    result = judged(COMPLETE + text)

    assert result.is_annual_report
