"""Click's messages of wrong use, in Chinese."""

from __future__ import annotations

import click


def chinese(error: click.UsageError) -> str:
    """One line that says what is wrong and what is possible."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是否想写 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用法不对，后面可能缺少它的值"
    if isinstance(error, click.MissingParameter):
        if isinstance(error.param, click.Option):
            return f"缺少选项 {error.param.opts[0]}"
        name = error.param.human_readable_name if error.param else ""
        return f"缺少参数 {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param and error.param.opts else ""
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"{name} 只能是 {'、'.join(map(str, kind.choices))}"
        if isinstance(kind, (click.IntRange, click.FloatRange)):
            return f"{name} 要写 {kind.min} 到 {kind.max} 之间的数字"
        return f"{name} 的值不对：{error.message}"
    message = error.format_message()
    if message.startswith("No such command"):
        return f"没有这个命令：{message.split(chr(39))[1] if chr(39) in message else message}"
    if message.startswith("Got unexpected extra"):
        return f"多出了参数{message.partition('(')[2].rstrip(').')}"
    return message
