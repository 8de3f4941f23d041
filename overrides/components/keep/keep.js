// Keep for use without network: the button on /downloads/. Until it is pressed nothing is registered and nothing is stored.
(function () {
  "use strict";

  const HOME = new URL("../../", document.currentScript.src);
  const WORKER = new URL("worker.js", HOME).href;
  const OURS = `lrp ${HOME.pathname} `; // the names of our copies; see worker.js
  const PATIENCE = 3000;
  const root = document.querySelector('[data-module="keep"]');
  if (!root) return;
  const [state, keep, remove] = [root.querySelector(".lrp-keep__state"), ...root.querySelectorAll("button")];
  const container = navigator.serviceWorker;
  let failed = ""; // what the worker said about a copy that could not be made

  const SAID = {
    folder: "You are reading a copy from a folder. It needs no network, so there is nothing to keep.",
    draft: "Only the website itself can be kept, not a draft or an older edition.",
    unable: "This browser cannot keep the website here. You can take it as one file instead, below.",
    nothing: "Nothing of this website is kept on this device.",
    working: "Keeping the website. This can take a minute. Stay on this page until it is done.",
    refused: "This browser does not allow a website to be kept; it may be set so, or the window may be a private one. Nothing was kept. You can take the website as one file instead, below.",
    room: "There is not enough room for the copy. Nothing was kept. Make room on this device, then try again.",
    fetch: "Not every part of the website came. Nothing was kept. Check your network, then try again.",
    removed: "The copy is removed. Nothing of this website is kept on this device.",
    stuck: "The copy could not be removed. Clear the data of this website in the settings of your browser.",
  };

  function show(words, shown) {
    const focused = root.contains(document.activeElement) && document.activeElement.hidden === false;
    state.textContent = words;
    [keep, remove].forEach((button) => { button.hidden = button !== shown; });
    if (focused && shown) shown.focus();
  }

  function written(moment) {
    return new Date(moment).toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "numeric", month: "long", year: "numeric" });
  }

  function kept({ edition, moment }) {
    const when = moment ? `, fetched on ${written(moment)}` : "";
    show(`Kept on this device: the edition of ${edition}${when}. Without a network, open this website as usual.`, remove);
  }

  // What the worker keeps; null where none answers, for example because the website has withdrawn it.
  function asked(worker) {
    return new Promise((give) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => give(data.kept || null);
      setTimeout(give, PATIENCE, null);
      worker.postMessage("about", [port2]);
    });
  }

  async function found() {
    const registration = await container.getRegistration(HOME.href);
    return registration && registration.scope === HOME.href ? registration : null;
  }

  async function clear() {
    const registration = await found();
    if (registration) await registration.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  // A worker on its way to being in use; fails where the copy could not be made.
  function settled(registration) {
    const worker = registration.installing || registration.waiting || registration.active;
    return new Promise((give, fail) => {
      const broken = () => fail(new Error("The copy could not be made."));
      const look = () => {
        if (worker.state === "activated") give(worker);
        if (worker.state === "redundant") broken();
        // Ours never waits; an empty one does, for every page to close.
        if (worker.state === "installed") setTimeout(() => { if (worker.state === "installed") broken(); }, 1000);
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  async function make() {
    failed = "";
    show(SAID.working, keep);
    keep.setAttribute("aria-disabled", "true");
    try {
      const worker = await settled(await container.register(WORKER, { scope: HOME.href }));
      const about = await asked(worker);
      if (!about) throw new Error("The copy is not there.");
      kept(about);
    } catch (fault) {
      await clear().catch(() => {});
      show(SAID[failed || (fault.name === "SecurityError" || fault.name === "NotAllowedError" ? "refused" : "fetch")], keep);
    }
    keep.removeAttribute("aria-disabled");
  }

  async function start() {
    if (HOME.protocol === "file:") { show(SAID.folder); return; }
    if (document.querySelector(".lrp-draft") || /\/(preview|as-at)\//.test(HOME.pathname)) { show(SAID.draft); return; }
    if (!container || !window.caches) { show(SAID.unable); return; }
    container.addEventListener("message", ({ data }) => { if (data && data.failed in SAID) failed = data.failed; });
    container.startMessages();
    keep.addEventListener("click", () => { if (!keep.hasAttribute("aria-disabled")) make(); });
    remove.addEventListener("click", () => clear().then(() => show(SAID.removed, keep), () => show(SAID.stuck, remove)));
    const registration = await found();
    if (!registration) { show(SAID.nothing, keep); return; }
    show(SAID.working);
    const about = await settled(registration).then(asked, () => null);
    if (about) { kept(about); return; }
    await clear();
    show(SAID.nothing, keep);
  }

  start().catch(() => show(SAID.refused));
})();
