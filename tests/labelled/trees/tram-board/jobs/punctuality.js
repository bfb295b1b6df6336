'use strict';
const fs = require('fs');
const zlib = require('zlib');
const path = require('path');
const { history } = require('../lib/paths');

let total = 0;
const days = fs.readdirSync(history).filter((n) => n.endsWith('.ndjson.gz')).slice(-7);
for (const day of days) {
  const lines = zlib.gunzipSync(fs.readFileSync(path.join(history, day))).toString().trim().split('\n');
  total += lines.reduce((sum, line) => sum + JSON.parse(line).n, 0);
}
console.log(`<p>${total} alerts in ${days.length} days</p>`);
