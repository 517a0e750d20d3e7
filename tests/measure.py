"""Writes rules/EVALUATION.md: how far the shipped pack agrees with the labelled reports. ``python tests/measure.py``."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from scorer.evaluation.perturb import Noticed
    from scorer.evaluation.sentencewise import Sentencewise

HEAD = """# 判得准不准：实测数字

本页由 `python tests/measure.py` 生成，请勿手改。规则包 {pack} {version}。

样本是自编的带标注报告（`tests/reports`），由不同的人各写几份，同一人先写后标；标注者认为另一种结论也说得过去的，在标注中注明（`also`）。
一致率按标注的第一种结论计算。“缺项”指不足或缺失；查准率是程序报出的缺项中标注也认为是缺项的比例，查全率是标注的缺项中程序报出的比例。
未看过的样本只在定稿时测一次总数，写规则时不看内容。第二种读法的几条界线是参照这两批样本（未看过的只看得分，不看文字）选定的，因此这里的数字偏乐观。样本是编造的，真实报告上的数字会有出入；请用 `fazhi evaluate` 在本地标注上实测。

标注文件每份报告一个 YAML，写法：

```yaml
report: 文件名.txt
report_year: 2023
level: county            # province city county township department
metadata: {{title: …, issuer: …, addressee: null, document_date: '2024-02-01', publication_date: null, index_number: null, document_number: null}}
sections:                # 正文各部分的类别，可不写
  - {{role: measures, heading: 一、…}}
elements:
  statutory.causes: {{status: missing, evidence: [], note: ''}}
shortcomings:            # 可不写
  - {{quote: …, cause_given: false, cause: null, plan: null}}
arithmetic:              # 可不写
  - {{quote: …, verdict: consistent, expected: 95%}}
```

## 已知的误判

- “未发生行政复议、诉讼案件”判为具备；严格的标注者可能判不足。
- 只写了名目的事项旁边有别的事的数字，可能被当成这一项的做法。
- 第三方的做法与本机关的做法写在同一句里时，可能把别人的数字算进来。
- 多项任务并在一个长句里时，数字归属只看前后两个分句；句子越长，第二种读法的把握越小。
- 原因写在一起（“上述问题的原因：一是……二是……”）的，按用字和主题分给各项不足；用字完全不同的会分错或者算作共同的原因。
- 完全用日常话写的主要负责人履职，程序可能认不出是做法，会提示核对。
- 数字改动只认能互相推算的；列项不全的合计、口径不同的比率不报。
"""


FIGURES = """# 数字核对

带标注的句子，各由不同的人写（`tests/recount`）；`python tests/measure_statements.py 文件 -v` 列出每一处差错。
“没看过”是写规则的人没有看过内容；“少见的写法”有意写得生僻，第一次测得查全率 80%（76/95）、误报4处，误报看过后已改，漏报未改。

| 句子 | 标注 | 认出 | 矛盾查全率 | 矛盾查准率 |
| --- | --- | --- | --- | --- |
"""
SENTENCES = (
    ("unseen", "没看过，通常的写法"),
    ("rare-words", "少见的写法"),
    ("development", "看过"),
    ("development-2", "看过"),
    ("other-words", "看过"),
    ("tempting", "看过，多为容易误报的"),
)


def figures() -> str:
    """The table of how well statements are recognised."""
    from measure_statements import DEVELOPMENT, measure

    rows = []
    for name, words in SENTENCES:
        got = measure(DEVELOPMENT.with_name(f"{name}.yaml"))
        found = f"{got.wrong_found}/{got.wrong} = {got.recall:.1%}"
        rows.append(
            f"| {name}（{words}） | {got.labelled} | {got.found} | {found} | {got.alarms_right}/{got.alarms} = {got.precision:.1%} |"
        )
    return FIGURES + "\n".join(rows) + "\n"


SENTENCE_HEAD = """# 句子：由没有学过它们的模型来读

一个人写的句子由学了别人的句子的模型来读。“排第一”“前三”是有具体做法的句子里，正确的一项在31项中的名次。

