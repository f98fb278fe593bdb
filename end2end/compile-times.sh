#!/usr/bin/env bash
# How long a developer waits: everything from nothing, after one page was edited, after one rule was edited.
# Works in a target folder of its own, so that nothing is thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d "${CARGO_TARGET_DIR:-$PWD/target}-times.XXXX")
trap 'rm -rf "$folder"' EXIT
export CARGO_TARGET_DIR=$folder LECTERN_SITE=$folder/site
mkdir -p "$LECTERN_SITE"

row() { # what, file to touch or nothing, command…
    local what=$1 file=$2; shift 2
    [ -z "$file" ] || touch "$file"
    local begun; begun=$(date +%s%N)
    "$@" >/dev/null 2>&1
    printf '| %-58s | %6.1f s |\n' "$what" "$(awk -v n="$(($(date +%s%N) - begun))" 'BEGIN { print n / 1e9 }')"
}
wasm() { cargo build -q -p frontend --target wasm32-unknown-unknown --profile wasm-release; }
page=app/site/src/home/page.rs rule=server/domain/src/orders/quote.rs

printf '\n### Compile times\n\n| %-58s | %8s |\n|%s|%s|\n' what figure "$(printf -- '-%.0s' {1..60})" "$(printf -- '-%.0s' {1..10})"
row 'the server from nothing (debug)' '' cargo build -q -p lectern
row 'the server after one page was edited' $page cargo build -q -p lectern
row 'the server after one rule was edited' $rule cargo build -q -p lectern
row 'checking after one rule was edited' $rule cargo check -q -p domain
row 'the islands from nothing (WASM, as released)' '' wasm
row 'the islands after one page was edited' $page wasm
