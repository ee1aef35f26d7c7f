#!/bin/bash
# /usr/local/bin/interviewrelay: runs the command with the units' user, folder and settings.
set -eu
mapfile -t settings < <(grep -E '^[A-Z0-9_]+=' /etc/interviewrelay/settings)
cd /
exec runuser -u interviewrelay -- \
    env INSTANCE_DIR="${INSTANCE_DIR:-/var/lib/interviewrelay}" "${settings[@]}" ${PORT:+PORT="$PORT"} \
    ${HOLD_OUTGOING:+HOLD_OUTGOING="$HOLD_OUTGOING"} \
    /opt/interviewrelay/.venv/bin/interviewrelay "$@"
