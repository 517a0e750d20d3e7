"""The outline of a report: a Word file in official form with the parts that the pack's skeleton asks for.

What is to be written where stands in Word comments, which are removed with one click; in the text stand headings and
sentences with blanks, which count as nothing until they are filled in. What last year's report promised and lacked is a table
at the end, whose rows the readers leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scorer.document import BLANK, HINT
from scorer.errors import FazhiError
from scorer.office.official import ADDRESSEE, BODY, HEADINGS, SIGNATURE, TITLE, Official
from scorer.office.official import HINT as HINT_STYLE
from scorer.outputs.words import advice
from scorer.result import Assessment, Passage
from scorer.rulepack.model import Pack, Part, Rule
from scorer.text.names import same_unit
from scorer.text.numerals import chinese_numeral
from scorer.text.shorten import shorten, unquoted
from scorer.vocabulary import STREET_WORDS, Level, Severity

_STYLES = {"title": TITLE, "addressee": ADDRESSEE, "signature": SIGNATURE}
_PREVIOUS_MAX = 60
_QUOTE = 90
_ORGAN = re.compile("(?:人民政府|办事处)$")
_TIER = re.compile("[\u4e00-\u9fff]{1,9}?(?:自治区|自治州|自治县|自治旗|省|地区|市|州|盟|县|区|旗|街道|镇|乡)")
_DEPARTMENT = re.compile(
    "\\A(?P<place>(?:[\u4e00-\u9fff]{1,9}?(?:自治区|自治州|自治县|自治旗|省|地区|市|州|盟|县|区|旗)){0,3})(?P<organ>[\u4e00-\u9fff]{2,20})$"
)


AUTHOR = "提纲提示"
"""Who writes the comments: not the checker, which takes its own comments out when it writes new ones."""


class Line(NamedTuple):
    """One paragraph of the outline, with the comments on it."""

    text: str
    style: str
    notes: tuple[str, ...] = ()


class Account(NamedTuple):
    """What last year's report wrote, and what it said would be done about it (nothing, for an arrangement)."""

    kind: str
    words: str
    answer: str


def outline(pack: Pack, year: int, level: str, *, unit: str = "", previous: Assessment | None = None) -> bytes:
    """The Word file; equal input gives equal bytes. ``previous`` is last year's report, to be accounted for.

    One of another unit is left out, and that is said in its place (``astray``). Raises ``FazhiError`` for a pack without skeleton.
    """
    foreign = astray(previous, level, unit) if previous is not None else ""
    written = lines(pack, year, level, unit=unit, previous=None if foreign else previous)
    document = Official(next((line.text for line in written if line.style == TITLE), ""))
    for line in written:
        document.add(line.text, line.style, line.notes, AUTHOR)
    if foreign:
        document.add(f"{HINT}{foreign}", HINT_STYLE)
    elif previous is not None:
        _account(document, previous)
    return document.bytes()


def astray(previous: Assessment, level: str, unit: str) -> str:
    """Why a report cannot be last year's of this unit, as a sentence; nothing where it may be."""
    issuer = previous.metadata.get("issuer") or ""
    lead = f"给出的上年报告是“{issuer or '机关未识别'}”"
    if unit.strip() and issuer and not same_unit(unit.strip(), issuer):
        return f"{lead}的，不是“{unit.strip()}”的，没有列入；单位改过名的，请不填机关名称再生成。"
    if previous.level and previous.level != level:
        return f"{lead}的，是{Level.shown(previous.level)}的报告，不是{Level(level).word}的，没有列入。"
    return ""


def accounts(previous: Assessment) -> list[Account]:
    """What is to be accounted for of last year's report: its arrangements, and its shortcomings each with its answer."""
    found = [Account(ARRANGEMENT, words, "") for words in _sentences(previous, previous.arrangements)]
    for row in previous.shortcomings:
        answer = row.answered_by.quote.quote if row.answered_by else ""
        found.append(Account(SHORTCOMING, row.passage.quote.quote, answer))
    return found


ARRANGEMENT, SHORTCOMING = "安排", "不足"


def _account(document: Official, previous: Assessment) -> None:
    year = previous.report_year
    named = f"上年（{year}年度）报告" if year else "上年报告"
    found = accounts(previous)
    if not found:
        document.add(f"{HINT}{named}没有读出安排和不足。", HINT_STYLE)
        return
    document.add(f"{HINT}附：{named}的安排和不足，逐条交代后整表删去", HINT_STYLE)
    rows = [(f"{HINT}序号", "上年所写", "上年的对应安排", "本年怎么交代")]
    for number, (kind, words, answer) in enumerate(found[:_PREVIOUS_MAX], 1):
        rows.append((f"{HINT}{number}", f"{kind}：{shorten(words, _QUOTE)}", shorten(answer, _QUOTE) or "—", BLANK))
    document.table(rows, (32, 54, 44, 26), HINT_STYLE)
    if len(found) > _PREVIOUS_MAX:
        document.add(f"{HINT}另有{len(found) - _PREVIOUS_MAX}条，见上年报告。", HINT_STYLE)


