"""Audits of counties rolled up: what is counted, by which rules, where the links lead."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import corpus
import lxml.html
import openpyxl
import pytest
from click.testing import CliRunner

from scorer.audit.merge import merge
from scorer.audit.mergewriter import write
from scorer.audit.outputs import mergedbook
from scorer.audit.outputs.merged import PER_PAGE, pages
from scorer.audit.run import Plan, run
from scorer.audit.totals import lacks, levels, totals
from scorer.cli.app import app
from scorer.errors import FazhiError


def finding(rule: str, status: str) -> dict[str, str]:
    """An element of a report."""
    return {"rule": rule, "title": f"要素{rule}", "severity": "required" if rule == "a" else "expected", "status": status}


def line(
    unit: str, *, total: float = 80, gate: str | None = "pass", statuses: str = "met met", level: str = "township", **more: Any
) -> dict[str, Any]:
    """The line of one report; ``statuses`` are those of the elements a and b."""
    return {
        "unit": unit, "state": "assessed", "gate": gate, "report": f"{unit}.html", "late": False,
        "profile": {"level": level, "report_year": 2024}, "score": {"total": total, "grade": "优秀" if total >= 90 else "合格"},
        "findings": [finding(rule, status) for rule, status in zip("ab", statuses.split(), strict=True)],
        "statements": [], **more,
    }  # fmt: skip


def absent(unit: str) -> dict[str, Any]:
    """The line of a unit without a report."""
    return {"unit": unit, "state": "not-submitted", "gate": "absent", "score": None, "source": None, "reason": "未报送"}


def county(folder: Path, *lines: dict[str, Any], sha256: str = "1" * 64) -> Path:
    """The results of one audit."""
    folder.mkdir(parents=True)
    (folder / "results.jsonl").write_text("".join(json.dumps(data, ensure_ascii=False) + "\n" for data in lines), "utf-8")
    (folder / "pack.json").write_text(json.dumps({"title": "国家要求", "version": "1.0", "sha256": sha256, "tool": "0.1.0"}), "utf-8")
    (folder / "index.html").write_text("<!DOCTYPE html>", "utf-8")
    return folder


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """Three counties in two cities."""
    base = tmp_path / "全省"
    county(
        base / "甲市" / "东县审核",
        line("东镇", total=92),
        line("西镇", gate="return", statuses="missing partial", late=True),
        absent("南镇"),
    )
    county(base / "甲市" / "西县审核", line("城关镇", statuses="met missing", gate="mend", statements=[{"verdict": "inconsistent"}]))
    county(
        base / "乙市" / "北县审核",
        line("北县", level="county", statuses="partial met"),
        line("路过", gate=None, total=10, statuses="missing missing"),
        {**line("北县"), "state": "superseded"},
    )
    return base


def test_units_are_counted_once_and_those_of_nobody_nowhere(province: Path) -> None:
    """Units of all audits make the totals; an older report is left out, a file of nobody's is told apart and in no mean."""
    merged = merge([province])
    counted = totals(merged.units)

    assert [source.name for source in merged.sources] == ["北县审核", "东县审核", "西县审核"]
    assert merged.groups == ("乙市", "甲市")
    assert (counted.due, counted.read, counted.outside, counted.late) == (5, 4, 1, 1)
    assert counted.gates == {"pass": 2, "mend": 1, "return": 1, "absent": 1}
    assert counted.mean == pytest.approx((92 + 80 + 80 + 80) / 4)
    assert (counted.lacking_required, counted.contradictory) == (1, 1)
    assert [(row.word, row.reports) for row in levels(merged.units, merged.grades)] == [("县级", 1), ("乡级", 3)]


def test_worst_elements_come_first(province: Path) -> None:
    """Missing weighs more than partial; what a file of nobody's lacks is not counted; parts of the whole are counted alone."""
    merged = merge([province])

    assert [(row.rule.rule, row.missing, row.partial, row.asked) for row in lacks(merged, merged.statuses)] == [
        ("a", 1, 1, 4),
        ("b", 1, 1, 4),
    ]
    assert [(row.rule.rule, row.missing, row.partial) for row in lacks(merged, merged.statuses[:1])] == [("a", 0, 1)]


