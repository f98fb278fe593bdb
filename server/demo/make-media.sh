#!/bin/sh
# Draws and synthesises every file in media/ from media-source/: videos, audio, captions, posters, PDFs and media.toml.
# Needs ffmpeg (with libass, libx264), python3, chromium, and the fonts Noto Sans CJK SC and Noto Serif CJK SC.
# Run it only when a scene changes; the results are committed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec python3 "$here/media-source/make.py" "$here/media" "$@"
