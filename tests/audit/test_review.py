"""A person's verdicts over the machine's."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from helpers import assessed, page

from scorer.assessing import assess
from scorer.audit import review
from scorer.audit.decisions import Decision
from scorer.audit.review import apply, in_force, is_stale, read_review, text_digest
from scorer.audit.reviewfile import TEMPLATE, append
from scorer.document import Document
from scorer.errors import PackError
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack

ENTRY = "{unit: 甲县, rule: form.title, status: 具备, by: 张三, date: 2024年3月10日, reason: 已核}"


def override(**changes: str) -> Decision:
    """One entry."""
    return Decision("甲县", "", "statutory.causes", "met", "张三", "2024-03-10", "原因写在前一段")._replace(**changes)


def test_read() -> None:
    """Chinese or English statuses, dates in any form; confirmed matches, 无 for nobody's."""
    text = f"matches:\n  a.txt: 甲县\n  b.txt: 无\nentries:\n  - {ENTRY}\n  - {ENTRY.replace('具备', 'missing')}\n"
    found = read_review(text.encode(), "review.yaml")

    assert found.matches == {"a.txt": "甲县", "b.txt": ""}
    assert [(o.status, o.date, o.line) for o in found.overrides] == [("met", "2024-03-10", 5), ("missing", "2024-03-10", 6)]


@pytest.mark.parametrize("text", [TEMPLATE, "", "# nichts\n", "entries: []\n", "matches:\nentries:\n"])
def test_nothing_said(text: str) -> None:
    """The template and empty files say nothing."""
    assert read_review(text.encode(), "r") == review.NOTHING


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"entries:\n  - {ENTRY.replace('具备', '通过')}\n", 2, "通过"),
        (f"entries:\n  - {ENTRY.replace('unit: 甲县, ', '')}\n", 2, "unit（单位）或 file"),
        (f"entries:\n  - {ENTRY.replace('by: 张三, ', '')}\n", 2, "缺少 by（复核人）"),
        (f"entries:\n  - {ENTRY.replace('rule:', 'rules:')}\n", 2, "没有“rules”这一项"),
        (f"entries:\n  - {ENTRY.replace('已核', '已核, expires: 2025-01-01')}\n", 2, "只有豁免"),
        ("entry: []\n", 1, "没有“entry”这一节"),
        ("entries:\n  unit: 甲县\n", 1, "列表"),
        ("matches: [a]\n", 1, "文件: 单位"),
        ("entries:\n  - {unit: 甲县\n", 3, "写法有误"),
    ],
)
def test_mistakes(text: str, line: int, words: str) -> None:
    """File, line and what was expected."""
    with pytest.raises(PackError) as caught:
        read_review(text.encode(), "review.yaml")

    assert any(f"review.yaml:{line}:" in one and words in one for one in str(caught.value).splitlines())


def test_apply(pack: Pack) -> None:
    """The verdict and the score change; the machine's verdict and the part decided are kept."""
    machine = assessed(page(problems="一是执法力量薄弱。二是普法宣传方式单一。"))
    reviewed = apply(machine, pack, [override()]).assessment
    before, after = (next(f for f in a.findings if f.rule == "statutory.causes") for a in (machine, reviewed))

    assert before.status == "missing"
    assert (after.status, after.machine, after.points) == ("met", "missing", after.worth)
    assert reviewed.score is not None and machine.score is not None
    assert reviewed.score.total == pytest.approx(machine.score.total + before.gain)
    assert review.by_person(machine, reviewed) == pytest.approx(before.worth / 100)
    assert sum(f.points for f in reviewed.findings) == pytest.approx(reviewed.score.total)


