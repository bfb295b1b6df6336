#!/usr/bin/env node
import { createRequire } from 'module';
import fs from 'fs/promises';
import path from 'path';

const require = createRequire(import.meta.url);
const paths = require('../lib/paths.js');
const { load } = require('../lib/store.js');

const WANTED = ['Rathaus', 'Hauptbahnhof'];

const stops = load(paths.stops).filter((s) => WANTED.includes(s.stop_name));
const trips = load(paths.trips);
const alerts = load(paths.alerts);
let weather = null;
try {
  weather = load(paths.weather);
} catch {
  // the board shows a dash
}

const rows = stops.map((stop) => ({
  stop: stop.stop_name,
  lines: trips.filter((t) => t.stop_id === stop.stop_id).map((t) => t.route_id),
  warn: alerts.some((a) => a.stop_id === stop.stop_id),
}));
await fs.writeFile(path.join(paths.out, 'board.json'), JSON.stringify({ rows, weather }));
