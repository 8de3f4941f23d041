/* Only in make serve, never on the website: asks whether this page has changed, and loads it anew. */
(function () {
  "use strict";

  const PAUSE = 200; // milliseconds between two questions
  const seen = document.currentScript.dataset.seen;
  const question = "/.serve/changed?" + new URLSearchParams({ page: location.pathname, seen: seen });

  function ask() {
    fetch(question)
      .then(function (answer) { return answer.json(); })
      .then(function (changed) { if (changed) { location.reload(); } else { setTimeout(ask, PAUSE); } })
      .catch(function () { setTimeout(ask, 5 * PAUSE); }); // make serve has ended, or is starting again
  }

  ask();
})();
