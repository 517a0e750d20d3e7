"""The gap report as Markdown: what it says, and that foreign text in it stays text."""

from __future__ import annotations

import re

import pytest
from helpers import replace

from scorer import assess
from scorer.document import Document
from scorer.outputs.markdown import escape, render
from scorer.result import Assessment, PackInfo, SourceInfo

TEXT = """双榆县人民政府关于2022年法治政府建设情况的报告
发布日期：2023-03-02　来源：双榆县司法局
2022年，双榆县扎实推进法治政府建设，现将有关情况报告如下。
一、主要举措和成效
（一）依法全面履行政府职能。取消证明事项26项，公布政务服务事项清单1份。
（二）推进行政执法。全年共受理投诉举报500件，办结480件，办结率98%。
二、存在的问题
一是个别乡镇执法力量不足，案卷制作不规范。二是部分干部法治意识不强，主要是培训不够。
三、下一步打算
（一）充实乡镇执法力量，年内招录执法人员20名。
双榆县人民政府
2023年2月20日
"""
HOSTILE = "|x|\n# 甲\n- 乙\n<script>alert(1)</script> **b** `c` [d](javascript:e) ![f](http://g) _h_ ~~i~~ &lt; www.j.cn $k$"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """A report with gaps and one wrong figure."""
    return assess(Document.from_text(TEXT, path="双榆县2022.txt"))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("办结率96%，同比-3.2", "办结率96%，同比-3.2"),
        ("____件", r"\_\_\_\_件"),
        ("a|b*c`d", r"a\|b\*c\`d"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("[x](y)", r"\[x\](y)"),
        ("一\n# 二", r"一 \# 二"),
        ("http://a www.b.cn", r"http\://a www\.b.cn"),
        ("a\\", "a\\\\"),
    ],
)
def test_escape_leaves_only_text(text: str, escaped: str) -> None:
    """What Markdown or HTML would act on is taken its meaning; figures and dates stay as they are."""
    assert escape(text) == escaped


def test_hostile_text_opens_no_block_and_no_tag(assessment: Assessment) -> None:
    """Foreign text in any field adds no line, no cell, no tag and no link."""
    assert assessment.score
    findings = tuple(
        replace(
            f,
            title=HOSTILE,
            message=HOSTILE,
            why=HOSTILE,
            fix=HOSTILE,
            searched=HOSTILE,
            basis=tuple(replace(b, source=HOSTILE, number=HOSTILE, clause=HOSTILE) for b in f.basis),
            evidence=tuple(replace(p, quote=replace(p.quote, quote=HOSTILE), path=(HOSTILE,)) for p in f.evidence),
        )
        for f in assessment.findings
    )
    hostile = replace(
        assessment,
        findings=findings,
        score=replace(
            assessment.score,
            grade=HOSTILE,
            capped=HOSTILE,
            categories=tuple(replace(c, title=HOSTILE) for c in assessment.score.categories),
        ),
        statements=tuple(replace(s, printed=HOSTILE, formula=HOSTILE) for s in assessment.statements),
        pack=PackInfo(HOSTILE, HOSTILE, HOSTILE, ""),
        source=SourceInfo(HOSTILE, "", HOSTILE, 1, (HOSTILE,)),
        metadata=dict.fromkeys(assessment.metadata, HOSTILE),
        notes=(HOSTILE,),
    )
    plain, text = render(replace(assessment, notes=("甲",))), render(hostile)

    assert "<" not in text
    assert not re.search(r"(?<!\\)[`~\[\]$]", text)
    assert not re.search(r"\w://|www\.", text)
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")] == [
        len(re.findall(r"(?<!\\)\|", line)) for line in plain.splitlines() if line.startswith("|")
    ]
    assert [line for line in text.splitlines() if not re.match(r"$|# 差距|## |### \d|- [一-鿿]|\| |[一-鿿]|\*\*", line)] == []


def test_report_names_verdict_gaps_and_their_remedy(assessment: Assessment) -> None:
    """Title, verdict, every gap with basis, reason, advice and gain; what is met in one line each."""
    text = render(assessment)

    assert text.startswith("# 差距报告：双榆县人民政府关于2022年法治政府建设情况的报告\n")
    assert "数字矛盾1处" in text
    assert len(re.findall(r"^### \d+\. .*（\+\d+\.\d）$", text, re.MULTILINE)) == len(assessment.gaps())
    assert text.count("- 修改建议：") == text.count("- 为什么：") == len(assessment.gaps())
    assert f"## 具备（{assessment.count('met')} 项）" in text
    assert "**未写原因**" in text
    assert re.search(r"\| \*\*矛盾\*\* \| .*办结率98%.* \| 98% \| 96% \| 480÷500=96.00% \|", text)
    assert text.endswith("SHA-256 未记录\n")


def test_points_add_up_to_the_score(assessment: Assessment) -> None:
    """The points of all elements, and of all categories, are the total; mending all gaps gives 100."""
    assert assessment.score
    text = render(assessment)
    total = f"{assessment.score.total:.1f}"
    elements = [round(float(p) * 10) for p in re.findall(r"得 (\d+\.\d) / ", text)]
    rows = [line.split(" | ") for line in text.splitlines() if re.match(r"\| [^|]+ \| \d+/\d+ ", line)]

    assert f"得分 {total} 分" in text
    assert sum(elements) == round(float(total) * 10)
    assert sum(round(float(row[3]) * 10) for row in rows[:-1]) == round(float(rows[-1][3]) * 10) == round(float(total) * 10)
    assert re.findall(r"改后总分 (\d+\.\d) 分", text)[-1] == "100.0"


def test_report_without_gaps_says_so(assessment: Assessment) -> None:
    """Empty parts say that there is nothing."""
    kept = tuple(f for f in assessment.findings if f.status == "met")
    text = render(replace(assessment, findings=kept, shortcomings=(), statements=()))

    for sentence in ("没有需要修改的内容。", "没有读出具体的不足。", "没有读出可以互相推算的数字。"):
        assert sentence in text


def test_same_assessment_gives_the_same_text(assessment: Assessment) -> None:
    """The text holds no time and no chance."""
    assert render(assessment) == render(assessment)


def test_what_is_no_report_is_not_rendered() -> None:
    """There is nothing to show; the reason is in the error."""
    with pytest.raises(ValueError, match="not an annual report"):
        render(assess(Document.from_text("今天天气很好。")))
