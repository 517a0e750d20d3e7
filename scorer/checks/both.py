"""Two readers, one verdict on an outline item: the phrases of the pack and the classifier of sentences.

Where they agree the verdict is sure. Where they differ the one that is right more often in such a case has its way, both
passages are shown, and a person is asked to check. The bounds are logits; the confidences are the shares in which the verdict
agreed with the label in such cases, on labelled reports whose sentences the model had not learned (rules/EVALUATION.md).
"""

from __future__ import annotations

from scorer.checks.base import PAST_PART, Case, NearMiss, Outcome
from scorer.checks.coverage import NEIGHBOUR
from scorer.checks.reading import Reading, Said
from scorer.classify.labelled import ABOUT, ACT
from scorer.rulepack.model import Rule
from scorer.vocabulary import Certainty, Status

CLEAR = 1.0
"""An act is clearly told from here on: phrases that say the same are believed without a look."""
BEYOND_WORDS = 1.0
"""From here on a concrete sentence is an act although no phrase of the item stands anywhere."""
BEYOND_SLOGANS = 2.0
"""From here on a concrete sentence is an act although the phrases found the item only named."""
NO_ACT = 0.5
SPOKEN_OF = 2.5
"""An item that is spoken of so clearly, with no act above ``NO_ACT`` anywhere, may be only named whatever figures stand beside it."""
NOTHING = -1.5
ABSENT = 1.0
"""Below these two (act, mention) an item that no phrase found is not there."""
CLEARLY_SPOKEN_OF = 4.0
ONLY_NAMED = "提到了这一事项，但旁边写的具体做法是别的事项的。"
NAMED = 0.0
NOT_HERE = 0.0
OTHER_ITEM = 3.0
"""Below the first for the item and from the second on for another one, a sentence tells of that other item."""


def both(case: Case, rule: Rule, outcome: Outcome) -> Outcome:
    """The verdict of the phrases joined with what the second reader says; as it is where that one cannot speak."""
    reading = case.reading
    item = rule.id.removeprefix("task.")
    if reading is None or not reading.knows(item):
        return outcome
    act = reading.act(item)
    if outcome.status == Status.MET:
        named = _elsewhere(reading, rule, item, outcome)
        if named is not None:
            return _named(reading, item, act, named)
        return _told(reading, item, act, outcome)
    if outcome.status == Status.PARTIAL:
        return _named(reading, item, act, outcome)
    return _absent(reading, item, act, outcome) if outcome.status == Status.MISSING else outcome


def _elsewhere(reading: Reading, rule: Rule, item: str, outcome: Outcome) -> Outcome | None:
    """The verdict as named only, where what stands under a heading that names the item tells of another item: no passage has
    a word of the item, and the second reader hears another one there."""
    report = reading.report
    told = {s.span: s for e in outcome.evidence if (s := report.index.sentence_at(e.start)) is not None}
    if not told or any(report.hits.any(rule.set(name), *span) for span in told for name in ("terms", "proof")):
        return None
    if not _of_another(reading, item, outcome):
        return None
    places = [(s, span) for s, span in report.index.located(rule.set("terms")) if s.past]
    clauses = tuple(next((c for c in s.clauses if c.overlaps(span)), span) for s, span in places[:1])
    return Outcome(
        Status.PARTIAL,
        ONLY_NAMED,
        clauses or outcome.evidence,
        searched=PAST_PART,
        faults=tuple(NearMiss(span, "只在这里提到，接下来写的是别的事项") for span in clauses),
    )


def _of_another(reading: Reading, item: str, outcome: Outcome) -> bool:
    """Whether every sentence that a verdict rests on tells of another item, by the second reader."""
    index = reading.report.index
    told = {s.span for e in outcome.evidence if (s := index.sentence_at(e.start)) is not None}
    acts = [name for name in reading.model.names if name.startswith(ACT) and name != ACT + item]
    return bool(told) and all(
        reading.score(span, ACT + item) < NOT_HERE and max(reading.score(span, name) for name in acts) >= OTHER_ITEM for span in told
    )


