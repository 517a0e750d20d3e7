"""Whose report a file is."""

from __future__ import annotations

import pytest

from scorer.audit.matching import Matcher
from scorer.audit.model import Unit
from scorer.rulepack.model import Pack

COUNTY = (
    "平川县人民政府",
    "平川县司法局",
    "平川县教育局",
    "平川县住房和城乡建设局",
    "平川县卫生健康委员会",
    "平川县市场监督管理局",
    "平川县人力资源和社会保障局",
    "平川县政府办公室",
    "平川县水利局",
    "平川县财政局",
    "平川县民政局",
    "平川县城市管理局",
    "平川县第一中学",
    "平川县第二中学",
    "城关镇",
    "青石乡",
    "柳河街道办事处",
    "平川经济开发区管委会",
)
TWO_COUNTIES = ("平川县城关镇", "东山县城关镇", "平川县司法局", "东山县司法局", "平川县人民政府", "东山县人民政府", "东岭市司法局")
SHORT = ("县政府", "司法局", "教育体育局", "县政府办", "城关镇", "青石镇", "卫健局", "公安局")

# roster, path, issuer, title, (how, unit): ! sure, ? doubtful with a proposal, ?? doubtful without one, - nobody's
CITIES = ("西湖区", "泗县", "铜山区教育局", "铜山公安分局", "泗县税务局", "高新区", "海洋渔业局", "新乡市", "新沂市司法局")
CASES = [
    (CITIES, "x.txt", "杭州市西湖区人民政府", None, "!西湖区"),
    (CITIES, "x.txt", "浙江省杭州市西湖区", None, "!西湖区"),
    (CITIES, "x.txt", "宿州市泗县人民政府", None, "!泗县"),
    (CITIES, "x.txt", "徐州市铜山区教育局", None, "!铜山区教育局"),
    (CITIES, "x.txt", "徐州市公安局铜山分局", None, "!铜山公安分局"),
    (CITIES, "x.txt", "国家税务总局泗县税务局", None, "!泗县税务局"),
    (CITIES, "x.txt", "高新技术产业开发区管理委员会", None, "!高新区"),
    (CITIES, "x.txt", "海洋与渔业局", None, "!海洋渔业局"),
    (CITIES, "x.txt", "新乡市人民政府", None, "!新乡市"),
    (CITIES, "x.txt", "徐州市新沂市司法局", None, "!新沂市司法局"),
    (COUNTY, "a.docx", "平川县司法局", None, "!平川县司法局"),
    (COUNTY, "a.docx", "县司法局", None, "!平川县司法局"),
    (COUNTY, "a.docx", "司法局", None, "!平川县司法局"),
    (COUNTY, "a.docx", "我县司法局", None, "!平川县司法局"),
    (COUNTY, "a.docx", "东岭市平川县司法局", None, "!平川县司法局"),
    (COUNTY, "司法局.docx", None, None, "!平川县司法局"),
    (COUNTY, "平川司法局.docx", None, None, "!平川县司法局"),
    (COUNTY, "12.司法局2023年报告.docx", None, None, "!平川县司法局"),
    (COUNTY, "附件3：平川县司法局法治政府建设年度报告（定稿）.pdf", None, None, "!平川县司法局"),
    (COUNTY, "2023年度平川县司法局法治政府建设报告.txt", None, None, "!平川县司法局"),
    (COUNTY, "关于报送平川县财政局2023年法治政府建设情况的报告.txt", None, None, "!平川县财政局"),
    (COUNTY, "法治政府建设年度报告（财政局）.txt", None, None, "!平川县财政局"),
    (COUNTY, "报告-民政局.txt", None, None, "!平川县民政局"),
    (COUNTY, "县直部门/水利局/2023年报告.docx", None, None, "!平川县水利局"),
    (COUNTY, "x.txt", None, "平川县水利局2023年法治政府建设年度报告", "!平川县水利局"),
    (COUNTY, "x.txt", None, "关于平川县水利局2023年法治政府建设情况的报告", "!平川县水利局"),
    (COUNTY, "x.txt", None, "平川县水利局关于2023年度推进法治政府建设情况的报告", "!平川县水利局"),
    (COUNTY, "x.txt", "平川县人民政府", None, "!平川县人民政府"),
    (COUNTY, "x.txt", "平川县", None, "!平川县人民政府"),
    (COUNTY, "x.txt", "县政府", None, "!平川县人民政府"),
    (COUNTY, "x.txt", "平川县政府", None, "!平川县人民政府"),
    (COUNTY, "平川县.txt", None, None, "!平川县人民政府"),
    (COUNTY, "x.txt", "平川县人民政府办公室", None, "!平川县政府办公室"),
    (COUNTY, "x.txt", "平川县政府办", None, "!平川县政府办公室"),
    (COUNTY, "x.txt", "平川县住建局", None, "!平川县住房和城乡建设局"),
    (COUNTY, "住建局.txt", None, None, "!平川县住房和城乡建设局"),
    (COUNTY, "x.txt", "平川县卫健委", None, "!平川县卫生健康委员会"),
    (COUNTY, "x.txt", "平川县卫生健康局", None, "!平川县卫生健康委员会"),
    (COUNTY, "x.txt", "平川县市场监管局", None, "!平川县市场监督管理局"),
    (COUNTY, "市监局.txt", None, None, "!平川县市场监督管理局"),
    (COUNTY, "x.txt", "平川县人社局", None, "!平川县人力资源和社会保障局"),
    (COUNTY, "x.txt", "平川县城市管理局", None, "!平川县城市管理局"),
    (COUNTY, "x.txt", "城管局", None, "!平川县城市管理局"),
    (COUNTY, "x.txt", "平川县城关镇人民政府", None, "!城关镇"),
    (COUNTY, "x.txt", "城关镇政府", None, "!城关镇"),
    (COUNTY, "x.txt", "中共城关镇委员会、城关镇人民政府", None, "!城关镇"),
    (COUNTY, "x.txt", "柳河街道", None, "!柳河街道办事处"),
    (COUNTY, "x.txt", "平川县人民政府柳河街道办事处", None, "!柳河街道办事处"),
    (COUNTY, "柳河街道办.txt", None, None, "!柳河街道办事处"),
    (COUNTY, "x.txt", "平川经济开发区管理委员会", None, "!平川经济开发区管委会"),
    (COUNTY, "x.txt", "平川县第一中学", None, "!平川县第一中学"),
    # look-alikes
    (COUNTY, "x.txt", "平川县教育和体育局", None, "?平川县教育局"),
    (COUNTY, "x.txt", "教育体育局", None, "?平川县教育局"),
    (COUNTY, "x.txt", "青石镇人民政府", None, "?青石乡"),
    (COUNTY, "x.txt", "中共平川县委员会", None, "?平川县人民政府"),
    (COUNTY, "x.txt", "平川县水务局", None, "-"),
    (COUNTY, "x.txt", "平川县第三中学", None, "-"),
    (COUNTY, "x.txt", "平川县林业局", None, "-"),
    (COUNTY, "x.txt", "东山县司法局", None, "-"),
    (COUNTY, "x.txt", "东山县人民政府", None, "-"),
    (COUNTY, "x.txt", "白河镇人民政府", None, "-"),
    (COUNTY, "新建文档.txt", None, None, "-"),
    (COUNTY, "2023年法治政府建设年度报告.txt", None, "2023年法治政府建设年度报告", "-"),
    (COUNTY, "平川县司法局.txt", "东山县司法局", None, "?平川县司法局"),
    (COUNTY, "平川县财政局.txt", "平川县民政局", None, "?平川县民政局"),
    (COUNTY, "平川县财政局.txt", "平川县林业局", None, "?平川县财政局"),
    (COUNTY, "x.txt", "平川县财政局、平川县民政局", None, "?平川县财政局"),
    (COUNTY, "x.txt", "平川县司法局城关司法所", None, "-"),
    (COUNTY, "x.txt", "市司法局", None, "?平川县司法局"),
    # two counties
    (TWO_COUNTIES, "x.txt", "城关镇人民政府", None, "??"),
    (TWO_COUNTIES, "x.txt", "东山县城关镇人民政府", None, "!东山县城关镇"),
    (TWO_COUNTIES, "x.txt", "司法局", None, "??"),
    (TWO_COUNTIES, "x.txt", "县司法局", None, "??"),
    (TWO_COUNTIES, "x.txt", "市司法局", None, "!东岭市司法局"),
    (TWO_COUNTIES, "东山县司法局.txt", "司法局", None, "!东山县司法局"),
    (TWO_COUNTIES, "东山县/城关镇.txt", "东山县城关镇人民政府", None, "!东山县城关镇"),
    (TWO_COUNTIES, "x.txt", "白河县城关镇人民政府", None, "-"),
    (TWO_COUNTIES, "x.txt", "西岭市平川县司法局", None, "!平川县司法局"),
    (TWO_COUNTIES, "x.txt", "县政府", None, "??"),
    # short names in the roster
    (SHORT, "x.txt", "平川县司法局", None, "!司法局"),
    (SHORT, "x.txt", "平川县教育和体育局", None, "!教育体育局"),
    (SHORT, "x.txt", "平川县教育局", None, "?教育体育局"),
    (SHORT, "x.txt", "平川县人民政府", None, "!县政府"),
    (SHORT, "x.txt", "东岭市人民政府", None, "-"),
    (SHORT, "x.txt", "平川县人民政府办公室", None, "!县政府办"),
    (SHORT, "x.txt", "平川县城关镇人民政府", None, "!城关镇"),
    (SHORT, "x.txt", "平川县青石乡人民政府", None, "?青石镇"),
    (SHORT, "x.txt", "平川县卫生健康委员会", None, "!卫健局"),
    (SHORT, "x.txt", "平川县公安局交通警察大队", None, "-"),
    (SHORT, "x.txt", "平川县城关镇司法所", None, "-"),
]


def shown(roster: tuple[str, ...], path: str, issuer: str | None, title: str | None, pack: Pack) -> str:
    """The answer in short: ! sure, ? proposed, ?? several, - nobody's."""
    match = Matcher([Unit(name) for name in roster], pack.audit["organs"]).match(path, issuer, title)
    if match.unit is None:
        return "??" if match.others else "-"
    assert match.sure or match.why
    return ("!" if match.sure else "?") + roster[match.unit]


@pytest.mark.parametrize(("roster", "path", "issuer", "title", "expected"), CASES)
def test_match(roster: tuple[str, ...], path: str, issuer: str | None, title: str | None, expected: str, pack: Pack) -> None:
    """Short and full names are one; what only looks alike is proposed or left alone, never sure."""
    assert shown(roster, path, issuer, title, pack) == expected
