"""What persons decide over the machine's proposals: what can be decided, under which key, and what a decision does. Pure.

**Items.** Everything a letter rests on is an item of one unit (or of one file that belongs to no unit) with a key:

====================================  ==========================================================  =============================
key                                   what it is                                                  statuses (word in the file)
====================================  ==========================================================  =============================
``element:RULE``                      an element of the checklist                                 具备 不足 缺失 不适用 待复核 豁免
``contradiction:HEX``                 figures, years or dates that cannot all be right            属实 不成立
``likeness:OTHER:HEX``                text shared with the report of OTHER (``上年报告`` for the     属实 不成立
                                      unit's own of last year)
``arrangement:HEX``                   one arrangement of last year's report                       已落实 提到 未提
``shortcoming:HEX``                   one shortcoming of last year's report                       逐字重提 未再提
``verdict``                           the unit's verdict itself                                   通过 修改后通过 退回
====================================  ==========================================================  =============================

``HEX`` is a digest of the sentences the item rests on (``digest_of``): another sentence is another key. Keys are made by
``element_key``, ``contradiction_keys``, ``likeness_key``, ``follow_key``; nobody else puts one together. Writing the machine's own
status is how it is *confirmed*: both are decisions and look the same.

**The file** (``review.yaml``, and the files of several reviewers alike): an entry is for one ``unit`` or one ``file``, and for
one ``rule`` (which is ``item: element:RULE``) or one ``item``::

    entries:
      - unit: 禾渡镇
        item: contradiction:3fa91c0be812
        status: 不成立
        by: 张三
        date: 2025-03-10
        reason: 两处口径不同，台账已核
        quote: 受理消费投诉2890件，办结2861件，办结率99.8%
      - {unit: 澜口镇, rule: first.lead, status: 缺失, by: 张三, date: 2025-03-10, reason: 已通读全文}
      - {unit: 澜口镇, item: verdict, status: 退回, by: 李四, date: 2025-03-11, reason: 缺第一责任人履职，须重写}

``by``, ``date`` and ``reason`` are always there. ``quote`` is the sentence that was before the reviewer's eyes (a desk should
always write it), ``text_sha256`` the hash of the report's text. Of several entries for one item of one unit the last holds;
one on the file goes before one on the unit. ``expires`` is for 豁免 alone.

**How long it holds.** Only while the sentence it rests on is unchanged. Where the sentences are in the key, that is when the
item is still there under its key. Otherwise (element, verdict, an arrangement that nothing answers) it is when the text is the
one that was seen, or the quoted sentence still stands in it. A decision that does not hold any more is not applied: the item
shows the machine's status, and the decision as ``stale`` (需重新确认). One whose item is gone is ``lost`` (told, not applied).

**Use.** ``items_of`` gives the items of an entry (for a queue: ``deciding`` first, then ``certainty == "check"``);
``settle`` finds for proposals what was decided. Elements and contradictions are applied where a report is judged
(``review.apply``), the rest where the audit is put together; then ``Verdict``, ``Contradiction``, ``FollowUp``, ``Likeness`` and
``Gate`` carry their ``Decided``, and outputs read no review file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from scorer.document import fold
from scorer.vocabulary import Status


class Kind(StrEnum):
    """What can be decided; the part of a key before the first colon."""

    ELEMENT = "element"
    CONTRADICTION = "contradiction"
    LIKENESS = "likeness"
    ARRANGEMENT = "arrangement"
    SHORTCOMING = "shortcoming"
    VERDICT = "verdict"


KIND_WORDS: dict[str, str] = {
    Kind.ELEMENT: "内容", Kind.CONTRADICTION: "数据矛盾", Kind.LIKENESS: "相同文字", Kind.ARRANGEMENT: "上年安排", Kind.SHORTCOMING: "上年不足",
    Kind.VERDICT: "审核结论",
}  # fmt: skip

WAIVED = "waived"
STANDS, DISMISSED = "stands", "dismissed"
_ANY = {"属实": STANDS, "不成立": DISMISSED}
WORDS: dict[str, dict[str, str]] = {
    Kind.ELEMENT: {**{status.word: status for status in Status}, "豁免": WAIVED},
    Kind.CONTRADICTION: _ANY,
    Kind.LIKENESS: _ANY,
    Kind.ARRANGEMENT: {"已落实": "done", "提到": "mentioned", "未提": "silent"},
    Kind.SHORTCOMING: {"逐字重提": "repeated", "未再提": "gone"},
    Kind.VERDICT: {"通过": "pass", "修改后通过": "mend", "退回": "return"},
}
"""For each kind the words that may be written, and what they mean."""
LAST_YEAR = "上年报告"
NEAR = 60
"""From this similarity (0 to 100) a sentence may be the one that a decision rested on, changed."""


class Decision(NamedTuple):
    """One entry of a review file: the target (exactly one of ``unit`` and ``file``), the element (``rule``) or other item, the
    status and who answers for it, when (ISO date) and why.

    ``text_sha256`` or ``quote`` say which text was before the reviewer's eyes; where the entry gives no hash, ``seen`` is that
    of the text it was first applied to, if known. ``line`` is that of the file.
    """

    unit: str
    file: str
    rule: str
    status: str
    by: str
    date: str
    reason: str
    expires: str = ""
    text_sha256: str = ""
    quote: str = ""
    line: int = 0
    seen: str = ""
    item: str = ""

    @property
    def target(self) -> str:
        """What it speaks about, for people."""
        return self.unit or self.file

    @property
    def about(self) -> str:
        """The key of the item."""
        return self.item or element_key(self.rule)

    def key(self) -> str:
        """What makes it this decision, wherever it stands in the file."""
        own = (*self[:8], self.item) if self.item else self[:8]
        return hashlib.sha256("\x1f".join(own).encode("utf-8", "replace")).hexdigest()


class Decided(NamedTuple):
    """What a person decided of an item: ``status`` is the person's, ``machine`` the program's. ``stale``: the sentence has changed
    since, so that the machine's stands and the person is asked again (needs confirmation)."""

    status: str
    machine: str
    by: str
    date: str
    reason: str
    expires: str = ""
    stale: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is applied."""
        return not self.stale

    @property
    def confirms(self) -> bool:
        """Whether the person agrees with the machine."""
        return self.status == self.machine


class Proposal(NamedTuple):
    """What the machine proposes of an item. ``sentence`` is what it rests on; ``bound`` says that the key changes with it, so that
    a decision under this very key holds."""

    key: str
    machine: str
    sentence: str = ""
    bound: bool = True


class Settled(NamedTuple):
    """What was decided, by key; and the decisions whose item is gone."""

    decided: Mapping[str, Decided]
    lost: tuple[Decision, ...]


def kind_of(key: str) -> str:
    """The kind that a key names; empty for what is no key."""
    kind = key.split(":", 1)[0]
    return kind if kind in KIND_WORDS and (":" in key) == (kind != Kind.VERDICT) else ""


def status_word(kind: str, status: str) -> str:
    """The word for a status of a kind."""
    return next((word for word, own in WORDS.get(kind, {}).items() if own == status), status)


# -- keys ---------------------------------------------------------------------------------------------------------------------


def plain(sentence: str) -> str:
    """A sentence as it is compared: one width, no white space."""
    return "".join(fold(sentence).split())


def digest_of(*sentences: str) -> str:
    """Twelve digits that stand for these sentences; white space and width of characters do not count."""
    return hashlib.sha256("\x1f".join(map(plain, sentences)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def element_key(rule: str) -> str:
    """The key of an element."""
    return f"{Kind.ELEMENT}:{rule}"


def contradiction_keys(found: Sequence[tuple[str, str, str]]) -> list[str]:
    """The keys of the contradictions of one report, given as (sentence, what is printed, the other place's sentence), in their
    order. How it was computed is not part of it: a dismissal outlives a better formula."""
    seen: Counter[str] = Counter()
    keys = []
    for one in found:
        key = f"{Kind.CONTRADICTION}:{digest_of(*one)}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def likeness_key(other: str, passages: Iterable[str]) -> str:
    """The key of a likeness for one of its two units: ``other`` is the other unit, or ``LAST_YEAR``; ``passages`` its own words."""
    return f"{Kind.LIKENESS}:{other}:{digest_of(*passages)}"


def follow_key(kind: str, quote: str, answer: str) -> str:
    """The key of an arrangement or a shortcoming (``kind``) of last year: its wording, and this year's passage."""
    return f"{kind}:{digest_of(quote, answer)}"


VERDICT = str(Kind.VERDICT)


# -- what was decided ---------------------------------------------------------------------------------------------------------


def of_target(decisions: Iterable[Decision], unit: str, path: str) -> tuple[Decision, ...]:
    """The decisions on one entry, those on the file after those on the unit, so that the last holds."""
    own = [decision for decision in decisions if (decision.unit and decision.unit == unit) or (decision.file and decision.file == path)]
    return tuple(sorted(own, key=lambda decision: bool(decision.file)))


def fresh(decision: Decision, text_sha256: str, stands: Callable[[str], bool]) -> bool:
    """Whether the text is still the one that was decided on: the same hash, or the quoted sentence still in it (``stands``)."""
    known = decision.text_sha256 or decision.seen
    if known and known == text_sha256:
        return True
    if decision.quote:
        return stands(decision.quote)
    return not known


def settle(
    proposals: Sequence[Proposal], decisions: Sequence[Decision], text_sha256: str = "", stands: Callable[[str], bool] = lambda quote: False
) -> Settled:
    """What was decided of the proposals of one report.

    ``text_sha256`` is the hash of the report's text, ``stands`` says whether a sentence stands in it.
    """
    by_key = {proposal.key: proposal for proposal in proposals}
    decided: dict[str, Decided] = {}
    astray = []
    for decision in decisions:
        proposal = by_key.get(decision.about)
        if proposal is None:
            astray.append(decision)
            continue
        holds = proposal.bound or fresh(decision, text_sha256, stands)
        decided[proposal.key] = _decided(decision, proposal, stale=not holds)
    lost = []
    for decision in astray:
        near = _nearest(decision, [proposal for proposal in proposals if proposal.key not in decided])
        if near is None:
            lost.append(decision)
        else:
            decided[near.key] = _decided(decision, near, stale=True)
    return Settled(decided, tuple(lost))


def _decided(decision: Decision, proposal: Proposal, *, stale: bool) -> Decided:
    return Decided(decision.status, proposal.machine, decision.by, decision.date, decision.reason, decision.expires, stale)


def _nearest(decision: Decision, proposals: Iterable[Proposal]) -> Proposal | None:
    """The item that the decision was about, before its sentence was changed; None when there is none like it."""
    about = decision.about
    if kind_of(about) == Kind.LIKENESS:
        before = about.rpartition(":")[0]
        return next((proposal for proposal in proposals if proposal.key.rpartition(":")[0] == before), None)
    if not decision.quote:
        return None
    from rapidfuzz import fuzz

    quote = plain(decision.quote)
    same = [proposal for proposal in proposals if kind_of(proposal.key) == kind_of(about) and proposal.sentence]
    rated = [(fuzz.ratio(quote, plain(proposal.sentence)), proposal) for proposal in same]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= NEAR else None
