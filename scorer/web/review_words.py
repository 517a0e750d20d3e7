"""What the pages of the review desk show of an item: its words, the choices with their reasons, and the passages. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from scorer.audit.decisions import KIND_WORDS, WORDS, Decision, Kind, status_word
from scorer.audit.model import GATE_WORDS, PROPOSED, RETURN
from scorer.audit.queue import Queued, Row
from scorer.outputs.templates import templates_folder
from scorer.vocabulary import Status
from scorer.web.review_text import ALSO, HERE, Place, places_of

MOST_REASONS = 9


class Choice(NamedTuple):
    """A status that can be chosen: its value, its word, the usual reasons for it."""

    status: str
    word: str
    reasons: tuple[str, ...]


@lru_cache(maxsize=1)
def _reasons() -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load((templates_folder() / "review.yaml").read_text("utf-8"))
    return data


def agreeing() -> str:
    """The reason that stands for agreeing with the program."""
    return str(_reasons()["agree"])


def choices(kind: str) -> tuple[Choice, ...]:
    """What can be chosen for a kind of item, in the order of their keys."""
    known = _reasons().get(kind, {})
    return tuple(Choice(status, word, tuple(map(str, known.get(status, ())))[:MOST_REASONS]) for word, status in WORDS[kind].items())


def gate_word(row: Row) -> str:
    """The gate's verdict on a unit in a word."""
    return GATE_WORDS.get(row.verdict, row.verdict)


def machine_word(item: Queued) -> str:
    """What the program says of an item, in a word."""
    return GATE_WORDS.get(item.machine, item.machine) if item.kind == Kind.VERDICT else status_word(item.kind, item.machine)


def agreed_status(item: Queued) -> str:
    """The status by which a person agrees with the program; empty where it has nothing to agree with. A return that it proposes
    becomes one."""
    status = RETURN if (item.kind, item.machine) == (Kind.VERDICT, PROPOSED) else item.machine
    return status if status in WORDS[item.kind].values() and status != Status.NEEDS_REVIEW else ""


def kind_word(kind: str) -> str:
    """The word for a kind of item."""
    return KIND_WORDS.get(kind, kind)


def said_word(decision: Decision, kind: str) -> str:
    """A decision in a line."""
    return f"{decision.by}：{status_word(kind, decision.status)}（{decision.date}）{decision.reason}"


class Shown(NamedTuple):
    """An item as its page shows it: what the program says and why, rows of (name, words), and the places in the text."""

    message: str
    rows: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    pairs: tuple[tuple[str, str], ...]


def shown(item: Queued, row: Row, result: Mapping[str, Any]) -> Shown:
    """An item with what the kept result of its report (empty where it is not there) says of it."""
    if item.kind == Kind.ELEMENT:
        return _element(item, result)
    if item.kind == Kind.CONTRADICTION:
        return _contradiction(item, result)
    if item.kind == Kind.LIKENESS:
        pairs = tuple((here, there) for here, there in json.loads(item.detail or "[]"))
        return Shown("下面每一对，左边是本单位的，右边是对方的。", (), tuple(Place(here, 0, HERE) for here, _ in pairs), pairs)
    if item.kind in (Kind.ARRANGEMENT, Kind.SHORTCOMING):
        rows = (("上年写的", item.title), ("今年的话", item.sentence or "没有找到"))
        return Shown("", rows, (Place(item.sentence, 0, HERE),) if item.sentence else (), ())
    return Shown("", (("没有过的门槛", row.grounds or "没有"),), (), ())


def _element(item: Queued, result: Mapping[str, Any]) -> Shown:
    rule = item.key.split(":", 1)[1]
    finding = next((one for one in result.get("findings", ()) if one["rule"] == rule), None)
    if finding is None:
        places = (Place(item.sentence, 0, HERE),) if item.sentence else ()
        return Shown("", (), places, ())
    basis = "；".join(f"《{one['source']}》{one.get('clause') or ''}" for one in finding.get("basis", ()))
    rows = [("依据", basis)] if basis else []
    facets = [f"{'有' if one['covered'] else '无'}　{one['title']}" for one in finding.get("facets", ())]
    rows += [("各个方面", "\n".join(facets))] if facets else []
    rows += (
        [("两种读法", "\n".join(f"{one['because']}：“{one['quote'][:120]}”" for one in finding["readers"]))]
        if finding.get("readers")
        else []
    )
    rows += (
        [("不算数的话", "\n".join(f"“{one['quote'][:80]}”{one['because']}" for one in finding["near"][:3]))] if finding.get("near") else []
    )
    # A person's decision stands in the message of the kept result; what the program said is asked for here.
    message = finding["message"] if "machine" not in finding else finding.get("why", "")
    return Shown(str(message), tuple(rows), tuple(places_of(finding)), ())


def _contradiction(item: Queued, result: Mapping[str, Any]) -> Shown:
    sentence = item.sentence.split("……")[0]
    found = [one for one in result.get("statements", ()) if one["verdict"] == "inconsistent" and one["quote"].startswith(sentence)]
    told = next(
        (one for one in found if str(one["printed"]) in item.title and str(one["computed"]) in item.title), found[0] if found else None
    )
    if told is None:
        return Shown("", (("原文", item.sentence),), (Place(item.sentence, 0, HERE),), ())
    rows = [("文中写", str(told["printed"])), ("算得", str(told["computed"])), ("算式", str(told["formula"] or ""))]
    places = [Place(told["quote"], int(told.get("paragraph") or 0), HERE)]
    if told.get("other"):
        rows.append(("另一处", str(told["other"]["quote"])[:160]))
        places.append(Place(told["other"]["quote"], int(told["other"].get("paragraph") or 0), ALSO))
    return Shown("", tuple((name, words) for name, words in rows if words), tuple(places), ())
