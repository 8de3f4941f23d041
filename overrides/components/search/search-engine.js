// Finds places in the index that the build makes (macros/search/packing.py). Loaded when a reader first uses search.
// What is typed is read here and stays here: only parts of the index are fetched, each named by a number.
(function () {
  "use strict";

  const SELF = document.currentScript.src;
  const FOLDER = new URL("../../search/data/", SELF);
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
  const LONGEST = 200; // of a query, in characters
  const MOST_WORDS = 16;
  const MOST = 63; // the greatest weight of a posting
  const SECTION = /\bs(?:ec(?:tion)?)?\.? ?([0-9]+[a-z]?)\b(?!\.[0-9])/gi;
  const SUBSECTION = /\b(s(?:ec(?:tion)?)?\.? ?[0-9]+[a-z]*)(?:\([0-9a-z]+\))+/gi; // "s 47(1)" is looked up as "s 47"
  const PERIOD = /\b\d+ (?:(?:working|calendar) )?(?:day|week|month|year|hour)s?\b/;
  const PATIENCE = 15000; // milliseconds until a part that has not come counts as missing
  const DEFINE = new Set(("mean means meaning meant stand stands define defined definition abbreviation acronym explain " +
    "explained full whats term glossary").split(" "));
  const LONG = new Set("long soon quickly fast late many much often".split(" "));
  const ASKING = new Set(("who whose what when where which why how do does did is are was were can could may must should " +
    "will would if i we").split(" "));
  const NOT = new Set("not cannot cant dont doesnt didnt wont never".split(" "));
  const SPAN = new Set("day days hour hours week weeks month months year years time times timescale timescales deadline deadlines limit".split(" "));

  const AROUND = [2, 3, 4, -1, -2, -3]; // steps from a word of the query to its next one that are near

  const WORTH = {
    term: 0.8, // a term under any of its names, against a word
    inTerm: 0.11, // a word that is part of a term's name
    asked: 2.9, // a place that answers by when, who or where, as asked
    few: 2, // how much more that matters where the query has only one word besides
    partly: 0.08, // a place that answers next to nothing of the query
    power: 1.2, // how much it matters to answer all of it
    rest: 0.29, // the other passages, against the best one
    common: 12.5,
    near: 0.24, // words that stand side by side and in order, as in the query
    page: 0.8, // a whole page, where a question is asked
    title: 0.25, // a title that the query says all of
    loose: 0.23, // the same for words of it that are near each other
    begun: 3, // a term whose name begins with the query
    least: 0.06, // of the best place's worth; less is no answer
    enough: 0.6, // of the query, by how rare its words are; where the first places say less, the reader is told
    reranked: 14,
  };

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

  // Words, as macros/tokens.py has them.

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u2018\u2019\u02bc`]/g, "'").toLowerCase();
  }

  function words(text) {
    return fold(text).replace(SECTION, "s$1").replace(/'s(?![a-z0-9])|'/g, "").match(/[0-9]+(?:\.[0-9]+)+|[a-z0-9]+/g) || [];
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

  // Letters without what stands between them: "s.16C" and "S16C" are one, "C&F" keeps its sign.
  function key(text) {
    return fold(text).replace(/'s$/, "").replace(/[^a-z0-9&]/g, "");
  }

  // Slips: how many letters were left out, doubled, exchanged or swapped, up to `most`.
  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
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
    const letters = (text) => [...text].sort().join("");
    return word.length > 2 && (typed.length > 4 || typed.length !== word.length || letters(typed) === letters(word));
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

  // The query: chunks as typed, words with what they may mean, and the terms among them.

  async function understand(text) {
    const chunks = text.replace(/\s+&\s+/g, "&").replace(SUBSECTION, "$1").replace(SECTION, "s$1").split(/\s+/).flatMap(apart)
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
      const swapped = [...typed].sort().join("") === [...known].sort().join("");
      const allowed = typed.length > 3 || swapped || known.startsWith(typed);
      if (off <= most && allowed) found.push({ term, order: swapped ? 0 : known[0] === typed[0] ? 1 : 2 });
    }));
    const sorted = found.sort((a, b) => a.order - b.order).map((one) => one.term);
    return [...new Set(sorted)].slice(0, 4);
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

  // Concepts: each a set of keys that answer the same part of the query.

  function concepts(query) {
    const found = [];
    const wanted = asked(query.said);
    const covered = new Set();
    query.segments.forEach((one) => {
      const keys = one.terms.flatMap((term) => [term.id, ...(term.retired ? [term.retired[0]] : [])]);
      found.push({ keys: [...new Set(keys)].map((id) => ({ stem: `@${id}`, weight: 1 })), weight: WORTH.term });
      for (let step = 0; step < one.size; step += 1) covered.add(one.at + step);
    });
    query.said.forEach((one, place) => {
      if (index.stops.has(one.word) || !one.forms.length) return;
      if ((query.panel && DEFINE.has(one.word)) || (wanted.includes("when") && LONG.has(one.word))) return;
      found.push({ keys: one.forms, weight: covered.has(place) ? WORTH.inTerm : 1 });
    });
    wanted.forEach((word) => found.push({ keys: [{ stem: `=${word}`, weight: 1 }], weight: 1, extra: true }));
    return found;
  }

  // A place is worth what its title says of the query and what its best passage says, and more where it says when, who
  // or where, as asked.
  async function rank(found) {
    const scores = new Map();
    const few = found.filter((one) => !one.extra).length < 2;
    let all = 0;
    for (const concept of found) {
      const here = await worthOf(concept);
      const rare = rarity(here.size) * concept.weight;
      if (here.size && !concept.extra) all += rare;
      here.forEach((parts, place) => {
        if (!scores.has(place)) scores.set(place, { head: 0, met: 0, asked: 0, parts: new Map() });
        const score = scores.get(place);
        const start = index.starts[place];
        if (concept.extra) { score.asked = Math.max(...parts.values()) / rarity(here.size) / MOST; return; }
        score.met += rare;
        parts.forEach((worth, part) => {
          if (part === start) { score.head += worth * concept.weight; return; }
          const best = score.parts.get(part) || { sum: 0, met: 0 };
          best.sum += worth * concept.weight;
          best.met += rare;
          score.parts.set(part, best);
        });
      });
    }
    return [...scores].filter(([, one]) => one.met).map(([place, one]) => {
      let body = 0;
      let rest = 0;
      one.parts.forEach(({ sum, met }) => {
        const worth = sum * (0.5 + 0.5 * (met / all));
        body = Math.max(body, worth);
        rest += worth;
      });
      const whole = WORTH.partly + (1 - WORTH.partly) * (one.met / all) ** WORTH.power;
      return { place, said: one.met / all, score: (one.head + body + WORTH.rest * (rest - body)) * whole * (1 + WORTH.asked * one.asked * (few ? WORTH.few : 1)) };
    });
  }

  // How much a word says by being rare; one that only a place or two hold is as likely to be said in passing.
  function rarity(places) {
    return Math.log(1 + index.count / (places + WORTH.common));
  }

  function placeOf(part) { // the last place has as many parts as there are numbers left
    return index.placeOf[part] ?? index.starts.length - 1;
  }

  // The parts of each place that hold a concept, with their weights.
  async function worthOf(concept) {
    const found = new Map();
    const lists = await Promise.all(concept.keys.map(async (one) => [one, (await placesOf(one.stem)) || []]));
    lists.forEach(([one, parts]) => {
      const places = new Set(parts.map(([part]) => placeOf(part)));
      const rare = rarity(places.size);
      parts.forEach(([part, weight]) => {
        const place = placeOf(part);
        if (!found.has(place)) found.set(place, new Map());
        const here = found.get(place);
        here.set(part, Math.max(here.get(part) || 0, weight * one.weight * rare));
      });
    });
    return found;
  }

  // No other term passes for one that was named: not one of the same letters and, where letters were typed, only those
  // whose names hold its name.
  function isAllowed(query, place) {
    const term = index.places.get(place);
    const named = query.segments.flatMap((one) => one.terms);
    if (!term || !named.length || named.includes(term)) return true;
    const own = new Set(term.spelled.map((one) => key(one.text)));
    if (named.some((known) => known.spelled.some((one) => own.has(key(one.text))))) return false;
    const spelled = query.segments.filter((one) => one.letters).flatMap((one) => one.terms);
    return !spelled.length || spelled.some((known) => related(known, term));
  }

  function related(known, term) {
    if ((known.retired || [])[0] === term.id) return true;
    return known.names.some((name) => term.names.some((other) => ` ${other.join(" ")} `.includes(` ${name.join(" ")} `)));
  }

  function shownAlone(query) {
    if (query.segments.length !== 1) return false;
    const [{ at, size }] = query.segments;
    return query.said.every((one, place) =>
      (place >= at && place < at + size) || index.stops.has(one.word) || DEFINE.has(one.word));
  }

  const stood = new Map();

  // Where each word stands in a place, read once.
  function standing(unit) {
    if (stood.has(unit.place)) return stood.get(unit.place);
    const at = new Map();
    let place = 0;
    [unit.title, ...unit.text.split("\n")].forEach((line) => {
      words(line).forEach((word) => { put(at, stem(word), place); place += 1; });
      place += 9; // words of two lines are not neighbours
    });
    stood.set(unit.place, at);
    return at;
  }

  // The share of the query's neighbouring words that stand near each other in a place too.
  function sideBySide(query, unit) {
    const said = query.said.filter((one) => one.forms.length && !index.stops.has(one.word));
    if (said.length < 2) return 0;
    const at = standing(unit);
    const placesOfWord = (one) => one.forms.flatMap((form) => at.get(form.stem) || []);
    let pairs = 0;
    for (let i = 1; i < said.length; i += 1) {
      const [before, after] = [placesOfWord(said[i - 1]), new Set(placesOfWord(said[i]))];
      const stands = (steps) => before.some((one) => steps.some((step) => after.has(one + step)));
      pairs += stands([1]) ? 1 : stands(AROUND) ? WORTH.loose : 0;
    }
    return pairs / (said.length - 1);
  }

  // A question is answered by a section; a name is a page's as much.
  function suited(query, unit) {
    const question = query.said.some((one) => ASKING.has(one.word));
    return question && !unit.address.includes("#") ? WORTH.page : 1;
  }

  // The share of a title's words that the query says.
  function entitled(query, unit) {
    const name = unit.kind === "Term" ? unit.title.slice(unit.title.indexOf(": ") + 1) : unit.title;
    const title = words(name).filter((word) => !index.stops.has(word) && !/^[0-9.]+$/.test(word)).map(stem);
    const said = new Set(query.said.flatMap((one) => one.forms.map((form) => form.stem)));
    return title.filter((form) => said.has(form)).length / (title.length || 1);
  }

  async function textOf(place) {
    const part = partOf(index.texts, place);
    const [title, address, shown, kind, text] = (await load(`t${part}`))[place - index.texts[part]];
    return { place, title, address, part: shown, kind, text };
  }

  // A line of the text with the words that were found, each run as [text, is found].

  function excerpt(text, stems, ids, byWhen) {
    const lines = text.split(/\n|(?<=[.?!]) (?=[A-Z])/).filter(Boolean);
    const marked = lines.map((line) => mark(line, stems, ids));
    const value = (runs) => new Set(runs.filter(([, is]) => is).map(([run]) => stem(fold(run)))).size;
    const worth = marked.map((runs, at) => value(runs) + (byWhen && PERIOD.test(lines[at]) ? 1.5 : 0));
    const best = Math.max(0, worth.indexOf(Math.max(...worth)));
    let line = marked[best] || [];
    if (best + 1 < lines.length && lines[best].length < 60) line = [...line, [" ", false], ...marked[best + 1]];
    return cut(line, 180);
  }

  function mark(line, stems, ids) {
    return line.split(/([\p{L}\p{N}][\p{L}\p{N}&.'’-]*)/u).map((run, at) => {
      if (at % 2 === 0) return [run, false];
      const known = (index.letters.get(key(run)) || []).some((one) => ids.has(one.term.id)) && /[A-Z]/.test(run);
      return [run, known || words(run).some((word) => stems.has(stem(word)))];
    }).filter(([run]) => run);
  }

  function cut(runs, most) {
    const first = runs.findIndex(([, is]) => is);
    let [from, length] = [0, 0];
    const before = runs.slice(0, Math.max(0, first)).reduce((sum, [run]) => sum + run.length, 0);
    if (before > most - 60) {
      for (let left = 0; from < first && before - left > 60; from += 1) left += runs[from][0].length;
    }
    const kept = from ? [["… ", false]] : [];
    for (let at = from; at < runs.length; at += 1) {
      length += runs[at][0].length;
      if (length > most) { kept.push([" …", false]); break; }
      kept.push(runs[at]);
    }
    return kept;
  }

  // The answer to a query: terms on top, places, and what was nearly meant.
  async function find(text, most = 10) {
    await load("index");
    const query = await understand(text.slice(0, LONGEST).trim());
    query.panel = shownAlone(query);
    const started = begun(query);
    const found = concepts(query);
    const terms = query.panel ? query.segments[0].terms : [];
    const taken = new Set(terms.flatMap((term) => [term.place, ...(term.retired ? [index.terms.get(term.retired[0]).place] : [])]));
    const startedAt = new Set(started.map((term) => term.place));
    const ranked = (await rank(found)).filter((one) => !taken.has(one.place) && isAllowed(query, one.place))
      .map((one) => (startedAt.has(one.place) ? { ...one, score: one.score * WORTH.begun } : one))
      .sort((a, b) => b.score - a.score || a.place - b.place)
      .filter((one, _, all) => one.score >= all[0].score * WORTH.least);
    const suggested = query.chunks.flatMap((raw, chunk) => {
      const here = query.said.filter((one) => one.chunk === chunk);
      return query.spelled[chunk].length || !here.some((one) => one.unknown) ? [] : nearLetters(raw);
    });
    const stems = new Set(query.said.filter((one) => !index.stops.has(one.word)).flatMap((one) => one.forms.map((form) => form.stem)));
    const ids = new Set([...query.segments.flatMap((one) => one.terms.map((term) => term.id)),
      ...[...stems].filter((form) => form[0] === "@").map((form) => form.slice(1))]);
    const considered = Math.max(WORTH.reranked, most);
    const units = await Promise.all(ranked.slice(0, considered).map(async ({ place, score, said }) => ({ ...(await textOf(place)), score, said })));
    const best = units.slice(0, WORTH.reranked).map((unit) => ({ ...unit, score: unit.score * (1 + WORTH.near * sideBySide(query, unit)) * (1 + WORTH.title * entitled(query, unit)) * suited(query, unit) }));
    best.sort((a, b) => b.score - a.score || a.place - b.place);
    const byWhen = asked(query.said).includes("when");
    const places = once([...best, ...units.slice(WORTH.reranked)]);
    const twice = units.length - places.length;
    const results = places.slice(0, most)
      .map((unit) => ({ ...unit, name: mark(unit.title, stems, ids), line: excerpt(unit.text, stems, ids, byWhen) }));
    const panel = await Promise.all(terms.map(async (term) => {
      const today = term.retired && index.terms.get(term.retired[0]);
      return { ...(await textOf(term.place)), since: term.retired && term.retired[1], today: today && (await textOf(today.place)) };
    }));
    const unsaid = query.chunks.filter((raw) => words(raw).some((word) => !index.stops.has(word)));
    const nearest = suggested.length || panel.length || results.length ? [] : unsaid.flatMap((raw) => nearLetters(raw, 2));
    return { query: query.text, count: ranked.length - twice, more: ranked.length > most, panel, results,
      partly: !panel.length && saidAtMost(query, results) < WORTH.enough, suggested: suggested.map(asOffer),
      nearest: nearest.slice(0, 5).map(asOffer),
      searched: query.said.filter((one) => !index.stops.has(one.word)).map((one) => one.word),
      corrected: corrected(query) };
  }

  // How much of the query the first places say; a word that the site does not know is said by none.
  function saidAtMost(query, results) {
    const said = query.said.filter((one) => !index.stops.has(one.word));
    const known = said.filter((one) => one.forms.length).length / (said.length || 1);
    return known * Math.max(0, ...results.slice(0, 3).map((unit) => unit.said));
  }

  // A decision asks the same question on several ways: the best place of a name on a page stands for the others.
  function once(units) {
    const names = new Set();
    return units.filter(({ title, address }) => {
      const name = `${address.split("#")[0]} ${title}`;
      return !names.has(name) && names.add(name);
    });
  }

  function asOffer(term) {
    return { letters: term.spelled[0].text, expansion: term.expansion, place: term.place, id: term.id };
  }

  // The query with its slips mended, where there were any.
  function corrected(query) {
    return query.said.flatMap((one) => one.forms.filter((form) => form.how === "slip").slice(0, 1).map((form) => [one.word, form.word]));
  }

  const stems = (text) => words(text).filter((word) => !index.stops.has(word)).map((word) => stem(word));

  window.lrpSearch = { find, load, stems, WORTH, renew(how) { today = how; } };
})();
