"""Many reports of invented places, for audits: the same number always gives the same text."""

from __future__ import annotations

import random
from pathlib import Path

COUNTIES = ("平川", "东山", "柳原", "白石", "清渡", "云岭", "河湾", "松坪", "临溪", "南屏")
ORGANS = ("司法局", "教育局", "财政局", "民政局", "水利局", "公安局", "审计局", "商务局", "信访局", "统计局", "林业局", "交通运输局")
TOWNS = (
    "城关",
    "青石",
    "柳河",
    "大桥",
    "石门",
    "枫林",
    "双溪",
    "高坪",
    "新店",
    "黄土",
    "沙湾",
    "龙潭",
    "平安",
    "太平",
    "长岭",
    "三江",
    "马鞍",
    "竹山",
)
MEASURES = (
    "{organ}组织{topic}专题培训{n}期，培训{people}人次，参训率达到{rate}%",
    "全年受理{topic}方面的投诉{n}件，办结{m}件，群众满意率比上年提高{small}个百分点",
    "修订《{place}{topic}工作规程》，明确{small}项职责，印发各股室和{n}个村居执行",
    "审查行政规范性文件{small}件、重大行政决策{small2}项、合同{n}份，提出审查意见{m}条，采纳{m}条",
    "开展{topic}领域执法检查{n}次，发现问题{m}个，立案{small}件，办结{small2}件",
    "{place}主要负责人主持召开{topic}专题会议{small}次，听取汇报{small2}次，现场协调解决难点{small}个",
    "公开{topic}信息{n}条，答复依申请公开{small}件，没有发生因公开引起的行政复议",
    "办理行政复议案件{n}件，行政机关负责人出庭应诉{small}次，出庭率{rate}%",
    "排查{topic}方面的矛盾纠纷{n}起，调解成功{m}起，推动源头治理从{town}试点",
    "在{town}设立{topic}服务点{small}处，接待咨询{people}人次，代办事项{n}件",
)
ACTORS = (
    "{organ}",
    "{place}",
    "县司法局会同{town}",
    "{town}综合执法队",
    "执法监督股",
    "县政府法律顾问团",
    "{town}司法所",
    "行政复议机构",
    "法治督察组",
    "{town}便民服务中心",
)
ACTS = (
    "逐条核对",
    "重新梳理",
    "公开征集",
    "集中清理",
    "现场观摩",
    "交叉评查",
    "试点推行",
    "联合开展",
    "专题研究",
    "上门指导",
    "汇编印发",
    "动态调整",
    "抽样回访",
    "对账销号",
    "分级培训",
)
THINGS = (
    "权责清单{n}项",
    "{topic}案卷{n}卷",
    "涉企检查事项{n}项",
    "{topic}裁量基准{m}类",
    "合同范本{m}种",
    "{topic}投诉线索{n}条",
    "村规民约{n}份",
    "行政许可事项{n}项",
    "{topic}典型案例{m}个",
    "罚没收据{n}份",
    "{topic}整改台账{n}本",
    "证明事项{m}项",
)
ENDS = (
    "取消其中{small}项",
    "改正瑕疵{m}处",
    "办理时限缩短{small}天",
    "群众满意率达到{rate}%",
    "通报{small}个单位",
    "推动{town}建成示范点{small}处",
    "培训骨干{people}人次",
    "收到意见{n}条、采纳{m}条",
    "追回款项{n}万元",
    "形成经验材料{small}篇",
)
TOPICS = (
    "行政执法",
    "安全生产",
    "生态环境",
    "营商环境",
    "政务服务",
    "普法宣传",
    "行政审批",
    "应急处置",
    "市场监管",
    "劳动保障",
    "校园周边",
    "道路运输",
    "农产品质量",
    "公共法律服务",
    "信用监管",
)
PROBLEMS = (
    "{topic}方面执法力量薄弱，原因是编制紧张、人员年龄偏大",
    "{topic}的制度落实不够到位，主要是{town}等地重视不够、督促不严",
    "{topic}宣传形式单一，原因在于经费投入不足、缺少专业人员",
    "{topic}数据共享不畅，由于各系统标准不一，重复录入较多",
)
PLANS = (
    "充实{topic}执法力量，{year}年6月底前为{town}配齐{small}名执法人员",
    "完善{topic}制度，建立督促检查台账，每季度通报一次",
    "创新{topic}宣传方式，拍摄短视频{small}部，组织送法下乡{n}场",
    "打通{topic}数据接口，年内实现{small}个系统互联",
)


def units(count: int) -> list[str]:
    """So many names of units: departments and towns of ten counties, each once."""
    names = [f"{county}县{organ}" for county in COUNTIES for organ in ORGANS]
    names += [f"{county}县{town}镇人民政府" for county in COUNTIES for town in TOWNS]
    names += [f"{county}县{town}{other}乡人民政府" for county in COUNTIES for town in TOWNS for other in "东南西北中上下前后里外新老大小"]
    return names[:count]


def report(unit: str, year: int = 2023, size: int = 6000, seed: int = 0) -> str:
    """A complete report of about ``size`` characters."""
    chance = random.Random(f"{unit} {year} {seed}")

    def sentence(stock: tuple[str, ...]) -> str:
        form = chance.choice(stock)
        if stock is MEASURES and chance.random() < 0.7:
            form = "，".join((chance.choice(ACTORS) + chance.choice(ACTS) + chance.choice(THINGS), *chance.sample(ENDS, 2)))
        return form.format(
            organ=unit,
            place=unit[:3],
            town=chance.choice(TOWNS),
            topic=chance.choice(TOPICS),
            n=chance.randint(20, 400),
            m=chance.randint(5, 19),
            small=chance.randint(2, 9),
            small2=chance.randint(2, 9),
            people=chance.randint(100, 9000),
            rate=chance.randint(80, 99),
            year=year + 1,
        )

    def part(stock: tuple[str, ...], room: int) -> str:
        lines: list[str] = []
        number = 0
        while sum(map(len, lines)) < room:
            number += 1
            lines.append(f"{number}.{'。'.join(sentence(stock) for _ in range(4))}。")
        return "\n".join(lines)

    return "\n".join(
        (
            f"{unit}关于{year}年法治政府建设情况的报告",
            f"{unit[:3]}委、{unit[:3]}人民政府：",
            f"{year}年，{unit}坚持以习近平新时代中国特色社会主义思想为指导，深入推进法治政府建设，现将有关情况报告如下。",
            "一、主要举措和成效",
            part(MEASURES, int(size * 0.7)),
            "二、存在的不足和原因",
            part(PROBLEMS, int(size * 0.12)),
            f"三、{year + 1}年工作安排",
            part(PLANS, int(size * 0.12)),
            unit,
            f"{year + 1}年{chance.randint(1, 3)}月{chance.randint(1, 28)}日",
            "",
        )
    )


def write(folder: Path, count: int, *, year: int = 2023, size: int = 6000) -> list[str]:
    """So many reports as text files, by county; gives the names of the units."""
    names = units(count)
    for number, unit in enumerate(names):
        place = folder / unit[:3]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:04}{unit}.txt").write_text(report(unit, year, size), "utf-8")
    return names
