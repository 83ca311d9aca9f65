#!/bin/sh
# The shared libraries that Qt needs and its wheel does not carry, and what Python itself may lack on Debian.
# Installs what is missing where this may be done without asking (root, or sudo without a password, on Debian and
# its relatives); elsewhere it says exactly what to install and ends with 1, so that nothing later fails strangely.
# "system-deps.sh sitting" asks also for what `make sitting` presses real X11 keys with, "partners" for Node.js, on
# which the programs run that tests talk to, for LibreOffice, which opens the DOCX that reports are saved as, and for Chromium, which reads their HTML.
set -eu

# soname and Debian package; the list was proven on a bare Debian 12 with ldd (docs/decisions/0001).
LIBRARIES="
libGL.so.1 libgl1
libEGL.so.1 libegl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"

[ "$(uname -s)" = Linux ] || exit 0

PYTHON=${PYTHON:-python3}
missing=""

# Debian splits the module that makes virtual environments from python3 itself.
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"

known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
while read -r soname package; do
    [ -n "$soname" ] || continue
    case $known in
        *"$soname "*) ;;
        *) missing="$missing $package" ;;
    esac
done <<END
$LIBRARIES
END

if [ "${1:-}" = sitting ]; then
    for pair in Xvfb=xvfb openbox=openbox xdotool=xdotool; do
        command -v "${pair%=*}" >/dev/null 2>&1 || missing="$missing ${pair#*=}"
    done
fi

if [ "${1:-}" = partners ]; then
    for pair in node=nodejs npm=npm soffice=libreoffice-writer-nogui chromium=chromium; do
        command -v "${pair%=*}" >/dev/null 2>&1 || missing="$missing ${pair#*=}"
    done
fi

[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=none; fi
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "FieldKit needs these system libraries (Debian names):$missing" >&2
    echo "Install your system's packages for them, then run make again." >&2
    exit 1
fi
if [ "$as_root" = none ]; then
    echo "FieldKit needs system libraries that only an administrator can install. Run this, then make again:" >&2
    echo "  sudo $command" >&2
    exit 1
fi

echo "Installing system libraries:$missing"
export DEBIAN_FRONTEND=noninteractive
# The package lists of a fresh machine are empty or old; fetch them only when the first try shows it.
# shellcheck disable=SC2086
$as_root $command </dev/null >/dev/null 2>&1 || { $as_root apt-get update -q && $as_root $command </dev/null; }
