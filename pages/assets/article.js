'use strict';
// The page of an article: from words to the rows that were read from them, which kinds are shown,
// and both by keyboard. Without it every word that was marked is a link to its smallest row.
(() => {
  const article = document.querySelector('.article');
  const text = document.getElementById('text');
  const NAMES = { f: 'figure', d: 'date', m: 'name', e: 'event', c: 'claim' };
  const shown = (kind) => article.classList.contains(`on-${kind}`);
  const rowOf = (mark) => mark.dataset.row || mark.id.slice(2);
  const leaves = [...text.querySelectorAll('a[href^="#r-"]')];

  // The marks over a word, the smallest first.
  function marksOver(leaf) {
    const marks = [];
    for (let at = leaf; at !== text; at = at.parentElement) {
      if (NAMES[at.className[0]] && shown(at.className[0])) marks.push(at);
    }
    return marks;
  }

  // Goes to a place of the page, if it is the one that the address names already too.
  function go(place) {
    if (location.hash !== `#${place}`) {
      location.hash = place;
      return;
    }
    document.getElementById(place).scrollIntoView();
    arrive();
  }

  // Where several marks lie over a word, a small panel lists their rows.
  const panel = document.createElement('div');
  panel.id = 'over';
  panel.popover = 'auto';
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', 'Rows read from these words');
  article.append(panel);

  let openedAt = 0;
  function entry(mark) {
    const row = document.getElementById(`r-${rowOf(mark)}`);
    const link = document.createElement('a');
    link.href = `#${row.id}`;
    link.append(`${NAMES[mark.className[0]]}: `, row.querySelector('bdi').cloneNode(true));
    link.addEventListener('click', () => panel.hidePopover());
    const item = document.createElement('li');
    item.append(link);
    const says = row.querySelector(':scope > span') || row.closest('section > ul > li').querySelector('span');
    const line = document.createElement('p');
    line.textContent = says.textContent;
    item.append(line);
    return item;
  }

  function openPanel(leaf, marks) {
    const list = document.createElement('ul');
    list.append(...marks.map(entry));
    panel.replaceChildren(list);
    panel.showPopover();
    const box = leaf.getClientRects()[0];
    const below = box.bottom + panel.offsetHeight + 8 < innerHeight;
    panel.style.top = `${Math.max(4, below ? box.bottom + 4 : box.top - panel.offsetHeight - 4)}px`;
    panel.style.left = `${Math.max(4, Math.min(box.left, document.documentElement.clientWidth - panel.offsetWidth - 4))}px`;
    panel.querySelector('a').focus({ preventScroll: true });
    openedAt = scrollY;
  }

  text.addEventListener('click', (event) => {
    const leaf = event.target.closest('a');
    if (!leaf || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const marks = marksOver(leaf);
    event.preventDefault();
    if (marks.length > 1 && panel.showPopover) openPanel(leaf, marks);
    else if (marks.length) go(`r-${rowOf(marks[0])}`);
  });
  addEventListener('scroll', () => {
    if (panel.childNodes.length && Math.abs(scrollY - openedAt) > 20) panel.hidePopover();
  }, { passive: true });

  // One word of the text is reached by Tab; from it j and k, or the arrows, lead on and back.
  let current = leaves[0];
  function makeCurrent(leaf) {
    if (current) current.tabIndex = -1;
    current = leaf;
    current.tabIndex = 0;
  }
  leaves.forEach((leaf) => { leaf.tabIndex = -1; });
  if (current) makeCurrent(current);
  text.addEventListener('focusin', (event) => {
    if (leaves.includes(event.target)) makeCurrent(event.target);
  });
  const STEPS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };
  text.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    let at = leaves.indexOf(current) + step;
    while (leaves[at] && !marksOver(leaves[at]).length) at += step;
    if (leaves[at]) leaves[at].focus();
  });

  // The legend's entries switch their kind off and on: its marks and its rows.
  function show(kind, on) {
    article.classList.toggle(`on-${kind}`, on);
    document.querySelector(`section[data-kind="${kind}"]`).hidden = !on;
    document.querySelector(`.legend [data-kind="${kind}"] button`).setAttribute('aria-pressed', on);
  }
  for (const item of document.querySelectorAll('.legend li')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'true');
    button.append(...item.childNodes);
    button.addEventListener('click', () => show(item.dataset.kind, !shown(item.dataset.kind)));
    item.append(button);
  }

  const legend = document.querySelector('.legend');
  if (legend) {
    const note = document.createElement('p');
    note.className = 'note controls';
    note.textContent = 'Marked words lead to what was read there. In the text, j and k or the arrows go from one to the next.';
    legend.after(note);
  }

  // The place that the address names: all its pieces are lit, and the keyboard goes on from there.
  function arrive() {
    text.querySelectorAll('.at').forEach((piece) => piece.classList.remove('at'));
    const place = document.getElementById(location.hash.slice(1));
    if (!place) return;
    if (text.contains(place)) {
      const kind = place.className[0];
      if (!shown(kind)) show(kind, true);
      text.querySelectorAll(`[data-row="${rowOf(place)}"]`).forEach((piece) => piece.classList.add('at'));
      (place.matches('a') ? place : place.querySelector('a')).focus({ preventScroll: true });
      return;
    }
    const section = place.closest('section[data-kind]');
    if (section && section.hidden) {
      show(section.dataset.kind, true);
      place.scrollIntoView();
    }
    const link = place.querySelector('a');
    if (link) link.focus({ preventScroll: true });
  }
  addEventListener('hashchange', arrive);
  if (location.hash) arrive();
})();
