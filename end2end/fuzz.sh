#!/usr/bin/env bash
# Throws bytes at every reader of strangers' bytes (server/fuzz), each for MINUTES (10), one after the other. Ends with an error where one
# broke; what broke it stays in <target>/fuzz/found. ONLY=range,markdown takes those alone; MINUTES=0 reads the seeds once.
# SECONDS_EACH=20 for a short look.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')
seconds=${SECONDS_EACH:-$((${MINUTES:-10} * 60))}
only=${ONLY:-}

# with --target, build scripts and macros are left as they are
echo "==> building the readers, instrumented (once, about ten minutes on two cores)"
(cd server/fuzz && cargo build --quiet --target "$host" --target-dir "$target")
program=$target/$host/debug/fuzz

broken=()
for seeds in server/fuzz/seeds/*/; do
    name=$(basename "$seeds")
    [[ -z $only || ,$only, == *",$name,"* ]] || continue
    mkdir -p "$target/corpus/$name" "$target/found/$name"
    if [ "$seconds" -gt 0 ]; then length=(-max_total_time="$seconds"); else length=(-runs=0); fi
    if LECTERN_FUZZ=$name "$program" "${length[@]}" -timeout=60 -rss_limit_mb=2048 -max_len=16384 -dict=server/fuzz/words.dict -print_final_stats=1 \
        -artifact_prefix="$target/found/$name/" "$target/corpus/$name" "$seeds" >"$target/$name.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$target/$name.log")
        edges=$(grep -oE 'cov: [0-9]+' "$target/$name.log" | tail -1 | cut -d' ' -f2 || true)
        echo "    $name: ${runs:-all} runs, ${edges:-?} edges, nothing found"
    else
        broken+=("$name")
        echo "    $name: BROKEN, see $target/$name.log" >&2
        grep -m3 -E 'panicked|assertion|ERROR: libFuzzer|SUMMARY' -A1 "$target/$name.log" >&2 || tail -5 "$target/$name.log" >&2
    fi
done
[ ${#broken[@]} = 0 ]
