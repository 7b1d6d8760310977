// SPDX-License-Identifier: Apache-2.0
// The map and the graphs of the heap: what is chosen narrows the tables.
document.querySelectorAll('.map a').forEach((a) => {
  a.onclick = (ev) => {
    const t = tables.tests;
    const of = a.dataset.tests || (a.getAttribute('href').startsWith('#test-') ? a.getAttribute('href').slice(1) : '');
    if (!t || !of) return;
    ev.preventDefault();
    t.clear();
    t.narrow(of);
    t.of = a.querySelector('title').textContent;
    t.reset();
    const pairs = { ...t.nothing(), 'tests.of': of };
    const q = tables.queries;
    if (q) {
      const wanted = [...t.only].flatMap((i) => t.related(t.rows[i]));
      q.clear();
      q.choose(wanted, t.of);
      Object.assign(pairs, q.nothing());
      if (!of.includes(' ')) pairs['queries.of'] = of;
    }
    unpin();
    remember(pairs);
    $('tests-section').scrollIntoView();
    t.all.focus({ preventScroll: true });
  };
});

// Labels as long as their boxes are wide.
const shorten = () => document.querySelectorAll('.map a > svg').forEach((box) => {
  const room = box.querySelector('.box').getBoundingClientRect().width - 9;
  box.querySelectorAll('text').forEach((text) => {
    text.dataset.all = text.dataset.all || text.textContent;
    let shown = text.textContent = text.dataset.all;
    while (shown && text.getComputedTextLength() > room) {
      shown = text.classList.contains('size') ? '' : shown.slice(0, -1);
      text.textContent = shown && shown + '…';
    }
  });
});
shorten();
addEventListener('resize', shorten);