def test_other_rules_are_refused_by_name(province: Path, tmp_path: Path) -> None:
    """The audit whose pack is another one is named in one line; so is one that left no record of its pack."""
    county(tmp_path / "丙县审核", line("丙镇"), sha256="2" * 64)

    with pytest.raises(FazhiError, match=r"规则包不同，不能汇总：丙县审核（国家要求 1.0 22222222），其余为国家要求 1.0 11111111"):
        merge([province, tmp_path / "丙县审核"])
    (tmp_path / "丙县审核" / "pack.json").unlink()
    with pytest.raises(FazhiError, match="丙县审核没有留下规则包的记录"):
        merge([province, tmp_path / "丙县审核"])


def test_nothing_and_twice_are_refused(province: Path, tmp_path: Path) -> None:
    """A folder without audits, one that is not there, an audit given twice, and results among an audit's own."""
    (tmp_path / "空").mkdir()
    for folders, words in (
        ([tmp_path / "空"], "没有审核结果"),
        ([tmp_path / "无"], "没有这个文件夹"),
        ([province, province / "甲市"], "给了两遍"),
    ):
        with pytest.raises(FazhiError, match=words):
            merge(folders)
    with pytest.raises(FazhiError, match="是一次审核的结果"):
        write(merge([province]), province / "甲市" / "东县审核")


def test_every_link_leads_to_a_page(province: Path, tmp_path: Path) -> None:
    """From the overview to cities, to each audit's own overview, to lists by verdict and to gap reports: relative, and there."""
    for report in ("东镇", "西镇"):
        place = province / "甲市" / "东县审核" / "reports" / f"{report}.html"
        place.parent.mkdir(exist_ok=True)
        place.touch()
    out = tmp_path / "汇总"
    write(merge([province]), out)
    leads = set()
    for path in out.rglob("*.html"):
        page = lxml.html.document_fromstring(path.read_text("utf-8"))
        for link in page.xpath("//a/@href"):
            assert not link.startswith(("/", "file:"))
            if not link.startswith("#"):
                leads.add(Path(os.path.normpath(path.parent / unquote(link))))

    assert {out / "cities" / "甲市.html", out / "units" / "return-001.html", province / "乙市" / "北县审核" / "index.html"} <= leads
    assert province / "甲市" / "东县审核" / "reports" / "西镇.html" in leads
    assert [path for path in leads if not path.exists() and path.parent.name != "reports"] == []


def test_audits_side_by_side_have_one_page(tmp_path: Path) -> None:
    """Where all audits lie in one folder there is no city between."""
    county(tmp_path / "一县审核", line("一镇"))
    county(tmp_path / "二县审核", line("二镇"))
    found = dict(pages(merge([tmp_path / "一县审核", tmp_path / "二县审核"]), tmp_path / "汇总"))

    assert set(found) == {"index.html", "units/pass-001.html"}
    assert "../一县审核/index.html" in found["index.html"]


def test_names_are_text_and_lists_are_parted(tmp_path: Path) -> None:
    """Markup in a name stays text; of many units some hundred stand on a page."""
    many = [line(f"{number}<b>镇", total=50 + number % 40) for number in range(PER_PAGE + 5)]
    found = dict(pages(merge([county(tmp_path / "县审核", *many)]), tmp_path / "汇总"))

    assert {"units/pass-001.html", "units/pass-002.html"} <= set(found)
    assert len(lxml.html.document_fromstring(found["units/pass-002.html"]).xpath("//tbody/tr")) == 5
    assert all("<b>镇" not in text for text in found.values())


