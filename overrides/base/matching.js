// How what is typed is compared with letters and words. The finder links this file; the build begins the search engine with it.
(function () {
  "use strict";

  const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g; // what is copied along with words

  function plain(text) { return text.replace(/[\u2018\u2019\u02bc\u0060]/g, "'"); }

  // Small letters without accents, with straight apostrophes and single spaces; macros/search/words.py folds and splits alike.
  function fold(text) {
    return plain(/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).replace(/\s+/g, " ").toLowerCase();
  }

  // The words of a folded text; possessives lose their ending.
  function split(folded) {
    return folded.replace(/'s(?![a-z0-9])|'/g, "").match(/[0-9]+(?:\.[0-9]+)+|[a-z0-9]+/g) || [];
  }

  // Letters without what stands between them: "s.16C" and "S16C" are one, "C&F" keeps its sign.
  function key(text) { return fold(text).replace(/'s$|[^a-z0-9&]/g, ""); }

  // What is typed, with white space of any kind as one space; "A and E" is "A&E" where `isKnown` says so of its letters.
  function typed(text, isKnown) {
    const said = text.replace(UNSEEN, "").split(/\s+/);
    for (let at = 1; at + 1 < said.length; at += 1) {
      const joined = `${said[at - 1]}&${said[at + 1]}`;
      if (/^and$/i.test(said[at]) && isKnown(key(joined))) said.splice(at - 1, 3, joined);
    }
    return said.join(" ");
  }

  // How many letters were left out, doubled, exchanged or swapped, up to `most`.
  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before, last = Array.from(` ${other}`, (_, place) => place);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (before && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      before = last;
      last = row;
    }
    return last[other.length];
  }

  function sorted(word) { return [...word].sort().join(""); }

  window.lrpMatching = { plain, fold, split, key, typed, slips, sorted };
})();
