// Filters the A to Z of /search/ as the reader types. What is typed stays in the page and in its address after "#",
// which browsers do not send. Without this script the page is the whole A to Z.
(function () {
  "use strict";

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").toLowerCase();
  }

  // The header's field has no name, so that without scripts nothing of it is sent; here it becomes "#q=…".
  function keepQueryHere(form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      location.assign(form.action.split(/[?#]/)[0] + "#q=" + encodeURIComponent(form.querySelector("input").value));
    });
  }

  function queryOf(address) {
    var found = /[?#&]q=([^&#]*)/.exec(address);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, " ")) : null;
    } catch (error) {
      return null;
    }
  }

  function startFinder(root) {
    var field = root.querySelector("input");
    var status = root.querySelector('[role="status"]');
    var sections = Array.from(root.querySelectorAll("#search-results section")).map(function (section) {
      var items = Array.from(section.querySelectorAll("li")).map(function (item) {
        return { item: item, text: fold(item.textContent) };
      });
      return { section: section, items: items };
    });

    function show(query) {
      var words = fold(query).split(/\s+/).filter(Boolean);
      var count = 0;
      sections.forEach(function (part) {
        var here = 0;
        part.items.forEach(function (entry) {
          var fits = words.every(function (word) { return entry.text.includes(word); });
          entry.item.hidden = !fits;
          here += fits ? 1 : 0;
        });
        part.section.hidden = here === 0;
        count += here;
      });
      status.textContent = !words.length ? "" : count
        ? count + (count === 1 ? " entry" : " entries") + " found."
        : "Nothing found. Try fewer letters, or clear the box to see everything from A to Z.";
    }

    function remember(query) {
      var address = location.pathname + (query ? "#q=" + encodeURIComponent(query) : "");
      history.replaceState(null, "", address);
    }

    function take() {
      var query = queryOf(location.hash) || queryOf(location.search);
      if (query === null) return;
      field.value = query.slice(0, 200);
      remember(field.value);
      show(field.value);
    }

    field.addEventListener("input", function () { show(field.value); });
    field.addEventListener("change", function () { remember(field.value); });
    field.form.addEventListener("submit", function (event) {
      event.preventDefault();
      remember(field.value);
      show(field.value);
    });
    window.addEventListener("hashchange", take);
    take();
  }

  function start(selector, begin) {
    document.querySelectorAll(selector).forEach(function (element) {
      try {
        begin(element);
      } catch (error) {
        console.error(error);
      }
    });
  }

  start('form[role="search"]', function (form) {
    if (!form.closest('[data-module="search"]')) keepQueryHere(form);
  });
  start('[data-module="search"]', startFinder);
})();
