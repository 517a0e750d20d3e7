"""The trial of a pack as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from scorer.audit.trial import Trial, by_rule
from scorer.vocabulary import Status

MOST = 10
"""So many units with the largest change of score are listed."""


def lines(made: Trial, *, everything: bool = False) -> Iterator[str]:
    """What changes: in all, by rule, and by unit (the most changed ones, or ``everything``)."""
    yield f"原规则包：{made.first}　新规则包：{made.second}　报告{len(made.units)}份"
    yield "两种得分都由本程序这次重算，不用名册上的日期，也不计人工的决定，所以与那次审核显示的可能略有出入；要看的是两者之差。"
    if made.units:
        before, now = mean(u.before[0] for u in made.units), mean(u.now[0] for u in made.units)
        counts = [tuple(map(sum, zip(*(getattr(u, name) for u in made.units), strict=True))) for name in ("before_counts", "now_counts")]
        old, new = ("/".join(map(str, counted)) for counted in counts)
        yield f"平均得分{before:.1f} → {now:.1f}；具备/不足/缺失合计：按新规则包{new}，按原规则包{old}"
        moved = [u for u in made.units if u.before[1] != u.now[1]]
        yield f"等次有变化的{len(moved)}个单位" + (
            "：" + "、".join(f"{u.unit}（{u.before[1]} → {u.now[1]}）" for u in moved) if moved else ""
        )
    rules = by_rule(made)
    if rules:
        yield "\n各条规则的变化："
    for rule, title, counted in rules:
        turned = "，".join(f"{_word(a)} → {_word(b)} {number}份" for (a, b), number in counted.most_common())
        yield f"  {rule}　{title}：{turned}"
    shown = sorted(made.units, key=lambda u: -abs(u.now[0] - u.before[0]))
    shown = shown if everything else [u for u in shown[:MOST] if u.turns or u.before != u.now]
    if shown:
        yield "\n各单位的变化：" if everything else f"\n变化最大的{len(shown)}个单位："
    for unit in shown:
        old, new = ("/".join(map(str, counted)) for counted in (unit.before_counts, unit.now_counts))
        yield f"  {unit.unit}　{unit.before[0]:.1f} → {unit.now[0]:.1f}　具备/不足/缺失 {old} → {new}"
        if everything:
            yield from (f"      {turn.title}：{_word(turn.before)} → {_word(turn.now)}" for turn in unit.turns)
    for name, why in made.left:
        yield f"没有比较：{name}（{why}）"


def _word(status: Status | None) -> str:
    return status.word if status is not None else "没有这条规则"
