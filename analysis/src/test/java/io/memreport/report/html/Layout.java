// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import java.util.List;

/** What a designer sees at once and no other test: texts over each other, cut off or squeezed. */
final class Layout {
  private static final String FAULTS =
      """
      const faults = [];
      const box = (e) => {
        const r = e.getBoundingClientRect();
        return r.width > 0 && r.height > 0 ? r : null;
      };
      const over = (r, s) => Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1
          && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 3;
      for (const chart of document.querySelectorAll('svg.focus, svg.plot')) {
        const texts = [...chart.querySelectorAll('text')].filter((t) => !t.closest('.names'))
            .map((t) => [t.textContent, box(t)]).filter((t) => t[1]);
        texts.forEach(([a, r], i) => texts.slice(i + 1).forEach(([b, s]) => {
          if (over(r, s)) faults.push(a + ' lies over ' + b);
        }));
        const out = texts.filter(([a, r]) => r.left < -1 || r.right > innerWidth + 1);
        out.forEach(([a]) => faults.push(a + ' is outside of the page'));
      }
      for (const text of document.querySelectorAll('.bar .inside, .map a > svg > text')) {
        const r = box(text);
        const part = text.classList.contains('inside') ? text.previousElementSibling
            : text.parentNode.querySelector('.box');
        if (r && r.right > part.getBoundingClientRect().right + 1) {
          faults.push(text.textContent + ' is cut');
        }
      }
      for (const cell of document.querySelectorAll('td, th')) {
        const r = box(cell);
        if (r && r.width < 60 && cell.textContent.trim().length > 8 && r.height > 70) faults.push(cell.textContent + ' is squeezed');
      }
      for (const tick of document.querySelectorAll('svg.focus .axis, svg.plot .axis')) {
        if (/\\.0+ [KMG]iB|^[+]0/.test(tick.textContent)) faults.push(tick.textContent + ' is not round');
      }
      const links = document.querySelector('.links').getBoundingClientRect();
      const theme = document.querySelector('#theme').getBoundingClientRect();
      if (theme.right > innerWidth || links.right > theme.left) faults.push('the head is cut');
      return faults;
      """;

  private Layout() {}

  @SuppressWarnings("unchecked")
  static List<String> faults(Browser browser) {
    return (List<String>) browser.run(FAULTS);
  }
}
