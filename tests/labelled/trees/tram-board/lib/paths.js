'use strict';
const path = require('path');

const data = process.env.BOARD_DATA || '/var/lib/tram-board';

module.exports = {
  data,
  out: path.join(data, 'out'),
  history: path.join(data, 'history'),
  stops: path.join(data, 'gtfs', 'stops.json'),
  trips: path.join(data, 'gtfs', 'trips.json'),
  alerts: path.join(data, 'alerts.json'),
  weather: path.join(data, 'weather.json'),
};
