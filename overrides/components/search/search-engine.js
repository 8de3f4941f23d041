// Finds places in the index: what each is worth for a query, and the line of it that is shown. Loaded when a reader first
// uses search. What is typed is read here and stays here.
(function () {
  "use strict";

  const { fold, key } = window.lrpMatching;
  const { load, put, words, stem, partOf, placesOf, stems, renew } = window.lrpIndex;
  const { understand, begun, nearLetters, asked, DEFINE, LONG, use } = window.lrpQuery;
  const LONGEST = 200; // of a query, in characters
  const MOST = 63; // the greatest weight of a posting
  const PERIOD = /\b\d+ (?:(?:working|calendar) )?(?:day|week|month|year|hour)s?\b/;
  const ASKING = new Set(("who whose what when where which why how do does did is are was were can could may must should " +
    "will would if i we").split(" "));
  const AROUND = [2, 3, 4, -1, -2, -3]; // steps from a word of the query to its next one that are near

  const WORTH = {
    term: 0.8, // a term under any of its names, against a word
    inTerm: 0.11, // a word that is part of a term's name
    asked: 2.9, // a place that answers by when, who or where, as asked
    few: 2, // how much more that matters where the query has only one word besides
    partly: 0.08, // a place that answers next to nothing of the query
    power: 1.2, // how much it matters to answer all of it
    rest: 0.29, // the other passages, against the best one
    common: 12.5, // places that hold a word; below that many, being rarer says little more
    near: 0.24, // words that stand side by side and in order, as in the query
    page: 0.8, // a whole page, where a question is asked
    title: 0.25, // a title that the query says all of
    loose: 0.23, // the same for words of it that are near each other
    begun: 3, // a term whose name begins with the query
    least: 0.06, // of the best place's worth; less is no answer
    enough: 0.6, // of the query, by how rare its words are; where the first places say less, the reader is told
    reranked: 14, // places whose text is read for words side by side
  };

  let index = null;

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
    index = await load("index");
    use(index);
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

  window.lrpSearch = { find, load, stems, WORTH, renew };
})();
