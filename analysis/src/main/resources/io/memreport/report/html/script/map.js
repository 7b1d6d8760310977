// SPDX-License-Identifier: Apache-2.0
// The map and the graphs of the heap: what is chosen narrows the tables.
document.querySelectorAll('.map a').forEach((a) => {
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