def lines(pack: Pack, year: int, level: str, *, unit: str = "", previous: Assessment | None = None) -> list[Line]:
    """The paragraphs of the outline in order. Raises ``FazhiError`` for a pack without skeleton."""
    if not pack.skeleton.parts:
        raise FazhiError(f"规则包“{pack.id}”没有报告提纲", remedy="请在规则包中写 skeleton，或扩展 national")
    written: list[Line] = []
    for line in _Writer(pack, year, level, unit, previous).lines():
        if line.text or not written:
            written.append(line)
        else:  # comments without a line of their own
            written[-1] = written[-1]._replace(notes=(*written[-1].notes, *line.notes))
    return written


class _Writer:
    def __init__(self, pack: Pack, year: int, level: str, unit: str, previous: Assessment | None) -> None:
        self.pack, self.year, self.level, self.previous = pack, year, level, previous
        self.words = {**names_of(unit.strip(), level), "year": str(year), "next": str(year + 1)}
        self.asked: dict[tuple[str, ...], list[Rule]] = {}
        self.optional: dict[str, list[Rule]] = {}  # by the part that they would stand in: what the level need not have
        for rule, applies in pack.applicable(year, level, unit):
            if applies and level in rule.params.get("unasked", ()):
                self.optional.setdefault(pack.skeleton.place(rule.id)[0], []).append(rule)
            elif applies:
                self.asked.setdefault(pack.skeleton.place(rule.id), []).append(rule)

    def lines(self) -> Iterator[Line]:
        number = 0
        for part in self._parts(self.pack.skeleton.parts):
            path = (part.id,)
            subs = [sub for sub in self._parts(part.parts) if self.asked.get((part.id, sub.id)) or any(sub.text.values()) or sub.hints]
            written = list(self._part(part, path))
            notes = self._how() if part.id == "title" else ()
            if part.heading:
                number += 1
                yield from _headed(Line(f"{chinese_numeral(number)}、{self._filled(part.heading)}", HEADINGS[0]), written)
            else:
                yield from _noted(written, notes)
            for inner, sub in enumerate(subs, 1):
                heading = Line(f"（{chinese_numeral(inner)}）{self._filled(sub.heading)}", HEADINGS[1])
                yield from _headed(heading, list(self._part(sub, (part.id, sub.id))))
            if rare := self.optional.get(part.id):
                yield from self._rare(rare, f"（{chinese_numeral(len(subs) + 1)}）")

    def _rare(self, rules: list[Rule], number: str) -> Iterator[Line]:
        """What the level need not have, last: the checker asks it only of who writes of it."""
        note = f"有则写：{Level(self.level).word}没有这些职能的，整句删去，不写不扣分；写了的移到前面相应的部分，再删去这个标题。"
        written = [self._rule(rule, rule.severity != Severity.ADVISORY) for rule in rules]
        yield from _headed(Line(f"{number}有则写的事项", HEADINGS[1]), [Line("", BODY, (note,)), *written])

    def _parts(self, parts: Iterable[Part]) -> Iterator[Part]:
        return (part for part in parts if self.level in part.levels)

    def _filled(self, text: str) -> str:
        for name, value in self.words.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _how(self) -> tuple[str, ...]:
        pack = self.pack
        how = (
            f"本提纲按{Level(self.level).word}、{self.year}年度和规则包“{pack.title}”（{pack.id} {pack.version}）生成。"
            f"怎么写在批注里：写好后点“审阅→删除→删除文档中的所有批注”，一次删完。“{BLANK}”处填写实际数字和名称，"
            "没有发生的事整句删去，也可以另写；有空格没有填的句子不算写了。"
        )
        return (how, *(note.text for note in pack.notes if note.years.holds(self.year)))

    def _part(self, part: Part, path: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a part; one without text carries comments for the heading."""
        text = part.text.get(self.level) or part.text.get("default", "")
        notes = [self._filled(hint) for hint in part.hints]
        if self.previous is not None and part.previous:
            notes.append(_ACCOUNT[part.previous])
        written = [Line(self._filled(line), _STYLES.get(part.id, BODY)) for line in text.split("\n")] if text else []
        for rule in self.asked.get(path, ()):
            if text and not self._limit(rule):
                continue  # the text above already has what the rule asks for
            # Sentences to be filled in stand where there is nothing else to be written: under the last heading above them.
            written.append(self._rule(rule, bool(part.heading) and not part.parts and rule.severity != Severity.ADVISORY))
        yield from _noted(written, notes)

    def _rule(self, rule: Rule, open_: bool) -> Line:
        """The model sentence of a rule to be filled in, with what it asks as a comment; what has none is a comment only."""
        model = unquoted(advice(rule.advice(self.level))[1])
        named = "；".join(f"《{b.source}》{b.clause}" for b in rule.basis)
        limit = self._limit(rule)
        if not (open_ and model):
            return Line("", BODY, (f"{rule.title}：{limit}{rule.advice(self.level)}（依据：{named}）",))
        facets = rule.params.get("facets", ())
        choice = f"可从这些方面选实际做了的写：{'；'.join(facet['title'] for facet in facets)}。" if facets else ""
        note = f"{rule.title}：{rule.why}{limit}{choice}（依据：{named}）"
        # What is not filled in must not look like a fact: a model sentence without a blank stays in the comment.
        if not _open(model):
            return Line("", BODY, (f"{note}参考写法：{model}",))
        sentence = model if model.endswith(("。", "；")) else f"{model}。"
        return Line(_of_street(sentence) if self.words["unit"].endswith(_STREET) else sentence, BODY, (note,))

    def _limit(self, rule: Rule) -> str:
        """The day before which something must be done, for this level and year."""
        before = rule.params.get("before-by-level", {}).get(self.level, rule.params.get("before"))
        if not before:
            return ""
        month, day = map(int, before.split("-"))
        return f"本报告的期限是{self.year + 1}年{month}月{day}日以前。"


def _of_street(sentence: str) -> str:
    for town, street in STREET_WORDS:
        sentence = sentence.replace(town, street)
    return re.sub("(?<!城)镇(?!街)", "街道", sentence)


_ACCOUNT = {
    "arrangements": "上年报告的安排（见文末的表），逐条交代落实情况；没有落实的说明原因。",
    "shortcomings": "上年报告所写的不足（见文末的表），改了的写进举措和成效，没有改的继续写在这里。",
}


def names_of(unit: str, level: str) -> dict[str, str]:
    """The names that follow from that of the unit: {unit}, {place} without the organ, {organ} of a department, {above} the place
    one tier higher, where the name tells it; what it does not tell is a blank."""
    own_tier, over = _TIERS[Level(level)]
    above = f"{BLANK}{'区' if unit.endswith(_STREET) else over}"
    if not unit:
        return {"unit": BLANK, "place": f"{BLANK}{own_tier}", "organ": f"{BLANK}局", "above": above}
    place, organ = _ORGAN.sub("", unit), f"{BLANK}局"
    if level == Level.DEPARTMENT:
        found = _DEPARTMENT.match(unit)
        place, organ = (found["place"], found["organ"]) if found else ("", unit)
    tiers = _TIER.findall(place)
    if "".join(tiers) != place or not tiers:
        tiers = [place or f"{BLANK}{own_tier}"]
    return {"unit": unit, "place": tiers[-1], "organ": organ, "above": tiers[-2] if len(tiers) > 1 else above}


_STREET = ("街道办事处", "街道")
# The word for the place of a level, and for the one above it.
_TIERS = {
    Level.PROVINCE: ("省", ""),
    Level.CITY: ("市", "省"),
    Level.COUNTY: ("县", "市"),
    Level.TOWNSHIP: ("镇", "县"),
    Level.DEPARTMENT: ("县", "市"),
}


def _headed(heading: Line, written: list[Line]) -> Iterator[Line]:
    """A heading with its lines; comments that have no line stand at the heading."""
    yield heading._replace(notes=tuple(note for line in written if not line.text for note in line.notes))
    yield from (line for line in written if line.text)


def _noted(written: list[Line], notes: Iterable[str]) -> Iterator[Line]:
    """Lines of which the first bears further comments; without one they are a line of comments only."""
    notes = (*notes, *(note for line in written if not line.text for note in line.notes))
    shown = [line for line in written if line.text]
    if not shown:
        if notes:
            yield Line("", BODY, notes)
        return
    yield shown[0]._replace(notes=(*shown[0].notes, *notes))
    yield from shown[1:]


def _open(sentence: str) -> bool:
    """Whether each sentence of a model has a blank."""
    return all(BLANK[:2] in part for part in re.split("[。；;]", sentence) if part.strip("，、 "))


def _sentences(assessment: Assessment, passages: Iterable[Passage]) -> list[str]:
    """The passages in words, those of one sentence as one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted({(p.quote.start, p.quote.end) for p in passages}):
        if spans and not re.search("[。；;\n]", assessment.text[spans[-1][1] : start]) and start - spans[-1][0] < 2 * _QUOTE:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [assessment.text[start:end] for start, end in spans]