| 谁写的 | 句子 | 做法：查准 | 做法：查全 | AUC | 排第一 | 前三 |
| --- | --- | --- | --- | --- | --- | --- |
"""


def sentences(read_by_others: dict[str, Sentencewise]) -> str:
    """The table of how well the sentences of each hand are read, the other labels, and the ten worst sentences."""
    from crossing import worst

    from scorer.evaluation.agreement import Rate
    from scorer.evaluation.report import percent
    from scorer.evaluation.sentencereport import ROLES, words_of

    rows = []
    for hand, result in read_by_others.items():
        acts = [r for r in result.labels if r.label.startswith("act:")]
        areas = [r.auc for r in acts if r.auc is not None]
        found = sum(r.recall.hits for r in acts)
        precision, recall = Rate(found, sum(r.precision.total for r in acts)), Rate(found, sum(r.recall.total for r in acts))
        first, three = result.ranked[0][1:]
        mean = sum(areas) / len(areas)
        rows.append(
            f"| {hand} | {result.sentences} | {percent(precision)} | {percent(recall)} | {mean:.3f} | {percent(first)} | {percent(three)} |"
        )
    lines = [
        SENTENCE_HEAD + "\n".join(rows),
        "",
        "| 其他标注 | 有此标注 | 查准 | 查全 | AUC（各人的平均） |",
        "| --- | --- | --- | --- | --- |",
    ]
    for label in ROLES:
        own = [r for result in read_by_others.values() for r in result.labels if r.label == label]
        areas = [r.auc for r in own if r.auc is not None]
        found, have, said = (sum(n) for n in zip(*((r.recall.hits, r.recall.total, r.precision.total) for r in own), strict=True))
        mean = sum(areas) / len(areas)
        lines.append(f"| {ROLES[label]} | {have} | {percent(Rate(found, said))} | {percent(Rate(found, have))} | {mean:.3f} |")
    lines += ["", "错得最远的十句：", ""]
    for miss in worst(read_by_others):
        lines.append(f"- {words_of(miss.label)}：标注{'是' if miss.holds else '否'}，分数 {miss.score:+.1f}　{miss.sentence}")
    return "\n".join(lines) + "\n"


def perturbed(workers: int = 4) -> str:
    """How well changes of the labelled reports are noticed."""
    from scorer.evaluation.perturb import merged
    from scorer.evaluation.perturbreport import render

    with ProcessPoolExecutor(workers) as pool:
        parts = list(
            pool.map(_perturbed, [(folder, number, workers) for folder in ("development", "heldout") for number in range(workers)])
        )
    return "# 改动一处\n\n" + render(merged(parts), misses=False, markdown=True)


def _perturbed(share: tuple[str, int, int]) -> Noticed:
    from scorer import load_pack, read
    from scorer.evaluation.alter import Known
    from scorer.evaluation.labels import load_labels
    from scorer.evaluation.perturb import measure

    folder, number, workers = share
    pack = load_pack()
    base = ROOT / "tests" / "reports" / folder
    return measure(Known.of(label, read(path), pack) for label, path in load_labels(base / "reports", base / "labels")[number::workers])


def main() -> None:
    """Evaluate both sets of reports and the sentences, and write the page."""
    from crossing import crossed, folded

    from scorer import assess, load_pack, read
    from scorer.evaluation.agreement import compare
    from scorer.evaluation.baseline import keywords
    from scorer.evaluation.labels import load_labels
    from scorer.evaluation.report import render

    pack = load_pack()
    words = keywords(pack)
    parts = [HEAD.format(pack=pack.id, version=pack.version)]
    changed = perturbed()
    base = ROOT / "tests" / "reports" / "heldout"
    unseen = [(label, assess(read(path), pack)) for label, path in load_labels(base / "reports", base / "labels")]
    learned, read_by_others = crossed()
    parts.append("# 写规则时未看过的样本（heldout）\n\n" + render(compare(unseen, words), misses=False, markdown=True))
    head = f"# 写规则时看过的样本（development）\n\n{folded(pack)}\n\n"
    parts.append(head + render(compare(learned, words), markdown=True))
    parts[2:2] = [sentences(read_by_others), figures(), changed]
    (ROOT / "rules" / "EVALUATION.md").write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
