// SPDX-License-Identifier: Apache-2.0
// A test's own piece of the timeline.
const cut = (i) => {
  const span = data.spans && data.spans[i];
  if (!span) return null;
  const [plot, from, to] = span;
  const pad = Math.max((to - from) * .2, 100);
  const list = data.samples[plot].filter((s) => s[0] >= from - pad && s[0] <= to + pad && s[1] !== null);
  if (list.length < 2) return null;
  const start = list[0][0], width = Math.max(1, list[list.length - 1][0] - start);
  const most = Math.max(...list.map((s) => s[1]));
  const x = (t) => ((Math.min(Math.max(t, start), start + width) - start) / width * 1000).toFixed(1);
  const path = (k) => list.map((s) => x(s[0]) + ' ' + (100 - (s[k] || 0) / most * 92).toFixed(1)).join('L');
  const drawing = svg('svg', { class: 'cut', width: '100%', height: 130, viewBox: '0 0 1000 100', preserveAspectRatio: 'none', role: 'img' });
  const sqlite = [...document.querySelectorAll('.legend li')].findIndex((li) => li.dataset.key === 'sqlite');
  drawing.setAttribute('aria-label', 'Resident memory, at most ' + format.bytes(most * 1024));
  svg('rect', { x: x(from), y: 0, width: Math.max(1, x(to) - x(from)), height: 100, fill: 'currentColor', 'fill-opacity': .07 }, drawing);
  if (sqlite >= 0) svg('path', { d: 'M' + x(start) + ' 100L' + path(sqlite + 2) + 'L1000 100z', fill: '#d4551c', class: 'k-sqlite' }, drawing);
  svg('path', { d: 'M' + path(1), fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }, drawing);
  const box = make('div');
  box.append(drawing, make('p', 'At most ' + format.bytes(most * 1024) + ' resident; the shaded time is the test\'s own'
    + (sqlite >= 0 ? ', SQLite\'s part has its colour.' : '.'), { class: 'note' }));
  return box;
};

// Takes the chosen moment back, where there is a timeline.
let unpin = () => {};
