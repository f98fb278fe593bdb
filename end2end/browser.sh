#!/usr/bin/env bash
# Installs Debian's Chromium and the Chinese typeface the screenshots need, where they are missing.
set -euo pipefail
have() { command -v "$1" >/dev/null 2>&1; }
fonts() { fc-list 2>/dev/null | grep -qi 'Noto.*CJK'; }
if have chromium && fonts; then exit 0; fi
if ! have apt-get; then
    echo "please install Chromium and the Noto CJK fonts" >&2
    exit 1
fi
sudo=()
[ "$(id -u)" = 0 ] || sudo=(sudo)
echo "==> installing Chromium"
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
