#!/bin/sh
# Starts the bundle as a stranger's machine would: no Python, no environment, an empty home. The command must answer
# and make a vault that verifies; the window must unlock by keys, take a note and leave a vault that the bundle's own
# command verifies; and it must stay open when nobody does anything.
set -eu
folder=$1
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
clean() { env -i HOME="$home" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"; }

passphrase="four long words here"
clean FIELDKIT_PASSPHRASE="$passphrase" "$folder/fieldkit" vault create --vault "$home/vault" --name "A. Lead" --initials AL --sheet "$home/sheet.pdf" >/dev/null
clean FIELDKIT_PASSPHRASE="$passphrase" "$folder/fieldkit" vault verify --vault "$home/vault" >/dev/null
clean "$folder/fieldkit" pack list >/dev/null
clean "$folder/fieldkit" demo >/dev/null
clean "$folder/fieldkit" accuracy clock --on "21 December 2026" | grep -q "Boxing Day"
clean FIELDKIT_PASSPHRASE="$passphrase" "$folder/fieldkit" assessment add Northshire --subject ics --vault "$home/vault" >/dev/null
clean FIELDKIT_PASSPHRASE="$passphrase" "$folder/fieldkit" report make score-trace --vault "$home/vault" --out "$home/trace.docx" >/dev/null
test -s "$home/trace.docx"
echo "the command makes a vault that verifies, a recovery sheet, the whole demo, a Word document, and knows bank holidays"

clean FIELDKIT_HOME="$home/laptop" "$folder/fieldkit" --check
clean FIELDKIT_PASSPHRASE="check check check check" "$folder/fieldkit" vault verify --vault "$home/laptop/vault" >/dev/null
echo "the window unlocked by keys, took a note and closed; the command verifies what it left"

status=0
clean timeout 10 "$folder/fieldkit" >/dev/null 2>&1 || status=$?
[ "$status" = 124 ] || { echo "the window closed by itself (status $status)" >&2; exit 1; }
echo "the window stays open"
du -sh "$folder" | sed 's/\t.*/ in all/'
