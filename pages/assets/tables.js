'use strict';
// Tables whose rows can be filtered by words and sorted by a column. Without this they are whole.
(() => {
  const order = new Intl.Collator('en', { numeric: true });
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  function filtered(table, rows) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    const told = document.createElement('span');
    const words = new Map();
    input.type = 'search';
    label.className = 'controls';
    told.setAttribute('role', 'status');
    told.className = 'note';
    label.append('Rows with the words ', input, ' ', told);
    table.parentElement.before(label);
    input.addEventListener('input', () => {
      // each begins a word of the row
      const wanted = plain(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        if (!words.has(row)) words.set(row, ` ${plain([...row.cells].map((cell) => cell.textContent).join(' ')).replace(/[^\p{L}\p{N}]+/gu, ' ')}`);
        const met = wanted.every((word) => words.get(row).includes(` ${word}`));
        row.classList.toggle('hidden', !met);
        shown += met;
      }
      for (const head of table.querySelectorAll('tr.group')) {
        const empty = !head.parentElement.querySelector('tr:not(.group):not(.hidden)');
        head.classList.toggle('hidden', empty);
      }
      const rest = Number(table.dataset.every || 0) - rows.length;
      const more = rest > 0 ? `; ${rest.toLocaleString('en')} more are not on this page` : '';
      told.textContent = wanted.length
        ? `${shown} of the ${rows.length.toLocaleString('en')} rows shown${more}` : '';
    });
  }

  function sorted(table, rows) {
    const heads = [...table.querySelectorAll('thead th')];
    const key = (row, at) => {
      const cell = row.cells[at];
      return cell.dataset.sort ?? cell.textContent.trim();
    };
    heads.forEach((head, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const values = new Map(rows.map((row) => [row, key(row, at)]));
        const empty = (value) => value === '–' || value === '';
        const ranked = [...rows].sort((one, other) => {
          const [a, b] = [values.get(one), values.get(other)];
          if (empty(a) || empty(b)) return empty(a) - empty(b); // what is not said comes last
          return down ? order.compare(b, a) : order.compare(a, b);
        });
        for (const group of table.querySelectorAll('tr.group')) group.remove();
        table.tBodies[0].append(...ranked);
      });
    });
  }

  for (const table of document.querySelectorAll('table.sortable')) {
    const rows = [...table.querySelectorAll('tbody tr:not(.group)')];
    if (rows.length < 2) continue;
    filtered(table, rows);
    sorted(table, rows);
  }
})();
