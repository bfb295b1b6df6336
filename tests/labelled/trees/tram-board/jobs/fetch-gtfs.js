'use strict';
const { request } = require('undici');
const unzipper = require('unzipper');
const { parse } = require('csv-parse/sync');
const paths = require('../lib/paths');
const { save } = require('../lib/store');

const URL = 'https://opendata.stadtwerke.example/gtfs.zip';

async function main() {
  const { body } = await request(URL);
  const zip = await unzipper.Open.buffer(Buffer.from(await body.arrayBuffer()));
  const table = async (name) => {
    const entry = zip.files.find((f) => f.path === name);
    return parse(await entry.buffer(), { columns: true });
  };
  save(paths.stops, (await table('stops.txt')).filter((s) => s.location_type === '0'));
  save(paths.trips, await table('trips.txt'));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
