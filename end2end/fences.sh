#!/usr/bin/env bash
# The one-way dependencies of ARCHITECTURE.md, read from cargo's own graph and from the sources.
set -euo pipefail
cd "$(dirname "$0")/.."
broken=0
refuse() { echo "fence: $1" >&2; broken=1; }

tree() { cargo tree --quiet --edges normal --prefix none "$@" | awk '{print $1}' | sort -u; }
forbid() { # what, its tree, names
    local what=$1 names=$2; shift 2
    for name in "$@"; do
        if grep -qx "$name" <<<"$names"; then refuse "$what must not depend on $name"; fi
    done
}

forbid "the browser's bundle" "$(tree -p frontend --target wasm32-unknown-unknown)" sqlx tokio axum argon2 reqwest domain store ammonia image
forbid "domain" "$(tree -p domain)" leptos axum reqwest
forbid "model" "$(tree -p model)" leptos sqlx tokio futures
forbid "recommend" "$(tree -p recommend)" domain store sqlx tokio
forbid "gateway" "$(tree -p gateway)" domain outside
forbid "store" "$(tree -p store)" model domain

for audience in site learn teach manage; do
    for other in site learn teach manage; do
        [ "$audience" = "$other" ] || ! grep -qE "^$other( |\.|=)" "app/$audience/Cargo.toml" || refuse "$audience must not depend on $other"
    done
done

while read -r file; do refuse "SQL outside queries.rs: $file"; done < <(
    grep -rlE '\bsql!\(' --include='*.rs' server app | grep -vE '^server/store/|/queries(\.rs|/)|/tests?(\.rs|/)|/testing(\.rs|/)' || true)
while read -r file; do refuse "inner_html outside ui::Prose: $file"; done < <(
    grep -rlE 'inner_html' --include='*.rs' app | grep -vE '^app/ui/src/(prose|gallery)' || true)
while read -r file; do refuse "style attribute in a view: $file"; done < <(
    grep -rlE '<[a-z]+[^>]* style=' --include='*.rs' app || true)

while read -r file; do refuse "HTTP beside the one way out: $file"; done < <(
    grep -rlE 'reqwest::(get|Client|ClientBuilder)|Client::(new|builder)|\.send\(\)\.await|use reqwest::\{[^}]*Client' --include='*.rs' server/outside/src server/domain/src server/src | grep -vE '^server/outside/src/outgoing' || true)

exit "$broken"