def test_points_stay_those_of_the_units_class(tmp_path: Path) -> None:
    """A rule that weighs more for a class of units weighs so after a review too: what was only confirmed changes no points."""
    own = tmp_path / "own.yaml"
    own.write_text(
        'id: own\ntitle: 本县的\nversion: "1"\nextends: [national]\n'
        "classes:\n  - {id: seat, title: 县政府, level: county, names: [人民政府]}\n"
        "changes:\n  - {rule: form.title, classes: [seat], weight: 9}\n",
        "utf-8",
    )
    rules = load_pack(str(own))
    machine = assess(Document.from_text(page()), rules)
    reviewed = apply(machine, rules, [override(rule="form.title")]).assessment

    assert next(f for f in machine.findings if f.rule == "form.title").weight == 9
    assert [f.points for f in reviewed.findings] == pytest.approx([f.points for f in machine.findings])


def test_waiver_leaves_the_sum(pack: Pack) -> None:
    """What is waived does not count, and the total stays one of 100."""
    machine = assessed(page(problems="一是执法力量薄弱。二是普法宣传方式单一。"))
    reviewed = apply(machine, pack, [override(status="waived", expires="2024-12-31")]).assessment
    finding = next(f for f in reviewed.findings if f.rule == "statutory.causes")

    assert (finding.status, finding.worth) == ("not-applicable", 0.0)
    assert finding.review is not None and finding.review.waiver and "豁免至2024-12-31" in finding.message
    assert sum(f.worth for f in reviewed.findings) == pytest.approx(100)


def test_nothing_to_apply(pack: Pack) -> None:
    """Without an entry for it a report is the same object."""
    machine = assessed(page())

    assert apply(machine, pack, [override(rule="no.such")]).assessment is machine


def test_in_force() -> None:
    """The last entry for an element holds; a waiver ends after its day."""
    waiver = override(status="waived", expires="2024-06-30")
    day = datetime.date(2024, 6, 30)

    assert in_force([override(status="missing"), override()], day) == ((override(),), ())
    assert in_force([waiver], day) == ((waiver,), ())
    assert in_force([waiver], day + datetime.timedelta(1)) == ((), (waiver,))


@pytest.mark.parametrize(
    ("changes", "stale"),
    [
        ({}, False),
        ({"text_sha256": text_digest("原因是编制紧张。")}, False),
        ({"text_sha256": "0" * 64}, True),
        ({"seen": text_digest("另一份")}, True),
        ({"quote": "原因是编制紧张"}, False),
        ({"quote": "原因是编制紧张", "text_sha256": "0" * 64}, False),
        ({"quote": "原因是经费没有保障"}, True),
    ],
)
def test_stale(changes: dict[str, str], stale: bool) -> None:
    """Another text, in which the quoted passage does not stand any more."""
    assert is_stale(override(**changes), "原因是编制紧张。") is stale


@pytest.mark.parametrize(
    "before",
    [
        TEMPLATE,
        "",
        "entries: []\n",
        "# 我的\nmatches:\n  a.txt: 甲县",
        f"entries:\n- {ENTRY}\n\n# 尾\nmatches:\n  a: b\n",
        f"entries:\n    - {ENTRY}\n    - unit: 乙县\n      rule: form.title\n      status: 具备\n      by: 李\n      date: 2024-01-01\n      reason: |\n        两行\n        理由\nmatches:\n",
    ],
)
def test_append_keeps_the_file(tmp_path: Path, before: str) -> None:
    """Entries go to the end of the list; every line that was there is still there."""
    path = tmp_path / "review.yaml"
    path.write_text(before, "utf-8")
    had = read_review(before.encode(), "r").overrides if before else ()
    append(path, [override(reason='他说："对": # 是'), override(status="waived", expires="2025-01-01", unit="", file="a b.txt")])
    found = read_review(path.read_bytes(), "r").overrides

    assert [o._replace(line=0) for o in found[: len(had)]] == [o._replace(line=0) for o in had]
    assert [(o.target, o.status, o.reason, o.expires) for o in found[len(had) :]] == [
        ("甲县", "met", '他说："对": # 是', ""),
        ("a b.txt", "waived", "原因写在前一段", "2025-01-01"),
    ]
    rest = iter(path.read_text("utf-8").splitlines())
    assert all(line in rest for line in before.splitlines() if line != "entries: []")


