"""Invented audits of any size for the tests of tables, pages and letters. Every place in them is made up."""

from __future__ import annotations

import datetime
import random

from scorer.audit.model import (
    ASSESSED,
    NO_REPORT,
    NOT_SUBMITTED,
    UNREADABLE,
    Audit,
    Condition,
    Contradiction,
    Element,
    Entry,
    Fact,
    FollowUp,
    Gap,
    Gate,
    Likeness,
    SharedPassage,
    Summary,
    Unit,
    Verdict,
)
from scorer.rulepack.model import Rule
from scorer.rulepack.store import load_pack

PLACES = (
    "岚溪",
    "双榆",
    "青禾",
    "白渡",
    "望江",
    "石桥",
    "云岭",
    "松原口",
    "柳河",
    "金滩",
    "北塘",
    "南屏",
    "桃源坳",
    "临泽",
    "枫林",
    "鹿鸣",
)
BODIES = (
    ("县人民政府", "county"),
    ("县司法局", "department"),
    ("县市场监督管理局", "department"),
    ("镇人民政府", "township"),
    ("乡人民政府", "township"),
    ("县农业农村局", "department"),
    ("县综合行政执法局", "department"),
)
SENTENCE = "全年受理行政复议申请{}件，审结{}件，调解和解{}件，制发行政复议意见书{}份，推动一批行政争议得到实质性化解"


