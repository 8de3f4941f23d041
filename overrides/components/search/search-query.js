// What a reader asks: the words of a query with what they may mean, the terms among them, and what is asked beyond the words.
(function () {
  "use strict";

  const { key, typed, slips, sorted } = window.lrpMatching;
  const { SECTION, words, stem, placesOf, alternatives } = window.lrpIndex;
  const MOST_WORDS = 16;
  const SUBSECTION = /\b(s(?:ec(?:tion)?)?\.? ?[0-9]+[a-z]*)(?:\([0-9a-z]+\))+/gi; // "s 47(1)" is looked up as "s 47"
  const DEFINE = new Set(("mean means meaning meant stand stands define defined definition abbreviation acronym explain " +
    "explained full whats term glossary").split(" "));
  const LONG = new Set("long soon quickly fast late many much often".split(" "));
  const NOT = new Set("not cannot cant dont doesnt didnt wont never".split(" "));
  const SPAN = new Set("day days hour hours week weeks month months year years time times timescale timescales deadline deadlines limit".split(" "));
  let index = null;

  // The query: chunks as typed, words with what they may mean, and the terms among them.

  async function understand(text) {
    text = typed(text, (letters) => index.letters.has(letters));
    const chunks = text.replace(/ & /g, "&").replace(SUBSECTION, "$1").replace(SECTION, "s$1").split(" ").flatMap(apart)
      .filter((raw) => words(raw).length).slice(0, MOST_WORDS);
    const shouted = chunks.length > 1 && text === text.toUpperCase();
    const said = chunks.flatMap((raw, chunk) => words(raw).map((word) => ({ word, raw, chunk, forms: [] })));
    const alone = said.filter((one) => !index.stops.has(one.word) && !DEFINE.has(one.word)).map((one) => one.chunk);
    const spelled = chunks.map((raw, chunk) => letters(raw, shouted, new Set(alone.length ? alone : [0]), chunk, chunks.length));
    await Promise.all(said.map(async (one, place) => {
      if (spelled[one.chunk].length) return;
      const form = stem(one.word);
      if (index.stops.has(one.word) || (await placesOf(form))) one.forms = [{ stem: form, weight: 1, how: "said" }];
      else one.forms = meant(one) || (await alternatives(one.word, place === said.length - 1));
      if (place && NOT.has(said[place - 1].word)) one.forms = [...(await opposites(form)), ...one.forms];
      one.unknown = !index.stops.has(one.word) && (!one.forms.length || one.forms[0].how !== "said");
    }));
    if (!said.some((one) => !one.unknown && !index.stops.has(one.word))) {
      said.filter((one) => one.forms.some((form) => form.how === "letters")).forEach((one) => { one.forms = []; });
    }
    const parted = said.flatMap((one) => (one.forms.length === 2 && one.forms[0].how === "split"
      ? one.forms.map((form) => ({ ...one, word: form.word, forms: [form] })) : [one]));
    return { text, chunks, said: parted, spelled, segments: segments(parted, spelled) };
  }

  // Letters that are an English word too, where the site has no such word: beside other words they are found as the term,
  // and the reader is asked whether it is meant.
  function meant({ word, raw }) {
    const known = (index.letters.get(word) || []).filter((one) => !one.word || key(raw) === word);
    return known.length ? known.map(({ term }) => ({ stem: `@${term.id}`, weight: 1, how: "letters" })) : null;
  }

  // "CIN/CP" is two terms; "e-CDOP" is one, and "co-sleeping" none.
  function apart(raw) {
    const isKnown = (piece) => index.letters.has(key(piece));
    const pieces = raw.split(/[/,;+|–-]/).filter((piece) => words(piece).length);
    const joined = /[–-]/.test(raw) ? pieces.every(isKnown) : pieces.some(isKnown);
    return pieces.length > 1 && joined && !isKnown(raw) ? pieces : [raw];
  }

  // "not agree" where the site writes "disagree".
  async function opposites(form) {
    const tried = ["dis", "un"].map((start) => ({ stem: start + form, weight: 1, how: "said" }));
    const held = await Promise.all(tried.map((one) => placesOf(one.stem)));
    return tried.filter((_, at) => held[at]);
  }

  function letters(raw, shouted, alone, chunk, count) {
    const known = index.letters.get(key(raw)) || [];
    const capitals = !shouted && /[A-Z].*[A-Z]/.test(raw);
    const single = count === 1 || (alone.size === 1 && alone.has(chunk));
    return known.filter((one) => !one.word || capitals || single);
  }

  function segments(said, spelled) {
    const found = [];
    for (let at = 0; at < said.length;) {
      const named = longest(said, spelled, at);
      const chunk = said[at].chunk;
      const wide = said.filter((one) => one.chunk === chunk).length;
      const begins = at === 0 || said[at - 1].chunk !== chunk;
      const byLetters = begins && spelled[chunk].length && wide >= named.size;
      if (byLetters) found.push({ at, size: wide, letters: true, terms: spelled[chunk].map((one) => one.term) });
      else if (named.size) found.push({ at, size: named.size, letters: false, terms: named.terms });
      at += byLetters ? wide : named.size || 1;
    }
    return found;
  }

  // The longest name of a term that begins at a word.
  function longest(said, spelled, at) {
    let best = { size: 0, terms: [] };
    const forms = (place) => (place < said.length
      ? said[place].forms.length ? said[place].forms.map((one) => one.stem) : [stem(said[place].word)] : []);
    for (const first of forms(at)) {
      for (const { phrase, term } of index.phrases.get(first) || []) {
        if (phrase.length === 1 && index.stops.has(said[at].word)) continue;
        if (!phrase.every((form, step) => forms(at + step).includes(form))) continue;
        if (phrase.length > best.size) best = { size: phrase.length, terms: [] };
        if (phrase.length === best.size && !best.terms.includes(term)) best.terms.push(term);
      }
    }
    return best;
  }

  // Terms whose name begins with the whole query, which is still being typed.
  function begun({ said, segments: named }) {
    const last = said.length - 1;
    if (said.length < 2 || (named.length && named[0].size > last)) return [];
    const found = new Set();
    for (const first of said[0].forms) {
      for (const { phrase, term } of index.phrases.get(first.stem) || []) {
        if (phrase.length <= last) continue;
        const fits = said.every((one, step) => one.forms.some((form) => form.stem === phrase[step]));
        if (fits) found.add(term);
      }
    }
    return [...found];
  }

  // Letters that are almost a term's: never a match, only offered.
  function nearLetters(raw, most = 1) {
    const typed = key(raw);
    if (index.letters.has(typed)) return index.letters.get(typed).map((one) => one.term);
    if (typed.length < 3) return [];
    const found = [];
    index.terms.forEach((term) => term.spelled.forEach(({ text }) => {
      const known = key(text);
      const off = known.startsWith(typed) ? 1 : known.length < 3 ? 9 : slips(typed, known, most);
      const swapped = sorted(typed) === sorted(known);
      const allowed = typed.length > 3 || swapped || known.startsWith(typed);
      if (off <= most && allowed) found.push({ term, order: swapped ? 0 : known[0] === typed[0] ? 1 : 2 });
    }));
    const ordered = found.sort((a, b) => a.order - b.order).map((one) => one.term);
    return [...new Set(ordered)].slice(0, 4);
  }

  // What is asked for, beyond the words: by when, who, where.
  function asked(said) {
    const all = said.map((one) => one.word);
    const has = (set) => all.some((word) => set.has(word));
    const found = [];
    if (all.includes("when") || (all.includes("how") && has(LONG)) || has(SPAN)) found.push("when");
    for (const word of ["who", "which", "where", "why", "how"]) if (all.includes(word) && !found.length) found.push(word);
    return found;
  }

  // `found` is the index, once it has come.
  window.lrpQuery = { understand, begun, nearLetters, asked, DEFINE, LONG, use(found) { index = found; } };
})();