WRONG = "受理消费投诉2890件，办结2861件，办结率99.8%。"


def test_a_dismissed_contradiction_is_no_fault_any_more(pack: Pack) -> None:
    """The statement goes, the element on figures is met by the person's word, the score follows; the machine's is kept."""
    machine = assessed(page(measures=WRONG))
    (statement, key), *more = review.contradictions_of(machine)
    assert not more and "99.8%" in statement.printed
    applied = apply(machine, pack, [override(rule="", item=key, status="dismissed", reason="两处口径不同")])
    finding = next(f for f in applied.assessment.findings if f.rule == "consistency.arithmetic")

    assert (finding.status, finding.machine) == ("met", "missing")
    assert "两处口径不同" in finding.message and "张三" in finding.message
    assert not review.contradictions_of(applied.assessment)
    assert applied.contradictions[0][2] is not None and applied.contradictions[0][2].holds
    assert applied.assessment.score is not None and machine.score is not None
    assert applied.assessment.score.total > machine.score.total


def test_a_dismissal_ends_when_the_sentence_is_changed(pack: Pack) -> None:
    """It is told with the contradiction as it now stands, and not applied."""
    key = review.contradictions_of(assessed(page(measures=WRONG)))[0][1]
    changed = assessed(page(measures=WRONG.replace("2861", "2862")))
    applied = apply(changed, pack, [override(rule="", item=key, status="dismissed", quote=WRONG)])

    assert applied.assessment is changed
    assert applied.contradictions[0][2] is not None and applied.contradictions[0][2].stale


def test_a_stale_verdict_leaves_the_machines(pack: Pack) -> None:
    """What the person had said is told, with who and when."""
    machine = assessed(page(problems="一是执法力量薄弱。二是普法宣传方式单一。"))
    reviewed = apply(machine, pack, [override(quote="这句话已经没有了")]).assessment
    finding = next(f for f in reviewed.findings if f.rule == "statutory.causes")

    assert finding.status == "missing" and finding.review is not None
    assert (finding.review.stale, finding.review.person) == (True, "met")
    assert "需重新确认" in finding.message and "张三" in finding.message
    assert reviewed.score == machine.score


@pytest.mark.parametrize(
    ("item", "status", "kept"),
    [
        ("contradiction:ab", "不成立", "dismissed"), ("likeness:乙镇:ab", "属实", "stands"), ("arrangement:ab", "已落实", "done"),
        ("verdict", "退回", "return"), ("element:form.title", "具备", "met"),
    ],
)  # fmt: skip
def test_items_are_read(item: str, status: str, kept: str, tmp_path: Path) -> None:
    """Each with the words of its kind; an element's key is its rule. Written and read again it is the same."""
    text = f"entries:\n  - {{unit: 甲县, item: '{item}', status: {status}, by: 张三, date: 2024-03-10, reason: 已核}}\n"
    found = read_review(text.encode(), "r").overrides
    path = tmp_path / "review.yaml"
    append(path, found)

    assert [(one.about, one.status) for one in found] == [(item, kept)]
    assert [one._replace(line=0) for one in read_review(path.read_bytes(), "r").overrides] == [one._replace(line=0) for one in found]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("item: verdict, status: 具备", "通过、修改后通过、退回"),
        ("item: 'contradiction:ab', status: 通过", "属实、不成立"),
        ("item: nonsense, status: 属实", "事项编号"),
        ("item: verdict, rule: form.title, status: 通过", "只写一个"),
    ],
)
def test_mistakes_in_items(what: str, words: str) -> None:
    """What was expected."""
    with pytest.raises(PackError) as caught:
        read_review(f"entries:\n  - {{unit: 甲县, {what}, by: 张三, date: 2024-03-10, reason: 已核}}\n".encode(), "review.yaml")

    assert words in str(caught.value)
