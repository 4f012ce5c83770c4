#!/usr/bin/env bash
# Builds the release twice, each from the last commit in a folder of its own, and compares the bytes.
#
#   scripts/reproducible.sh [DIR]
#
# DIR is where the two folders are made, else a temporary one that is removed in the end. The same toolchain
# and the same target give the same bytes, wherever the sources and Cargo's home lie: the flags of `build`
# are all that it takes.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)

if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(cd "$1" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

# build FOLDER: target/release/iamc in FOLDER, which no path of this machine has got into.
build() {
  local home=${CARGO_HOME:-$HOME/.cargo}
  local flags=(--remap-path-prefix="$1=/iamc" --remap-path-prefix="$home=/cargo")
  (
    cd "$1"
    export RUSTFLAGS="${flags[*]}" CARGO_INCREMENTAL=0 SOURCE_DATE_EPOCH=0
    export CFLAGS="-ffile-prefix-map=$1=/iamc -ffile-prefix-map=$home=/cargo"
    CARGO_TARGET_DIR="$1/target" cargo build --release --locked --quiet -p iamc
  )
}

commit=$(git -C "$repository" rev-parse HEAD)
for folder in one another/and-deeper; do
  rm -rf "${work:?}/$folder"
  mkdir -p "$work/$folder"
  git -C "$repository" archive "$commit" | tar -x -C "$work/$folder"
  time build "$work/$folder"
done

one=$work/one/target/release/iamc
another=$work/another/and-deeper/target/release/iamc
wc -c "$one" "$another"
sha256sum "$one" "$another"
if ! cmp "$one" "$another"; then
  echo "the two builds differ" >&2
  exit 1
fi
for private in "$work" "${CARGO_HOME:-$HOME/.cargo}"; do
  if grep -aqF "$private/" "$one"; then
    echo "a path below $private has got into the program" >&2
    exit 1
  fi
done
echo "two builds, the same bytes"
