// Only in make serve, never on the website: asks whether this page has changed, and loads it anew.
/**
 * On the script's own tag, which the server of make serve writes.
 * @typedef {DOMStringMap} ServeData
 * @property {string} seen - what tells this page from what it may be by now
 */
(function () {
  "use strict";

  var PAUSE = 200; // milliseconds between two questions
  var question = "/.serve/changed?" + new URLSearchParams({ page: location.pathname, seen: document.currentScript.dataset.seen });

  function ask() {
    fetch(question)
      .then(function (answer) { return answer.json(); })
      .then(function (changed) { if (changed) { location.reload(); } else { setTimeout(ask, PAUSE); } })
      .catch(function () { setTimeout(ask, 5 * PAUSE); }); // make serve has ended, or is starting again
  }

  ask();
})();
