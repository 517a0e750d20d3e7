"""``fazhi serve``: the page for people who use no terminal."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.errors import FazhiError


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("results", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(1, 65535), help="端口；不写时用 8470，被占用时自动换一个。")
@click.option("--no-open", "quiet", is_flag=True, help="只显示地址，不打开浏览器。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
def serve(results: Path | None, port: int | None, quiet: bool, pack: str) -> int:
    """在本机打开一个检查网页：拖进文件或粘贴文字，边改边查；也可以打开审核台，复核一批报告。

    \b
    fazhi serve                 启动并打开浏览器；按 Ctrl-C 退出
    fazhi serve 审核结果/       打开审核台：逐项复核 fazhi audit 的结果
    fazhi serve --port 9000     换一个端口
    fazhi serve --pack 本县.yaml

    \b
    网页只在本机（127.0.0.1）能打开，不联网；报告只在内存里，不另存就不留下任何文件。
    结果可以另存为网页、带批注的 Word、缺项 Excel 和 JSON。

    \b
    不想用终端：在桌面新建快捷方式，目标写
      pythonw -m scorer serve
    以后双击即可；用完点网页右上角的“退出”。
    """
    for module in ("starlette", "uvicorn"):
        if importlib.util.find_spec(module) is None:
            raise FazhiError("检查网页需要的组件没有安装", remedy="请运行 pip install 'fazhi-scorer[web]' 后再试")
    from scorer.web import server
    from scorer.web.review import Review

    if pack != "national":
        # A pack of one's own may have mistakes: they are shown here, not in the middle of a check.
        from scorer.rulepack.store import load_pack

        load_pack(pack)
    review = Review(pack, results)
    try:
        listener = server.bind(port or server.PORT)
    except OSError as error:
        raise FazhiError(f"不能在本机打开端口（{error.strerror}）", remedy="请用 --port 换一个端口再试") from error
    actual = listener.getsockname()[1]
    if actual != (port or server.PORT):
        click.echo(f"端口 {port or server.PORT} 已被占用，改用 {actual}。", err=True)
    click.echo(f"检查网页已在本机打开：http://127.0.0.1:{actual}/")
    click.echo(f"审核台（地址里带有口令，不要给别人）：http://127.0.0.1:{actual}/review/enter?t={review.code}")
    click.echo("报告不离开这台电脑。用完按 Ctrl-C 退出。")
    server.run(listener, pack, show=not quiet, review=review)
    click.echo("已退出。")
    return 0
