"""The outline of a report: a Word file in official form with the parts that the pack's skeleton asks for.

Under each part stand hints (a style of their own, so that they are deleted in one go; the readers leave them out) and
sentences with blanks, which count as nothing until they are filled in.
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
from scorer.text.numerals import chinese_numeral
from scorer.text.shorten import shorten, unquoted
from scorer.vocabulary import Level, Severity

_STYLES = {"title": TITLE, "addressee": ADDRESSEE, "signature": SIGNATURE}
_PREVIOUS_MAX = 60
_QUOTE = 90
_ORGAN = re.compile("(?:人民政府|办事处)$")


class Line(NamedTuple):
    """One paragraph of the outline."""

    text: str
    style: str


def outline(pack: Pack, year: int, level: str, *, unit: str = "", previous: Assessment | None = None) -> bytes:
    """The Word file; equal input gives equal bytes. ``previous`` is last year's report, to be accounted for.

    Raises ``FazhiError`` for a pack without skeleton.
    """
    written = lines(pack, year, level, unit=unit, previous=previous)
    document = Official(next((line.text for line in written if line.style == TITLE), ""))
    for line in written:
        document.add(line.text, line.style)
    return document.bytes()


def lines(pack: Pack, year: int, level: str, *, unit: str = "", previous: Assessment | None = None) -> list[Line]:
    """The paragraphs of the outline in order. Raises ``FazhiError`` for a pack without skeleton."""
    if not pack.skeleton.parts:
        raise FazhiError(f"规则包“{pack.id}”没有报告提纲", remedy="请在规则包中写 skeleton，或扩展 national")
    return list(_Writer(pack, year, level, unit, previous).lines())


class _Writer:
    def __init__(self, pack: Pack, year: int, level: str, unit: str, previous: Assessment | None) -> None:
        self.pack, self.year, self.level, self.previous = pack, year, level, previous
        unit = unit.strip() or BLANK
        self.words = {"unit": unit, "place": _ORGAN.sub("", unit), "year": str(year), "next": str(year + 1)}
        self.asked: dict[tuple[str, ...], list[Rule]] = {}
        for rule, applies in pack.applicable(year, level):
            if applies:
                self.asked.setdefault(pack.skeleton.place(rule.id), []).append(rule)

    def lines(self) -> Iterator[Line]:
        number = 0
        head = True
        for part in self._parts(self.pack.skeleton.parts):
            if part.heading:
                number += 1
                yield Line(f"{chinese_numeral(number)}、{self._filled(part.heading)}", HEADINGS[0])
            yield from self._part(part, (part.id,))
            if part.id == "title" and head:
                head = False
                yield from self._how()
            inner = 0
            for sub in self._parts(part.parts):
                path = (part.id, sub.id)
                if not (self.asked.get(path) or any(sub.text.values()) or sub.hints):
                    continue
                if sub.heading:
                    inner += 1
                    yield Line(f"（{chinese_numeral(inner)}）{self._filled(sub.heading)}", HEADINGS[1])
                yield from self._part(sub, path)

    def _parts(self, parts: Iterable[Part]) -> Iterator[Part]:
        return (part for part in parts if self.level in part.levels)

    def _filled(self, text: str) -> str:
        for name, value in self.words.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _how(self) -> Iterator[Line]:
        pack = self.pack
        yield _hint(
            f"本提纲按{Level(self.level).word}、{self.year}年度和规则包“{pack.title}”（{pack.id} {pack.version}）生成。"
            f"灰色斜体的提示供起草时看，报送前删除（选中一段，用“选择格式相似的文本”可一次删完）；“{BLANK}”处填写实际数字和名称，"
            "没有发生的事整句删去，也可以另写。写好后用 fazhi score 或 fazhi annotate 检查，有空格没有填的句子不算写了。"
        )
        yield from (_hint(note.text) for note in pack.notes if note.years.holds(self.year))

    def _part(self, part: Part, path: tuple[str, ...]) -> Iterator[Line]:
        text = part.text.get(self.level) or part.text.get("default", "")
        for line in text.split("\n") if text else ():
            yield Line(self._filled(line), _STYLES.get(part.id, BODY))
        yield from (_hint(self._filled(hint)) for hint in part.hints)
        yield from self._previous(part)
        for rule in self.asked.get(path, ()):
            if text and not self._limit(rule):
                continue  # the text above already has what the rule asks for
            # Sentences to be filled in stand where there is nothing else to be written: under the last heading above them.
            yield from self._rule(rule, bool(part.heading) and not part.parts and rule.severity != Severity.ADVISORY)

    def _rule(self, rule: Rule, open_: bool) -> Iterator[Line]:
        """What a rule asks, and its model sentence to be filled in; elsewhere how it is met stands in the hint."""
        model = unquoted(advice(rule.advice(self.level))[1])
        named = "；".join(f"《{b.source}》{b.clause}" for b in rule.basis)
        limit = self._limit(rule)
        if not (open_ and model):
            yield _hint(f"{rule.title}：{limit}{rule.advice(self.level)}（依据：{named}）")
            return
        yield _hint(f"{rule.title}：{rule.why}{limit}（依据：{named}）")
        facets = rule.params.get("facets", ())
        if facets:
            titles = "；".join(facet["title"] for facet in facets)
            yield _hint(f"可从这些方面选实际做了的写：{titles}。")
        # What is not filled in must not look like a fact: a model sentence without a blank stays a hint.
        yield Line(model if model.endswith(("。", "；")) else f"{model}。", BODY) if _open(model) else _hint(f"参考写法：{model}")

    def _limit(self, rule: Rule) -> str:
        """The day before which something must be done, for this level and year."""
        before = rule.params.get("before-by-level", {}).get(self.level, rule.params.get("before"))
        if not before:
            return ""
        month, day = map(int, before.split("-"))
        return f"本报告的期限是{self.year + 1}年{month}月{day}日以前。"

    def _previous(self, part: Part) -> Iterator[Line]:
        if self.previous is None or not part.previous:
            return
        year = self.previous.report_year
        named = f"上年（{year}年度）报告" if year else "上年报告"
        if part.previous == "arrangements":
            found = _sentences(self.previous, self.previous.arrangements)
            ask, blank = "的安排，逐条交代落实情况，没有落实的说明原因", f"落实情况：{BLANK}"
        else:
            found = _sentences(self.previous, tuple(s.passage for s in self.previous.shortcomings))
            ask, blank = "所写的不足，改了的写进举措和成效，没有改的继续写在这里", f"改进情况：{BLANK}"
        if not found:
            yield _hint(f"{named}没有读出{ask.partition('，')[0].removeprefix('的').removeprefix('所写的')}。")
            return
        yield _hint(f"{named}{ask}：")
        for number, words in enumerate(found[:_PREVIOUS_MAX], 1):
            yield _hint(f"{number}. {shorten(words, _QUOTE)}——{blank}")
        if len(found) > _PREVIOUS_MAX:
            yield _hint(f"另有{len(found) - _PREVIOUS_MAX}条，见上年报告。")


def _hint(text: str) -> Line:
    return Line(f"{HINT}{text}", HINT_STYLE)


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
