"""YAML files -> one checked, merged ``Pack``.

All mistakes of all files are collected and raised together as ``PackError``. What was checked and merged is kept as
JSON in the user's cache folder under the hash of the files' bytes, so that a command that starts cold does not pay
for YAML and schema again; a cache that cannot be written or read is silently done without.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorer.document import fold
from scorer.errors import FazhiError, PackError, PackProblem
from scorer.rulepack import yamlnodes
from scorer.rulepack.model import Basis, Category, Grade, Instrument, Note, Pack, Part, Rule, Skeleton, Years
from scorer.rulepack.phrases import PhraseError, Table, expand
from scorer.version import VERSION
from scorer.vocabulary import Level

DEFAULT_PACK = "national"
PHRASE_PARAMETERS = {"coverage": ("terms", "proof", "weak", "exclude"), "title": ("subject", "older-subject", "genre")}


def rules_folder() -> Path:
    """Where the shipped packs lie: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "rules"


def shipped_model() -> Path:
    """The classifier that ships with the packs."""
    return rules_folder() / "reader.model"


def shipped() -> tuple[str, ...]:
    """The names of the shipped packs."""
    return tuple(sorted(path.stem for path in rules_folder().glob("*.yaml")))


@lru_cache(maxsize=8)
def load_pack(name: str = DEFAULT_PACK) -> Pack:
    """The pack of that name (shipped) or path (a .yaml file), checked, merged with what it extends, and compiled.

    Raises ``PackError`` with every mistake found, ``FazhiError`` when there is no such pack.
    """
    path = find_pack(name)
    cached = _cache_file(path)
    resolved = _cache_read(cached)
    if resolved is not None:
        try:
            return _compile(resolved)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass  # not of our making: done anew
    resolved = resolve(path)
    _cache_write(cached, resolved)
    return _compile(resolved)


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
    merger = _Merger()
    merger.add(path, ())
    if merger.problems:
        files = list(dict.fromkeys(problem.file for problem in merger.problems))
        raise PackError(tuple(sorted(merger.problems, key=lambda p: (files.index(p.file), p.line, p.column))))
    return merger.result()


