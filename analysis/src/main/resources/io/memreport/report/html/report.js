// SPDX-License-Identifier: Apache-2.0
// Only enhances: everything here works on markup that reads without it.
(() => {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const make = (tag, text, attributes) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    for (const k in attributes) e.setAttribute(k, attributes[k]);
    return e;
  };
  const svg = (name, attributes, parent) => {
    const e = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const k in attributes) e.setAttribute(k, attributes[k]);
    if (parent) parent.append(e);
    return e;
  };
  const data = JSON.parse($('data').textContent);

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
  const exact = (kind, n) =>
    kind === 'count' ? '' : grouped(n) + (kind === 'bytes' ? ' byte' : ' nanosecond') + (n === 1 ? '' : 's');

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

  // Tables: sort, filter, rows that are not markup yet.
  const PAGE = 500;
  const tables = {};
  class Table {
    constructor(element) {
      this.e = element;
      this.body = element.tBodies[0];
      this.heads = [...element.tHead.rows[1].cells];
      this.rows = [...this.body.rows].map((tr) => ({ tr, id: tr.id }));
      for (const r of data[element.id]) this.rows.push({ id: r[0], r });
      this.rows.forEach((row, i) => { row.i = i; });
      this.order = this.rows;
      this.limit = PAGE;
      this.heads.forEach((th, column) => {
        const b = make('button', th.textContent, { type: 'button' });
        b.onclick = () => this.sort(column);
        th.replaceChildren(b);
      });
      const tools = make('div', undefined, { class: 'tools' });
      this.box = make('input', undefined, {
        type: 'search', placeholder: 'Filter ' + element.id, 'aria-label': 'Filter ' + element.id });
      this.box.oninput = () => { this.only = null; this.reset(); };
      this.box.onkeydown = (ev) => { if (ev.key === 'Escape') { this.clear(); ev.preventDefault(); } };
      this.all = make('button', 'Show all', { type: 'button', hidden: '' });
      this.all.onclick = () => this.clear();
      this.count = $(element.id + '-count');
      this.count.setAttribute('role', 'status');
      this.more = make('button', 'Show more', { type: 'button', hidden: '' });
      this.more.onclick = () => { this.limit += PAGE; this.show(); };
      tools.append(this.box, this.all, this.filters());
      this.body.addEventListener('toggle', (ev) => this.panel(ev.target), true);
      element.parentNode.before(tools);
      this.count.after(this.more);
      if (this.rows.length > this.limit) this.more.hidden = false;
    }
    // What rows have in common, with how many have it.
    filters() {
      const group = make('span', undefined, { class: 'filters', role: 'group', 'aria-label': 'Kinds of ' + this.e.id });
      const has = (row, start) => row.r
        ? row.r[3].some((text, i) => i % 2 === 1 && text.startsWith(start))
        : [...row.tr.querySelectorAll('th .chip')].some((c) => c.textContent.startsWith(start));
      const kinds = this.e.id === 'tests'
        ? [['Tests', (row) => !has(row, 'class fixture')], ['Fixtures', (row) => has(row, 'class fixture')],
          ['Named', (row) => has(row, 'named')], ['Failed', (row) => has(row, 'failed')], ['Running at the end', (row) => has(row, 'running')]]
        : [['Named', (row) => has(row, 'named')]];
      for (const [name, test] of kinds) {
        const n = this.rows.filter(test).length;
        if (n === 0 || n === this.rows.length) continue;
        const b = make('button', name + ' ' + grouped(n), { type: 'button', 'aria-pressed': 'false' });
        b.onclick = () => {
          const on = b.getAttribute('aria-pressed') !== 'true';
          group.querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', 'false'));
          b.setAttribute('aria-pressed', String(on));
          this.kind = on ? test : null;
          this.reset();
        };
        group.append(b);
      }
      return group;
    }
    // The details of a row, across the table: its facts, its curve, and what it has to do with.
    panel(details) {
      const tr = details.closest('tr');
      const row = this.rows.find((r) => r.tr === tr);
      if (!row) return;
      if (row.panel) {
        details.append(row.panel.querySelector('.more'));
        row.panel.remove();
        row.panel = null;
      }
      if (!details.open) return;
      const td = make('td', undefined, { colspan: this.heads.length });
      td.append(details.querySelector('.more'));
      const drawn = this.e.id === 'tests' && cut(row.i);
      if (drawn) td.append(make('h3', 'Resident memory while it ran'), drawn);
      const others = this.related(row);
      const to = tables[this.e.dataset.other];
      if (others.length && to) {
        const t = make('table');
        const head = make('tr');
        head.append(make('th', this.e.id === 'tests' ? 'Its queries, over all their executions' : 'Tests that ran it', { scope: 'col' }));
        const shown = to.heads.slice(1, 4);
        shown.forEach((h) => head.append(make('th', h.textContent.trim(), { scope: 'col' })));
        t.append(head);
        others.slice(0, 12).map((i) => to.rows[i]).forEach((other) => {
          const line = make('tr');
          const th = make('th', undefined, { scope: 'row' });
          const a = make('a', undefined, { href: '#' + other.id });
          a.append(make('bdi', (other.r ? other.r[1] : other.tr.querySelector('.name').textContent).slice(0, 120)));
          th.append(a);
          line.append(th);
          shown.forEach((h, k) => {
            const v = to.value(other, k + 1);
            line.append(make('td', v === null ? 'unknown' : format[h.dataset.kind](v)));
          });
          t.append(line);
        });
        td.append(t);
      }
      row.panel = make('tr', undefined, { class: 'panel' });
      row.panel.append(td);
      if (tr.isConnected) tr.after(row.panel);
    }
    value(row, column) {
      if (column === 0) return this.text(row);
      if (row.r && column <= row.r[4].length) return row.r[4][column - 1];
      if (row.r) return this.related(row).length;
      const v = row.tr.cells[column].dataset.v;
      return v === undefined ? null : Number(v);
    }
    text(row) {
      if (row.t === undefined) {
        const cell = row.r ? null : row.tr.cells[0];
        const full = cell && cell.querySelector('pre');
        row.t = (row.r ? row.r[1] + ' ' + row.r[2] + ' ' + row.r[3].join(' ')
          : cell.querySelector('summary').textContent + ' ' + (full ? full.textContent : '')).toLowerCase().trim();
      }
      return row.t;
    }
    related(row) {
      if (this.e.id === 'tests') return data.links[row.i] || [];
      if (!Table.tests) {
        Table.tests = {};
        data.links.forEach((list, t) => list.forEach((q) => { (Table.tests[q] = Table.tests[q] || []).push(t); }));
      }
      return Table.tests[row.i] || [];
    }
    build(row) {
      const r = row.r;
      const tr = make('tr', undefined, { id: r[0] });
      const th = make('th', undefined, { scope: 'row' });
      const bdi = (cls, text) => {
        const s = make('span', undefined, { class: cls });
        s.append(make('bdi', text));
        return s;
      };
      const details = make('details');
      const summary = make('summary');
      summary.append(bdi('name', r[1]));
      details.append(summary, make('div', undefined, { class: 'more' }));
      th.append(details);
      for (let i = 0; i < r[3].length; i += 2) summary.append(' ', make('span', r[3][i + 1], { class: 'chip ' + r[3][i] }));
      if (r[2]) summary.append(' ', bdi('context', r[2]));
      tr.append(th);
      r[4].forEach((v, i) => {
        const kind = this.heads[i + 1].dataset.kind;
        tr.append(v === null ? make('td', 'unknown', { class: 'unknown', title: 'not measured' })
          : make('td', format[kind](v), { 'data-v': v, title: exact(kind, v) }));
      });
      const n = this.related(row).length;
      const td = make('td', n ? undefined : 'none', { 'data-v': n });
      const other = this.e.dataset.other;
      if (n) {
        const first = tables[other].rows[this.related(row)[0]].id;
        td.append(make('a', n + ' ' + (n > 1 ? other : other === 'tests' ? 'test' : 'query'),
          { class: 'related', href: '#' + first }));
      }
      tr.append(td);
      return tr;
    }
    sort(column) {
      const th = this.heads[column];
      const up = th.getAttribute('aria-sort') === 'descending' || (column === 0 && !th.hasAttribute('aria-sort'));
      this.heads.forEach((h) => h.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const sign = up ? 1 : -1;
      this.order = this.rows.map((row) => [this.value(row, column), row]).sort(([a, x], [b, y]) =>
        a === null || b === null ? (a === null) - (b === null) || x.i - y.i
          : (a < b ? -sign : a > b ? sign : x.i - y.i)).map((pair) => pair[1]);
      this.reset();
    }
    show() {
      const words = this.box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let rows = this.kind ? this.order.filter(this.kind) : this.order;
      if (this.only) rows = rows.filter((row) => this.only.has(row.i));
      else if (words.length) rows = rows.filter((row) => words.every((w) => this.text(row).includes(w)));
      let shown = rows.slice(0, this.limit);
      if (this.pinned && rows.includes(this.pinned) && !shown.includes(this.pinned)) shown = [this.pinned, ...shown];
      this.body.replaceChildren(...shown.flatMap((row) => {
        row.tr = row.tr || this.build(row);
        return row.panel ? [row.tr, row.panel] : [row.tr];
      }));
      this.more.hidden = shown.length >= rows.length;
      this.all.hidden = !(this.only || words.length);
      this.count.textContent = grouped(shown.length) + ' of ' + this.e.dataset.total + ' ' + this.e.id + ' shown'
        + (this.kind ? ', of ' + grouped(rows.length) : '') + (this.only ? ', those of ' + this.of : words.length ? ', ' + grouped(rows.length) + ' match the filter' : '') + '.';
    }
    reset() { this.pinned = null; this.limit = PAGE; this.show(); }
    clear() {
      this.box.value = '';
      this.only = this.kind = null;
      this.e.parentNode.previousElementSibling.querySelectorAll('[aria-pressed]').forEach((b) => b.setAttribute('aria-pressed', 'false'));
      this.reset();
    }
    reveal(id) {
      const row = this.rows.find((r) => r.id === id);
      if (!row) return false;
      if (!row.tr || !row.tr.isConnected) { this.clear(); this.pinned = row; this.show(); }
      const d = row.tr.querySelector('details');
      if (d) d.open = true;
      row.tr.scrollIntoView({ block: 'center' });
      return true;
    }
  }
  for (const id of ['tests', 'queries']) if ($(id)) tables[id] = new Table($(id));

  document.addEventListener('click', (ev) => {
    const a = ev.target.closest && ev.target.closest('a.related');
    if (!a) return;
    const tr = a.closest('tr');
    const from = tables[tr.closest('table').id];
    const to = tables[from.e.dataset.other];
    if (!to) return;
    ev.preventDefault();
    const row = from.rows.find((r) => r.tr === tr);
    to.only = new Set(from.related(row));
    to.of = tr.querySelector('.name').textContent.slice(0, 80);
    to.box.value = '';
    to.reset();
    $(to.e.id + '-section').scrollIntoView();
    to.all.focus({ preventScroll: true });
  });

  // Links into rows.
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    for (const k in tables) if (tables[k].reveal(id)) return;
    const e = $(id);
    for (let d = e && e.tagName === 'TR' && e.querySelector('details') || e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true;
  };
  addEventListener('hashchange', follow);

  // Theme, keys, print.
  const root = document.documentElement;
  const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const theme = make('button', 'Light or dark', { type: 'button', id: 'theme' });
  theme.onclick = () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try { localStorage.setItem('memreport-theme', root.dataset.theme); } catch (e) { /* no storage: this page only */ }
  };
  try { const kept = localStorage.getItem('memreport-theme'); if (kept) root.dataset.theme = kept; } catch (e) { /* as above */ }
  document.querySelector('nav').append(theme);
  addEventListener('keydown', (ev) => {
    if (ev.key !== '/' || ev.ctrlKey || ev.metaKey || ev.altKey || /INPUT|TEXTAREA/.test(ev.target.tagName)) return;
    const middle = innerHeight / 2;
    const q = tables.queries;
    const t = q && (!tables.tests || $('queries-section').getBoundingClientRect().top < middle) ? q : tables.tests;
    if (t) { ev.preventDefault(); t.box.focus(); }
  });
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details').forEach((d) => { if (!d.open) { d.open = true; d.dataset.print = ''; } });
  });
  addEventListener('afterprint', () => {
    document.querySelectorAll('details[data-print]').forEach((d) => { d.open = false; delete d.dataset.print; });
  });

  // What can be pasted.
  const copy = (text, button) => {
    const said = button.textContent;
    const done = () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = said; }, 1500); };
    const by = () => {
      const area = make('textarea', text);
      document.body.append(area);
      area.select();
      if (document.execCommand('copy')) done();
      area.remove();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, by);
    else by();
  };
  document.querySelectorAll('[data-copy]').forEach((source) => {
    const b = make('button', 'Copy', { type: 'button', class: 'copy', 'aria-label': 'Copy: ' + source.dataset.copy });
    b.onclick = () => copy(source.textContent, b);
    source.after(' ', b);
  });
  const chips = document.querySelector('.chips');
  if (chips) {
    const li = make('li');
    const b = make('button', 'Copy summary', { type: 'button' });
    b.onclick = () => copy(['.kind', 'h1', '.sure', '.fix p', '.tabs figure .snippet']
      .map((s) => document.querySelector('#verdict ' + s)).filter(Boolean)
      .map((e) => e.textContent.replace(/\s+/g, ' ').trim()).join('\n'), b);
    li.append(b);
    chips.append(li);
  }

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
    const draw = () => {
      charts.querySelectorAll('.zoom').forEach((z) => {
        const h = z.getAttribute('viewBox').split(' ')[3];
        z.setAttribute('viewBox', [from / millis * 1e4, 0, (to - from) / millis * 1e4, h].join(' '));
      });
      const step = steps.find((s) => (to - from) / s < 7) || steps[steps.length - 1];
      charts.querySelectorAll('.ticks').forEach((g) => {
        g.replaceChildren();
        for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
          const p = (t - from) / (to - from) * 100;
          const at = { x: p + '%', class: 'axis', 'text-anchor': p < 4 ? 'start' : p > 96 ? 'end' : 'middle' };
          svg('text', { ...at, y: 14 }, g).textContent = offset(t, step);
          svg('text', { ...at, y: 28 }, g).textContent = clock(t, step);
        }
      });
      reset.disabled = from === 0 && to === millis;
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
    const readout = make('span', 'Drag to zoom; point to read.', { class: 'readout' });
    tools.append(readout);
    charts.before(tools);
    charts.tabIndex = 0;
    charts.setAttribute('role', 'group');
    charts.setAttribute('aria-label', 'Timeline: plus and minus zoom, arrows move, 0 shows all');
    const keys = { '+': () => by(.5), '=': () => by(.5), '-': () => by(2), ArrowLeft: () => pan(-.2), ArrowRight: () => pan(.2), 0: whole, Escape: whole };
    charts.onkeydown = (ev) => { if (keys[ev.key]) { ev.preventDefault(); keys[ev.key](); } };

    const names = [...document.querySelectorAll('.legend li')].map((li) => li.textContent.trim());
    const timeAt = (plot, ev) => {
      const box = plot.getBoundingClientRect();
      return from + Math.min(1, Math.max(0, (ev.clientX - box.left) / box.width)) * (to - from);
    };
    const read = (i, t) => {
      const list = data.samples[i];
      let lo = 0, hi = list.length - 1;
      while (lo < hi) { const m = (lo + hi) >> 1; if (list[m][0] < t) lo = m + 1; else hi = m; }
      if (lo > 0 && t - list[lo - 1][0] < list[lo][0] - t) lo--;
      const s = list[lo];
      const kib = (v) => v === null ? 'unknown' : format.bytes(v * 1024);
      readout.textContent = offset(s[0], 1) + ', ' + clock(s[0], 1) + ' UTC: RSS ' + kib(s[1])
        + names.map((n, k) => s[k + 2] ? ' · ' + n + ' ' + kib(s[k + 2]) : '').join('');
    };
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
      plot.onpointerleave = () => line.setAttribute('visibility', 'hidden');
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
      plot.onclick = (ev) => { if (dragged) ev.preventDefault(); };
      plot.ondragstart = (ev) => ev.preventDefault();
      plot.ondblclick = whole;
    });
    draw();
  }
  follow();
})();
