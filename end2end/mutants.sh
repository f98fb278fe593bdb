#!/usr/bin/env bash
# Changes the rules of money and of signatures one small thing at a time (cargo-mutants) and runs the tests that are about them.
# Ends with an error where a change was noticed by no test. Further options go to cargo-mutants: end2end/mutants.sh --list
# One group alone: GROUPS_ONLY=split end2end/mutants.sh
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
PATH="$target/tools/bin:$PATH"
out=$target/mutants
mkdir -p "$out"
only=${GROUPS_ONLY:-all}
survivors=0

group() { # its name, its package, its files (with commas), the tests (arguments of `cargo test`)
    local name=$1 package=$2 files=$3
    shift 3
    [[ $only == all || ",$only," == *",$name,"* ]] || return 0
    echo "==> $name"
    local list=()
    for file in ${files//,/ }; do list+=(--file "$file"); done
    cargo mutants --package "$package" "${list[@]}" --output "$out/$name" --no-shuffle --colors never ${options[@]+"${options[@]}"} -- "$@" || survivors=1
}

options=("$@")
group split model app/model/src/money.rs --lib money::
group facts domain server/domain/src/payments/state.rs --lib payments::state
group joining domain server/domain/src/payments/join.rs --lib -- orders::tests::paying subscriptions::tests::owing subscriptions::tests::late
if [ -e server/domain/src/subscriptions/proration.rs ]; then
    group proration domain server/domain/src/subscriptions/proration.rs --lib subscriptions::proration
fi
group stripe outside server/outside/src/signature.rs --lib signature
group wires outside "server/outside/src/alipay/proof.rs,server/outside/src/wechat/proof.rs,server/outside/src/wechat/seal.rs,server/outside/src/wechat/trust.rs,server/outside/src/keys.rs"
group sandbox gateway server/gateway/src/signature.rs --lib signature
exit "$survivors"
