#!/bin/bash
# the intranet shows the newest week and the posters
set -eu
DEST=intranet:/srv/www/wells
latest=$(ls -1t out/week-*.html | head -1)
scp -q "$latest" $DEST/week.html
scp -q plots/*.png $DEST/img/
