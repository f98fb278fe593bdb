#!/usr/bin/env bash
# Builds the load program beside the release, measures, prints tables. A slow machine gives slow figures, never a failure.
# Options are those of `load measure`: --seconds N, --orders N, --renewals N, --postgres URL.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
cargo build -q --release -p lectern -p load # together, as `make build` and this would otherwise choose other features

# An own PostgreSQL with the durability it has by default, where its programs are installed.
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
folder=
stop() {
    [ -z "$folder" ] || { as_user "$programs/pg_ctl" -D "$folder/data" -m fast stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
}
as_user() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
if [[ "$*" != *--postgres* ]] && [ -x "$programs/initdb" ]; then
    folder=$(mktemp -d)
    trap stop EXIT
    [ "$(id -u)" != 0 ] || chown postgres: "$folder"
    (cd "$folder" && as_user "$programs/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null \
        && as_user "$programs/pg_ctl" -w -D "$folder/data" -l "$folder/log" -o "-k $folder -c listen_addresses='' -c max_connections=200" start >/dev/null)
    set -- "$@" --postgres "postgres://postgres@localhost/postgres?host=$folder"
fi

echo "==> measuring on $(nproc) cores, $(uname -sr); load average $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)"
"$target/release/load" measure "$target/release/lectern" "$@" || echo "the measurement ended early; what is printed above stands" >&2
