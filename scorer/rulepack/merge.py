"""Packs read after those they extend, checked, and merged into one as plain data.

All mistakes of all files are collected and raised together as ``PackError``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from scorer.document import fold
from scorer.errors import FazhiError, PackError, PackProblem
from scorer.rulepack import schema, yamlnodes
from scorer.rulepack.find import find_pack, rules_folder
from scorer.rulepack.model import PHRASE_PARAMETERS, Years
from scorer.rulepack.phrases import Table
from scorer.rulepack.references import References
from scorer.vocabulary import Level


def check_packs(names: list[str]) -> list[PackProblem]:
    """Every mistake of the named packs and of all that they extend; none when they are right."""
    problems: dict[str, PackProblem] = {}
    for name in names:
        try:
            resolve(find_pack(name))
        except PackError as error:
            for problem in error.problems:
                problems.setdefault(str(problem), problem)
    return list(problems.values())


def resolve(path: Path) -> dict[str, Any]:
    """The merged pack as plain data. Raises ``PackError``."""
    merger = Merger()
    merger.add(path, ())
    if merger.problems:
        files = list(dict.fromkeys(problem.file for problem in merger.problems))
        raise PackError(tuple(sorted(merger.problems, key=lambda p: (files.index(p.file), p.line, p.column))))
    return merger.result()


class Merger(References):
    """Collects packs in the order in which they build on each other."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = hashlib.sha256()
        self.seen: dict[Path, str | None] = {}
        self.sources: list[tuple[str, str]] = []
        self.models: dict[str, str] = {}

    def add(self, path: Path, chain: tuple[Path, ...]) -> str | None:
        """Read one pack after those it extends; its id, or None when it could not be read."""
        path = path.resolve()
        if path in self.seen:
            return self.seen[path]
        self.seen[path] = None
        file = str(path) if not path.is_relative_to(rules_folder().resolve()) else f"rules/{path.name}"
        try:
            with path.open("rb") as stream:
                raw = stream.read(yamlnodes.MAX_BYTES + 1)
        except OSError as error:
            self.problems.append(PackProblem(file, 1, 1, f"读不了：{error.strerror}"))
            self.broken = True
            return None
        parsed = yamlnodes.parse(raw, file)
        self.problems.extend(parsed.problems)
        if parsed.data is None:
            self.broken = True
            return None
        mistakes = schema.check(parsed, file)
        self.problems.extend(mistakes)
        data = parsed.data if isinstance(parsed.data, dict) else {}
        extends = data.get("extends")
        for number, name in enumerate(extends if isinstance(extends, list) else []):
            line, column = parsed.place(("extends", number))
            try:
                base = find_pack(str(name), path)
            except FazhiError as error:
                self.problems.append(PackProblem(file, line, column, f"extends：{error.what}"))
                self.broken = True
                continue
            if base.resolve() in (*chain, path):
                self.problems.append(PackProblem(file, line, column, f"extends：“{name}”又扩展了本规则包，成了循环"))
                continue
            self.add(base, (*chain, path))
        if mistakes or parsed.problems:
            self.check_loosely(file, parsed)
            self.broken = True
            return None
        pack_id = str(data["id"])
        if pack_id in self.files:
            line, column = parsed.place(("id",))
            self.problems.append(PackProblem(file, line, column, f"规则包编号“{pack_id}”已被 {self.files[pack_id][0]} 使用"))
            return None
        self.digest.update(raw)
        self.sources.append((str(path), hashlib.sha256(raw).hexdigest()))
        if "model" in data:
            self._add_model(path.parent / str(data["model"]), pack_id, file, parsed.place(("model",)))
        self.files[pack_id] = (file, parsed)
        self.order.append(pack_id)
        self.seen[path] = pack_id
        self.check_references(pack_id)
        return pack_id

    def _add_model(self, model: Path, pack_id: str, file: str, place: tuple[int, int]) -> None:
        """A pack's own classifier: a file beside it, part of what the pack is."""
        try:
            raw = model.read_bytes()
        except OSError as error:
            self.problems.append(PackProblem(file, *place, f"model：读不了分类模型“{model.name}”：{error.strerror}"))
            return
        self.digest.update(raw)
        self.sources.append((str(model), hashlib.sha256(raw).hexdigest()))
        self.models[pack_id] = str(model)

    def result(self) -> dict[str, Any]:
        """All packs as one: plain data without tests, ready to be compiled."""
        merged: dict[str, Any] = {
            "phrases": {},
            "rules": [],
            "categories": {},
            "grades": [],
            "cap": None,
            "notes": [],
            "topics": [],
            "instruments": [],
            "skeleton": [],
            "audit": {},
            "model": "",
            "classes": [],
        }
        sources: dict[str, Any] = {}
        phrases: dict[str, list[str]] = merged["phrases"]
        for pack_id in self.order:
            data = self.files[pack_id][1].data
            merged.update(id=data["id"], title=data["title"], version=data["version"])
            sources.update(data.get("sources", {}))
            for category in data.get("categories", []):
                merged["categories"][category["id"]] = category
            merged["grades"] = data.get("grades", merged["grades"])
            merged["cap"] = data.get("cap", merged["cap"])
            merged["notes"].extend(data.get("notes", []))
            for instrument in data.get("instruments", []):
                years = [Years.parse(span) for span in instrument["years"]]
                merged["instruments"].append([[fold(name) for name in instrument["names"]], [[y.first, y.last] for y in years]])
            merged["skeleton"] = data.get("skeleton", {"parts": merged["skeleton"]})["parts"]
            merged["audit"].update(data.get("audit", {}))
            merged["model"] = self.models.get(pack_id, merged["model"])
            own = [{**c, "names": [fold(name) for name in c["names"]]} for c in data.get("classes", [])]
            merged["classes"] = own + [c for c in merged["classes"] if c["id"] not in {o["id"] for o in own}]
            for section in ("roles", "lexicon", "not-report"):
                for name, added in data.get(section, {}).items():
                    phrases.setdefault(f"{section}.{name}", []).extend(added)
            for name, added in data.get("topics", {}).items():
                if name not in merged["topics"]:
                    merged["topics"].append(name)
                phrases.setdefault(f"topic.{name}", []).extend(added)
            for rule in data.get("rules", []):
                merged["rules"].append(self._flat(pack_id, rule, merged["rules"], sources, phrases))
            for change in data.get("changes", []):
                for rule in _narrowed(merged["rules"], change):
                    rule.update({k: change[k] for k in ("weight", "severity", "off", "needs") if k in change})
                    if "unasked" in change:
                        rule["params"] = {**rule["params"], "unasked": change["unasked"]}
                    for name, added in change.get("phrases", {}).items():
                        phrases.setdefault(f"{rule['key']}/{name}", []).extend(added)
        merged["sha256"] = self.digest.hexdigest()
        merged["files"] = self.sources
        merged["categories"] = list(merged["categories"].values())
        merged["table"] = Table.of(merged.pop("phrases"))
        return merged

    def _flat(
        self, pack_id: str, rule: dict[str, Any], before: list[dict[str, Any]], sources: dict[str, Any], phrases: dict[str, list[str]]
    ) -> dict[str, Any]:
        key = f"{pack_id}:{rule['id']}"
        years, levels = self.scope(pack_id, rule)
        own = rule.get("with", {})
        model: dict[str, Any] = {}
        if "like" in rule:
            model = next(r for r in before if r["key"] == f"{rule['like']}:{rule['id']}")
            for name in PHRASE_PARAMETERS["coverage"]:
                phrases[f"{key}/{name}"] = list(phrases.get(f"{model['key']}/{name}", []))
        check: str = rule.get("check") or model["check"]
        params = {**model.get("params", {}), **own}
        for name in PHRASE_PARAMETERS.get(check, ()):
            phrases.setdefault(f"{key}/{name}", []).extend(own.get(name, []))
            params.pop(name, None)
        for index, near in enumerate(params.get("near", [])):
            phrases[f"{key}/near.{index}"] = [near["phrase"]]
        for facet in params.get("facets", []):
            phrases[f"{key}/facet.{facet['id']}"] = facet["terms"]
        return {
            "key": key,
            "check": check,
            "params": params,
            "pack": pack_id,
            "years": [years.first, years.last],
            "levels": [level.value for level in Level if level in levels],
            "basis": [[sources[b["source"]]["title"], sources[b["source"]].get("number", ""), b.get("clause", "")] for b in rule["basis"]],
            "off": "",
            "classes": rule.get("classes", []),
            "needs": rule.get("needs", ""),
            "gap": rule.get("gap", ""),
            "fixes": rule.get("fix-by-level", {}),
            **{name: rule[name] for name in ("id", "title", "category", "severity", "weight", "why", "fix")},
        }


def _narrowed(rules: list[dict[str, Any]], change: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules that a change is about. Where it speaks for some levels or classes only, they are parted from the others:
    a copy for those that are changed is put beside the rule for the rest."""
    found = [rule for rule in rules if rule["id"] == change["rule"]]
    classes, levels = change.get("classes", []), change.get("levels")
    if not classes and not levels:
        return found
    narrowed = []
    for rule in found:
        own = [level for level in rule["levels"] if levels is None or level in levels]
        if classes and rule["classes"]:
            narrowed += [rule] if own and set(classes) & set(rule["classes"]) else []
            continue
        if not own:
            continue
        changed = {**rule, "levels": own, "classes": classes or rule["classes"]}
        narrowed.append(changed)
        at = next(i for i, other in enumerate(rules) if other is rule)
        if not classes:
            rule["levels"] = [level for level in rule["levels"] if level not in own]
        rules[at : at + 1] = [changed, rule] if rule["levels"] else [changed]
    return narrowed
