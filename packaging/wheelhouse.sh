#!/usr/bin/env bash
# Builds a folder of wheels with start scripts, for computers that have Python but no network, tries it, and packs it into dist/.
#   packaging/wheelhouse.sh                            for this system and its python3
#   packaging/wheelhouse.sh win_amd64 3.11             for another one (not tried here): platform tag of pip, version of Python
#   packaging/wheelhouse.sh manylinux2014_aarch64 3.11
set -euo pipefail
cd "$(dirname "$0")/.."
platform=${1:-}
version=${2:-$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
pip="$work/venv/bin/pip -q --disable-pip-version-check"
# jieba comes as source only: its wheel, made here, fits every system, like our own.
$pip wheel --no-deps -w "$work/own" . "$(grep '^jieba==' .ci/constraints.txt)"
house="$work/fazhi-wheelhouse"
mkdir -p "$house/wheels"
if [ -z "$platform" ]; then
  $pip wheel -w "$house/wheels" -c .ci/constraints.txt --find-links "$work/own" "$(echo "$work"/own/fazhi_scorer-*.whl)[web]"
  name=$(uname -s | tr '[:upper:]' '[:lower:]' | sed s/darwin/macos/)-$(uname -m | sed s/x86_64/x64/)
else
  tags="--platform $platform"
  # Wheels for newer C libraries are named by number; pip takes only the tags that it is told.
  case $platform in manylinux*_*) arch=${platform#manylinux*_}; tags="$tags --platform manylinux_2_17_$arch --platform manylinux_2_28_$arch" ;; esac
  # pip asks this system, not that one, what is needed there: click needs colorama on Windows.
  case $platform in win*) more=colorama ;; *) more= ;; esac
  # shellcheck disable=SC2086
  $pip download -d "$house/wheels" -c .ci/constraints.txt --find-links "$work/own" --only-binary=:all: \
    $tags --python-version "$version" --implementation cp "$(echo "$work"/own/fazhi_scorer-*.whl)[web]" $more
  name=$platform
fi
cp packaging/使用说明.txt "$house/"
cp packaging/wheelhouse/启动.sh packaging/wheelhouse/启动.bat "$house/"
chmod +x "$house/启动.sh"
echo "$version" >"$house/wheels/PYTHON"
(cd "$house/wheels" && sha256sum -- *.whl >SHA256SUMS)
if [ -z "$platform" ]; then
  # As on a computer without network: nothing but the folder, in a home of its own.
  said=$(cd "$house" && HOME="$work/home" PIP_NO_INDEX=1 PIP_CONFIG_FILE=/dev/null ./启动.sh --version)
  [[ "$said" == *fazhi* ]] || { echo "the start script does not start: $said" >&2; exit 1; }
  HOME="$work/home" "$house/程序/bin/fazhi" score examples/gaps.txt --format json >/dev/null
  rm -rf "$house/程序"
fi
mkdir -p dist
tar -C "$work" -czf "dist/fazhi-wheelhouse-$name-py${version/./}.tar.gz" fazhi-wheelhouse
ls -l "dist/fazhi-wheelhouse-$name-py${version/./}.tar.gz"
