#!/usr/bin/env bash
# Installs Debian's Chromium without windows and the Chinese typeface the screenshots need, where they are missing.
set -euo pipefail
missing=()
[ -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || missing+=(chromium-headless-shell)
fc-list 2>/dev/null | grep -qi 'Noto.*CJK' || missing+=(fonts-noto-cjk)
[ ${#missing[@]} -gt 0 ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "please install Chromium (or name it in CHROMIUM) and the Noto CJK fonts" >&2
    exit 1
fi
sudo=()
[ "$(id -u)" = 0 ] || sudo=(sudo)
echo "==> installing ${missing[*]}"
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
