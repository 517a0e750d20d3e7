"""Who acted: the person, the leading body, another organ."""

from __future__ import annotations

import pytest
from helpers import assessed, case, finding, page

from scorer.checks.actors import deeds, subject
from scorer.document import Span
from scorer.outputs.json import to_data
from scorer.vocabulary import Actor, Certainty, Status

FIRST = "statutory.first-responsible"
OWN = "（一）落实第一责任人职责。{}\n（二）规范行政执法。组织执法培训6期，培训320人次。"


def own(text: str) -> str:
    """A page whose measures part has an item of its own on the principals' duty."""
    return page(OWN.format(text))


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("县长主持召开县政府常务会议7次", Actor.PRINCIPAL),
        ("县委、县政府主要负责同志带队调研3次", Actor.PRINCIPAL),
        ("县委书记、县长带头讲法治课2次", Actor.PRINCIPAL),
        ("县委常委会会议听取法治建设汇报2次", Actor.BODY),
        ("分管副县长主持召开调度会4次", Actor.BODY),
        ("县委依法治县办开展法治督察2次", Actor.ORGAN),
        ("县人大常委会听取专项报告1次", Actor.ORGAN),
        ("各乡镇主要负责人开展述法", Actor.ORGAN),
        ("236名党政主要负责人完成年度述法", Actor.ORGAN),
    ],
)
def test_the_first_name_of_a_clause_acts(words: str, actor: Actor) -> None:
    """The head of the name decides: an office of a body is an organ, the principals of others are not one's own."""
    report = case(page(words + "。")).report
    start = report.text.index(words)

    found = subject(report, Span(start, start + len(words)))

    assert found is not None and found.actor == actor


@pytest.mark.parametrize("words", ["组织各乡镇主要负责人开展述法", "向县人大常委会报告年度情况", "就司法所人员问题批示2次"])
def test_a_name_after_a_verb_or_preposition_is_no_subject(words: str) -> None:
    """Objects of an act did not do it."""
    report = case(page(words + "。")).report
    start = report.text.index(words)

    assert subject(report, Span(start, start + len(words))) is None


def test_clauses_without_a_name_go_on_with_the_last_one() -> None:
    """Chinese leaves out a subject that stays the same; another organ's holds to the end of its sentence only."""
    told = case(
        own("县长主持召开县政府常务会议5次，出庭应诉1次，就垃圾处理问题作出批示2次。县司法局组织培训3次，印发手册200册。制发方案1份。")
    )
    text = told.report.text
    sentences = [
        s
        for s in told.report.sentences
        if text.index("县长主持") <= s.span.start < text.index("（二）".replace("（", "(").replace("）", ")"))
    ]

    found = {text[d.span.start : d.span.end].rstrip("，,。"): d.subject.actor for d in deeds(told.report, sentences, None)}

    assert found["出庭应诉1次"] == found["就垃圾处理问题作出批示2次"] == Actor.PRINCIPAL
    assert found["县司法局组织培训3次"] == found["印发手册200册"] == Actor.ORGAN
    assert found["制发方案1份"] != Actor.ORGAN


def test_acts_of_organs_do_not_make_the_duty_met() -> None:
    """An item of its own that tells only what others did is not met, and says so."""
    found = finding(own("县委依法治县办开展法治督察2次，发出整改通知16份。县司法局组织培训3次，县检察院发出检察建议5份。"), FIRST)

    assert found.status == Status.PARTIAL
    assert "其他机关" in found.message
    assert {act.actor for act in found.acts} == {Actor.ORGAN}
    assert not any(facet.passage for facet in found.facets)


def test_acts_of_the_body_alone_are_met_with_a_word() -> None:
    """The guide's minimum is met, and the message says that nothing of the person's own stands there."""
    found = finding(own("县委常委会会议听取法治建设汇报2次，县政府常务会议审议法治议题8个。"), FIRST)

    assert found.status == Status.MET
    assert "没有一件写明是主要负责人本人做的" in found.message


def test_set_phrases_are_no_acts() -> None:
    """亲自部署、亲自过问 is asked for, not done."""
    found = finding(own("县长坚持重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办，带头尊法学法守法用法。"), FIRST)

    assert (found.status, found.acts) == (Status.PARTIAL, ())
    assert "没有具体的事" in found.message


def test_a_duty_is_ticked_by_the_side_it_is_asked_of() -> None:
    """The county head's meetings tick the government's duty, not the Party committee's."""
    found = finding(own("县长主持召开县政府常务会议研究法治议题7次，出庭应诉2次，旁听庭审1次。"), FIRST)
    ticked = {facet.title for facet in found.facets if facet.passage}

    assert any(title.startswith("政府主要负责人：尊重司法") for title in ticked)
    assert not any(title.startswith("党委") for title in ticked)


def test_a_point_with_its_own_full_stop_carries_what_follows() -> None:
    """一是……职责。 opens an item: the sentences after it belong to it, up to the next point."""
    text = "一是压实第一责任人职责。县长主持召开专题会议3次，专题研究执法难题4个。二是规范执法。县司法局组织培训3次。"
    found = finding(page(text), FIRST)

    assert found.status == Status.MET
    assert {act.actor for act in found.acts} == {Actor.PRINCIPAL}


def test_everyday_words_of_the_person_are_heard_and_to_be_checked() -> None:
    """Acts that no phrase knows are the second reader's, and a person is asked."""
    found = finding(own("县长把复议败诉的局长叫来逐个问。县长带着局长们到法院坐了一上午。"), FIRST)

    assert (found.status, found.certainty) == (Status.MET, Certainty.CHECK)
    assert all("读法不一致" in view.because for view in found.readers)


def test_the_actors_stand_in_json() -> None:
    """Each act with its actor and its exact place."""
    result = assessed(own("县长主持召开县政府常务会议5次，出庭应诉1次。"))
    data = next(f for f in to_data(result)["findings"] if f["rule"] == FIRST)

    assert [act["actor"] for act in data["acts"]] == ["principal", "principal"]
    assert all(result.text[act["start"] : act["end"]] == act["quote"] for act in data["acts"])
