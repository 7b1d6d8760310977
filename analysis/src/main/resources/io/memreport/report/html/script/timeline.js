// SPDX-License-Identifier: Apache-2.0
// Patterns of stretched charts, as fine as on the legend.
const hatch = (within, part) => within.querySelectorAll('svg > defs > pattern').forEach((p) => {
  const chart = p.closest('svg').getBoundingClientRect();
  if (chart.width) p.setAttribute('patternTransform', 'scale(' + 1e4 * part / chart.width + ' ' + 1e4 / chart.height + ')');
});
const focus = document.querySelector('svg.focus');
const focused = () => { if (focus) hatch(focus, 1); };
focused();
addEventListener('resize', focused);

// Timeline: zoom and read-out.
const charts = $('charts');
if (charts) {
  const millis = Number(charts.dataset.millis);
  const start = Number(charts.dataset.start);
  const steps = charts.dataset.steps.split(' ').map(Number);
  const plots = [...charts.querySelectorAll('.plot')];
  let from = 0, to = millis;
  const offset = (ms, step) => {
    if (ms < 1000 && step < 1000) return '+' + ms + ' ms';
    if (ms < 6e4) return '+' + (step < 1000 ? (ms / 1000).toFixed(step < 100 ? 3 : 1) : ms / 1000) + ' s';
    const s = Math.floor(ms / 1000);
    const tail = ':' + two(s % 60) + (step < 1000 ? '.' + String(ms % 1000).padStart(3, '0') : '');
    return s < 3600 ? '+' + Math.floor(s / 60) + tail + ' min' : '+' + Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + tail + ' h';
  };
  const clock = (ms, step) => new Date(start + ms).toISOString().slice(11, step < 1000 ? 23 : 19);
  // Names on bars, which lie in percent of what is shown.
  const named = [...charts.querySelectorAll('.names > svg')].map((e) => [e, parseFloat(e.getAttribute('x')) / 100 * millis, parseFloat(e.getAttribute('width')) / 100 * millis]);
  const draw = () => {
    for (const [e, at, length] of named) {
      e.setAttribute('x', (at - from) / (to - from) * 100 + '%');
      e.setAttribute('width', length / (to - from) * 100 + '%');
    }
    charts.querySelectorAll('.zoom').forEach((z) => {
      const h = z.getAttribute('viewBox').split(' ')[3];
      z.setAttribute('viewBox', [from / millis * 1e4, 0, (to - from) / millis * 1e4, h].join(' '));
    });
    hatch(charts, (to - from) / millis);
    const room = Math.min(7, Math.max(2, charts.getBoundingClientRect().width / 85));
    const step = steps.find((s) => (to - from) / s < room) || steps[steps.length - 1];
    charts.querySelectorAll('.ticks').forEach((g) => {
      g.replaceChildren();
      for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
        const p = (t - from) / (to - from) * 100;
        const at = { x: p + '%', class: 'axis', 'text-anchor': p < 4 ? 'start' : p > 96 ? 'end' : 'middle' };
        svg('text', { ...at, y: 14 }, g).textContent = t ? offset(t, step) : '0';
        svg('text', { ...at, y: 28 }, g).textContent = clock(t, step);
      }
    });
    reset.disabled = from === 0 && to === millis;
    mark();
  };
  const zoom = (a, b) => {
    const least = Math.min(millis, 10);
    if (b - a < least) { const m = (a + b) / 2; a = m - least / 2; b = m + least / 2; }
    if (b - a >= millis) { a = 0; b = millis; }
    if (a < 0) { b -= a; a = 0; }
    if (b > millis) { a -= b - millis; b = millis; }
    from = a; to = b; draw();
  };
  const by = (factor) => { const m = (from + to) / 2, h = (to - from) / 2 * factor; zoom(m - h, m + h); };
  const pan = (part) => { const d = (to - from) * part; zoom(from + d, to + d); };
  const whole = () => zoom(0, millis);
  const tools = make('div', undefined, { class: 'tools' });
  const button = (text, label, act) => {
    const b = make('button', text, { type: 'button', 'aria-label': label });
    b.onclick = act;
    tools.append(b);
    return b;
  };
  button('+', 'Zoom in', () => by(.5));
  button('−', 'Zoom out', () => by(2));
  const reset = button('All of it', 'Show all of the timeline', whole);
  tools.append(make('span', 'Drag to zoom; point to read; click, or move the slider, and the tables follow.'));
  charts.before(tools);
  charts.tabIndex = 0;
  charts.setAttribute('role', 'group');
  charts.setAttribute('aria-label', 'Timeline: plus and minus zoom, arrows move, 0 shows all');
  const slider = make('input', undefined, { type: 'range', min: 0, max: millis, step: 'any', value: 0, 'aria-label': 'Moment of the timeline' });
  const panel = make('div', undefined, { class: 'moment' });
  charts.after(slider, panel);
  const keys = { '+': () => by(.5), '=': () => by(.5), '-': () => by(2), ArrowLeft: () => pan(-.2), ArrowRight: () => pan(.2), 0: whole, Escape: whole };
  charts.onkeydown = (ev) => { if (keys[ev.key]) { ev.preventDefault(); keys[ev.key](); } };

  const legend = [...document.querySelectorAll('#timeline .legend li')];
  const names = legend.map((li) => li.textContent.trim());
  const timeAt = (plot, ev) => {
    const box = plot.getBoundingClientRect();
    return from + Math.min(1, Math.max(0, (ev.clientX - box.left) / box.width)) * (to - from);
  };
  const kib = (v) => v === null ? 'unknown' : format.bytes(v * 1024);
  const sampleAt = (i, t) => {
    const list = data.samples[i];
    let lo = 0, hi = list.length - 1;
    while (lo < hi) { const m = (lo + hi) >> 1; if (list[m][0] < t) lo = m + 1; else hi = m; }
    return lo > 0 && t - list[lo - 1][0] < list[lo][0] - t ? list[lo - 1] : list[lo];
  };
  const running = (i, t) => data.spans.flatMap((s, test) => s && (i < 0 || s[0] === i) && s[1] <= t && t <= s[2] ? [test] : []);
  const rowLink = (table, i) => {
    const row = table.rows[i];
    const a = make('a', undefined, { href: '#' + row.id });
    a.append(make('bdi', (row.r ? row.r[1] : row.tr.querySelector('.name').textContent).slice(0, 90)));
    return a;
  };
  const fact = (list, name, ...nodes) => {
    const div = make('div');
    const dd = make('dd');
    dd.append(...nodes);
    div.append(make('dt', name), dd);
    list.append(div);
  };
  // The panel has one height, so that nothing moves under the pointer.
  const read = (i, t) => {
    const s = sampleAt(i, t);
    const list = make('dl', undefined, { class: 'facts' });
    fact(list, 'Moment', offset(Math.round(t), 1) + ', ' + clock(Math.round(t), 1) + ' UTC' + (plots.length > 1 ? ', chart ' + (i + 1) : ''));
    const tests = tables.tests ? running(i, t) : [];
    fact(list, 'Test', ...(tests.length ? tests.slice(0, 3).flatMap((k, n) => n ? [', ', rowLink(tables.tests, k)] : [rowLink(tables.tests, k)]) : ['none']),
      tests.length > 3 ? ' and ' + (tests.length - 3) + ' more' : '');
    const queries = tests.length === 1 && tables.queries ? tables.tests.related(tables.tests.rows[tests[0]]) : [];
    fact(list, 'Its queries', ...(queries.length ? [rowLink(tables.queries, queries[0]), queries.length > 1 ? ' and ' + (queries.length - 1) + ' more' : ''] : [tests.length > 1 ? 'several tests ran' : 'none']));
    const owners = make('ol');
    names.map((n, k) => [n, s[k + 2], k]).filter((o) => o[1]).sort((a, b) => b[1] - a[1]).slice(0, 5).forEach((o) => {
      const li = make('li');
      li.append(legend[o[2]].querySelector('.swatch').cloneNode(true), ' ' + o[0] + ' ', make('b', kib(o[1])));
      owners.append(li);
    });
    fact(list, 'Resident', kib(s[1]));
    panel.replaceChildren(list, owners);
    return s;
  };
  // The moment that was chosen: a line in each chart, and the tables show what ran then.
  const pins = plots.map((plot) => svg('line', { y1: 18, y2: '100%', class: 'pin', stroke: '#1a56b8', 'stroke-width': 2, 'pointer-events': 'none', visibility: 'hidden' }, plot));
  let chosen = null;
  const mark = () => pins.forEach((pin) => {
    const x = chosen === null ? -1 : (chosen - from) / (to - from) * 100;
    pin.setAttribute('visibility', x < 0 || x > 100 ? 'hidden' : 'visible');
    for (const k of ['x1', 'x2']) pin.setAttribute(k, x + '%');
  });
  const choose = (t, i) => {
    chosen = t;
    slider.value = t;
    const s = read(i, t);
    slider.setAttribute('aria-valuetext', offset(Math.round(t), 1) + ', ' + kib(s[1]) + ' resident');
    mark();
    const tests = running(-1, t);
    const of = 'the moment ' + offset(Math.round(t), 1);
    if (tables.tests) tables.tests.choose(tests, of);
    if (tables.queries && tables.tests) tables.queries.choose(tests.flatMap((k) => tables.tests.related(tables.tests.rows[k])), of);
  };
  unpin = () => { chosen = null; mark(); };
  slider.oninput = () => { choose(Number(slider.value), 0); remember({ at: Math.round(slider.value) }, true); };
  appliers.push((of) => { if (of.at) choose(Math.min(millis, Number(of.at) || 0), 0); else unpin(); });

  // One owner by itself, from the ground up.
  const top = Number(charts.dataset.top) / 1024;
  const isolate = (key) => {
    charts.querySelectorAll('.alone').forEach((e) => e.remove());
    const k = legend.findIndex((li) => li.dataset.key === key);
    charts.classList.toggle('isolated', k >= 0);
    legend.forEach((li, n) => li.querySelector('button').setAttribute('aria-pressed', String(n === k)));
    if (k < 0) return;
    plots.forEach((plot, i) => {
      const point = (s) => (s[0] / millis * 1e4).toFixed(0) + ' ' + (1e4 - (s[k + 2] || 0) / top * 1e4).toFixed(0);
      const list = data.samples[i];
      svg('path', { class: 'alone k-' + key, fill: 'url(#plot-' + i + '-' + key + ')',
        d: 'M' + (list[0][0] / millis * 1e4).toFixed(0) + ' 10000L' + list.map(point).join('L') + 'V10000z' }, plot.querySelector('.zoom'));
    });
  };
  legend.forEach((li) => {
    const b = make('button', undefined, { type: 'button', 'aria-pressed': 'false' });
    b.append(...li.childNodes);
    b.onclick = () => {
      const key = b.getAttribute('aria-pressed') === 'true' ? '' : li.dataset.key;
      isolate(key);
      remember({ owner: key });
    };
    li.append(b);
  });
  appliers.push((of) => isolate(of.owner || ''));
  plots.forEach((plot, i) => {
    const line = svg('line', { y1: 18, y2: '100%', stroke: 'currentColor', 'stroke-opacity': .45, 'pointer-events': 'none', visibility: 'hidden' }, plot);
    const band = svg('rect', { y: 18, height: '100%', fill: 'currentColor', 'fill-opacity': .12, 'pointer-events': 'none', visibility: 'hidden' }, plot);
    let down = null, dragged = false;
    const percent = (t) => (t - from) / (to - from) * 100;
    plot.onpointermove = (ev) => {
      const t = timeAt(plot, ev);
      for (const k of ['x1', 'x2']) line.setAttribute(k, percent(t) + '%');
      line.setAttribute('visibility', 'visible');
      read(i, t);
      if (down === null || Math.abs(ev.clientX - down.x) < 4) return;
      if (!dragged) plot.setPointerCapture(ev.pointerId);
      dragged = true;
      band.setAttribute('x', percent(Math.min(t, down.t)) + '%');
      band.setAttribute('width', Math.abs(percent(t) - percent(down.t)) + '%');
      band.setAttribute('visibility', 'visible');
    };
    plot.onpointerleave = () => {
      line.setAttribute('visibility', 'hidden');
      if (chosen !== null) read(0, chosen);
    };
    plot.onpointerdown = (ev) => {
      if (ev.button || ev.pointerType === 'touch') return;
      down = { x: ev.clientX, t: timeAt(plot, ev) };
      dragged = false;
    };
    plot.onpointerup = plot.onpointercancel = (ev) => {
      band.setAttribute('visibility', 'hidden');
      if (down && dragged && ev.type === 'pointerup') {
        const t = timeAt(plot, ev);
        zoom(Math.min(t, down.t), Math.max(t, down.t));
      }
      down = null;
    };
    plot.onclick = (ev) => {
      if (dragged) ev.preventDefault();
      else if (!ev.target.closest('a')) {
        const t = timeAt(plot, ev);
        choose(t, i);
        remember({ at: Math.round(t) });
      }
    };
    plot.ondragstart = (ev) => ev.preventDefault();
    plot.ondblclick = whole;
  });
  draw();
  // At first the moment at which most was held.
  const most = data.samples.flatMap((list, i) => list.map((s) => [s[1] || 0, i, s[0]])).reduce((a, b) => b[0] > a[0] ? b : a);
  read(most[1], most[2]);
  slider.value = most[2];
  addEventListener('resize', draw);
}
