#!/usr/bin/env bash
# Makes the first inputs of the target `project`: one of each fixture and one of the example organisation.
# Makes its dictionary, too: the words of all of them.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"

corpus=corpus/project
mkdir -p "$corpus"

# The TOML files of a folder, one behind the other, each with its path on a line before it.
bundle() {
  local files=()
  for path in "$1"/{iamc,assertions,engineers,service-users,roles}.toml "$1"/{groups,policies}/*.toml; do
    if [ -f "$path" ]; then files+=("$path"); fi
  done
  for path in "${files[@]}"; do
    printf '=== %s\n' "${path#"$1"/}"
    cat "$path"
    echo
  done
}

for fixture in ../crates/iamc/tests/fixtures/*; do
  bundle "$fixture" > "$corpus/$(basename "$fixture")"
done
bundle .. > "$corpus/example"

cat "$corpus"/* | grep -aohE '[A-Za-z][A-Za-z-]{2,24}|"[^"\\]{1,24}"' | sort -u | grep -aE '^[ -~]+$' |
  sed 's/["\\]/\\&/g; s/.*/"&"/' > project.dict

inputs=("$corpus"/*)
echo "${#inputs[@]} inputs in fuzz/$corpus, $(wc -l < project.dict) words in fuzz/project.dict"
