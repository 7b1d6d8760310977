// SPDX-License-Identifier: Apache-2.0
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
    const cell = row.tr.cells[column];
    return cell.classList.contains('unknown') ? null : Number((cell.title || cell.textContent).replace(/[^\d-]/g, ''));
  }
  text(row) {
    if (row.t === undefined) {
      const cell = row.r ? null : row.tr.cells[0];
      const full = cell && cell.querySelector('pre');
      row.t = (row.r ? row.r[1] + ' ' + row.r[2] + ' ' + row.r[3].join(' ') + ' ' + (row.r[6] || '')
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
    details.append(summary, this.details(r));
    th.append(details);
    for (let i = 0; i < r[3].length; i += 2) summary.append(' ', make('span', r[3][i + 1], { class: 'chip ' + r[3][i] }));
    if (r[2]) summary.append(' ', bdi('context', r[2]));
    tr.append(th);
    r[4].forEach((v, i) => {
      const kind = this.heads[i + 1].dataset.kind;
      tr.append(v === null ? make('td', 'unknown', { class: 'unknown', title: 'not measured' })
        : make('td', format[kind](v), exact(kind, v) && { title: exact(kind, v) }));
    });
    const n = this.related(row).length;
    const td = make('td', n ? undefined : 'none');
    const other = this.e.dataset.other;
    if (n) {
      const first = tables[other].rows[this.related(row)[0]].id;
      td.append(make('a', n + ' ' + (n > 1 ? other : other === 'tests' ? 'test' : 'query'),
        { class: 'related', href: '#' + first }));
    }
    tr.append(td);
    return tr;
  }
  // What opens below a row.
  details(r) {
    const more = make('div', undefined, { class: 'more' });
    if (r[6]) {
      const full = make('pre');
      full.append(make('bdi', r[6]));
      more.append(full);
    }
    if (r[5].length) {
      const list = make('dl');
      for (let i = 0; i < r[5].length; i += 2) {
        const value = make('dd');
        value.append(make('bdi', r[5][i + 1]));
        const fact = make('div');
        fact.append(make('dt', data.facts[r[5][i]]), value);
        list.append(fact);
      }
      more.append(list);
    }
    return more;
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
