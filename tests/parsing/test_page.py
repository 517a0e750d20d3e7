"""Title, header, body, signature and footer of a page."""

from __future__ import annotations

import pytest
from helpers import TITLE, page, parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.document import Block, Document
from scorer.parsing.report import parse
from scorer.rulepack.model import Pack

BEFORE = "首页 > 政务公开 > 法定主动公开内容\n字体：大 中 小\n打印本页\n"
AFTER = "【打印本页】【关闭窗口】\n上一篇：岚溪县教育局2022年法治政府建设年度报告\n下一篇：关于印发某办法的通知\n主办单位：岚溪县人民政府办公室\n网站地图 | 联系我们\n"


def test_a_plain_report_is_all_there() -> None:
    """Title, body and signature are told apart and nothing of the body is lost."""
    got = parsed(page()).page

    assert [line.text for line in got.title] == [TITLE]
    assert [line.text for line in got.signature] == ["岚溪县人民政府", "2024年2月5日"]
    assert len(got.body) == 8
    assert got.footer == ()


def test_site_furniture_is_no_part_of_the_report() -> None:
    """Navigation, tools and related links around a report change neither its body nor its title."""
    bare, wrapped = parsed(page()).page, parsed(BEFORE + page() + AFTER).page

    assert [line.text for line in wrapped.body] == [line.text for line in bare.body]
    assert [line.text for line in wrapped.title] == [TITLE]
    assert [line.text for line in wrapped.signature] == [line.text for line in bare.signature]
    assert len(wrapped.footer) == 5


def test_tools_inside_the_report_are_left_out() -> None:
    """A counter between two paragraphs is no sentence of the report."""
    got = parsed(page(measures="开展执法培训6期，培训320人次，办结案件80件。\n浏览次数：315\n审查规范性文件12件，提出意见30条。"))

    assert not any("浏览次数" in line.text for line in got.body)
    assert any("提出意见30条" in line.text for line in got.body)


@pytest.mark.parametrize(
    "line",
    [
        "办结162件，纠错率下降。",
        "下载普法手册2.3万次。",
        "普法短视频分享至朋友圈5000次。",
        "统一打印送达文书样式。",
        "承办单位办结32件。",
        "法律援助来源:人社部门移送32件。",
        "案件审核:法制机构审核210件。",
        "设置二维码180个，扫一扫即可评价。",
        "播报法治新闻36期。",
        "往年报告问题已整改。",
    ],
)
def test_a_short_sentence_is_body_whatever_words_of_a_site_it_has(line: str) -> None:
    """纠错, 下载, 分享, 承办单位 are said of the work too: neither is the sentence lost nor does the body end there."""
    got = parsed(page(measures=f"{line}\n全年组织培训3期，参训230人次，有力提升执法能力。")).page
    body = [other.text for other in got.body]

    assert line.partition("，")[0][:4] in "".join(body)
    assert any("参训230人次" in text for text in body)


def test_the_words_of_a_site_end_the_report_with_a_full_stop_too() -> None:
    """A rights notice is never body."""
    got = parsed(page() + "\n版权所有 岚溪县人民政府，未经授权不得转载。\n我要纠错\n").page

    assert not any("版权" in line.text or "纠错" in line.text for line in (*got.body, *got.signature))


def test_what_the_format_marks_as_outside_stays_outside(pack: Pack) -> None:
    """Lines that the file shows to be furniture are never body."""
    blocks = [
        Block("全县新闻：召开行政执法推进会，听取汇报并部署工作。", outside=True),
        *(Block(line) for line in page().split("\n")),
        Block("全县要闻：某镇开展普法活动三十场，受众甚多。", outside=True),
    ]
    got = parse(Document.from_blocks(blocks), pack).page

    assert not any("新闻" in line.text or "要闻" in line.text for line in got.body)
    assert len(got.body) == 8


@pytest.mark.parametrize(
    "lines",
    [
        ["岚溪县人民政府", "关于2023年法治政府建设情况的报告"],
        ["岚溪县人民政府关于2023年", "法治政府建设情况的报告"],
    ],
)
def test_a_title_over_two_lines(lines: list[str]) -> None:
    """A title broken over lines is one title."""
    got = parsed(page(title="\n".join(lines)))

    assert got.metadata.title is not None
    assert got.metadata.title.value == TITLE