def test_workbook_has_totals_and_all_units(province: Path, tmp_path: Path) -> None:
    """One row an audit and the whole; each unit with its city, audit, verdict and link."""
    book = openpyxl.load_workbook(io.BytesIO(mergedbook.render(merge([province]), tmp_path / "汇总")))
    whole = {head.value: cell.value for head, cell in zip(book["汇总"][1], book["汇总"][5], strict=True)}
    units = {row[0].value: row for row in book["各单位"].iter_rows(min_row=2)}

    assert (whole["审核"], whole["应报送"], whole["检查报告"], whole["退回"], whole["名册以外"]) == ("合计", 5, 4, 1, 1)
    assert len(units) == 6
    assert units["西镇"][0].hyperlink.target == "../全省/甲市/东县审核/reports/西镇.html"
    assert [cell.value for cell in units["路过"]][11] == "名册以外"


def test_real_audits_are_rolled_up_by_the_command(tmp_path: Path) -> None:
    """Two folders audited and merged: the links lead to gap reports that are there; a second time the same bytes."""
    corpus.write(tmp_path / "甲县", 4, size=1500)
    (tmp_path / "乙县").mkdir()
    for path in sorted((tmp_path / "甲县").rglob("*.txt"))[2:]:
        path.replace(tmp_path / "乙县" / path.name)
    for name in ("甲县", "乙县"):
        run(Plan(tmp_path / name, tmp_path / f"{name}审核", jobs=1))
    words = ["merge", str(tmp_path / "甲县审核"), str(tmp_path / "乙县审核"), "-o", str(tmp_path / "汇总")]
    result = CliRunner().invoke(app, words)
    first = {path: hashlib.sha256(path.read_bytes()).digest() for path in (tmp_path / "汇总").rglob("*") if path.is_file()}

    assert result.exit_code == 0, result.output
    assert "汇总了2次审核" in result.output and "没有名册，应报送数就是报来的文件数" in result.output
    lists = "".join(path.read_text("utf-8") for path in (tmp_path / "汇总" / "units").glob("*.html"))
    reports = [unquote(link) for link in lxml.html.document_fromstring(lists).xpath("//a/@href") if "/reports/" in link]
    assert len(reports) == 4
    assert all((tmp_path / "汇总" / "units" / link).exists() for link in reports)
    assert CliRunner().invoke(app, words).exit_code == 0
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in first} == first


def test_a_unit_in_two_audits_counts_once(tmp_path: Path) -> None:
    """By the audit given later, where its name says whose it is; its elements too; it is named on page and terminal. A 城关镇 there
    may be in every county: counted twice, and named."""
    county(tmp_path / "一", line("平川县司法局", statuses="missing met"), line("城关镇"), line("甲镇"), line("乙镇"), line("己镇"))
    county(
        tmp_path / "二",
        line("平川县司法局", total=95),
        line("城关镇"),
        line("丙镇"),
        line("丁镇"),
        line("庚镇"),
        {**absent("戊镇"), "state": "asked", "gate": "hold"},
    )
    merged = merge([tmp_path / "一", tmp_path / "二"])
    counted = totals(merged.units)

    assert (counted.due, counted.read, counted.gates["hold"]) == (10, 9, 1)
    assert [unit.total for unit in merged.units if unit.unit == "平川县司法局"] == [95]
    assert merged.statuses[0]["a", "missing"] == 0 and merged.statuses[0]["a", "met"] == 4
    told = write(merged, tmp_path / "汇总")
    page = (tmp_path / "汇总" / "index.html").read_text("utf-8")
    for words in (
        "1个单位在两次以上的审核里都有，只按最后一次审核计一次：平川县司法局。",
        "看不出是不是同一单位，各计一次，请核对：城关镇。",
    ):
        assert words in told and words in page
    assert "待确认" in page


def test_the_same_units_audited_again_count_once(tmp_path: Path) -> None:
    """Audits that share half their units are of one county."""
    county(tmp_path / "一", *map(line, ("城关镇", "甲镇", "乙镇")))
    county(tmp_path / "二", *map(line, ("城关镇", "甲镇", "丙镇")))

    assert totals(merge([tmp_path / "一", tmp_path / "二"]).units).due == 4
