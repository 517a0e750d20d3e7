"""What a page says about its report."""

from __future__ import annotations

import pytest
from helpers import TITLE, docx, page, paragraph, parsed

from scorer import read
from scorer.parsing.metadata import Metadata
from scorer.parsing.report import parse
from scorer.rulepack.model import Pack

TABLE = "索引号：011340-2024-00027　发文机关：岚溪县人民政府办公室\n发文字号：岚政发〔2024〕3号\n成文日期：2024年2月5日　发布日期：2024年2月20日\n"


def facts(text: str) -> Metadata:
    """The metadata of a text."""
    return parsed(text).metadata


def value(metadata: Metadata, name: str) -> str | None:
    """A fact as a word."""
    datum = getattr(metadata, name)
    return datum.value if datum else None


def test_all_facts_of_a_full_page() -> None:
    """An index table, a title, an addressee and a signature give all facts."""
    got = facts(TABLE + page(header="市人民政府：\n2023年，岚溪县推进法治政府建设，现将有关情况报告如下。"))
    names = ("title", "issuer", "addressee", "document_date", "publication_date", "index_number", "document_number")

    assert [value(got, name) for name in names] == [
        TITLE,
        "岚溪县人民政府",
        "市人民政府",
        "2024-02-05",
        "2024-02-20",
        "011340-2024-00027",
        "岚政发〔2024〕3号",
    ]
    assert (got.report_year, got.level) == (2023, "county")


def test_facts_have_their_place_in_the_text() -> None:
    """Each fact found on the page can be quoted."""
    report = parsed(TABLE + page())
    got = report.metadata

    assert got.publication_date is not None
    assert got.publication_date.span is not None
    assert report.quote(got.publication_date.span).quote == "2024年2月20日"
    assert got.publication_date.place == "header"
    assert got.document_date is not None
    assert got.document_date.place == "signature"


def test_a_page_that_says_nothing() -> None:
    """What is not there is not made up."""
    got = facts("全年办结案件80件，培训执法人员320人次，审查规范性文件12件。")

    assert [
        value(got, name)
        for name in ("title", "issuer", "addressee", "document_date", "publication_date", "index_number", "document_number")
    ] == [None] * 7
    assert got.level is None


@pytest.mark.parametrize("number", ["011340-2024-00027", "000014349/2024-00213", "LXX2024-0012", "XM00100-02-2024-001"])
def test_index_numbers(number: str) -> None:
    """Index numbers of several make are taken whole."""
    got = facts(f"索引号：{number}　成文日期：2024年2月5日\n" + page())

    assert value(got, "index_number") == number


@pytest.mark.parametrize("number", ["LX-2024-0012", "A1/2024-0007"])
def test_index_numbers_with_a_short_prefix(number: str) -> None:
    """The first part of an index number may be short."""
    got = facts(f"索引号：{number}　成文日期：2024年2月5日\n" + page())

    assert value(got, "index_number") == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布日期：2024-02-20 来源：岚溪县司法局", "2024-02-20"),
        ("发布时间：2024年02月20日 09:30", "2024-02-20"),
        ("时间：2024/2/20　浏览：15", "2024-02-20"),
        ("2024-02-20 16:40　来源：岚溪县司法局　打印　关闭", "2024-02-20"),
        ("[2024-02-20] 岚溪县司法局", "2024-02-20"),
        ("成文日期：2024年2月1日　公开日期：2024年2月20日", "2024-02-20"),
    ],
)
def test_publication_dates(line: str, date: str) -> None:
    """A publication date is read by its label, or as the bare date under the title."""
    got = facts(page(header=f"{line}\n2023年，岚溪县推进法治政府建设，现将有关情况报告如下。"))

    assert value(got, "publication_date") == date


def test_label_and_value_on_two_lines() -> None:
    """In a table read cell by cell the value stands on the line after its label."""
    got = facts(
        "索引号：\n011340-2024-00027\n发布日期：\n2024-02-20\n" + page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。")
    )

    assert value(got, "index_number") == "011340-2024-00027"
    assert value(got, "publication_date") == "2024-02-20"


