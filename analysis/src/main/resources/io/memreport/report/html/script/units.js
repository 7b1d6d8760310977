// SPDX-License-Identifier: Apache-2.0
// Numbers, as Units.java writes them.
const scaled = (n, base, units) => {
  let u = 0;
  while (Math.abs(n) >= base && u < units.length - 1) { n /= base; u++; }
  const a = Math.abs(n);
  return n.toFixed(u === 0 || a >= 100 ? 0 : a >= 10 ? 1 : 2) + ' ' + units[u];
};
const two = (n) => String(n).padStart(2, '0');
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const format = {
  count: grouped,
  bytes: (n) => scaled(n, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']),
  nanos: (n) => {
    if (n < 6e10) return scaled(n, 1000, ['ns', 'µs', 'ms', 's']);
    const s = Math.round(n / 1e9);
    return s < 3600 ? Math.floor(s / 60) + ':' + two(s % 60) + ' min'
      : Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60) + ' h';
  },
};
// Empty where the text has all digits.
const exact = (kind, n) =>
  kind === 'count' || Math.abs(n) < (kind === 'bytes' ? 1024 : 1000) ? '' : grouped(n) + (kind === 'bytes' ? ' bytes' : ' nanoseconds');
