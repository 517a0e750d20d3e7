"""A whole and all of its parts: 共300条，其中甲100条、乙200条; 甲120件、乙80件，合计200件; 其余C件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.recount.model import Extent, Statement, extents, fits, plain, statement
from scorer.recount.rows import Run, Term

_AMONG = re.compile(r"[,。;(]?(?:其中|包括|包含|分别(?:是|为|由)?|涵盖)|^[:(]")
_CLOSED = re.compile(r"分别|包括|包含|^:")
_OPEN = re.compile(r"等(?!级|次)|含|若干|多(?!元)")
# A sum behind its parts: how many parts it adds up (两项、三类), the word for adding, and what was counted once more.
_SUM = re.compile(
    r"(?P<several>[两二三四五六七八九十\d]{1,2}[^\W\d_]{1,4}?|以上|上述|各[项类]|前述)?"
    r"(?P<adds>之和|加起来|合起来|合在一起|加在一起|加总|相加|合计|共计|总计|累计|一共|总共|总数|总量|合共|[共计])(?P<again>[^\W\d_]{0,12})\Z"
)
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SIMPLY = re.compile("(?:有|为|达到?|是|约|共|计|合计|在内|数)*")
_EACH_KIND = re.compile("[各这][类项]|[两三四五六][类项]")
_ADDS_WEAKLY = ("共", "累计", "计", "总数", "总量")
_LONGER = re.compile("以来|历年|近年|近[两二三四五]年|[两二三四五]年来|历次|历届|任期|其中|当中|同比|上年|去年|约|近|超")
_REST = re.compile(r"(?:其余|余下|剩余|剩下|其他|另外|[尚还仍][有剩]|尚余|余)(?:的|有)?[^\W\d_]{0,4}\Z")
_FIRST = re.compile("其中|当中|包括|包含|分别")
_CAME = re.compile("[净新]增|增加|增长|减少|下降|多了")
_LISTED = re.compile(r"(?:共|总|合计)[^\W\d_]{0,6}\Z")
GAP_MAX = 22
SHORT = 3
# A sum of weaker words is that of the list before it only where it is within a quarter of it.
FAR = 4
PARTS_MAX = 12
SLIP_FROM, SLIP_SHARE = 20, 2


def _joined(term: Term, limit: int = GAP_MAX) -> bool:
    """Whether a part follows the one before it directly in a list."""
    return len(term.gap) <= limit and term.gap[:1] in "、,和及以与加;" and not re.search("[。:]", term.gap)


def _sum(terms: Sequence[Term]) -> tuple[Extent, Decimal, str]:
    spans = extents(*(t.figure for t in terms))
    total = spans[0]
    for other in spans[1:]:
        total += other
    value = sum((t.figure.value for t in terms), Decimal(0))
    return total, value, f"{'+'.join(plain(t.figure.value) for t in terms)}={plain(value)}"


def totals(run: Run) -> Iterator[Statement]:
    """A whole with its parts, before or after them."""
    terms = run.terms
    for index, term in enumerate(terms):
        if not term.counted:
            if term.figure.unit == "%" and _SUM.search(term.lead) and index >= 2 and (found := _shares_of_all(run, index)):
                yield found
            continue
        if index >= 2 and (found := _after(run, index)):
            yield found
        if index + 2 < len(terms) and (found := _before(run, index) or _apart(run, index)):
            yield found


def _parts_from(run: Run, first: int, unit: str, whole: Decimal) -> list[Term]:
    """The parts of a list that begins at a place, until something of another kind comes or they are complete."""
    parts: list[Term] = []
    total = Decimal(0)
    for term in run.terms[first : first + PARTS_MAX]:
        if term.figure.unit != unit or not term.figure.exact:
            break
        if parts and (not _joined(term) or re.search("其中|共|合计|余下|剩余", term.gap)):
            break
        if parts and term.gap[:1] in ",;" and run.term_says("figure-stage", term) and not run.term_says("figure-stage", parts[0]):
            break
        parts.append(term)
        total += term.figure.value
        if len(parts) > 1 and total == whole and not _goes_on(run, term):
            break  # what follows the complete parts is another count
    return parts


def _goes_on(run: Run, last: Term) -> bool:
    """Whether a list goes on after a part."""
    after = next((t for t in run.terms if t.figure.start > last.figure.start), None)
    return after is not None and after.figure.unit == last.figure.unit and after.gap[:1] == "、" and len(after.gap) <= GAP_MAX


def _before(run: Run, index: int) -> Statement | None:
    """共300条，其中甲100条、乙200条."""
    terms = run.terms
    whole, first = terms[index], terms[index + 1]
    gap = first.gap
    figure = whole.figure
    if first.figure.unit != figure.unit or not figure.exact or len(gap) > 40:
        return None
    among = _AMONG.search(gap)
    if not among or _OTHERS.search(gap) or _of_others(run, whole, first):
        return _unsaid(run, index)
    parts = _parts_from(run, index + 1, figure.unit, figure.value)
    if len(parts) < 2:
        return None
    extent, value, formula = _sum(parts)
    # 受理158件，化解155件，其中…: the parts may be those of an earlier count.
    for other in (whole, *(t for t in reversed(terms[:index]) if t.figure.unit == figure.unit and t.figure.exact)):
        if fits(other.figure, extent):
            return statement(run.text, run.quote(other, parts[-1]), "total", other.figure, value, formula, True)
    # 刑事310件、民事285件，农民工180件: after the comma another division begins.
    if any(part.gap[:1] in "、和" for part in parts[1:]):
        parts = parts[: next((n for n, part in enumerate(parts) if n and part.gap[:1] in ",;"), len(parts))]
        if len(parts) < 2:
            return None
        extent, value, formula = _sum(parts)
    span = run.quote(whole, parts[-1])
    if run.says("figure-carried") or ("分别" in gap and whole.gap[:1] in ("、", "和")):
        return None  # 受理220件、125件，分别办结198件、119件: two lists side by side
    last = parts[-1]
    listed = run.text[first.place : last.figure.end + 1]
    if _OPEN.search(listed) or run.text.startswith("等", last.figure.end) or any(run.term_says("figure-overlapping", p) for p in parts):
        return None
    following = terms[index + 1 + len(parts) :]
    if following and following[0].figure.unit == figure.unit and _joined(following[0]) and not following[0].figure.exact:
        return None
    if value > figure.value:
        if extent.low < figure.value + figure.step or run.says("figure-yearly", whole.place, whole.last) or _CAME.search(whole.lead):
            return None  # 净增172.8万户，其中: the parts may be of all that there are now
        return statement(run.text, span, "total", figure, value, formula, False)
    if value < figure.value and _closed(run, whole, parts, gap):
        return statement(run.text, span, "total", figure, value, formula, False)
    return None


# 分别 after a full stop, or before a change, divides nothing.
_OTHERS = re.compile("[;。][^;。]*分别|分别(?:较|比|同比)?[增减提降下上][加少长高低升降]")


def _of_others(run: Run, whole: Term, first: Term) -> bool:
    """Whether 分别 speaks of other things than the whole before it: 养老金提高到100元，城镇、农村低保分别提高到…."""
    said = first.gap.find("分别")
    if said < 0 or re.search("其中|包括|当中", first.gap):
        return False
    named = first.gap[:said].strip("、,:")
    if run.says("figure-settling", whole.figure.end, first.figure.start):
        return False  # 12件全部办结，分别是维持8件…
    stands = run.text[run.span.start : whole.figure.end]
    return len(named) > SHORT and not any(named[n : n + 2] in stands for n in range(len(named) - 1))


def _apart(run: Run, index: int) -> Statement | None:
    """立案3824件，罚款611.7万元，其中甲类147件…: a whole with other figures between it and its parts; only ever consistent."""
    terms = run.terms
    whole = terms[index]
    if "其中" not in run.words:
        return None
    for first in range(index + 2, min(index + 4, len(terms) - 1)):
        if "其中" in terms[first].gap and terms[first].figure.unit == whole.figure.unit != terms[first - 1].figure.unit:
            parts = _parts_from(run, first, whole.figure.unit, whole.figure.value)
            if len(parts) < 2 or not whole.figure.exact:
                return None
            extent, value, formula = _sum(parts)
            if fits(whole.figure, extent):
                return statement(run.text, run.quote(whole, parts[-1]), "total", whole.figure, value, formula, True)
    return None


def _closed(run: Run, whole: Term, parts: Sequence[Term], gap: str) -> bool:
    """Whether the list claims to be complete: 分别, A和B, or the whole is named by its parts (建议、提案340件，其中建议…)."""
    following = [t for t in run.terms if t.figure.start > parts[-1].figure.start]
    if following and following[0].figure.unit == whole.figure.unit and len(following[0].gap) <= GAP_MAX:
        return False
    if _CLOSED.search(gap) and ("分别" in gap or gap[:1] == ":" or parts[-1].gap[:1] in "和及以与"):
        return True
    kinds = {part.lead[-2:] for part in parts}
    if len(kinds) == len(parts) and all(len(kind) == 2 and kind in whole.lead for kind in kinds):
        return True
    return _slip(whole, parts)


def _slip(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether three parts or more miss the whole by so little that a wrong figure is likelier than a part left out."""
    lacking = whole.figure.value - sum(part.figure.value for part in parts)
    return len(parts) >= 3 and whole.figure.value >= SLIP_FROM and lacking <= max(Decimal(1), whole.figure.value * SLIP_SHARE / 100)


