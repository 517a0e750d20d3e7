"""``fazhi rules``: look at, check and test rule packs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scorer.cli.base import Group
from scorer.errors import FazhiError, PackError
from scorer.rulepack.model import Years

HELP = {"help_option_names": ["-h", "--help"]}


@click.group(cls=Group, context_settings=HELP)
def rules() -> None:
    """查看、校验和测试规则包。

    \b
    fazhi rules list                     列出规则包和规则
    fazhi rules show statutory.causes    一条规则的全文
    fazhi rules check 本县.yaml          校验（错误一次全部列出）
    fazhi rules test                     运行规则自带的测试
    fazhi rules new 本县.yaml            写一个可以照着改的规则包
    fazhi rules diff national 本县.yaml  两个规则包有什么不同
    fazhi rules try 本县.yaml 审核结果 --reports 报告文件夹
                                         用在已审过的报告上，会有什么变化
    fazhi rules schema > pack.json       给编辑器用的 JSON Schema
    """


@rules.command("list", context_settings=HELP)
@click.option("--pack", default="national", show_default=True, help="规则包的名称或 .yaml 文件。")
def list_rules(pack: str) -> int:
    """列出规则包和其中的规则。"""
    from scorer.rulepack.find import shipped
    from scorer.rulepack.store import load_pack
    from scorer.vocabulary import Level, Severity

    loaded = load_pack(pack)
    click.echo(f"规则包 {loaded.id}（{loaded.title}）{loaded.version}　自带的规则包：{'、'.join(shipped())}")
    for category in loaded.categories:
        click.echo(f"\n{category.title}（{category.weight:g}分）")
        for rule in (r for r in loaded.rules if r.category == category.id):
            years = f"　{_years(rule.years)}" if (rule.years.first, rule.years.last) != (0, 9999) else ""
            levels = "" if set(rule.levels) == set(Level) else "　限" + "、".join(Level(level).word for level in rule.levels)
            off = f"　停用：{rule.off}" if rule.off else ""
            click.echo(f"  {rule.id:<36} {Severity(rule.severity).word}　{rule.title}{years}{levels}{off}")
    return 0


def _years(years: Years) -> str:
    if years.last == 9999:
        return f"{years.first}年度起"
    return f"{years.last}年度及以前" if not years.first else f"{years.first}—{years.last}年度"


@rules.command(context_settings=HELP)
@click.argument("rule_id")
@click.option("--pack", default="national", show_default=True, help="规则包的名称或 .yaml 文件。")
def show(rule_id: str, pack: str) -> int:
    """显示一条规则：依据、为什么、怎么补、怎么判。"""
    from scorer.rulepack.schema import nearest
    from scorer.rulepack.store import load_pack
    from scorer.vocabulary import Severity

    loaded = load_pack(pack)
    found = [rule for rule in loaded.rules if rule.id == rule_id]
    if not found:
        raise FazhiError(f"没有规则“{rule_id}”{nearest(rule_id, list(loaded.ids()))}", remedy="可用 fazhi rules list 查看全部规则")
    for rule in found:
        click.echo(f"{rule.id}　{rule.title}　（{Severity(rule.severity).word}，权重{rule.weight:g}，规则包 {rule.pack}）")
        for basis in rule.basis:
            number = f"（{basis.number}）" if basis.number else ""
            click.echo(f"依据：《{basis.source}》{number}{basis.clause}")
        simple = {
            name: value
            for name, value in rule.params.items()
            if isinstance(value, (int, float, str, list)) and name not in ("near", "facets")
        }
        shown = "，".join(f"{name} {value}" for name, value in simple.items())
        click.echo(f"为什么：{rule.why}\n怎么补：{rule.fix}\n检查种类：{rule.check}{f'（{shown}）' if shown else ''}")
        for name in loaded.table.sets:
            if name.startswith(f"{rule.key}/") and (words := loaded.table.phrases(name)):
                click.echo(f"{name.partition('/')[2]}：{'、'.join(words)}")
        click.echo("")
    return 0


@rules.command(context_settings=HELP)
@click.argument("packs", nargs=-1)
def check(packs: tuple[str, ...]) -> int:
    """校验规则包；不写名称时校验全部自带的规则包。错误一次全部列出，每条有文件、行、列。"""
    from scorer.publication import load
    from scorer.rulepack.find import shipped
    from scorer.rulepack.merge import check_packs

    lists, own = _lists(packs)
    names = own or ([] if packs else list(shipped()))
    problems = [*check_packs(names), *(problem for path in lists for problem in load.problems_of(path))]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"共{len(problems)}处错误。", err=True)
        return 2
    click.echo(f"{len(names) + len(lists)}个规则包没有错误。")
    return 0


def _lists(names: tuple[str, ...]) -> tuple[list[Path], list[str]]:
    """Of the files named those that are lists for publication, and the other names; the shipped list when none is named."""
    from scorer.publication import load

    if not names:
        return [load.default_path()], []
    lists = [path for name in names if load.is_checklist(path := load.default_path() if name == load.KIND else Path(name))]
    return lists, [name for name in names if name != load.KIND and Path(name) not in lists]


@rules.command(context_settings=HELP)
@click.argument("packs", nargs=-1)
@click.option("--pack", "base", default=None, help="用哪个规则包来判（默认 national；测试自己的规则包时就用它自己）。")
@click.option("--rule", "only", default=None, help="只测试这条规则。")
def test(packs: tuple[str, ...], base: str | None, only: str | None) -> int:
    """运行规则自带的测试；不写名称时测试全部自带的规则包。"""
    from scorer.evaluation.packtests import run_list_tests, run_tests
    from scorer.rulepack.find import find_pack

    lists, own = _lists(packs)
    try:
        count, failures = (0, []) if lists and not own and packs else run_tests([find_pack(name) for name in own], base, only)
        for path in lists:
            ran, failed = run_list_tests(path, only)
            count, failures = count + ran, failures + failed
    except PackError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return 2
    for failure in failures:
        case = failure.case
        click.echo(f"{case.file}:{case.line}：{case.rule} 应为 {case.status}，得到 {failure.got}：{failure.message}", err=True)
    click.echo(
        f"规则测试{count}条：通过{count - len(failures)}条，失败{len(failures)}条。" if count else "没有测试：规则的 tests 里还没有写。"
    )
    return 1 if failures else 0


@rules.command(context_settings=HELP)
def schema() -> int:
    """输出规则包的 JSON Schema（加载时用的就是它），供编辑器提示和校验。"""
    from scorer.rulepack.schema import schema_text

    click.echo(schema_text(), nl=False)
    return 0


@rules.command(context_settings=HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", default="本地补充要求", show_default=True, help="规则包的名称。")
def new(file: Path, title: str) -> int:
    """写一个可以照着改的规则包：扩展国家要求，带一条规则、两处改动和它们的测试。已有的文件不覆盖。"""
    from scorer.files import save
    from scorer.rulepack.find import shipped
    from scorer.rulepack.scaffold import starter

    if file.stem in shipped():
        raise FazhiError("这是自带规则包的名称", where=str(file), remedy="请换一个文件名，如 本县.yaml")
    if file.exists():
        raise FazhiError("已有这个文件", where=str(file), remedy="请换一个文件名，或直接改这个文件")
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise FazhiError("规则包的文件名要以 .yaml 结尾", where=str(file), remedy=f"例如 fazhi rules new {file.stem or '本县'}.yaml")
    save(file, starter(file.stem, title).encode())
    click.echo(f"已写出 {file}。改好后运行：fazhi rules check {file}")
    return 0


@rules.command(context_settings=HELP)
@click.argument("first")
@click.argument("second")
def diff(first: str, second: str) -> int:
    """列出两个规则包的不同：规则、权重、等次、审核门槛、短语。退出状态：0 相同，1 有不同。"""
    from scorer.rulepack.difference import ADDED, REMOVED, differences
    from scorer.rulepack.store import load_pack

    found = differences(load_pack(first), load_pack(second))
    words = {ADDED: "新增", REMOVED: "去掉"}
    for difference in found:
        click.echo(f"{words.get(difference.kind, '改动')}　{difference.what}")
        for line in difference.lines:
            click.echo(f"    {line}")
    click.echo(f"共{len(found)}处不同。" if found else "两个规则包没有不同。")
    return 1 if found else 0


@rules.command("try", context_settings=HELP)
@click.argument("pack")
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--reports", type=click.Path(path_type=Path), required=True, help="那次审核的报告文件夹。")
@click.option("--all", "everything", is_flag=True, help="列出每个单位每一项的变化；不写时只列总数、各规则和变化最大的单位。")
def try_pack(pack: str, results: Path, reports: Path, everything: bool) -> int:
    """用一个规则包重查已审过的报告，看结论会有什么变化；什么也不改写。

    \b
    fazhi rules try 本县.yaml 审核-2024 --reports 2024年度报告

    RESULTS 是 fazhi audit 用 -o 写出的文件夹。审核以后改过的报告不比较；比的是程序的结论，人工的决定不算在内。
    """
    from scorer.audit.outputs.trial import lines
    from scorer.audit.trial import trial

    # Away from a terminal a bar is one bare word.
    with click.progressbar(length=1, label="重查", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        made = trial(pack, results, reports, told)
    for line in lines(made, everything=everything):
        click.echo(line)
    return 0
