#!/bin/sh
# Starts the bundle as a stranger's machine would: no Python, no environment, an empty home. The command must answer
# and make a vault that verifies; the window must still be there after ten seconds.
set -eu
folder=$1
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
clean() { env -i HOME="$home" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen FIELDKIT_PASSPHRASE="four long words here" "$@"; }

clean "$folder/fieldkit" vault create --vault "$home/vault" --name "A. Lead" --initials AL --sheet "$home/sheet.pdf" >/dev/null
clean "$folder/fieldkit" vault verify --vault "$home/vault" >/dev/null
clean "$folder/fieldkit" pack list >/dev/null
clean "$folder/fieldkit" demo >/dev/null
echo "the command makes a vault that verifies, a recovery sheet, and the whole demo"
status=0
clean timeout 10 "$folder/fieldkit" || status=$?
[ "$status" = 124 ] || { echo "the window closed by itself (status $status)" >&2; exit 1; }
echo "the window stays open"