def test_the_date_of_the_document_is_not_that_of_publication() -> None:
    """成文日期 does not pass for 日期."""
    got = facts("成文日期：2024年2月1日\n" + page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。", signature=""))

    assert value(got, "document_date") == "2024-02-01"
    assert value(got, "publication_date") is None


def test_two_publication_dates_that_differ_are_a_conflict(pack: Pack) -> None:
    """The page's own date counts; that of the file's head is told as another."""
    body = "".join(f"<p>{line}</p>" for line in page().split("\n"))
    raw = f"<html><head><meta name='PubDate' content='2024-03-01'></head><body>{body}</body></html>".encode()
    got = parse(read(raw), pack).metadata

    assert value(got, "publication_date") == "2024-02-20"
    assert [(name, first.value, second.value) for name, first, second in got.conflicts] == [
        ("publication_date", "2024-02-20", "2024-03-01")
    ]


@pytest.mark.parametrize(
    ("title", "issuer", "level"),
    [
        ("沧岳省人民政府关于2023年法治政府建设情况的报告", "沧岳省人民政府", "province"),
        ("青梧市人民政府关于2023年法治政府建设情况的报告", "青梧市人民政府", "city"),
        ("岚溪自治县人民政府二〇二三年法治政府建设情况报告", "岚溪自治县人民政府", "county"),
        ("芦川区2023年法治政府建设年度报告", "芦川区", "county"),
        ("岚溪经济开发区管委会2023年法治政府建设年度报告", "岚溪经济开发区管委会", "county"),
        ("白石镇人民政府2023年度法治政府建设工作总结", "白石镇人民政府", "township"),
        ("东栈街道办事处2023年法治政府建设年度报告", "东栈街道办事处", "township"),
        ("岚溪县教育局2023年法治政府建设情况报告", "岚溪县教育局", "department"),
        ("岚溪县卫生健康委员会2023年法治政府建设年度报告", "岚溪县卫生健康委员会", "department"),
        ("沧岳省司法厅2023年法治政府建设年度报告", "沧岳省司法厅", "department"),
    ],
)
def test_issuer_and_level_from_the_title(title: str, issuer: str, level: str) -> None:
    """The organ or place at the head of the title says who reports and at which level."""
    got = facts(page(title=title, header="2023年，各项法治工作有序推进，现将有关情况报告如下。", signature=""))

    assert value(got, "issuer") == issuer
    assert got.level == level
    assert got.report_year == 2023


@pytest.mark.parametrize(("addressee", "level"), [("省委、省人民政府：", "city"), ("市委、市人民政府：", "county")])
def test_a_city_is_told_by_whom_it_reports_to(addressee: str, level: str) -> None:
    """A 市 that reports to the province is a prefecture, one that reports to a 市 is a county-level city."""
    got = facts(
        page(
            title="青梧市人民政府关于2023年法治政府建设情况的报告",
            header=f"{addressee}\n2023年，青梧市推进法治政府建设，现将有关情况报告如下。",
            signature="",
        )
    )

    assert got.level == level


@pytest.mark.parametrize("text", ["2023年", "2023年度", "二〇二三年", "二○二三年度", "２０２３年"])
def test_the_report_year_in_the_title(text: str) -> None:
    """Digits and Chinese numerals of the year are read."""
    got = facts(page(title=f"岚溪县{text}法治政府建设情况报告"))

    assert got.report_year == 2023


def test_the_report_year_without_one_in_the_title() -> None:
    """A title without a year leaves the year to the text."""
    got = facts(page(title="岚溪县人民政府关于法治政府建设情况的报告"))

    assert got.report_year == 2023


def test_given_year_and_level_overrule_the_page() -> None:
    """What the user says is believed."""
    got = parsed(page(), year=2022, level="city").metadata

    assert (got.report_year, got.level) == (2022, "city")


def test_joint_signatures_name_all_organs() -> None:
    """A report of party and government has two organs."""
    got = facts(page(signature="中共岚溪县委员会　　岚溪县人民政府\n2024年2月5日"))

    assert got.publisher is not None
    assert got.publisher.value == "中共岚溪县委员会、岚溪县人民政府"


def test_a_source_that_is_no_organ_is_none() -> None:
    """来源：本站原创 names nobody."""
    got = facts(
        page(
            header="发布日期：2024-02-20　来源：本站原创\n2023年，各项工作有序推进，现将有关情况报告如下。",
            signature="",
            title="2023年法治政府建设年度报告",
        )
    )

    assert value(got, "issuer") is None
    assert got.publisher is None


@pytest.mark.parametrize("line", ["现将有关情况报告如下：", "主要做了以下工作：", "县里的主要情况："])
def test_lines_with_a_colon_that_address_nobody(line: str) -> None:
    """A line that ends in a colon is an addressee only with a superior organ."""
    got = facts(page(header=f"2023年，岚溪县推进法治政府建设。\n{line}"))

    assert value(got, "addressee") is None


def test_facts_of_a_word_file(pack: Pack) -> None:
    """A Word file gives the same facts as its text."""
    got = parse(read(docx("".join(paragraph(line) for line in page().split("\n")))), pack).metadata

    assert value(got, "title") == TITLE
    assert value(got, "document_date") == "2024-02-05"
    assert (got.report_year, got.level) == (2023, "county")


@pytest.mark.parametrize(
    ("title_year", "told", "expected"), [(2022, 2023, 2023), (2024, 2023, 2023), (2023, 2023, 2023), (2014, 2023, 2014)]
)
def test_a_title_left_over_from_another_year_is_overruled(title_year: int, told: int, expected: int) -> None:
    """Where first lines, body and the day of signing speak of another year, the title is what is wrong; not many years away."""
    text = page(f"{told}年，全县受理行政复议案件85件。", title=f"岚溪县人民政府关于{title_year}年法治政府建设情况的报告")

    assert parsed(text).metadata.report_year == expected
