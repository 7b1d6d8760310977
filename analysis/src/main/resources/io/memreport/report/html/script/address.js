// SPDX-License-Identifier: Apache-2.0
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
