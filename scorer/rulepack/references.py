"""What the schema of a pack cannot say: names that must exist, phrases that must be understood, ids that are unique."""

from __future__ import annotations

import math
from typing import Any

from scorer.errors import PackProblem
from scorer.rulepack import yamlnodes
from scorer.rulepack.model import PHRASE_PARAMETERS, Years
from scorer.rulepack.phrases import PhraseError, expand
from scorer.rulepack.schema import nearest
from scorer.vocabulary import Level

NO_PHRASES = frozenset(
    ("tests", "extends", "basis", "levels", "dates", "met-from", "partial-from", "sources", "instruments", "classes", "audit", "skeleton")
)
COMMA = "，"
TOTAL = 100
_Known = dict[str, list[tuple[str, Years, set[str]]]]
"""For each rule id the packs that have it, each with years and levels."""


class References:
    """The packs taken in so far, in the order in which they build on each other, and the mistakes found in them."""

    def __init__(self) -> None:
        self.problems: list[PackProblem] = []
        self.files: dict[str, tuple[str, yamlnodes.Parsed]] = {}  # pack id -> file name, content
        self.order: list[str] = []
        self.broken = False  # a pack could not be taken in: names it would have given are not held against others

    def check_loosely(self, file: str, parsed: yamlnodes.Parsed) -> None:
        """Bad phrases and unknown sources of a pack that cannot be taken in for other mistakes."""
        data = parsed.data if isinstance(parsed.data, dict) else {}
        own = data.get("sources")
        known = {*(own if isinstance(own, dict) else ()), *(name for o in self.order for name in self.files[o][1].data.get("sources", {}))}
        rules = data.get("rules")
        for number, rule in enumerate(rules if isinstance(rules, list) and not self.broken else ()):
            basis = rule.get("basis") if isinstance(rule, dict) else None
            for index, entry in enumerate(basis if isinstance(basis, list) else ()):
                source = entry.get("source") if isinstance(entry, dict) else None
                if isinstance(source, str) and source not in known:
                    place = parsed.place(("rules", number, "basis", index, "source"))
                    self.problems.append(PackProblem(file, *place, f"sources 中没有“{source}”"))

        ids = {r["id"] for o in self.order for r in self.files[o][1].data.get("rules", [])}
        changes = data.get("changes")
        for number, change in enumerate(changes if isinstance(changes, list) and not self.broken else ()):
            name = change.get("rule") if isinstance(change, dict) else None
            if isinstance(name, str) and name not in ids:
                place = parsed.place(("changes", number, "rule"))
                self.problems.append(PackProblem(file, *place, f"没有规则“{name}”{nearest(name, sorted(ids))}"))

        def walk(value: Any, path: yamlnodes.Path) -> None:
            if isinstance(value, dict):
                for key, inner in value.items():
                    if key not in NO_PHRASES:
                        walk(inner, (*path, key))
            elif isinstance(value, list):
                for index, inner in enumerate(value):
                    if isinstance(inner, str):
                        try:
                            expand(inner)
                        except PhraseError as error:
                            self.problems.append(PackProblem(file, *parsed.place((*path, index)), str(error)))
                    else:
                        walk(inner, (*path, index))

        walk(parsed.data, ())

    def _problem(self, pack_id: str, path: yamlnodes.Path, message: str) -> None:
        file, parsed = self.files[pack_id]
        line, column = parsed.place(path)
        self.problems.append(PackProblem(file, line, column, message))

    def check_references(self, pack_id: str) -> None:
        """What the schema cannot say: names that must exist, phrases that must be understood, ids that are unique."""
        data = self.files[pack_id][1].data
        known: _Known = {}
        for other in self.order[:-1]:
            for rule in self.files[other][1].data.get("rules", []):
                known.setdefault(rule["id"], []).append((other, *self.scope(other, rule)))
        for number, rule in enumerate(data.get("rules", [])):
            self._check_rule(pack_id, rule, ("rules", number), known)
        grades = [g["name"] for other in self.order for g in self.files[other][1].data.get("grades", [])]
        if "cap" in data and data["cap"]["grade"] not in grades and not self.broken:
            self._problem(pack_id, ("cap", "grade"), f"没有等次“{data['cap']['grade']}”{nearest(data['cap']['grade'], grades)}")
        for section in ("roles", "lexicon", "topics", "not-report"):
            for name, phrases in data.get(section, {}).items():
                self._check_list(pack_id, phrases, (section, name))
        for number, change in enumerate(data.get("changes", [])):
            self._check_change(pack_id, change, ("changes", number), known)
        self._check_classes(pack_id)
        self._check_weights(pack_id)
        self._check_parts(pack_id, data.get("skeleton", {}).get("parts", []), ("skeleton", "parts"), set(known))

    def _check_rule(self, pack_id: str, rule: dict[str, Any], at: yamlnodes.Path, known: _Known) -> None:
        """One rule against those before it, which it joins."""
        sources = {name for other in self.order for name in self.files[other][1].data.get("sources", {})}
        categories = {c["id"] for other in self.order for c in self.files[other][1].data.get("categories", [])}
        years, levels = self.scope(pack_id, rule)
        for other, other_years, other_levels in known.get(rule["id"], []):
            overlap = years.first <= other_years.last and other_years.first <= years.last
            if overlap and levels & other_levels and not rule.get("classes"):
                where = self.files[other][0]
                self._problem(pack_id, (*at, "id"), f"规则“{rule['id']}”与 {where} 中的同编号规则适用年度重叠；要改它请用 changes")
        known.setdefault(rule["id"], []).append((pack_id, years, levels))
        if years.first > years.last:
            self._problem(pack_id, (*at, "years"), f"年度“{years.first}-{years.last}”前后颠倒，任何报告都不适用")
        for index, basis in enumerate(rule["basis"]):
            if basis["source"] not in sources and not self.broken:
                message = f"sources 中没有“{basis['source']}”{nearest(basis['source'], sorted(sources))}"
                self._problem(pack_id, (*at, "basis", index, "source"), message)
        if categories and not self.broken and rule["category"] not in categories:
            self._problem(pack_id, (*at, "category"), f"没有类别“{rule['category']}”{nearest(rule['category'], sorted(categories))}")
        if "like" in rule and not self.broken and not any(other == rule["like"] for other, _, _ in known.get(rule["id"], [])):
            message = f"规则包“{rule['like']}”中没有规则“{rule['id']}”{nearest(rule['like'], self.order[:-1])}"
            self._problem(pack_id, (*at, "like"), message)
        self._check_phrases(pack_id, rule, at)

    def _check_change(self, pack_id: str, change: dict[str, Any], at: yamlnodes.Path, known: _Known) -> None:
        """That the rule which is changed is there, and has the lists that are widened."""
        if change["rule"] not in known and not self.broken:
            self._problem(pack_id, (*at, "rule"), f"没有规则“{change['rule']}”{nearest(change['rule'], sorted(known))}")
        checks = {
            r.get("check", "coverage") for o in self.order for r in self.files[o][1].data.get("rules", []) if r["id"] == change["rule"]
        }
        usable = sorted({p for check in checks for p in PHRASE_PARAMETERS.get(check, ())})
        for name, phrases in change.get("phrases", {}).items():
            if name not in usable and not self.broken:
                hint = nearest(name, usable) or "，这种检查没有可增补的短语"
                self._problem(pack_id, (*at, "phrases", name), f"规则“{change['rule']}”没有短语表“{name}”{hint}")
            self._check_list(pack_id, phrases, (*at, "phrases", name))
        if change.get("phrases") and (change.get("levels") or change.get("classes")):
            self._problem(pack_id, (*at, "phrases"), "增补短语对各级各类单位都起作用，不能与 levels、classes 写在一处；请另写一条 changes")

    def _check_classes(self, pack_id: str) -> None:
        """That the classes of units which rules, changes and conditions speak of are there."""
        data = self.files[pack_id][1].data
        classes = {c["id"] for other in self.order for c in self.files[other][1].data.get("classes", [])}
        places: list[tuple[yamlnodes.Path, dict[str, Any]]] = [(("rules", n), rule) for n, rule in enumerate(data.get("rules", []))]
        places += [(("changes", n), change) for n, change in enumerate(data.get("changes", []))]
        conditions = data.get("audit", {}).get("gate", {}).get("conditions", [])
        places += [(("audit", "gate", "conditions", n), condition) for n, condition in enumerate(conditions)]
        for at, entry in places:
            for index, name in enumerate(entry.get("classes", [])):
                if name not in classes and not self.broken:
                    message = f"classes 中没有单位类别“{name}”{nearest(name, sorted(classes))}"
                    self._problem(pack_id, (*at, "classes", index), message)

    def _check_weights(self, pack_id: str) -> None:
        """That the weights of all categories are the 100 points together, as soon as a pack has changed them."""
        weights: dict[str, float] = {}
        for other in self.order:
            weights.update({c["id"]: c["weight"] for c in self.files[other][1].data.get("categories", [])})
        total = sum(weights.values())
        if self.files[pack_id][1].data.get("categories") and not math.isclose(total, TOTAL, abs_tol=0.001):
            parts = "、".join(f"{name} {weight:g}" for name, weight in weights.items())
            self._problem(pack_id, ("categories",), f"各类别的权重合计{total:g}，应为{TOTAL}（{parts}）；增加类别时请相应调低别的类别")

    def _check_parts(self, pack_id: str, parts: list[dict[str, Any]], at: yamlnodes.Path, known: set[str]) -> None:
        """That the rules a skeleton places are there; nothing is known of them where no pack with rules came before."""
        for number, part in enumerate(parts):
            for index, name in enumerate(part.get("rules", [])):
                there = any(rule.startswith(name[:-1]) for rule in known) if name.endswith(".*") else name in known
                if known and not there and not self.broken:
                    message = f"没有规则“{name}”{nearest(name, sorted(known))}"
                    self._problem(pack_id, (*at, number, "rules", index), message)
            self._check_parts(pack_id, part.get("parts", []), (*at, number, "parts"), known)

    def _check_phrases(self, pack_id: str, rule: dict[str, Any], at: yamlnodes.Path) -> None:
        params = rule.get("with", {})
        for name in PHRASE_PARAMETERS.get(rule.get("check", "coverage"), ()):
            self._check_list(pack_id, params.get(name, []), (*at, "with", name))
        for index, near in enumerate(params.get("near", [])):
            self._check_list(pack_id, [near["phrase"]], (*at, "with", "near", index, "phrase"), single=True)
        for index, facet in enumerate(params.get("facets", [])):
            self._check_list(pack_id, facet["terms"], (*at, "with", "facets", index, "terms"))

    def _check_list(self, pack_id: str, phrases: list[str], at: yamlnodes.Path, *, single: bool = False) -> None:
        for index, phrase in enumerate(phrases):
            if COMMA in phrase and at[0] in ("rules", "changes", "topics"):
                message = f"“{phrase}”里有中文逗号：列表的各条之间用英文逗号“,”，或者每条另起一行"
                self._problem(pack_id, at if single else (*at, index), message)
                continue
            try:
                expand(phrase)
            except PhraseError as error:
                self._problem(pack_id, at if single else (*at, index), str(error))

    def scope(self, pack_id: str, rule: dict[str, Any]) -> tuple[Years, set[str]]:
        """The years and levels of a rule: its own, or else those of its pack."""
        applies = self.files[pack_id][1].data.get("applies", {})
        years = Years.parse(rule.get("years", applies.get("years")))
        return years, set(rule.get("levels", applies.get("levels", tuple(Level))))
