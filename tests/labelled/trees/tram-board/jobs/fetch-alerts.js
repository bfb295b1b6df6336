'use strict';
const fs = require('fs');
const path = require('path');
const { request } = require('undici');
const paths = require('../lib/paths');
const { save } = require('../lib/store');

(async () => {
  const { body } = await request('https://opendata.stadtwerke.example/alerts');
  const alerts = (await body.json()).entity;
  save(paths.alerts, alerts);
  const day = new Date().toISOString().slice(0, 10);
  fs.appendFileSync(path.join(paths.history, `${day}.ndjson`), JSON.stringify({ at: Date.now(), n: alerts.length }) + '\n');
})();
