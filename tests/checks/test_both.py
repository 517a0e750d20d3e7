"""Two readers, one verdict on an outline item."""

from __future__ import annotations

import dataclasses

from helpers import case, finding, page

from scorer import load_pack
from scorer.findings import outcomes
from scorer.vocabulary import Certainty, Status

METHODS = "task.enforcement.methods"


def test_agreeing_readers_are_sure() -> None:
    """Phrases and sentences say the same: nothing to check."""
    found = finding(page("公布轻微违法不予处罚清单，对首次轻微违法不予处罚131起，制发以案释法案例12个。"), METHODS)

    assert (found.status, found.certainty, found.readers) == (Status.MET, Certainty.SURE, ())
    assert found.confidence > 0.95


def test_everyday_words_are_understood_and_shown() -> None:
    """An act that no phrase knows is met, to be checked, with the passage it rests on."""
    found = finding(page("对沿街商铺初次店外经营以教代罚131起。"), METHODS)

    assert (found.status, found.certainty) == (Status.MET, Certainty.CHECK)
    assert "以教代罚" in found.evidence[0].quote.quote
    assert any("按意思看" in view.because for view in found.readers)


def test_absent_items_are_surely_missing() -> None:
    """A text that says nothing of an item is no matter of doubt."""
    found = finding(page("组织行政执法培训6期，培训320人次。"), "task.disputes.adjudication")

    assert (found.status, found.certainty) == (Status.MISSING, Certainty.SURE)


def test_without_a_second_reader_phrases_decide() -> None:
    """A case without a model is judged as before."""
    alone = dataclasses.replace(case(page("对沿街商铺初次店外经营以教代罚131起。")), reading=None)
    statuses = {rule.id: outcome.status for rule, outcome in outcomes(alone, load_pack())}

    assert statuses[METHODS] == Status.MISSING


def test_departments_need_not_write_what_they_have_no_power_for() -> None:
    """Silence is not-applicable; what is spoken of is judged; a county is asked all the same."""
    town = page(title="岚溪镇人民政府关于2023年法治政府建设情况的报告")
    spoken = page("梳理行政裁决事项清单，办理行政裁决案件5件。", title="岚溪镇人民政府关于2023年法治政府建设情况的报告")

    assert finding(town, "task.disputes.adjudication").status == Status.NOT_APPLICABLE
    assert finding(spoken, "task.disputes.adjudication").status == Status.MET
    assert finding(page(), "task.disputes.adjudication").status == Status.MISSING


def test_what_stands_under_a_heading_and_tells_of_another_item_is_no_act_of_it() -> None:
    """政务诚信 in the heading only, press conferences below it: named, and it is said why."""
    found = finding(page("（一）推进政务公开和政务诚信建设。\n举办新闻发布会16场，答复依申请公开23件。"), "task.oversight.credit")

    assert found.status == Status.PARTIAL
    assert "别的事项" in found.message


def test_what_stands_under_a_heading_and_tells_of_it_is_an_act() -> None:
    """The words of the heading need not be said again below it."""
    found = finding(page("（一）加强政务诚信建设。\n清偿拖欠企业账款1200万元，兑现招商承诺9项。"), "task.oversight.credit")

    assert found.status == Status.MET


def test_an_item_that_is_only_spoken_of_is_not_met_by_another_items_act() -> None:
    """Key areas in a slogan, squads set up beside it: named, to be checked, with both passages."""
    text = "强化食品药品、安全生产、环境保护、劳动保障等重点领域执法检查力度。农业综合执法大队、文化市场综合执法大队先后挂牌。"
    found = finding(page(text), "task.enforcement.key-areas")

    assert (found.status, found.certainty) == (Status.PARTIAL, Certainty.CHECK)
    assert "别的事项" in found.message
    assert len(found.readers) == 2
    assert "重点领域执法检查" in found.evidence[0].quote.quote
