'use strict';
const fs = require('fs');
const { request } = require('undici');
const paths = require('../lib/paths');

const SEEN = '/var/lib/tram-board/tooted.json';
const seen = fs.existsSync(SEEN) ? JSON.parse(fs.readFileSync(SEEN)) : [];

const alerts = JSON.parse(fs.readFileSync(paths.alerts));
const fresh = alerts.filter((a) => !seen.includes(a.id));

Promise.all(
  fresh.map((a) =>
    request('https://mastodon.example/api/v1/statuses', {
      method: 'POST',
      headers: { authorization: `Bearer ${process.env.TOOT_TOKEN}` },
      body: JSON.stringify({ status: a.header }),
    }),
  ),
).then(() => fs.writeFileSync(SEEN, JSON.stringify(seen.concat(fresh.map((a) => a.id)))));
