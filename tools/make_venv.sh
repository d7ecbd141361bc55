#!/bin/sh
# Makes the folder $1 a virtual environment of a Python that is new enough; one that is there is kept.
set -eu
venv=$1

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python"; then
    exit 0
fi

for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    if command -v "$python" >/dev/null && is_new_enough "$python"; then
        echo "Ik maak $venv met $("$python" --version) en haal de pakketten op. Dat duurt de eerste keer even."
        "$python" -m venv --clear "$venv" && exit 0
        rm -rf "$venv"
        echo "Python kon geen omgeving maken. Op Debian en Ubuntu helpt: apt install python3-venv" >&2
        echo "Python could not make an environment. On Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
done

echo "MijnGemeente heeft Python 3.11 of nieuwer nodig. Gevonden: $(python3 --version 2>&1 || echo geen)." >&2
echo "MijnGemeente needs Python 3.11 or newer. Elsewhere? make PYTHON=/path/to/python3.12 demo" >&2
exit 1
