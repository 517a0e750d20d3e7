#!/bin/sh
# 第一次运行：在本文件夹里装好（不联网）；以后直接打开检查页面。可以带命令，如 ./启动.sh score 报告.docx
cd "$(dirname "$0")" || exit 1
if [ ! -x 程序/bin/fazhi ]; then
  version=$(cat wheels/PYTHON)
  python=
  for name in "python$version" python3 python; do
    if [ "$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
      python=$name
      break
    fi
  done
  if [ -z "$python" ]; then
    echo "这台电脑没有 Python $version。请换用相应版本的压缩包，或者用不需要 Python 的版本（法治报告检查）。" >&2
    exit 2
  fi
  rm -rf 程序
  if ! { "$python" -m venv 程序 && 程序/bin/python -m pip install -q --no-index --find-links wheels 'fazhi-scorer[web]'; }; then
    rm -rf 程序
    echo "没有装成。请核对 wheels 文件夹是否完整（SHA256SUMS）、系统是否与压缩包名称里的一致。" >&2
    exit 2
  fi
fi
if [ $# -eq 0 ]; then
  exec 程序/bin/fazhi serve
fi
exec 程序/bin/fazhi "$@"
