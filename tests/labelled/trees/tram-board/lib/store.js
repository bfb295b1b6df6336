'use strict';
const fs = require('fs');

// Readers must never see half a file.
exports.save = function save(file, value) {
  const tmp = file + '.tmp';
  fs.writeFileSync(tmp, JSON.stringify(value));
  fs.renameSync(tmp, file);
};

exports.load = function load(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
};
