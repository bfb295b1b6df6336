'use strict';
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { history } = require('../lib/paths');

// keep a year
const today = new Date().toISOString().slice(0, 10);
for (const name of fs.readdirSync(history)) {
  const file = path.join(history, name);
  if (name.endsWith('.ndjson') && !name.startsWith(today)) {
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(fs.readFileSync(file)));
    fs.unlinkSync(file);
  } else if (Date.now() - fs.statSync(file).mtimeMs > 366 * 864e5) {
    fs.unlinkSync(file);
  }
}
