// SPDX-License-Identifier: Apache-2.0
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