def _told(reading: Reading, item: str, act: Said, outcome: Outcome) -> Outcome:
    if act.score >= CLEAR:
        return outcome._replace(confidence=0.999 if act.score >= 2 else 0.97)
    about = reading.about(item)
    phrases = NearMiss(outcome.evidence[0], "按词语看，这里写了具体做法或结果")
    if act.score <= NO_ACT and about.score >= SPOKEN_OF and about.sentence is not None:
        # The verdict stands unless the passage clearly tells of another item while this one is clearly spoken of elsewhere: of
        # published reports five of 116 acts would else have been taken away wrongly (long sentences tell of several items and
        # score low for each).
        veto = NearMiss(reading.carried(about.sentence, ABOUT + item), "按意思看，全文只是提到；旁边的数字和做法可能说的是别的事")
        if about.score >= CLEARLY_SPOKEN_OF and _of_another(reading, item, outcome):
            faults = (NearMiss(veto.span, "只在这里提到，没有写具体做法"),)
            outcome = Outcome(Status.PARTIAL, ONLY_NAMED, (veto.span,), searched=PAST_PART, faults=faults)
        return outcome._replace(certainty=Certainty.CHECK, confidence=0.6, readers=(phrases, veto))
    other = (
        (NearMiss(reading.carried(act.sentence, ACT + item), "按意思看，最像的是这一句，但把握不大"),) if act.sentence is not None else ()
    )
    return outcome._replace(certainty=Certainty.CHECK, confidence=0.85 if act.score >= NO_ACT else 0.6, readers=(phrases, *other))


def _named(reading: Reading, item: str, act: Said, outcome: Outcome) -> Outcome:
    # What the pack calls a neighbour (人民调解 alone) is told with figures too; that the item itself is told needs its own words.
    if act.score >= BEYOND_SLOGANS and NEIGHBOUR not in outcome.message and _concrete(reading, act):
        return _by_meaning(reading, item, act, outcome, "按词语看，只是提到", 0.65)
    about = reading.about(item)
    if act.score <= NO_ACT and about.score >= NAMED:
        return outcome._replace(confidence=0.98)
    best = act if act.score > NO_ACT else about
    if best.sentence is None:
        return outcome
    label = (ACT if best is act else ABOUT) + item
    says = "按意思看，这里像是写了做法" if best is act else "按意思看，提到的可能是别的事"
    other = NearMiss(reading.carried(best.sentence, label), says)
    return outcome._replace(
        certainty=Certainty.CHECK, confidence=0.85, readers=(NearMiss(outcome.evidence[0], "按词语看，只是提到"), other)
    )


def _absent(reading: Reading, item: str, act: Said, outcome: Outcome) -> Outcome:
    if act.score >= BEYOND_WORDS and _concrete(reading, act):
        return _by_meaning(reading, item, act, outcome, "", 0.9 if act.score >= 2.5 else 0.65)
    about = reading.about(item)
    if act.score <= NOTHING and about.score <= ABSENT:
        return outcome._replace(confidence=0.99)
    best = act if act.score > NOTHING else about
    if best.sentence is None:
        return outcome
    label = (ACT if best is act else ABOUT) + item
    other = NearMiss(reading.carried(best.sentence, label), "按意思看，这一句可能与此有关")
    return outcome._replace(certainty=Certainty.CHECK, confidence=0.85, readers=(other,))


def _by_meaning(reading: Reading, item: str, act: Said, outcome: Outcome, said: str, confidence: float) -> Outcome:
    """Met by what the second reader found; the phrases' view beside it."""
    assert act.sentence is not None
    passage = reading.carried(act.sentence, ACT + item)
    phrases = tuple(NearMiss(span, said) for span in outcome.evidence[:1])
    return Outcome(
        Status.MET,
        "写有具体做法或结果，只是没有用通行的说法，请核对。",
        (passage,),
        certainty=Certainty.CHECK,
        confidence=confidence,
        readers=(*phrases, NearMiss(passage, "按意思看，这里写了具体做法或结果")),
    )


def _concrete(reading: Reading, act: Said) -> bool:
    """Whether the sentence has a result or a completed act at all: what has neither is a slogan, however it sounds."""
    sentence = act.sentence
    return sentence is not None and bool(sentence.results or reading.report.index.acts_in(sentence))
