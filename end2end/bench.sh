#!/usr/bin/env bash
# Builds the load program beside the release, measures, prints tables. A slow machine gives slow figures, never a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
cargo build -q --release -p load
echo "==> measuring on $(nproc) cores, $(uname -sr); load average $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)"
"$target/release/load" measure "$target/release/lectern" "$@" || echo "the measurement ended early; what is printed above stands" >&2