def _unsaid(run: Run, index: int) -> Statement | None:
    """A whole followed by parts that make it up without saying so (120卷，优秀31卷、合格84卷、不合格5卷): only ever consistent."""
    whole = run.terms[index]
    total = Decimal(0)
    parts: list[Term] = []
    for part in run.terms[index + 1 : index + 7]:
        if part.figure.unit != whole.figure.unit or not part.figure.exact or len(part.gap) > 16 or "。" in part.gap:
            return None
        parts.append(part)
        total += part.figure.value
        if total >= whole.figure.value:
            break
    else:
        return None
    if total != whole.figure.value or len(parts) < 2:
        return None
    _, value, formula = _sum(parts)
    return statement(run.text, run.quote(whole, parts[-1]), "total", whole.figure, value, formula, True)


def _after(run: Run, index: int) -> Statement | None:
    """甲120件、乙80件，合计200件."""
    terms = run.terms
    whole = terms[index]
    figure = whole.figure
    said = _SUM.search(whole.lead)
    if not said or not figure.exact or whole.gap.count(",") > 1 or len(whole.gap) > GAP_MAX or _LONGER.search(whole.gap):
        return None
    parts = _parts_until(run, index, _NUMBERS.get((said["several"] or "")[:1], 0))
    if len(parts) < 2:
        return None
    for first in range(len(parts) - 1):
        extent, value, formula = _sum(parts[first:])
        if fits(figure, extent):
            return statement(run.text, run.quote(parts[first], whole), "total", figure, value, formula, True)
    if not _complete(run, parts, whole, said):
        return None
    extent, value, formula = _sum(parts)
    return statement(run.text, run.quote(parts[0], whole), "total", figure, value, formula, False)