def names(count: int) -> list[tuple[str, str]]:
    """That many units (name, level), no name twice."""
    made = []
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        body, level = BODIES[number // len(PLACES) % len(BODIES)]
        lap = number // (len(PLACES) * len(BODIES))
        made.append((f"{place}{'东西南北中'[lap % 5] if lap else ''}{body}", level))
    return made


def rules(year: int) -> list[Rule]:
    """The elements of the shipped checklist that are asked in a year."""
    return [rule for rule in load_pack().rules if rule.years.first <= year <= rule.years.last]


def element(rule: Rule) -> Element:
    """A rule as the head of a column."""
    titles = {category.id: category.title for category in load_pack().categories}
    return Element(rule.id, rule.title, titles[rule.category], rule.severity)


def gap(rule: Rule, status: str, chance: random.Random) -> Gap:
    """A gap as the checklist words it."""
    number = chance.randrange(9, 90)
    quote = SENTENCE.format(number, number - 2, number // 3, number // 9) if status == "partial" or chance.random() < 0.3 else ""
    source = rule.basis[0]
    basis = f"《{source.source}》{f'（{source.number}）' if source.number else ''}{source.clause}"
    message = "点到这一事项，但没有做成的事和数字。" if status == "partial" else "全文未涉及。"
    return Gap(
        rule.id,
        rule.title,
        element(rule).category,
        rule.severity,
        status,
        message,
        rule.fix,
        basis,
        quote,
        round(chance.uniform(0.3, 6), 4),
    )


def summary(name: str, level: str, year: int, chance: random.Random, part: float) -> Summary:
    """A report assessed; about ``part`` of its elements are lacking."""
    verdicts, gaps = [], []
    for rule in rules(year):
        drawn = chance.random()
        status = "missing" if drawn < part / 2 else "partial" if drawn < part else "met"
        if rule.severity == "required" and chance.random() < 0.7:
            status = "met"
        if drawn > 0.9 and rule.severity != "required":
            status = "not-applicable" if drawn > 0.92 else "needs-review"
        machine = status
        person = chance.random() < 0.01
        if person:
            status = "met" if status != "met" else "missing"
        verdicts.append(
            Verdict(
                rule.id,
                status,
                machine,
                "李明" if person else "",
                "见第三部分第二段" if person else "",
                person and drawn < 0.3,
                "2026-03-10" if person else "",
            )
        )
        if status in ("missing", "partial"):
            gaps.append(gap(rule, status, chance))
    total = round(100 - sum(g.gain for g in gaps) * 0.6, 2)
    total = max(total, 12.5)
    grade = next(word for floor, word in ((90, "优秀"), (80, "良好"), (60, "合格"), (0, "待完善")) if total >= floor)
    wrong = (
        (Contradiction("全年共受理投诉举报500件，办结480件，办结率98%", "rate", "98%", "96%", "480÷500=96%", "contradiction:1"),)
        if chance.random() < 0.15
        else ()
    )
    return Summary(
        title=f"{name}关于{year}年法治政府建设情况的报告",
        issuer=name,
        report_year=year,
        level=level,
        document_date=f"{year + 1}-02-10",
        publication_date=f"{year + 1}-03-02",
        total=total,
        grade=grade,
        capped="",
        verdicts=tuple(verdicts),
        gaps=tuple(sorted(gaps, key=lambda g: -g.gain)),
        contradictions=wrong,
        warnings=("自动编号未能还原",) if chance.random() < 0.05 else (),
        by_person=round(sum(1 for v in verdicts if v.by) / len(verdicts), 3),
    )


def fact(rule: str, day: datetime.date | None, limit: datetime.date) -> Fact:
    """A day in the roster."""
    return Fact(rule, day, "roster" if day else "", "", limit, "unknown" if day is None else "late" if day >= limit else "in-time")


def gate(entry: Entry) -> Gate:
    """A gate of five conditions; a person confirmed every other return."""
    found = entry.summary
    if found is None:
        verdict = "absent" if entry.state == NOT_SUBMITTED else "again"
        return Gate(verdict, (Condition("已报送", "有可读的年度报告", entry.state, False, "return", "submitted"),), verdict)
    lacking = [
        f"element:{v.rule}"
        for v, r in zip(found.verdicts, rules(found.report_year or 2025), strict=True)
        if v.status == "missing" and r.severity == "required" and r.check != "deadline"
    ]
    missing, wrong = len(lacking), found.contradictions
    conditions = (
        Condition("必备内容没有缺失", "必备内容缺失不多于0项", f"{missing}项", not missing, "return", "elements", tuple(lacking)),
        Condition("数据没有矛盾", "不多于0处", f"{len(wrong)}处", not wrong, "mend", "contradictions", tuple(c.key for c in wrong)),
        Condition("按时报送", "按时报送", "逾期" if entry.late else "按时", not entry.late, "note", "late"),
        Condition("按时公开", "按时公开", "逾期" if entry.late_public else "按时", not entry.late_public, "note", "late"),
    )
    failed = [condition for condition in conditions if not condition.holds and condition.otherwise != "note"]
    if missing:
        verdict = "return" if len(entry.unit) % 2 else "proposed"
        return Gate(verdict, conditions, "proposed", open=tuple(lacking) if verdict == "proposed" else ())
    return Gate("mend" if failed else "pass", conditions, "mend" if failed else "pass")


def audit(count: int = 14, year: int = 2025, seed: int = 7, part: float = 0.25) -> Audit:
    """An audit of ``count`` units with entries of every state, likenesses of both kinds and follow-ups."""
    chance = random.Random(seed)
    entries: list[Entry] = []
    units = names(count)
    for number, (name, level) in enumerate(units):
        late = number % 9 == 4
        sent = None if number % 13 == 12 else datetime.date(year + 1, 3 if late else 2, 5 + number % 20)
        unit = Unit(name, level, sent, datetime.date(year + 1, 3, 8), f"http://www.{number}.example/a?b=1&c=2", "0000-1234567")
        path, report = f"报送/{name}.docx", f"{name}.html"
        if number % 14 == 3:
            entries.append(Entry(name, NOT_SUBMITTED, roster=unit._replace(submitted=None)))
        elif number % 37 == 6:
            entries.append(Entry(name, NO_REPORT, path, reason="是政府信息公开工作年度报告，不是法治政府建设年度报告", roster=unit))
        elif number % 41 == 8:
            entries.append(Entry(name, UNREADABLE, path, reason="压缩包已损坏，打不开；请重新导出后报送", roster=unit))
        else:
            share = part * chance.uniform(0.2, 1.6) if number else 0.0
            found = summary(name, level, year, chance, share)
            follow = tuple(
                FollowUp(
                    "shortcoming" if k == 4 else "arrangement",
                    ("repeated" if number % 3 else "gone") if k == 4 else chance.choice(("done", "mentioned", "silent")),
                    f"充实乡镇执法力量，{year}年内招录执法人员{10 + k}名，组织轮训{k + 2}期",
                    "" if k % 2 else f"全年招录执法人员{8 + k}名，举办执法人员轮训班{k + 1}期",
                )
                for k in range(5)
            )
            entries.append(
                Entry(
                    name,
                    ASSESSED,
                    path,
                    report,
                    roster=unit,
                    superseded=("报送/旧稿/" + name + "（1稿）.docx",) if number % 11 == 5 else (),
                    doubt="名册中的全称与报告署名不完全一致，按文件名对上" if number % 17 == 5 else "",
                    submission=fact("timing.submission", sent, datetime.date(year + 1, 3, 1)),
                    publication=fact("timing.publication", unit.published, datetime.date(year + 1, 4, 1)),
                    previous_total=None if number % 5 == 2 else round(found.total + chance.uniform(-8, 6), 1),
                    summary=found,
                    follow_up=follow if number % 2 == 0 else (),
                )
            )
    entries.append(Entry("", NO_REPORT, "报送/会议通知.pdf", reason="没有法治政府建设年度报告的标题和内容"))
    entries.append(Entry("", UNREADABLE, "报送/扫描件.pdf", reason="整页都是图片，没有文字；请提供可复制文字的文件"))
    assessed = [entry for entry in entries if entry.state == ASSESSED]
    likenesses = []
    for number, entry in enumerate(assessed[1:]):
        if number % 8 == 0:
            mine, theirs = SENTENCE.format(41, 39, 12, 3) + "。", SENTENCE.format(36, 33, 12, 3) + "。"
            passages = (
                SharedPassage(mine, theirs, (("41", "36"), ("39", "33"))),
                SharedPassage(
                    "坚持把学法用法作为领导干部必修课，会前学法制度得到较好坚持。" * 2,
                    "坚持把学法用法作为领导干部必修课，会前学法制度得到较好坚持。" * 2,
                    (),
                ),
            )
            likenesses.append(Likeness(entry.unit, assessed[number].unit, round(chance.uniform(0.2, 0.8), 3), passages))
        if number % 6 == 1:
            likenesses.append(
                Likeness(
                    entry.unit,
                    entry.unit,
                    round(chance.uniform(0.3, 0.9), 3),
                    (SharedPassage(f"{year - 1}年，组织执法培训6期。", f"{year - 1}年，组织执法培训6期。", ()),),
                    True,
                    (f"{year - 1}年，我县坚持统筹推进法治政府建设各项任务。",),
                )
            )
    return Audit(
        title="岚溪县2025年度法治政府建设年度报告审核",
        report_year=year,
        pack_title="法治政府建设年度报告国家要求",
        pack_version="1.0",
        pack_sha256="ab" * 32,
        elements=tuple(element(rule) for rule in rules(year)),
        entries=tuple(entries),
        gates=tuple(gate(entry) for entry in entries),
        likenesses=tuple(sorted(likenesses, key=lambda likeness: -likeness.share)),
        days=("timing.publication", "timing.submission"),
        notes=("名册有1行没有层级，按报告署名判断。",),
    )
