// SPDX-License-Identifier: Apache-2.0
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
