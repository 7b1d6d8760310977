// SPDX-License-Identifier: Apache-2.0
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
