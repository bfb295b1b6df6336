#!/bin/sh
# only what the screens fetch; the history stays here
exec rsync -a --include='*.json' --include='*.html' --exclude='*' /var/lib/tram-board/out/ www@screens.example:/srv/board/
