"""Last year's plan and shortcomings against this year's report."""

import pytest
from audit_texts import LAST_YEAR, NEIGHBOUR, THIS_YEAR

from scorer.assessing import examine
from scorer.audit.facts import Facts, facts
from scorer.audit.followthrough import follow_up
from scorer.document import Document
from scorer.rulepack.store import load_pack


def read(text: str) -> Facts:
    """The facts of a text."""
    return facts(examine(Document.from_text(text), load_pack()))


def states(previous: str, current: str) -> dict[str, str]:
    """State by the first six characters of last year's wording."""
    return {item.quote[:6]: item.state for item in follow_up(read(previous), read(current))}


def test_each_arrangement_is_accounted_for() -> None:
    """Carried out with figures, only named, or not a word."""
    found = states(LAST_YEAR, THIS_YEAR)

    assert found["组织12名执"] == "done"
    assert found["对18个村的"] == "done"
    assert found["建设渔业船舶"] == "mentioned"
    assert found["推行扫码入企"] == "silent"
    assert list(found)[:4] == ["组织12名执", "对18个村的", "建设渔业船舶", "推行扫码入企"]


def test_shortcoming_named_again_word_for_word() -> None:
    """The same words again are marked; another shortcoming is not."""
    found = states(LAST_YEAR, THIS_YEAR)

    assert found["综合行政执法"] == "repeated"
    assert found["部分村的村规"] == "gone"


def test_answer_quotes_this_years_report() -> None:
    """What is done or mentioned has its passage, what is silent has none."""
    for item in follow_up(read(LAST_YEAR), read(THIS_YEAR)):
        assert item.quote in LAST_YEAR
        assert item.state == "silent" or bool(item.answer) == (item.state in ("done", "mentioned", "repeated"))
        assert item.answer in THIS_YEAR


@pytest.mark.parametrize(
    ("arranged", "told", "state"),
    [
        ("建成智慧执法监督平台并接入全部执法单位", "智慧执法监督平台7月上线运行，接入执法单位23家。", "done"),
        ("编制重大行政决策事项目录", "编制并公布重大行政决策事项目录，列入事项4项。", "done"),
        ("新增行政复议受理窗口5个", "群众可在6个乡镇就近提交行政复议申请。", "silent"),
        ("推行行政裁决网上立案", "组织宪法宣传周活动12场。", "silent"),
        ("举办执法人员培训班2期", "举办行政执法人员培训班2期，培训310人次。", "done"),
        ("清理行政规范性文件", "全面清理行政规范性文件，废止11件、修改4件。", "done"),
        ("开展道路运输领域执法案卷评查", "将继续关注道路运输领域执法案卷的质量。", "mentioned"),
    ],
)
def test_single_arrangements(arranged: str, told: str, state: str) -> None:
    """An arrangement against one sentence among others."""
    previous = LAST_YEAR.split("三、")[0] + f"三、2024年工作安排\n一是{arranged}。\n禾渡镇人民政府\n2024年1月25日\n"
    current = NEIGHBOUR.replace("二、存在的不足", f"（六）{told}\n二、存在的不足")
    (item,) = (one for one in follow_up(read(previous), read(current)) if one.kind == "arrangement")

    assert item.state == state


@pytest.mark.parametrize(
    ("arranged", "told", "states"),
    [
        ("建立特邀监督员制度，聘请监督员20名", "聘请特邀监督员20名，开展监督6次。", ["done"]),
        ("建成智慧执法监督平台，完善配套保障", "智慧执法监督平台7月上线运行，接入单位23家。", ["done"]),
        ("开展矛盾纠纷案例汇编", "举办民法典讲座13场。", ["silent"]),
        ("编制行政决策事项目录；二是制定行政裁决事项清单，向社会公布", "编制行政决策事项目录4项。", ["done", "silent"]),
    ],
)
def test_a_listed_item_is_one_arrangement(arranged: str, told: str, states: list[str]) -> None:
    """An item of several clauses is counted once, by any of its clauses; one without a word of a task is not dropped."""
    previous = LAST_YEAR.split("三、")[0] + f"三、2024年工作安排\n一是{arranged}。\n禾渡镇人民政府\n2024年1月25日\n"
    current = NEIGHBOUR.replace("二、存在的不足", f"（六）{told}\n二、存在的不足")

    assert [one.state for one in follow_up(read(previous), read(current)) if one.kind == "arrangement"] == states


def test_items_with_bracketed_numbers_are_counted_by_item() -> None:
    """Items numbered （一） with several sentences each are one arrangement each."""
    plan = "（一）开展执法人员轮训。全年组织轮训4期，每季度测试一次。\n（二）编制行政决策事项目录。\n"
    previous = LAST_YEAR.split("三、")[0] + f"三、2024年工作安排\n{plan}禾渡镇人民政府\n2024年1月25日\n"

    assert [item.text[:6] for item in read(previous).arrangements] == ["开展执法人员", "编制行政决策"]


def test_what_is_planned_once_more_is_quoted() -> None:
    """An item of which the past year says nothing, but that stands in the new plan, is silent and has the plan's sentence."""
    current = NEIGHBOUR.replace("二是组织青年干部", "二是推行扫码入企，组织青年干部")
    (item,) = (one for one in follow_up(read(LAST_YEAR), read(current)) if "扫码" in one.quote)

    assert item.state == "silent"
    assert "推行扫码入企" in item.answer
    assert item.answer in current
