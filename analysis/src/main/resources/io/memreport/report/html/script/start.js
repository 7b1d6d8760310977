// SPDX-License-Identifier: Apache-2.0
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
