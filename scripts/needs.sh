#!/bin/sh
# Installs what the tests need on Debian and Ubuntu, or names exactly what is missing. Nothing is skipped silently.
set -eu

missing=""
need() { # need PACKAGE TEST…
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
has_chromium() { test -n "${CHROMIUM:-}" || command -v chromium || command -v chromium-browser; }
has_cjk_fonts() { fc-list :lang=zh | grep -q .; }

need chromium has_chromium
need postgresql has_postgres
need fonts-noto-cjk has_cjk_fonts
need python3-docx /usr/bin/python3 -c 'import docx'
need python3-openpyxl /usr/bin/python3 -c 'import openpyxl'

[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi
    if [ -z "$sudo" ] || command -v sudo >/dev/null 2>&1; then
        echo "Installing:$missing"
        $sudo apt-get update -qq
        # shellcheck disable=SC2086  # a list of package names
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
        exit 0
    fi
fi
echo "The tests need these packages, by their Debian names; please install them:$missing" >&2
exit 1