def _parts_until(run: Run, index: int, several: int) -> list[Term]:
    """The list that ends before a place, of so many parts where the text says how many."""
    terms = run.terms
    parts: list[Term] = []
    for at in range(index - 1, -1, -1):
        term = terms[at]
        if term.figure.unit != terms[index].figure.unit or len(parts) > PARTS_MAX:
            break
        if not term.figure.exact:
            return [] if parts and _joined(parts[0]) else parts
        parts.insert(0, term)
        if not _joined(term) or _FIRST.search(term.gap) or len(parts) == several:
            break
    return parts if not several or len(parts) == several else []


def _complete(run: Run, parts: Sequence[Term], whole: Term, said: re.Match[str]) -> bool:
    """Whether a sum is certainly that of the parts before it and of nothing else."""
    if run.says("figure-carried") or _OPEN.search(run.text[parts[0].place : whole.figure.start]):
        return False
    if any(not _joined(term) for term in parts[1:]):
        return False
    if any(run.term_says("figure-stage", t) for t in parts[1:]) and not run.term_says("figure-stage", parts[0]) and whole.gap[:1] == ",":
        return False
    if said["several"]:
        return True
    if _LISTED.search(parts[0].lead) and not _FIRST.search(parts[0].gap) and len(parts) > 2:
        return False  # the first is a whole itself
    if said["adds"] not in _ADDS_WEAKLY and _SIMPLY.fullmatch(said["again"]):
        return all(len(term.gap) <= 16 for term in parts[1:])
    # 接访25人次，…接访31人次，累计接访57人次: what was counted is said once more, and the sum is not far off.
    again = said["again"]
    value = sum(t.figure.value for t in parts)
    if abs(value - whole.figure.value) * FAR > value or not parts:
        return False
    if _EACH_KIND.search(again) or (_SIMPLY.fullmatch(again) and all(t.gap[:1] in "、和及与加" for t in parts[1:])):
        return True
    spoken = "".join(t.lead for t in parts)
    shared = any(again[n : n + 2] in spoken for n in range(len(again) - 1))
    return shared or all(t.gap[:1] in "、和及与加" and len(t.gap) <= 8 for t in parts[1:])


