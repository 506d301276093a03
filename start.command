#!/bin/sh
# Double-click: opens the lessons, as `python3 start.py` does. On Linux, start.desktop
# runs this; `room.command` adds two words, and opens a room.
cd "$(dirname "$0")" || exit
[ -f start.py ] || cd lessons || exit # in the ZIP they lie one folder below

stay() {
    printf '\nPress Enter to close this window. '
    read -r _
    exit "$1"
}

for python in python3 python; do
    # Apple's own may be an offer to install tools for developers, and no Python.
    if [ "$(command -v $python)" = /usr/bin/python3 ] && [ "$(uname)" = Darwin ]; then
        xcode-select -p >/dev/null 2>&1 || continue
    fi
    $python -c 'import sys; sys.exit(sys.version_info < (3, 6))' 2>/dev/null || continue
    $python start.py "$@"
    code=$?
    case $code in 0 | 130) exit $code ;; esac # 130: somebody ended it
    stay $code
done
echo "Python is missing, which runs this: open python.org in your browser, click on" \
    "Downloads, install Python 3.13, and double-click on this file again."
stay 1
