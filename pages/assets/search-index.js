'use strict';
// Which units of the index have all the words of a question? The index lies in pieces, which are
// scripts since a page of a folder cannot fetch; pages/search/pieces.py says what is in them.
window.dateline = window.dateline || {};
{
  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));
  // A begun word of fewer letters begins too many.
  const FEWEST_LETTERS = 3;

  const decoded = (text) => {
    const numbers = [];
    let gap = 0, shift = 0, before = -1;
    for (const digit of text) {
      const value = VALUE.get(digit);
      gap += (value & 31) * 2 ** shift;
      shift += 5;
      if (value < 32) {
        before += gap + 1;
        numbers.push(before);
        gap = shift = 0;
      }
    }
    return numbers;
  };

  // Whether a word is the wanted one, or begins as far as that was typed.
  const starts = (wanted) => (wanted.begun ? [...new Set([wanted.base, wanted.begun])] : [])
    .filter((start) => start.length >= FEWEST_LETTERS);
  const meets = (word, wanted) =>
    word === wanted.base || starts(wanted).some((start) => word.startsWith(start));

  // The place of the last number (or word) that is not behind this one; -1 if all are.
  const last = (sorted, one) => {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= one) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  const asked = new Map(), waiting = new Map();

  // The content of a piece; the same promise when it is asked for again.
  const load = (path, version) => {
    if (!asked.has(path)) {
      asked.set(path, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        waiting.set(path, resolve);
        script.onload = () => script.remove();
        script.onerror = () => {
          script.remove();
          asked.delete(path);
          reject(new Error(`${path}.js could not be loaded`));
        };
        script.src = `${path}.js?${version}`;
        document.head.append(script);
      }));
    }
    return asked.get(path);
  };
  const piece = (path, content) => waiting.get(path)(content);

  // An index by its directory: of names, or of a stretch of articles.
  class Index {
    constructor(directory, version) {
      this.name = directory.name;
      this.units = directory.units;
      this.heads = decoded(directory.heads);
      this.texts = decoded(directory.texts);
      this.words = directory.words;
      this.version = version;
    }

    load(piece) {
      return load(`${this.name}/${piece}`, this.version);
    }

    // The words from one on, up to the first that is not wanted, each with its units as written.
    async from(first, wanted) {
      const found = [];
      for (let at = Math.max(last(this.words, first), 0); at < this.words.length; at++) {
        if (this.words[at] > first && !wanted(this.words[at])) break;
        for (const line of (await this.load(`w${at}`)).split('\n')) {
          const [word, units] = line.split(' ');
          if (word >= first && wanted(word)) found.push(units);
        }
      }
      return found;
    }

    // For each unit whether it has the word, or one that begins so.
    async having(word) {
      const lists = await this.from(word.base, (one) => one === word.base);
      for (const start of starts(word)) {
        lists.push(...await this.from(start, (one) => one.startsWith(start)));
      }
      const has = new Uint8Array(this.units);
      for (const list of lists) for (const unit of decoded(list)) has[unit] = 1;
      return has;
    }

    // The units that have all the words, in their order.
    async all(words) {
      const every = await Promise.all(words.map((word) => this.having(word)));
      const found = [];
      for (let unit = 0; unit < this.units; unit++) {
        if (every.every((has) => has[unit])) found.push(unit);
      }
      return found;
    }

    // The units of the newest article first, those of each in its order.
    newestFirst(units) {
      const found = [];
      for (let end = units.length; end > 0;) {
        const head = this.heads[last(this.heads, units[end - 1])];
        let start = end - 1;
        while (start > 0 && units[start - 1] >= head) start--;
        for (let at = start; at < end; at++) found.push(units[at]);
        end = start;
      }
      return found;
    }

    isTitle(unit) {
      return this.heads[last(this.heads, unit)] === unit;
    }

    // What is shown of a name.
    async named(unit) {
      const at = last(this.texts, unit);
      const [address, name, type, articles, spellings] =
        (await this.load(`t${at}`))[unit - this.texts[at]];
      return { address, name, type, articles, spellings };
    }

    // What is shown of a title or a sentence: its article, the sentence and the first row in it.
    async said(unit) {
      const at = last(this.texts, unit);
      const head = last(this.heads, unit), firstHead = last(this.heads, this.texts[at]);
      const [address, title, publisher, day, first, texts] =
        (await this.load(`t${at}`))[head - firstHead];
      const number = unit - this.heads[head];
      const article = { address, title, publisher, day };
      if (!number) return article;
      return { ...article, sentence: texts[2 * (number - first)], row: texts[2 * (number - first) + 1] };
    }
  }

  // What is asked: words, the phrases among them, and the words that are passed over, since no index
  // has them.
  // The last word may be begun only, unless something stands behind it.
  const question = (text, left) => {
    const phrases = [], wanted = new Map(), passed = new Set();
    const want = (base, begun, inPhrase) => {
      if (!left.has(base)) wanted.set(base, { base, begun: begun || (wanted.get(base) || {}).begun });
      else if (!inPhrase) passed.add(base); // in a phrase it is looked for
    };
    // A quote that is not closed is a phrase up to the end.
    const parts = text.split(/["“”„]/u);
    parts.forEach((part, at) => {
      const words = dateline.words(part);
      if (at % 2 && words.length) phrases.push(words);
      const lastOf = at % 2 === 0 && at === parts.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(part);
      words.forEach((base, number) => {
        const isLast = lastOf && number === words.length - 1;
        want(base, isLast ? dateline.begun(part) : undefined, at % 2);
      });
    });
    return { words: [...wanted.values()], phrases, passed: [...passed] };
  };

  // Whether each phrase stands, word by word, in one of the texts.
  const holds = (texts, phrases) => {
    const every = texts.map(dateline.words);
    return phrases.every((phrase) => every.some((words) => words.some((_, at) =>
      phrase.every((word, behind) => words[at + behind] === word))));
  };

  Object.assign(window.dateline, { Index, decoded, holds, meets, piece, question });
}
