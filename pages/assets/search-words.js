'use strict';
// By which words is a text found? As pages/search/folding.py says; a test compares the two.
window.dateline = window.dateline || {};
{
  const LETTER = '[\\p{L}\\p{N}]';
  const WORD = new RegExp(
    `[a-z](?:\\.[a-z])+(?!${LETTER})` +
      `|[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?(?!${LETTER})` +
      `|[0-9]+\\.[0-9]+(?!${LETTER})` +
      `|${LETTER}+(?:'s(?!${LETTER}))?`, 'gu');
  const LONGEST = 60;
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
  const WRITTEN = {
    '‘': "'", '’': "'", '\u02bb': "'", '\u02bc': "'", ß: 'ss', ς: 'σ', ı: 'i', ł: 'l', ø: 'o',
    đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ħ: 'h',
  };
  const TO_WRITE = new RegExp(`[${Object.keys(WRITTEN).join('')}]`, 'gu');
  // Characters of the text as written that may be one word.
  const WRITTEN_WORD = /[\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u2060-\u2069.,'‘’]+/gu;

  const plain = (text) => text.replace(INVISIBLE, '').normalize('NFKD').replace(/\p{M}/gu, '')
    .toLowerCase().replace(TO_WRITE, (one) => WRITTEN[one]);

  // A word as it stood in the text, without what is no letter or digit of it.
  const bare = (found) => {
    const all = found.replace(/'s$/, '').replaceAll(',', '');
    const word = all.length > LONGEST ? [...all].slice(0, LONGEST).join('') : all;
    return /^[0-9]/.test(word) ? word : word.replaceAll('.', '');
  };

  // And without its ending.
  const base = (found) => {
    const word = bare(found);
    if (!/^[a-z]{4,}$/.test(word) || word === 'news') return word;
    if (/(?:ies|[^aeiou]y)$/.test(word)) return word.replace(/(?:ies|y)$/, 'i');
    if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
    return /s$/.test(word) && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
  };

  // The words by which a text is found, in its order.
  const words = (text) => (plain(text).match(WORD) || []).map(base);

  // The last of them with its ending: what has been typed of it.
  const begun = (text) => bare((plain(text).match(WORD) || ['']).pop());

  // The stretches of a text that may be words, each with the words that it is found by.
  const written = function* (text) {
    for (const match of text.matchAll(WRITTEN_WORD)) {
      const [, before, word] = match[0].match(/^([.,'‘’]*)(.*?)[.,'‘’]*$/su);
      const start = match.index + before.length, of = words(word);
      if (of.length) yield { start, end: start + word.length, words: of };
    }
  };

  Object.assign(window.dateline, { begun, words, written });
}
