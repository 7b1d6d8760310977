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

  // What a reader did, in the address: the row, then key=value pairs. Plain links keep the pairs.
  const view = { id: '', of: {} };
  const appliers = [];
  const address = () => '#' + [view.id, ...Object.entries(view.of).map(([k, v]) => k + '=' + encodeURIComponent(v))].join('&');
  const keep = (push) => {
    try { history[push ? 'pushState' : 'replaceState']({ id: view.id, of: { ...view.of } }, '', address()); } catch (e) { /* a sandbox: nothing is kept */ }
  };
  let settling = 0;
  // Pairs without a value go; what changes with each key or pixel is written once it rests.
  const remember = (pairs, rests) => {
    for (const k in pairs) if (pairs[k]) view.of[k] = String(pairs[k]); else delete view.of[k];
    clearTimeout(settling);
    if (rests) settling = setTimeout(keep, 250, false);
    else keep(true);
  };
  const apply = () => appliers.forEach((a) => a(view.of));

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

  // Tables: sort, filter, rows that are not markup yet.
  // Of many forks the table of forks tells most.
  const PAGE = document.querySelectorAll('#forks tbody tr').length > 8 ? 5 : 100;
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
        b.onclick = () => {
          this.sort(column, this.turns(column));
          remember({ [this.e.id + '.sort']: (this.up ? '-' : '') + column });
        };
        th.replaceChildren(b);
      });
      const tools = make('div', undefined, { class: 'tools' });
      this.box = make('input', undefined, {
        type: 'search', placeholder: 'Filter ' + element.id, 'aria-label': 'Filter ' + element.id });
      this.box.oninput = () => {
        this.only = null;
        this.reset();
        unpin();
        remember({ [this.e.id + '.filter']: this.box.value, [this.e.id + '.of']: '', at: '' }, true);
      };
      this.box.onkeydown = (ev) => { if (ev.key === 'Escape') { this.all.onclick(); ev.preventDefault(); } };
      this.all = make('button', 'Show all', { type: 'button', hidden: '' });
      this.all.onclick = () => { this.clear(); unpin(); remember(this.nothing()); };
      this.count = $(element.id + '-count');
      this.count.setAttribute('role', 'status');
      this.more = make('button', 'Show more', { type: 'button', hidden: '' });
      this.more.onclick = () => { this.limit += PAGE; this.show(); };
      tools.append(this.box, this.all, this.filters());
      this.body.addEventListener('toggle', (ev) => this.panel(ev.target), true);
      element.parentNode.before(tools);
      this.count.after(this.more);
      appliers.push((of) => this.apply(of));
      if (this.rows.length > this.limit) this.show();
    }
    nothing() { return { [this.e.id + '.filter']: '', [this.e.id + '.kind']: '', [this.e.id + '.of']: '', at: '' }; }
    // As the address says.
    apply(of) {
      const said = (k) => of[this.e.id + '.' + k] || '';
      const sort = said('sort').match(/^(-?)(\d+)$/);
      if (sort && this.heads[sort[2]]) this.sort(Number(sort[2]), sort[1] === '-');
      else { this.order = this.rows; this.heads.forEach((h) => h.removeAttribute('aria-sort')); }
      this.box.value = said('filter');
      this.press([...this.chips.children].find((b) => b.dataset.kind === said('kind')));
      this.narrow(said('of'));
      this.reset();
    }
    // To what has to do with a row of the other table, or with rows of this one.
    narrow(ids) {
      this.only = null;
      if (!ids) return;
      const other = tables[this.e.dataset.other];
      const row = other && other.rows.find((r) => r.id === ids);
      if (row) {
        this.only = new Set(other.related(row));
        this.of = (row.r ? row.r[1] : row.tr.querySelector('.name').textContent).slice(0, 80);
      } else {
        const wanted = new Set(ids.split(' '));
        this.only = new Set(this.rows.filter((r) => wanted.has(r.id)).map((r) => r.i));
        this.of = 'the part that was chosen';
      }
    }
    // Shows some rows only, and says of what they are.
    choose(indices, of) {
      this.only = new Set(indices);
      this.of = of;
      this.box.value = '';
      this.reset();
    }
    press(chip) {
      for (const b of this.chips.children) b.setAttribute('aria-pressed', String(b === chip));
      this.kind = chip ? chip.test : null;
    }
    // What rows have in common, with how many have it.
    filters() {
      const group = this.chips = make('span', undefined, { class: 'filters', role: 'group', 'aria-label': 'Kinds of ' + this.e.id });
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
        const b = make('button', name + ' ' + grouped(n), { type: 'button', 'aria-pressed': 'false', 'data-kind': name });
        b.test = test;
        b.onclick = () => {
          const on = b.getAttribute('aria-pressed') !== 'true';
          this.press(on ? b : null);
          this.reset();
          remember({ [this.e.id + '.kind']: on ? name : '' });
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
    turns(column) {
      const th = this.heads[column];
      return th.getAttribute('aria-sort') === 'descending' || (column === 0 && !th.hasAttribute('aria-sort'));
    }
    sort(column, up) {
      const th = this.heads[column];
      this.up = up;
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
      this.only = null;
      this.press(null);
      this.reset();
    }
    reveal(id) {
      const row = this.rows.find((r) => r.id === id);
      if (!row) return false;
      if (!row.tr || !row.tr.isConnected) {
        Object.keys(this.nothing()).forEach((k) => delete view.of[k]); 
        this.clear();
        this.pinned = row;
        this.show();
      }
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
    to.box.value = '';
    to.press(null);
    to.narrow(tr.id);
    to.reset();
    unpin();
    remember({ ...to.nothing(), [to.e.id + '.of']: tr.id });
    $(to.e.id + '-section').scrollIntoView();
    to.all.focus({ preventScroll: true });
  });

  // The map: what is chosen narrows the tables.
  document.querySelectorAll('#map a').forEach((a) => {
    a.onclick = (ev) => {
      const t = tables.tests;
      if (!t || !a.dataset.tests) return;
      ev.preventDefault();
      t.clear();
      t.narrow(a.dataset.tests);
      t.of = a.getAttribute('aria-label');
      t.reset();
      const pairs = { ...t.nothing(), 'tests.of': a.dataset.tests };
      const q = tables.queries;
      if (q) {
        const wanted = [...t.only].flatMap((i) => t.related(t.rows[i]));
        q.clear();
        q.choose(wanted, t.of);
        Object.assign(pairs, q.nothing());
        if (!a.dataset.tests.includes(' ')) pairs['queries.of'] = a.dataset.tests;
      }
      unpin();
      remember(pairs);
      $('tests-section').scrollIntoView();
      t.all.focus({ preventScroll: true });
    };
  });

  // Links into rows: the address is the row's, and Back closes nothing that was opened since.
  const follow = () => {
    document.querySelectorAll('.target').forEach((e) => e.classList.remove('target'));
    const id = view.id;
    if (!id) return;
    const row = Object.values(tables).some((t) => t.reveal(id));
    const e = $(id);
    if (!e) return;
    e.classList.add('target');
    if (row) return;
    for (let d = e.tagName === 'TR' && e.querySelector('details') || e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true;
    e.scrollIntoView();
  };
  addEventListener('popstate', (ev) => {
    if (ev.state) {
      view.id = ev.state.id;
      view.of = { ...ev.state.of };
      apply();
    } else {
      view.id = decodeURIComponent(location.hash.slice(1).split('&')[0]);
    }
    follow();
    if (!ev.state) keep(false);
  });
  document.addEventListener('toggle', (ev) => {
    const tr = ev.target.open && ev.target.closest && ev.target.closest('tr[id]');
    if (!tr || tr.id === view.id || !started) return;
    view.id = tr.id;
    keep(true);
  }, true);

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
    panel.append(make('p', 'What was in memory at a moment, and which test ran: point at the chart.', { class: 'note' }));
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
        svg('path', { class: 'alone k-' + key, fill: legend[k].querySelector('rect').getAttribute('fill'),
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
  }

  // As the address has it.
  let started = false;
  const [id, ...pairs] = location.hash.slice(1).split('&');
  try {
    view.id = decodeURIComponent(id);
    for (const pair of pairs) {
      const [k, v] = pair.split('=');
      if (v) view.of[k] = decodeURIComponent(v);
    }
  } catch (e) { /* not written by this page */ }
  if (pairs.length) apply();
  follow();
  keep(false);
  setTimeout(() => { started = true; });
})();
