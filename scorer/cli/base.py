"""Commands and groups whose help speaks Chinese throughout."""

from __future__ import annotations

from collections.abc import Sequence

import click


class _Chinese(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…")
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options."""
        rows: Sequence[tuple[str, str]] = [
            row for row in (param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)) if row
        ]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl([(first, _words(words)) for first, words in rows])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``-h`` and ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option


def _words(help: str) -> str:
    for english, chinese in (("[default: ", "[不写时为 "), ("[required]", "[必写]"), ("; required]", "，必写]")):
        help = help.replace(english, chinese)
    return help


class Command(_Chinese):
    """A command."""


class Group(_Chinese, click.Group):
    """A group of commands."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands."""
        rows = [(name, command.get_short_help_str(80)) for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        with formatter.section("命令"):
            formatter.write_dl(rows)
