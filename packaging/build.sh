#!/usr/bin/env bash
# Builds the folder that needs no Python on this system (Linux x64 or aarch64, macOS), tries it, and zips it into dist/.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyinstaller>=6.10,<7' '.[web]'
rm -rf build
"$work/venv/bin/pyinstaller" --noconfirm --distpath "$work/dist" --workpath "$work/work" packaging/fazhi.spec
cp packaging/使用说明.txt "$work/dist/fazhi/"
"$work/venv/bin/python" packaging/smoke.py "$work/dist/fazhi"
system=$(uname -s | tr '[:upper:]' '[:lower:]' | sed s/darwin/macos/)-$(uname -m | sed s/x86_64/x64/)
mkdir -p dist
(cd "$work/dist" && "$work/venv/bin/python" - "$OLDPWD/dist/fazhi-$system.tar.gz" <<'PY'
import sys, tarfile
with tarfile.open(sys.argv[1], "w:gz", compresslevel=9) as archive:
    archive.add("fazhi")
PY
)
ls -l "dist/fazhi-$system.tar.gz"