def test_a_joint_title_over_three_lines() -> None:
    """Both organs of a joint report belong to its title."""
    got = parsed(page(title="中共岚溪县委员会\n岚溪县人民政府\n关于2023年法治政府建设情况的报告", signature=""))

    assert [line.text for line in got.page.title] == ["中共岚溪县委员会", "岚溪县人民政府", "关于2023年法治政府建设情况的报告"]


def test_of_two_titles_the_one_before_the_body_counts() -> None:
    """The title of the browser window and the breadcrumb do not replace the report's own."""
    text = "岚溪县2023年法治政府建设年度报告_岚溪县人民政府门户网站\n" + page()
    got = parsed(text)

    assert got.metadata.title is not None
    assert got.metadata.title.value == TITLE


@pytest.mark.parametrize(
    "signature",
    [
        "岚溪县人民政府\n2024年2月5日",
        "岚溪县人民政府　2024年2月5日",
        "2024年2月5日",
        "岚溪县人民政府\n二〇二四年二月五日",
        "中共岚溪县委员会\n岚溪县人民政府\n2024年2月5日",
        "岚溪县人民政府\n2024年2月5日\n（此件公开发布）",
    ],
)
def test_forms_of_a_signature(signature: str) -> None:
    """Organ and date in the usual forms end the body."""
    got = parsed(page(signature=signature)).page

    assert got.signature
    assert got.body[-1].text.startswith("为乡镇充实执法力量")


def test_a_report_without_signature_ends_with_its_last_paragraph() -> None:
    """No line of the report is taken for a signature."""
    got = parsed(page(signature="")).page

    assert got.signature == ()
    assert got.body[-1].text.startswith("为乡镇充实执法力量")


def test_a_pasted_text_without_title_keeps_its_first_heading() -> None:
    """A text that begins with 一、 begins with its first part."""
    got = parsed(page(title="", header=""))

    assert [section.role for section in got.sections] == ["measures", "problems", "plan"]


@given(
    st.lists(
        st.sampled_from(
            [
                *page().split("\n"),
                *BEFORE.split("\n"),
                *AFTER.split("\n"),
                "",
                "\u200b",
                "㈠加强",
                "一、",
                "（一）",
                "1.",
                "：",
                "2024年2月5日",
                "岚溪县",
                "是",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=150)
def test_every_line_has_one_place(lines: list[str]) -> None:
    """Whatever the order of lines: each is title, header, body, signature or footer, and only one of them."""
    got = parsed("\n".join(lines)).page
    places = [line.number for part in (got.title, got.header, got.body, got.signature, got.footer) for line in part]

    assert sorted(places) == [line.number for line in got.lines]


def test_second_document_in_the_file_is_no_part_of_the_report() -> None:
    """A second report, or an annex below the signature, is left out and named; a short list of annexes is not."""
    first = "苇塘镇2023年法治政府建设情况报告\n2023年，苇塘镇推进依法行政，现将情况报告如下。\n一、主要举措\n办理执法案件17件。\n二、存在的不足\n执法人员少，原因在于编制紧张。\n三、2024年安排\n组织执法培训2期。\n苇塘镇人民政府\n2024年1月30日\n"
    body = "全镇围绕法治建设开展各项工作，聘请法律顾问，审查合同，化解纠纷，组织学习，公开信息。\n" * 6
    for second in ("苇塘镇2022年法治政府建设情况报告\n", "附件1\n"):
        got = parsed(first + second + body).page

        assert got.annex is not None and got.annex.text == second.strip()
        assert [line.text for line in got.signature] == ["苇塘镇人民政府", "2024年1月30日"]
        assert got.body[-1].text == "组织执法培训2期。"
    assert parsed(first + "附件1\n案件统计表").page.annex is None
    assert parsed(first).page.annex is None


def test_links_below_the_signature_are_no_part_of_the_report() -> None:
    """Organ and date end the report, whatever titles and dates of other pages stand below."""
    got = parsed(page() + "\n附件：行政执法数据表\n云溪镇2019年法治政府建设工作报告\n2025.2.17\n关于报送年度报告的通知\n2018.2.4\n").page

    assert [line.text for line in got.signature] == ["岚溪县人民政府", "2024年2月5日"]
    assert "云溪镇2019年法治政府建设工作报告" in [line.text for line in got.footer]