def _shares_of_all(run: Run, index: int) -> Statement | None:
    """占41.2%，…占33.5%，…占25.3%，三类合计100%: rounded shares may miss their sum by a little."""
    parts: list[Term] = []
    for term in reversed(run.terms[:index]):
        if term.figure.unit != "%" or not term.figure.exact:
            break
        parts.insert(0, term)
    whole = run.terms[index]
    said = _SUM.search(whole.lead)
    several = _NUMBERS.get((said["several"] or "")[:1], 0) if said else 0
    if len(parts) < 2 or said is None or (several and len(parts) != several):
        return None
    _, value, formula = _sum(parts)
    right = abs(value - whole.figure.value) <= len(parts) * max(t.figure.step for t in parts) / 2
    sure = all(t.lead.endswith(("占", "占比", "占比为", "分别占")) or t.gap in ("、", "和") for t in parts)
    if not right and not (sure and _SIMPLY.fullmatch(said["again"]) and not _OPEN.search(run.text[parts[0].place : whole.figure.start])):
        return None
    return statement(run.text, run.quote(parts[0], whole), "total", whole.figure, value, formula, right)


def rests(run: Run) -> Iterator[Statement]:
    """A whole, what is done of it, and the rest: 清理150件，保留97件，修改35件，余下18件予以废止."""
    terms = run.terms
    for index in range(2, len(terms)):
        rest = terms[index]
        if not rest.counted or not rest.figure.exact:
            continue
        said = bool(_REST.search(rest.lead)) or (run.says("figure-remainder", rest.place, rest.figure.start) and rest.gap.count(",") <= 1)
        if not said or re.search("(?:其余|余下|剩余)[^,]{0,6}中", rest.lead):
            continue
        row: list[Term] = []
        for at in range(index - 1, -1, -1):
            term = terms[at]
            if term.figure.unit != rest.figure.unit:
                if term.counted:
                    break
                continue
            if not term.figure.exact:
                row = []
                break
            row.insert(0, term)
        found = _rest(run, row, rest)
        if found:
            yield found


def _rest(run: Run, row: Sequence[Term], rest: Term) -> Statement | None:
    if len(row) < 2 or len(row) > 8:
        return None
    for first in range(len(row) - 1):
        extent, value, formula = _left(row[first:])
        if value >= 0 and fits(rest.figure, extent):
            return statement(run.text, run.quote(row[first], rest), "rest", rest.figure, value, formula, True)
    # 清理存量积案200件: what was left from before is the whole itself.
    if run.says("figure-carried", row[0].last, run.span.end):
        return None
    first = next((n for n in range(len(row) - 1) if "其中" in row[n + 1].gap), 0)
    if first and any(fits(rest.figure, _left([whole, *row[first + 1 :]])[0]) for whole in row[:first]):
        return None
    extent, value, formula = _left(row[first:])
    whole, parts = row[first], row[first + 1 :]
    if value < 0 or not parts or any(t.gap.count(",") + t.gap.count("。") > 1 for t in (*parts, rest)):
        return None
    if row and not _REST.search(rest.lead) and len(parts) > 1:
        return None  # 上市75家，新增7家，过会待发10家，在审48家: nothing says that these make up the whole
    following = next((t for t in run.terms if t.figure.start > rest.figure.start), None)
    if following and following.figure.unit == rest.figure.unit and len(following.gap) <= GAP_MAX:
        return None  # 其他文件45件，政策解读62件: one more part
    # More than two figures of the unit may be stages of one another: only a plain list is certain.
    if len(parts) > 1 and not all(len(t.gap) <= 14 for t in parts[1:]):
        return None
    return statement(run.text, run.quote(whole, rest), "rest", rest.figure, value, formula, False)


def _left(row: Sequence[Term]) -> tuple[Extent, Decimal, str]:
    whole, *parts = extents(*(t.figure for t in row))
    extent = whole
    for part in parts:
        extent = extent.minus(part)
    value = row[0].figure.value - sum((t.figure.value for t in row[1:]), Decimal(0))
    return extent, value, f"{'-'.join(plain(t.figure.value) for t in row)}={plain(value)}"