def find_pack(name: str, beside: Path | None = None) -> Path:
    """The file of a pack given by shipped name or by path (relative to ``beside``). Raises ``FazhiError``."""
    from scorer.rulepack.schema import nearest

    if name.endswith((".yaml", ".yml")) or os.sep in name or _is_file(Path(name)):
        path = (beside.parent / name) if beside else Path(name)
        if _is_file(path):
            return path
        raise FazhiError("找不到这个规则包文件", where=name, remedy="请检查路径是否写对")
    for folder in ([beside.parent] if beside else []) + [rules_folder()]:
        path = folder / f"{name}.yaml"
        if _is_file(path):
            return path
    raise FazhiError(
        f"没有名为“{name}”的规则包{nearest(name, list(shipped()))}", remedy="可用 fazhi rules list 查看，或给出 .yaml 文件的路径"
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name no file can have
        return False


class _Merger:
    """Collects packs in the order in which they build on each other."""

    def __init__(self) -> None:
        self.problems: list[PackProblem] = []
        self.files: dict[str, tuple[str, yamlnodes.Parsed]] = {}  # pack id -> file name, content
        self.order: list[str] = []
        self.digest = hashlib.sha256()
        self.seen: dict[Path, str | None] = {}
        self.sources: list[tuple[str, str]] = []
        self.broken = False  # a pack could not be taken in: names it would have given are not held against others

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
        from scorer.rulepack import schema

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
            self._check_loosely(file, parsed)
            self.broken = True
            return None
        pack_id = str(data["id"])
        if pack_id in self.files:
            line, column = parsed.place(("id",))
            self.problems.append(PackProblem(file, line, column, f"规则包编号“{pack_id}”已被 {self.files[pack_id][0]} 使用"))
            return None
        self.digest.update(raw)
        self.sources.append((str(path), hashlib.sha256(raw).hexdigest()))
        self.files[pack_id] = (file, parsed)
        self.order.append(pack_id)
        self.seen[path] = pack_id
        self._check_references(pack_id)
        return pack_id

    def _check_loosely(self, file: str, parsed: yamlnodes.Parsed) -> None:
        """Bad phrases and unknown sources of a pack that cannot be taken in for other mistakes."""
        from scorer.rulepack import schema

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
                self.problems.append(PackProblem(file, *place, f"没有规则“{name}”{schema.nearest(name, sorted(ids))}"))

        def walk(value: Any, path: yamlnodes.Path) -> None:
            if isinstance(value, dict):
                for key, inner in value.items():
                    if key not in ("tests", "extends", "basis", "levels", "dates", "met-from", "partial-from", "sources", "instruments"):
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

    def _check_references(self, pack_id: str) -> None:
        """What the schema cannot say: names that must exist, phrases that must be understood, ids that are unique."""
        from scorer.rulepack.schema import nearest

        data = self.files[pack_id][1].data
        sources = {name for other in self.order for name in self.files[other][1].data.get("sources", {})}
        categories = {c["id"] for other in self.order for c in self.files[other][1].data.get("categories", [])}
        known: dict[str, list[tuple[str, Years, set[str]]]] = {}
        for other in self.order[:-1]:
            for rule in self.files[other][1].data.get("rules", []):
                known.setdefault(rule["id"], []).append((other, *self._scope(other, rule)))
        for number, rule in enumerate(data.get("rules", [])):
            at: yamlnodes.Path = ("rules", number)
            years, levels = self._scope(pack_id, rule)
            for other, other_years, other_levels in known.get(rule["id"], []):
                overlap = years.first <= other_years.last and other_years.first <= years.last
                if overlap and levels & other_levels:
                    where = self.files[other][0]
                    self._problem(pack_id, (*at, "id"), f"规则“{rule['id']}”与 {where} 中的同编号规则适用年度重叠；要改它请用 changes")
            known.setdefault(rule["id"], []).append((pack_id, years, levels))
            if years.first > years.last:
                self._problem(pack_id, (*at, "years"), f"年度“{years.first}-{years.last}”前后颠倒，任何报告都不适用")
            for index, basis in enumerate(rule["basis"]):
                if basis["source"] not in sources and not self.broken:
                    self._problem(
                        pack_id,
                        (*at, "basis", index, "source"),
                        f"sources 中没有“{basis['source']}”{nearest(basis['source'], sorted(sources))}",
                    )
            if categories and not self.broken and rule["category"] not in categories:
                self._problem(pack_id, (*at, "category"), f"没有类别“{rule['category']}”{nearest(rule['category'], sorted(categories))}")
            if "like" in rule and not self.broken and not any(other == rule["like"] for other, _, _ in known.get(rule["id"], [])):
                self._problem(
                    pack_id, (*at, "like"), f"规则包“{rule['like']}”中没有规则“{rule['id']}”{nearest(rule['like'], self.order[:-1])}"
                )
            self._check_phrases(pack_id, rule, at)
        grades = [g["name"] for other in self.order for g in self.files[other][1].data.get("grades", [])]
        if "cap" in data and data["cap"]["grade"] not in grades and not self.broken:
            self._problem(pack_id, ("cap", "grade"), f"没有等次“{data['cap']['grade']}”{nearest(data['cap']['grade'], grades)}")
        for section in ("roles", "lexicon", "topics", "not-report"):
            for name, phrases in data.get(section, {}).items():
                self._check_list(pack_id, phrases, (section, name))
        for number, change in enumerate(data.get("changes", [])):
            if change["rule"] not in known and not self.broken:
                self._problem(pack_id, ("changes", number, "rule"), f"没有规则“{change['rule']}”{nearest(change['rule'], sorted(known))}")
            checks = {
                r.get("check", "coverage") for o in self.order for r in self.files[o][1].data.get("rules", []) if r["id"] == change["rule"]
            }
            usable = sorted({p for check in checks for p in PHRASE_PARAMETERS.get(check, ())})
            for name, phrases in change.get("phrases", {}).items():
                if name not in usable and not self.broken:
                    hint = nearest(name, usable) or "，这种检查没有可增补的短语"
                    self._problem(pack_id, ("changes", number, "phrases", name), f"规则“{change['rule']}”没有短语表“{name}”{hint}")
                self._check_list(pack_id, phrases, ("changes", number, "phrases", name))

        self._check_parts(pack_id, data.get("skeleton", {}).get("parts", []), ("skeleton", "parts"), set(known))

    def _check_parts(self, pack_id: str, parts: list[dict[str, Any]], at: yamlnodes.Path, known: set[str]) -> None:
        """That the rules a skeleton places are there; nothing is known of them where no pack with rules came before."""
        from scorer.rulepack.schema import nearest

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
            try:
                expand(phrase)
            except PhraseError as error:
                self._problem(pack_id, at if single else (*at, index), str(error))

    def _scope(self, pack_id: str, rule: dict[str, Any]) -> tuple[Years, set[str]]:
        applies = self.files[pack_id][1].data.get("applies", {})
        years = Years.parse(rule.get("years", applies.get("years")))
        return years, set(rule.get("levels", applies.get("levels", tuple(Level))))

    def result(self) -> dict[str, Any]:
        """All packs as one: plain data without tests, ready for the cache."""
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
                for rule in merged["rules"]:
                    if rule["id"] == change["rule"]:
                        rule.update({k: change[k] for k in ("weight", "severity", "off") if k in change})
                        for name, added in change.get("phrases", {}).items():
                            phrases.setdefault(f"{rule['key']}/{name}", []).extend(added)
        merged["sha256"] = self.digest.hexdigest()
        merged["files"] = self.sources
        merged["categories"] = list(merged["categories"].values())
        merged["table"] = Table.of(merged.pop("phrases"))._asdict()
        return merged

    def _flat(
        self, pack_id: str, rule: dict[str, Any], before: list[dict[str, Any]], sources: dict[str, Any], phrases: dict[str, list[str]]
    ) -> dict[str, Any]:
        key = f"{pack_id}:{rule['id']}"
        years, levels = self._scope(pack_id, rule)
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
            "levels": sorted(levels, key=tuple(Level).index),
            "basis": [[sources[b["source"]]["title"], sources[b["source"]].get("number", ""), b.get("clause", "")] for b in rule["basis"]],
            "off": "",
            **{name: rule[name] for name in ("id", "title", "category", "severity", "weight", "why", "fix")},
        }


