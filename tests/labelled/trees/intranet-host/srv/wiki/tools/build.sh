#!/bin/sh
# markdown -> html, only when something changed
cd /srv/wiki || exit 1
STAMP=/srv/wiki/.built
[ -z "$(find content -newer $STAMP -name '*.md' | head -1)" ] && exit 0
hugo --quiet --source content --destination /srv/www/wiki && touch $STAMP
