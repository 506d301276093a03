#!/bin/sh
# Double-click: opens a room for the phones on this network, and the leader's page.
exec sh "$(dirname "$0")/start.command" room --room
