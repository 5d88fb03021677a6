'use strict';
// The page of search: the question stands in the address, what is found below the field.
window.dateline = window.dateline || {};
dateline.start = (start) => {
  const form = document.getElementById('search');
  const field = document.getElementById('q');
  const found = document.getElementById('found');
  const results = document.getElementById('results');
  const { version } = form.dataset;
  const left = new Set(start.left);
  const names = new dateline.Index(start.names, version);
  const stretches = start.articles.map((one) => new dateline.Index(one, version));
  const FIRST = 5, MORE = 20; // names and titles shown at first, and what is shown at a time
  const LOOKED = 40; // of what has the words of a phrase: read at a time, at most
  const LONGEST = 400, SHORT = 160; // characters shown of what is found, and of what it is in
  let run = 0; // which question is being answered: what comes late for another one is dropped

  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside.filter((one) => one !== ''));
    return made;
  };
  const number = (count) => count.toLocaleString('en');
  const counted = (count, one) => `${number(count)} ${one}${count === 1 ? '' : 's'}`;
  const others = (text) => {
    const made = element('bdi', '', text);
    made.dir = 'auto';
    return made;
  };

  const short = (text) => others(text.length > SHORT ? `${text.slice(0, SHORT)} …` : text);

  // A text that others wrote, the words that were asked for marked; a long one around the first.
  const marked = (text, question) => {
    const marks = [...dateline.written(text)].filter((at) => at.words.some((word) =>
      question.words.some((wanted) => dateline.meets(word, wanted))));
    const made = others('');
    let at = 0, end = text.length;
    if (text.length > LONGEST) {
      at = Math.max(Math.min((marks[0] || { start: 0 }).start - LONGEST / 4, end - LONGEST), 0);
      end = at + LONGEST;
      if (at) made.append('… ');
    }
    for (const mark of marks) {
      if (mark.start >= end) break;
      if (mark.start < at) continue;
      made.append(text.slice(at, mark.start), element('mark', '', text.slice(mark.start, Math.min(mark.end, end))));
      at = Math.min(mark.end, end);
    }
    if (at < end) made.append(text.slice(at, end));
    if (end < text.length) made.append(' …');
    return made;
  };

  const linked = (address, text) => {
    const made = element('a', 'hit', text);
    made.href = address;
    return made;
  };
  // What stands behind a link: a publisher's name is what others wrote.
  const behind = (...parts) => {
    const made = element('span', 'note', ' ');
    parts.filter(Boolean).forEach((part, at) => made.append(at ? ' · ' : '', short(part)));
    return made;
  };

  // Each kind of what is found: how it is read from the index, and how it is shown.
  const KINDS = [
    {
      one: 'name', head: 'Names', first: FIRST,
      read: ({ unit }) => names.named(unit),
      texts: (name) => [name.name, ...name.spellings],
      show: (name, question) => {
        const shown = element('li', '', linked(name.address, marked(name.name, question)),
          behind(name.type, name.articles));
        if (name.spellings.length) {
          shown.append(element('div', 'note', 'also ', marked(name.spellings.join(', '), question)));
        }
        return shown;
      },
    },
    {
      one: 'title', head: 'Titles', first: FIRST,
      read: ({ index, unit }) => index.said(unit),
      texts: (said) => [said.title],
      show: (said, question) => element('li', '', linked(said.address, marked(said.title, question)),
        behind(said.publisher, said.day)),
    },
    {
      one: 'sentence', head: 'Sentences', first: MORE,
      read: ({ index, unit }) => index.said(unit),
      texts: (said) => [said.sentence],
      show: (said, question) => {
        const address = said.address + (said.row ? `#${start.mark}${said.row}` : '');
        return element('li', '',
          element('div', 'evidence', marked(said.sentence, question)),
          linked(address, short(said.title || 'Without a title')),
          behind(said.publisher, said.day));
      },
    },
  ];

  // The next ones, read a few at a time, with which place is to be looked at then.
  const next = async (kind, hits, from, wanted, phrases) => {
    const read = [];
    let at = from;
    while (at < hits.length && read.length < wanted && at - from < LOOKED) {
      const some = hits.slice(at, at + wanted - read.length);
      for (const one of await Promise.all(some.map(kind.read))) {
        if (dateline.holds(kind.texts(one), phrases)) read.push(one);
      }
      at += some.length;
    }
    return { read, at };
  };

  // One kind of what is found: the first ones, a button for more, and how many there are in words.
  const section = async (kind, hits, question) => {
    const list = element('ul', 'plain');
    const more = element('button');
    more.type = 'button';
    let at = 0;
    const show = async (wanted) => {
      const before = list.children.length;
      more.disabled = true;
      const got = await next(kind, hits, at, wanted, question.phrases);
      at = got.at;
      list.append(...got.read.map((one) => kind.show(one, question)));
      more.disabled = false;
      more.hidden = at >= hits.length;
      more.textContent = question.phrases.length
        ? `Look through ${number(hits.length - at)} more with these words`
        : `Show ${number(Math.min(MORE, hits.length - at))} more of ${counted(hits.length, kind.one)}`;
      return list.children[before];
    };
    const said = () => {
      const count = list.children.length, rest = hits.length - at;
      if (!question.phrases.length) return hits.length ? counted(hits.length, kind.one) : '';
      if (!rest) return count ? counted(count, kind.one) : '';
      return count ? `at least ${counted(count, kind.one)}` : `no ${kind.one} among the first ${number(at)} with these words`;
    };
    more.onclick = async () => {
      try {
        const first = await show(MORE);
        if (question.phrases.length) found.textContent = said() || `No ${kind.one}`;
        if (first) first.querySelector('.hit').focus();
      } catch (error) {
        failed(error);
      }
    };
    await show(kind.first);
    const made = element('section', '', element('h2', '', kind.head), list, more);
    made.hidden = !list.children.length && more.hidden;
    return { made, said: said() };
  };

  const failed = (error) => {
    found.textContent = `The index cannot be read: ${error.message}. Is the folder of the site complete?`;
  };

  const answer = async (text) => {
    const mine = ++run;
    const question = dateline.question(text, left);
    const passed = question.passed.map((word) => `“${word}”`).join(', ');
    if (!question.words.length) {
      results.replaceChildren();
      if (passed || question.phrases.length) {
        found.textContent = `Too frequent to be looked up: ${passed || 'each of these words'}. Add another word.`;
      } else found.textContent = text.trim() ? 'No letters or digits to look for.' : '';
      return;
    }
    try {
      const [named, ...said] = await Promise.all(
        [names, ...stretches].map((index) => index.all(question.words)));
      const hits = [named.map((unit) => ({ unit })), [], []];
      said.forEach((units, at) => {
        const index = stretches[at];
        for (const unit of index.newestFirst(units)) hits[index.isTitle(unit) ? 1 : 2].push({ index, unit });
      });
      if (mine !== run) return;
      const sections = await Promise.all(KINDS.map((kind, at) => section(kind, hits[at], question)));
      if (mine !== run) return;
      results.replaceChildren(...sections.map((one) => one.made));
      const counts = sections.map((one) => one.said).filter(Boolean);
      found.textContent = (counts.join(', ') || 'Nothing has all these words')
        + (passed ? `; not looked up: ${passed}` : '');
    } catch (error) {
      if (mine === run) failed(error);
    }
  };

  // #q=... of the address.
  let last;
  const inAddress = () => new URLSearchParams(location.hash.slice(1)).get('q')
    ?? (location.hash && last || ''); // another place of this page
  const address = (text) =>
    (text ? `#${new URLSearchParams({ q: text })}` : location.pathname + location.search);
  const follow = () => {
    const text = inAddress();
    if (text === last) return;
    last = text;
    if (field.value !== text) field.value = text;
    answer(text);
  };

  // While one types the address is written over; a question that is sent is a step to go back to.
  let timer, sent = inAddress();
  const write = () => {
    history.replaceState(null, '', address(field.value));
    follow();
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(write, 200);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (field.value !== sent) {
      history.replaceState(null, '', address(sent));
      history.pushState(null, '', address(field.value));
      sent = field.value;
    }
    follow();
  });
  const arrived = () => {
    sent = inAddress();
    follow();
  };
  addEventListener('popstate', arrived);
  addEventListener('hashchange', arrived);

  // Arrows walk from the field through what was found, Escape leads back.
  document.addEventListener('keydown', (event) => {
    const stops = [field, ...results.querySelectorAll('section:not([hidden]) .hit')];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key];
    if (at < 0 || !step || !stops[at + step] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  form.hidden = false;
  follow();
  if (!field.value) field.focus();
};
