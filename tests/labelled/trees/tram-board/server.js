'use strict';
// the preview in the office; the screens get the files by rsync
const http = require('http');
const fs = require('fs');
http.createServer((q, a) => fs.createReadStream('/var/lib/tram-board/out/board.json').pipe(a)).listen(8080);
