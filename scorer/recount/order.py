"""Figures in an order that the text claims: sorted lists, the most and the least, second and third, rising year by year.

A claim is checked against the list that it stands in: 由多到少 against its figures, 甲最多 against all that are listed with 甲. What is
compared with others that the text does not list (居全省第一) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.recount.model import Statement
from scorer.recount.quantity import dimension, value
from scorer.recount.rows import Run, Term
from scorer.text.numerals import chinese_number
from scorer.vocabulary import Arithmetic

_FALLING = re.compile(
    "[高多大长强重][^,。;]{0,4}?[到至](?:低|少|小|短|弱|轻)|依次(?:递减|减少|降低|下降)|降序|逐[季月年次期][^,。;]{0,3}(?:递减|减少|下降|降低|走低|回落)|连续[^,。;]{0,4}(?:下降|减少|回落|走低)|连[降减]"
)
_RISING = re.compile(
    "[低少小短弱轻][^,。;]{0,4}?[到至](?:高|多|大|长|强|重)|依次(?:递增|增加|升高)|升序|逐[季月年次期][^,。;]{0,3}(?:递增|增加|上升|提高|走高|增长)|连续[^,。;]{0,4}(?:上升|增加|增长|提高|走高)|连[升增]"
)
_TOP = re.compile(
    "最[多高大长重久]|居首|首位|头名|榜首|第一(?![^,。;]{0,2}产业|时间|责任|书记|次|批|期|线|产业|季度|轮|届)|排头|位列第1|排第1|夺冠|拔得头筹|夺魁|领跑"
)
_BOTTOM = re.compile("最[少低小短轻快]|末位|垫底|居末|殿后")
_SECOND = re.compile("次之|紧随其后|紧跟其后|居次|位居次席")
_PLACE = re.compile(r"(?:[居列排]|位列|位居|排名|名列|排在|排)第?(?P<n>[二三四五六2-6])[位名]?")
_SCOPE = re.compile("全[国省市州县区球]|世界|同类|历史|历年|以来|全系统|同期|为近|近[一二三四五六七八九十\\d]+年")
_LABEL = re.compile("^[、,;:(和及以与]*(?:其中|分别|依次|为|是|有|按|由)*")
_TAIL = re.compile("(?:的|得|为|是|有|达到?|共|仅|办理|均|分数|得分|约|占|用时|数量|件数|受理)+\\Z")
_COMPARE = re.compile(
    "(?P<up>超过|高于|多于|超出|突破)(?P<a>[^,。;\\d]{2,12})\\Z|(?P<down>低于|少于|不及|不如|不敌|不到)(?P<b>[^,。;\\d]{2,12})\\Z"
)
_SHORTEST = re.compile("用时|耗时|时限|天数|周期|时长|败诉率|投诉|差错|发案|事故|能耗")
_IS_OF = re.compile("[^,。;\\d]{0,6}?的[^,。;\\d]{0,4}?(?:是|为)")
_ORDERED = re.compile("[由从按自]|排")
_WHEN = re.compile(r"(?:19|20)\d\d年|[一二三四1-4]季度|\d月|[一二三四五六七八九十]月|[上下]半年")
LEAST, MOST = 2, 8
GAP_MAX, NEAR = 26, 14
NAMES_MAX, LABEL_MAX = 60, 6


class _Item(NamedTuple):
    """One figure of a list and what it is of."""

    term: Term
    label: str


def orders(run: Run) -> Iterator[Statement]:
    """Every claim on the order of a list that its figures contradict."""
    words = run.words
    sorting = _FALLING.search(words) or _RISING.search(words)
    claims = sorting or _TOP.search(words) or _BOTTOM.search(words) or _SECOND.search(words) or _PLACE.search(words)
    if claims:
        for items in _lists(run):
            wrong = (_sorted(run, items) if sorting else None) or _best(run, items) or _placed(run, items)
            if wrong:
                yield wrong
                return
    for a, b in pairwise(run.terms):
        found = _compared(run, a, b)
        if found:
            yield found


def _lists(run: Run) -> Iterator[list[_Item]]:
    """The lists of a passage: neighbouring figures of one dimension, each with its label."""
    row: list[Term] = []
    for term in [*run.terms, None]:
        fits = (
            term is not None
            and bool(term.figure.unit)
            and term.figure.exact
            and (
                not row
                or (dimension(term.figure.unit) == dimension(row[-1].figure.unit) and len(term.gap) <= GAP_MAX and "。" not in term.gap)
            )
        )
        if fits:
            assert term is not None
            row.append(term)
            continue
        if LEAST <= len(row) <= MOST:
            yield _labelled(run, row)
        row = [term] if term is not None and term.figure.unit and term.figure.exact else []


def _labelled(run: Run, row: Sequence[Term]) -> list[_Item]:
    before = run.text[max(run.span.start, row[0].figure.start - NAMES_MAX) : row[0].figure.start]
    cut = max(before.rfind(word) for word in ("分别", "依次", "各"))
    clauses = [re.split("[、和]", clause) for clause in re.split("[,。;:]", before[: max(cut, 0)])[-2:]]
    names = next((found for found in reversed(clauses) if len(found) == len(row)), [])
    if len(names) == len(row) and all(t.gap in ("、", "和", ",", "及") for t in row[1:]):
        # 甲、乙、丙三个分局平均用时: only the first of them are names and nothing else.
        return [_Item(t, name[: LABEL_MAX if n == len(row) - 1 else None]) for n, (t, name) in enumerate(zip(row, names, strict=True))]
    return [_Item(t, _TAIL.sub("", _LABEL.sub("", t.lead))) for t in row]


# ---- claims


def _wrong(run: Run, items: Sequence[_Item], printed: Term, words: str, formula: str) -> Statement:
    first = min(items, key=lambda i: i.term.figure.start).term
    last = max(items, key=lambda i: i.term.figure.start).term
    span = run.quote(first, last)
    figure = printed.figure
    return Statement(span, "rank", run.text[figure.start : figure.end], words, formula, Arithmetic.INCONSISTENT, words, None, figure.start)


def _text(run: Run, term: Term) -> str:
    return run.text[term.figure.start : term.figure.end]


def _sorted(run: Run, items: Sequence[_Item]) -> Statement | None:
    """由多到少: each figure against the one before it."""
    falling, rising = _FALLING.search(run.words), _RISING.search(run.words)
    if bool(falling) == bool(rising) or len(items) < LEAST + 1:
        return None
    said = falling or rising
    assert said is not None
    place = run.span.start + said.start()
    if said.group()[0] in "依逐连":
        # 逐季递增: only of one thing at times that are named.
        if not all(_WHEN.search(i.term.gap) for i in items) and not said.group().startswith("依"):
            return None
    elif not _ORDERED.search(run.text[max(run.span.start, place - 4) : place + len(said.group()) + 3]):
        return None
    first, last = items[0].term.figure.start, items[-1].term.figure.end
    if not (first - 2 * GAP_MAX <= place <= last + NEAR) or re.search("前移|位次|名次|由第|第\\d|其[他余]", run.words):
        return None
    for a, b in pairwise(items):
        apart = value(b.term) - value(a.term)
        if (falling and apart > 0) or (rising and apart < 0):
            words = f"{'不大于' if falling else '不小于'}{_text(run, a.term)}"
            return _wrong(run, items, b.term, words, f"{said.group()}：{_text(run, a.term)}、{_text(run, b.term)}")
    return None


def _best(run: Run, items: Sequence[_Item]) -> Statement | None:
    """甲最多; 最高的是甲，为82%; 甲得95.6分，排在头名."""
    for pattern, most in ((_TOP, True), (_BOTTOM, False)):
        for said in pattern.finditer(run.words):
            item = _claimed(run, items, said)
            if item is None:
                continue
            superlative = said.group().startswith("最")
            if not superlative and _SHORTEST.search(run.words):
                continue
            way = most if superlative or pattern is _TOP else False
            if said.group() == "最快":
                way = not bool(_SHORTEST.search(run.words))
            values = [value(i.term) for i in items]
            target = max(values) if way else min(values)
            if value(item.term) != target:
                best = next(i for i in items if value(i.term) == target)
                words = f"{best.label or ''}{_text(run, best.term)}"
                return _wrong(run, items, item.term, words, f"{said.group()}的是{words}")
    return None


def _claimed(run: Run, items: Sequence[_Item], said: re.Match[str]) -> _Item | None:
    """The item that a claim is about: the first of the list behind 最高的是, one named behind the list, or the one right before."""
    start, end = run.span.start + said.start(), run.span.start + said.end()
    clause = max(run.text.rfind(mark, run.span.start, start) for mark in ",;:。(、") + 1
    before = run.text[max(clause, run.span.start) : start]
    if _SCOPE.search(before) or _SCOPE.search(run.text[end : end + 4]):
        return None
    first, last = items[0].term.figure, items[-1].term.figure
    if end <= first.start:
        behind = _IS_OF.match(run.text, end, first.start)
        near = first.start - end <= GAP_MAX and run.text.count(",", end, first.start) <= 1
        return items[0] if behind and near and len(items) > LEAST else None
    if start >= last.end:
        if start - last.end > GAP_MAX or any(t.figure.start > last.end for t in run.terms if t.figure.start < start):
            return None
        apart = re.search("[,;(、]", run.text[last.end : start])
        named = [i for i in items if apart and len(i.label) > 1 and _names(i.label, before)]
        if len(named) == 1:
            return named[0]
    previous = [i for i in items if i.term.figure.end <= start]
    subject = re.sub("[排位居名列在为,是的,并且]", "", before)
    closing = re.match("[^,。;]{0,3}(?=[,。;]|\\Z)", run.text[end : min(end + NEAR, run.span.end)])
    if previous and closing and not subject and run.text[clause - 1] == "," and start - previous[-1].term.figure.end <= NEAR // 2:
        return previous[-1]
    return None


def _names(label: str, words: str) -> bool:
    """Whether a clause speaks of a label, by its own beginning or its last characters: 东片 of 东片最多."""
    core = label[-4:] if len(label) > 4 else label
    return core in words or (len(label) > 2 and label[:2] in words[:6] and label[:2] not in ("案件", "全年"))


def _placed(run: Run, items: Sequence[_Item]) -> Statement | None:
    """物业类位列第二; 云溪坪镇以96.5分紧随其后."""
    for said in _SECOND.finditer(run.words):
        at = run.span.start + said.start()
        near = [i for i in items if abs(i.term.figure.start - at) <= NEAR]
        # 松岗街道次之，为89%; 以96.5分紧随其后: of the figure in the same breath.
        second = next((i for i in near if i.term.figure.start > at), None) if said.group() in ("次之", "居次") else None
        second = second or next((i for i in reversed(near) if i.term.figure.end <= at), None)
        index = items.index(second) if second in items else 0
        if second is None or index == 0:
            continue
        first = items[index - 1]
        if value(second.term) > value(first.term) and not _SHORTEST.search(run.words) and not _BOTTOM.search(run.words):
            return _wrong(
                run,
                items,
                second.term,
                f"不大于{_text(run, first.term)}",
                f"{said.group()}：{_text(run, second.term)}>{_text(run, first.term)}",
            )
    for said in _PLACE.finditer(run.words):
        item = _claimed(run, items, said)
        if item is None or len(items) < LEAST + 1:
            continue
        place = int(said["n"]) if said["n"].isdigit() else chinese_number(said["n"]) or 0
        rising = bool(_RISING.search(run.words) or _BOTTOM.search(run.words))
        ahead = sum((value(i.term) < value(item.term)) if rising else (value(i.term) > value(item.term)) for i in items)
        tied = sum(value(i.term) == value(item.term) for i in items)
        if not ahead + 1 <= place <= ahead + tied and not _SHORTEST.search(run.words):
            return _wrong(run, items, item.term, f"第{ahead + 1}", f"{_text(run, item.term)}居第{ahead + 1}")
    return None


def _compared(run: Run, a: Term, b: Term) -> Statement | None:
    """1340人，超过此前最高的1430人."""
    said = _COMPARE.search(b.lead)
    if not said or not (a.figure.exact and b.figure.unit) or dimension(a.figure.unit) != dimension(b.figure.unit):
        return None
    if len(b.gap) > GAP_MAX or "。" in b.gap or b.gap.count(",") > 1 or re.search("比|较|增|减|升|降|目标|标准", b.gap):
        return None
    words = said["a"] or said["b"]
    if not re.search("的\\Z|平均|水平|此前|去年|上年|最高|最低", words):
        return None
    more = bool(said["up"])
    if (value(a) > value(b)) == more or (value(a) == value(b) and not more):
        return None
    right = "低于" if more else "高于"
    span = Span(run.quote(a, b).start, b.figure.end)
    return Statement(span, "sign", said["up"] or said["down"], right, f"{_text(run, a)}、{_text(run, b)}", Arithmetic.INCONSISTENT, right)
