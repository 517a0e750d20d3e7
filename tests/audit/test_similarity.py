"""Who copied from whom, beyond what all reports share."""

import re

import pytest
from audit_texts import LAST_YEAR, NEIGHBOUR, THIS_YEAR

from scorer.assessing import examine
from scorer.audit.facts import Facts, facts
from scorer.audit.similarity import Kept, fingerprint, likeness_to_previous, likenesses
from scorer.document import Document
from scorer.rulepack.store import load_pack


def read(text: str) -> Facts:
    """The facts of a text."""
    return facts(examine(Document.from_text(text), load_pack()))


def alike(**texts: str) -> list[tuple[str, str, float]]:
    """The pairs found among texts, by name."""
    known = {name: read(text) for name, text in texts.items()}
    found = likenesses([Kept(name, name, fingerprint(kept)) for name, kept in known.items()], known.__getitem__)
    return [(one.unit, one.other, round(one.share, 2)) for one in found]


def test_shared_passages_are_found_with_changed_figures() -> None:
    """Three sentences taken over with other figures: one passage, the figures paired."""
    known = {"a": read(THIS_YEAR), "b": read(NEIGHBOUR)}
    (found,) = likenesses([Kept("禾渡镇", "a", fingerprint(known["a"])), Kept("澜口镇", "b", fingerprint(known["b"]))], known.__getitem__)
    (passage,) = found.passages

    assert 0.2 < found.share < 0.5
    assert passage.mine.startswith("聘请2名律师") and passage.mine in re.sub(r"\n（.）", "", THIS_YEAR)
    assert passage.changed[:3] == (("41", "58"), ("60", "73"), ("13", "9"))


def test_reports_of_different_hands_are_not_alike() -> None:
    """Same duties, other words: nothing."""
    other = NEIGHBOUR.split("（二）")[0] + "（二）" + "".join(NEIGHBOUR.partition("护林员队伍")[1:])

    assert alike(a=THIS_YEAR, b=other) == []


def test_edited_copies_are_still_found() -> None:
    """A word put in here and there does not hide a copy."""
    edited = re.sub(r"(\d+)(?=件|名|个|处|次|人)", lambda m: str(int(m.group()) + 3), LAST_YEAR)
    edited = edited.replace("禾渡镇", "柳坝镇").replace("审查合同", "依法审查各类合同").replace("入户走访", "共入户走访群众")

    ((_, _, share),) = alike(a=LAST_YEAR, b=edited)
    assert share > 0.85


def test_what_many_reports_share_does_not_count() -> None:
    """A passage that five units took from one notice is no copying between two of them."""
    common = "各村（社区）按照统一安排设置法治宣传栏，组织群众学习，并及时更新栏目内容和宣传图片。"
    texts = {}
    for number, name in enumerate(("甲里", "乙塘", "丙湾", "丁岭", "戊桥")):
        own = NEIGHBOUR.replace("澜口", name)
        own = re.sub("（[一二三四五]）.*\n", "", own).replace(
            "二、存在的不足", f"{common}\n第{number}组的做法{'甲乙丙丁戊'[number] * 9}。\n二、存在的不足"
        )
        own = re.sub("[一二]是.*\n", f"一是{'子丑寅卯辰'[number] * 14}不足。\n", own)
        texts[name] = own

    assert alike(**texts) == []


def test_one_shared_sentence_beside_common_text_is_no_copy() -> None:
    """Where many reports are the same but for a sentence, a sentence that two share is a small part of each, not all of it."""
    stock = re.sub("澜口镇?", "本镇", NEIGHBOUR)
    added = "调解站长逐户上门说明退耕补助的发放办法，并请村里的老会计现场核对台账。"
    texts = {name: stock.replace("二、存在的不足", f"{added if name in '甲乙' else name * 30}\n二、存在的不足") for name in "甲乙丙丁戊己"}
    known = {name: read(text) for name, text in texts.items()}
    reports = [Kept(name, name, fingerprint(kept)) for name, kept in known.items()]

    assert [one for one in likenesses(reports, known.__getitem__) if one.share > 0.2] == []


def test_report_that_says_nothing_has_an_empty_sketch() -> None:
    """A text of headings and set phrases is alike to nothing."""
    empty = read("某镇2024年法治政府建设报告\n一、主要举措\n")

    assert fingerprint(empty) == b""
    assert likenesses([Kept("a", "a", b""), Kept("b", "b", b"")], lambda _: empty) == ()


def test_last_years_report_taken_over() -> None:
    """The share copied from last year, the figures changed, and the year left standing."""
    found = likeness_to_previous(read(THIS_YEAR), read(LAST_YEAR), "禾渡镇")

    assert found is not None and found.previous
    assert found.share == pytest.approx(0.53, abs=0.05)
    assert found.old_years == ("2023年，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",)


@pytest.mark.parametrize(
    "sentence",
    [
        "较2023年增加8件，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",
        "落实《2023年法治建设要点》，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",
        "依据〔2023〕9号文件，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",
        "自2023年以来，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",
        "2024年，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。",
    ],
)
def test_years_that_are_no_leftover(sentence: str) -> None:
    """A year compared with, in a title, a number or a span is not left over from last year."""
    old = "2023年，全镇召开党委会议6次专题研究法治工作，镇长主持修订行政执法事项清单53项。"
    found = likeness_to_previous(read(THIS_YEAR.replace(old, sentence)), read(LAST_YEAR), "禾渡镇")

    assert found is not None and found.old_years == ()


def test_own_report_of_last_year_that_shares_nothing() -> None:
    """Nothing taken over: nothing said."""
    assert (
        likeness_to_previous(read(NEIGHBOUR.replace("澜口", "禾渡")), read("某镇2023年法治政府建设报告\n调解山林纠纷9件。"), "禾渡镇")
        is None
    )
