#!/bin/sh
# Makes .venv with everything pinned in requirements.lock. Whatever the machine lacks is named in one sentence
# with the command that mends it, and nothing half-made stays:
# an earlier .venv is put aside and comes back when the new one fails.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$root/.venv
old=$root/.venv.old
done_marker=$venv/.setup-done
log=
making=

clean_up() {
    status=$?
    trap - EXIT
    [ -z "$log" ] || rm -f "$log"
    [ -z "$making" ] || rm -rf "$venv"
    bring_back_old
    exit "$status"
}

bring_back_old() {
    if [ -d "$old" ]; then
        rm -rf "$venv"
        mv "$old" "$venv"
    fi
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    printf 'make setup: %s\n' "$1" >&2
    exit 1
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is not a Python from 3.11 to 3.14; run: make setup PYTHON=python3.11"
        python=$PYTHON
        return
    fi
    for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$python" >/dev/null 2>&1 && fits "$python"; then return; fi
    done
    seen=$(python3 --version 2>/dev/null || echo 'no Python at all')
    fail "Kurze Wege needs Python 3.11 to 3.14 and found $seen; run: $(install_command python3.11)"
}

install_command() {
    if command -v apt-get >/dev/null 2>&1; then
        echo "sudo apt install $1 $1-venv"
    elif command -v dnf >/dev/null 2>&1; then
        echo "sudo dnf install $1"
    elif command -v brew >/dev/null 2>&1; then
        echo "brew install $(echo "$1" | sed 's/python/python@/')"
    else
        echo "uv python install 3.11"
    fi
}

fingerprint() {
    cat "$root/pyproject.toml" "$root/requirements.lock" "$root/tools/setup.sh" | cksum
    printf '%s\n' "$root"
}

quietly() {
    "$@" >"$log" 2>&1
}

explain_pip() {
    if grep -q -i -E 'no space left|disk quota' "$log"; then
        fail "the disk is full and .venv needs about 600 MB; look with: df -h '$root'"
    elif grep -q -i -E 'DO NOT MATCH THE HASHES' "$log"; then
        fail "a downloaded package does not match requirements.lock, so nothing was installed; try again with: make setup"
    elif grep -q -i -E 'Could not fetch|connection|resolution|timed out|Max retries|proxy|ssl' "$log"; then
        fail "the packages could not be downloaded; check the network, then run: make setup"
    fi
    tail -n 20 "$log" >&2
    fail "pip could not install the packages (its last lines are above); to try again, run: make setup"
}

make_venv() {
    bring_back_old
    [ ! -d "$venv" ] || mv "$venv" "$old"
    making=yes
    if ! quietly "$python" -m venv "$venv"; then
        if grep -q -i 'no space left' "$log"; then explain_pip; fi
        version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])' 2>/dev/null || echo python3)
        fail "$python cannot make a virtual environment (module venv or ensurepip is missing); run: $(install_command "$version")"
    fi
}

pip_install() {
    quietly "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --no-deps "$@" || explain_pip
}

install() {
    pip_install --require-hashes --only-binary :all: -r "$root/requirements.lock"
    pip_install --no-build-isolation --no-index --editable "$root"
}

if [ -f "$done_marker" ] && [ "$(cat "$done_marker")" = "$(fingerprint)" ]; then exit 0; fi
log=$(mktemp) || fail "no temporary file can be written, the disk may be full; look with: df -h /tmp"
find_python
echo "Making .venv with $("$python" --version); the first time takes a minute or two ..."
make_venv
install
fingerprint >"$done_marker"
making=
rm -rf "$old"
echo "Ready: .venv/bin/kurze-wege"
