// The index of the search, as the build packs it (macros/search/packing.py): its parts, its words, and where they stand. Only
// parts of it are fetched, each named by a number. The build joins base/matching.js, this file, search-query.js and
// search-engine.js into one.
/**
 * The index as its first part hands it over; lists are texts with spaces between.
 * @typedef {object} Index
 * @property {string} engine - the script that it was made for
 * @property {number} count - how many places there are
 * @property {string} starts - how many passages each place has, in digits
 * @property {string} postings - the first key of each part of the postings
 * @property {string} words - the first word of each part of the site's words
 * @property {string} texts - the first place of each part of the texts
 * @property {[string, number, string, string, string, string, string[]?][]} terms - id, place, letters, plural, words, other
 *   names; for a retired term the id of what is said today, and since when
 * @property {string} stops - words that are not looked up
 * @property {string} irregular - forms with their words, as form:word
 * @property {[string, number, string][][]} endings - what is taken off a word, from how many letters on, and what is put there
 */
(function () {
  "use strict";

  const { fold, split, key, slips, sorted } = window.lrpMatching;
  const SELF = document.currentScript.src;
  const FOLDER = new URL("../../search/data/", SELF);
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
  const SECTION = /\bs(?:ec(?:tion)?)?\.? ?([0-9]+[a-z]?)\b(?!\.[0-9])/gi;
  const PATIENCE = 15000; // milliseconds until a part that has not come counts as missing

  // The parts of the index: each is a script that calls lrpSearchPart once. The index itself is always the one of today; it
  // names the engine that it was made for, and its version stands in the names of the other parts.

  const waiting = new Map();
  let index = null;
  let today = ""; // what is added to the address of the index, so that it is fetched anew

  window.lrpSearchPart = (name, version, data) => {
    const part = waiting.get(name);
    if (!part || (name !== "index" && version !== index.version)) return; // of another release, asked for before
    if (name !== "index") part.give(data);
    else if (data.engine && !SELF.endsWith(`/${data.engine}`)) part.fail(new Error("The index is made for another engine."));
    else part.give(prepare(version, data));
  };

  function load(name) {
    if (!waiting.has(name)) {
      const part = {};
      part.data = new Promise((give, fail) => Object.assign(part, { give, fail }));
      part.data.catch(() => waiting.delete(name)); // what failed is asked for again the next time
      waiting.set(name, part);
      const script = document.createElement("script");
      script.src = new URL(name === "index" ? `index.js${today}` : `${name}.${index.version}.js`, FOLDER).href;
      script.onload = () => { script.remove(); part.fail(new Error(`${name} is broken.`)); };
      script.onerror = () => { script.remove(); part.fail(new Error(`${name} is missing.`)); };
      setTimeout(() => part.fail(Object.assign(new Error(`${name} has not come.`), { late: true })), PATIENCE);
      document.head.append(script);
    }
    return waiting.get(name).data;
  }

  function prepare(version, data) {
    const split = (text) => text.split(" ");
    index = {
      ...data,
      version,
      postings: split(data.postings),
      words: split(data.words),
      texts: split(data.texts).map(Number),
      starts: [0],
      placeOf: [],
      stops: new Set(split(data.stops)),
      irregular: new Map(split(data.irregular).map((pair) => pair.split(":"))),
      terms: new Map(),
      places: new Map(),
      letters: new Map(),
      phrases: new Map(),
    };
    numbers(data.starts, (gap) => index.starts.push(index.starts.at(-1) + gap));
    index.starts.forEach((start, place) => {
      for (let part = start; part < index.starts[place + 1]; part += 1) index.placeOf[part] = place;
    });
    data.terms.forEach(addTerm);
    addPlurals();
    return index;
  }

  function addTerm([id, place, letters, plural, expansion, also, retired]) {
    const spelled = letters.split("|").filter(Boolean).map((text) => ({ text: text.replace("!", ""), word: text[0] === "!" }));
    const term = { id, place, spelled, plural, expansion, retired, names: [] };
    index.terms.set(id, term);
    index.places.set(place, term);
    new Map(spelled.map((one) => [key(one.text), one.word])).forEach((word, text) => put(index.letters, text, { term, word }));
    [expansion, ...also.split("|").filter(Boolean)].forEach((name) => {
      const phrase = words(name).map(stem);
      if (!phrase.length) return;
      term.names.push(phrase);
      put(index.phrases, phrase[0], { phrase, term });
    });
  }

  // "sos" is SoS before it is more than one SO.
  function addPlurals() {
    const found = new Map();
    index.terms.forEach((term) => {
      if (!term.spelled.length) return;
      const more = key(term.plural || `${term.spelled[0].text}s`);
      if (!index.letters.has(more)) put(found, more, { term, word: term.spelled[0].word });
    });
    found.forEach((known, more) => index.letters.set(more, known));
  }

  function put(map, name, value) {
    if (!map.has(name)) map.set(name, []);
    map.get(name).push(value);
  }

  // Words, as macros/search/words.py has them.

  function words(text) {
    return split(fold(text).replace(SECTION, "s$1"));
  }

  const known = new Map();

  function stem(word) {
    if (!known.has(word)) known.set(word, /[0-9]/.test(word) ? word : formOf(word));
    return known.get(word);
  }

  function formOf(word) {
    for (const endings of index.endings) {
      if (index.irregular.has(word)) return close(index.irregular.get(word));
      if (word.length <= 3) continue;
      const fits = endings.find(([ending, least]) => word.endsWith(ending) && word.length - ending.length >= least);
      if (fits) word = word.slice(0, -fits[0].length) + fits[2];
    }
    return close(word);
  }

  function close(word) {
    const [last, before] = [word.at(-1), word.at(-2)];
    return word.length > 4 && ((last === before && last !== "s") || last === "e") ? word.slice(0, -1) : word;
  }

  // The places of keys, and the site's own words.

  function partOf(firsts, name) { // the last part that begins at or before the name
    let [low, high] = [0, firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= name) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  async function placesOf(form) {
    const part = partOf(index.postings, form);
    if (part < 0) return null;
    const text = ` ${await load(`p${part}`)} `;
    const at = text.indexOf(` ${form}:`);
    if (at < 0) return null;
    const from = at + form.length + 2;
    return read(text.slice(from, text.indexOf(" ", from)));
  }

  function read(text) {
    const found = [];
    let place = 0;
    for (let i = 0; i < text.length; i += 1) {
      let gap = 0;
      let digit = DIGITS.indexOf(text[i]);
      for (; digit >= 32; digit = DIGITS.indexOf(text[i])) { gap = gap * 32 + digit - 32; i += 1; }
      place += gap * 32 + digit;
      i += 1;
      found.push([place, DIGITS.indexOf(text[i])]);
    }
    return found;
  }

  function numbers(text, give) {
    let value = 0;
    for (const letter of text) {
      const digit = DIGITS.indexOf(letter);
      value = value * 32 + (digit % 32);
      if (digit < 32) { give(value); value = 0; }
    }
  }

  async function wordsFrom(start) { // the site's words that begin so
    const [from, to] = [Math.max(0, partOf(index.words, start)), partOf(index.words, `${start}~`)];
    const parts = await Promise.all(Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => load(`w${from + i}`)));
    return parts.flatMap(unfront).filter((one) => one.word.startsWith(start));
  }

  function unfront(text) {
    let last = "";
    return (text.match(/[A-Z][a-z]*[0-9]/g) || []).map((one) => {
      last = last.slice(0, one.charCodeAt(0) - 65) + one.slice(1, -1);
      return { word: last, common: Number(one.at(-1)) };
    });
  }

  // What the reader may have meant by a word that no place holds: words that begin so, else words one or two slips away.
  async function alternatives(word, isLast) {
    if (/[0-9]/.test(word)) return [];
    if (word.length >= 3 || (isLast && word.length === 2)) {
      const begun = (await wordsFrom(word)).sort((a, b) => b.common - a.common || a.word.length - b.word.length);
      if (begun.length) return unique(begun.slice(0, 12), 0.9, "begun");
    }
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    const apart = await twoWords(word);
    if (apart) return apart;
    const tried = [word[0], word[1]];
    if (index.words.length <= 12) tried.push(""); // a small site's words are few enough to look through them all
    for (const start of tried) {
      const near = (await wordsFrom(start)).map((one) => ({ ...one, off: slips(word, one.word, most) }));
      const least = Math.min(...near.map((one) => one.off));
      if (least > most) continue;
      const best = near.filter((one) => one.off === least && isSlip(word, one.word)).sort((a, b) => b.common - a.common);
      return unique(best.slice(0, 6), 0.8 / least, "slip");
    }
    return [];
  }

  // One letter exchanged in a short word makes another word ("ward", "word") as often as a slip.
  function isSlip(typed, word) {
    return word.length > 2 && (typed.length > 4 || typed.length !== word.length || sorted(typed) === sorted(word));
  }

  // "tabletop" where the site writes "table top".
  async function twoWords(word) {
    if (word.length < 6) return null;
    const firsts = (await wordsFrom(word.slice(0, 3))).filter((one) => word.startsWith(one.word) && one.word.length < word.length - 2);
    for (const one of firsts.sort((a, b) => b.word.length - a.word.length)) {
      const rest = word.slice(one.word.length);
      if ((await wordsFrom(rest)).some((other) => other.word === rest)) return [one.word, rest].map((part) => ({ stem: stem(part), weight: 1, how: "split", word: part }));
    }
    return null;
  }

  function unique(found, weight, how) {
    const stems = new Map();
    found.forEach((one) => {
      const form = stem(one.word);
      if (!stems.has(form)) stems.set(form, { stem: form, weight, how, word: one.word });
    });
    return [...stems.values()];
  }

  // The words of a text as they are looked up.
  const stems = (text) => words(text).filter((word) => !index.stops.has(word)).map((word) => stem(word));

  window.lrpIndex = { SECTION, load, put, words, stem, partOf, placesOf, alternatives, stems, renew(how) { today = how; } };
})();
