'use strict';
const fs = require('fs');
const paths = require('../lib/paths');
const { load } = require('../lib/store');

const urls = load(paths.stops).map((s) => `https://board.example/stop/${s.stop_id}`);
fs.writeFileSync(`${paths.out}/sitemap.txt`, urls.join('\n'));