def _compile(data: dict[str, Any]) -> Pack:
    rules = tuple(
        Rule(
            **{
                **rule,
                "years": Years(*rule["years"]),
                "levels": tuple(rule["levels"]),
                "basis": tuple(Basis(*b) for b in rule["basis"]),
                "why": rule["why"].strip(),
                "fix": rule["fix"].strip(),
            }
        )
        for rule in data["rules"]
    )
    return Pack(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        sha256=data["sha256"],
        rules=rules,
        categories=tuple(Category(c["id"], c["title"], c["weight"]) for c in data["categories"]),
        grades=tuple(sorted((Grade(g["name"], g["from"]) for g in data["grades"]), key=lambda g: -g.floor)),
        cap=(data["cap"]["grade"], data["cap"]["why"]) if data["cap"] else None,
        notes=tuple(Note(Years.parse(n["years"]), n["text"]) for n in data["notes"]),
        table=Table(**data["table"]),
        topics=tuple(data["topics"]),
        instruments=tuple(Instrument(tuple(names), tuple((first, last) for first, last in years)) for names, years in data["instruments"]),
        skeleton=Skeleton(tuple(_part(part) for part in data["skeleton"])),
        audit=data["audit"],
    )


def _part(data: dict[str, Any]) -> Part:
    text = data.get("text", "")
    return Part(
        id=data["id"],
        heading=data.get("heading", ""),
        text=text if isinstance(text, dict) else {"default": text},
        hints=tuple(data.get("hints", ())),
        rules=tuple(data.get("rules", ())),
        levels=tuple(data.get("levels", tuple(Level))),
        previous=data.get("previous", ""),
        rest=data.get("rest", False),
        parts=tuple(_part(part) for part in data.get("parts", ())),
    )


def cache_folder() -> Path:
    """The user's cache folder of this program; it may not exist. Raises ``RuntimeError`` without a home folder."""
    # Six lines instead of platformdirs: they run at every cold start, where importing it costs more than they do.
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", "") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    return base / "fazhi"


def _cache_file(path: Path) -> Path | None:
    """Where the merged pack is kept; the name changes with the pack's path and with this program's own code."""
    digest = hashlib.sha256(f"{VERSION} {path.resolve()}".encode("utf-8", "surrogateescape"))
    for name in ("pack.schema.json", "loader.py", "phrases.py"):
        digest.update((Path(__file__).parent / name).read_bytes())
    try:
        return cache_folder() / f"{digest.hexdigest()[:32]}.json"
    except RuntimeError:  # no home folder
        return None


def _cache_read(file: Path | None) -> dict[str, Any] | None:
    """What was kept, if every file it was made from is unchanged."""
    try:
        loaded = json.loads(file.read_text("utf-8")) if file else None
        if isinstance(loaded, dict) and all(_digest(Path(name)) == digest for name, digest in loaded["files"]):
            return loaded
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.sha256(stream.read(yamlnodes.MAX_BYTES + 1)).hexdigest()


def _cache_write(file: Path | None, data: dict[str, Any]) -> None:
    try:
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(file.parent.glob("*.json"), key=lambda other: other.stat().st_mtime)[:-7]:
            old.unlink()
        temporary = file.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        temporary.replace(file)
    except (OSError, ValueError):
        return
