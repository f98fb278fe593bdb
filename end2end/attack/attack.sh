#!/usr/bin/env bash
# Lets other people's tools attack a running Lectern, and its sources and dependencies: attack.sh PROGRAM
# ONLY=schemathesis,wapiti takes parts alone. Reports lie in <target>/attack; the tools are installed by their own files below
# <target>/tools, from PyPI and crates.io. Ends with an error where something was found that nobody has accepted (accepted.toml,
# schemathesis.toml, deny.toml), and says of what could not be looked at that it was not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
tools=$target/tools
out=$target/attack
only=${ONLY:-}
program=${1:-$target/debug/lectern}
mkdir -p "$out" "$tools/python"
found=() unseen=()

python() { # name, version: a tool of PyPI in an environment of its own (they do not agree about their libraries)
    [ ! -x "$tools/python/$1/bin/pip" ] && python3 -m venv "$tools/python/$1"
    "$tools/python/$1/bin/pip" install -q --disable-pip-version-check "$1==$2"
    PATH="$tools/python/$1/bin:$PATH"
}
cargo_tool() { # name: they only read, so a quick build is good enough
    [ -x "$tools/bin/$1" ] || { echo "    installing $1 (once, some minutes)"; cargo install -q --locked --debug --root "$tools" "$1"; }
    PATH="$tools/bin:$PATH"
}
school() { python3 "$here/school.py" "$program" "$out/$part" "$@"; }
part() { # name, what it is; the functions below have the names
    [[ -z $only || ,$only, == *",$1,"* ]] || return 0
    echo "==> $1: $2"
    part=$1
    mkdir -p "$out/$1"
    local outcome
    set +e # inside of `||` the part would go on after a failure
    (set -e; "$1")
    outcome=$?
    set -e
    case $outcome in
        0) ;;
        3) unseen+=("$1") ;;
        *) found+=("$1"); echo "    FOUND something: $out/$1" >&2 ;;
    esac
}

schemathesis() {
    python schemathesis 4.32.5
    # it keeps what it learned where it stands
    school -- bash -c 'cd "$1"; command schemathesis --config-file "$0" run "$ATTACK_URL/api/v1/openapi.json" --header "Authorization: Bearer $ATTACK_TOKEN" \
        --checks all --max-examples "${EXAMPLES:-60}" --seed 1 --continue-on-failure --report junit,ndjson --report-dir "$1" >"$1/report.txt" 2>&1 \
        || { tail -150 "$1/report.txt"; exit 1; }; grep -E "passed|Test cases|No issues" "$1/report.txt" | sed "s/^/    /"' "$here/schemathesis.toml" "$out/$part"
}

# The switch of language and theme stands on every page, and would be tried on each: sqlmap has it once.
# No token stands in our forms: Fetch metadata is what is looked at (docs/security.md), so its module for tokens is left out; so are
# those that need a server of its makers.
wapiti() {
    python wapiti3 3.2.3
    local outcome=0
    school -- bash -c 'all=(); for who in LEARNER TEACHER STAFF; do cookie=ATTACK_$who
        command wapiti --url "$ATTACK_URL/en/" --scope folder $(for at in courses feed search?q=a me/learning me/orders settings/profile settings/tokens cart studio studio/courses \
            admin admin/orders admin/refunds admin/coupons; do echo --start "$ATTACK_URL/en/$at"; done) -H "Cookie: ${!cookie}" -H "Sec-Fetch-Site: same-origin" -H "Accept-Language: en" \
            --module backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,ldap,methods,permanentxss,redirect,sql,timesql,upload,xss \
            --exclude "$ATTACK_URL/en/logout*" --exclude "$ATTACK_URL/en/settings/security*" --exclude "$ATTACK_URL/en/settings/delete*" \
            --exclude "$ATTACK_URL/en/settings/appearance*" \
            --depth 5 --max-links-per-page 40 --max-files-per-dir 15 --tasks 4 --max-scan-time "${SCAN_SECONDS:-300}" --max-attack-time "${ATTACK_SECONDS:-90}" \
            --verify-ssl 0 --no-bugreport --flush-session --store-session "$0/$who" --store-config "$0/$who" --format json --output "$0/$who.json" >"$0/$who.log" 2>&1 & all+=($!)
    done; for one in "${all[@]}"; do wait "$one" || exit 1; done' "$out/$part" || outcome=1
    python3 "$here/judge.py" wapiti "$out/$part"/{LEARNER,TEACHER,STAFF}.json && return "$outcome"
}

