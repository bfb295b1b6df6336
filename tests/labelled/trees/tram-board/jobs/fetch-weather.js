'use strict';
const { request } = require('undici');
const paths = require('../lib/paths');
const store = require('../lib/store');

const url = `https://api.wetter.example/now?place=${process.env.PLACE || 'foyer'}`;

request(url)
  .then(({ body }) => body.json())
  .then((now) => store.save(paths.weather, { t: now.temp, icon: now.icon }))
  .catch((e) => console.error('weather', e.message));
