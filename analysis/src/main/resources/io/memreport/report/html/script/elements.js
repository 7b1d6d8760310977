// SPDX-License-Identifier: Apache-2.0
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
// Each sample is written as what it adds to the one before.
for (const list of data.samples || []) {
  const sum = [];
  for (const sample of list) sample.forEach((v, k) => { if (v !== null) sample[k] = sum[k] = (sum[k] || 0) + v; });
}