sqlmap() {
    python sqlmap 1.10.10
    rm -rf "$out/$part/requests"
    local outcome=0
    school -- bash -c 'python3 "$0/forms.py" "$1/requests"; : >"$1/report.txt"
        for request in $(ls "$1"/requests/*.txt | head -n "${MOST:-1000}"); do
            echo "== $(head -1 "$request")" >>"$1/report.txt"
            command sqlmap -r "$request" --batch --disable-coloring --flush-session --output-dir "$1/state" --level "${LEVEL:-1}" --technique "${TECHNIQUE:-BEUS}" \
                --ignore-redirects --ignore-code "*" --timeout 30 --threads 2 </dev/null >>"$1/report.txt" 2>&1 || true
        done
        echo "== ANY /api/v1" >>"$1/report.txt"
        command sqlmap --openapi "$ATTACK_URL/api/v1/openapi.json" --openapi-base "$ATTACK_URL/api/v1" -H "Authorization: Bearer $ATTACK_TOKEN" --batch \
            --disable-coloring --flush-session --output-dir "$1/state" --technique "${TECHNIQUE:-BEUS}" --ignore-code "*" --timeout 30 </dev/null >>"$1/report.txt" 2>&1 || true' "$here" "$out/$part" || outcome=1
    python3 "$here/judge.py" sqlmap "$out/$part/report.txt" && return "$outcome"
}

timing() {
    school -- python3 "$here/timing.py"
}

deny() {
    cargo_tool cargo-deny
    cargo deny --workspace check bans licenses sources
}

# RustSec's list of advisories: a copy in LECTERN_ADVISORIES, or fetched where the network allows it
audit() {
    local list=${LECTERN_ADVISORIES:-$out/$part/advisory-db}
    if [ ! -d "$list/crates" ]; then
        timeout 120 git clone -q --depth 1 https://github.com/RustSec/advisory-db "$list" 2>/dev/null || {
            echo "    NOT LOOKED AT: the list of advisories cannot be fetched here; LECTERN_ADVISORIES names a copy"
            return 3
        }
    fi
    cargo_tool cargo-audit
    cargo audit --db "$list" --no-fetch --stale
}

semgrep() {
    python semgrep 1.182.0
    export SEMGREP_SEND_METRICS=off SEMGREP_ENABLE_VERSION_CHECK=0
    echo "    each rule finds what it is for"
    command semgrep --test "$here/rules" >"$out/$part/rules.txt" 2>&1 || { cat "$out/$part/rules.txt"; return 1; }
    command semgrep scan --quiet --no-git-ignore --config "$here/rules" --json --output "$out/$part/report.json" \
        --exclude node_modules --exclude target --exclude end2end/attack/rules app server frontend end2end
    python3 "$here/judge.py" semgrep "$out/$part/report.json"
}

part semgrep "our own rules over the sources"
part deny "licences, sources, duplicates of what we are built of"
part audit "known weaknesses of what we are built of"
part timing "whether an address is known, by the clock"
part schemathesis "the interface for other programs, against its own document"
part wapiti "every page and form, as a learner, an instructor and staff"
part sqlmap "every form, query and path, for SQL"

[ ${#unseen[@]} = 0 ] || echo "==> not looked at: ${unseen[*]}"
if [ ${#found[@]} = 0 ]; then echo "==> nothing found"; else echo "==> found something: ${found[*]}"; exit 1; fi
