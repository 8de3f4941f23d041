// Serves the copy of the guidance that a reader asked to keep, and only while the website does not answer.
// The build writes this file to the root of the site (macros/keeping.py). An empty file at its address ends it.
"use strict";

const RELEASE = null; // written by the build: id, edition, and the files with their fingerprints (SHA-256)

const HOME = new URL(self.registration.scope);
const FILES = new Map(Object.entries(RELEASE ? RELEASE.files : {}));
const OURS = `lrp ${HOME.pathname} `; // several sites may share a host
const NAME = OURS + (RELEASE ? RELEASE.id : "");
const ABOUT = "about-this-copy"; // written last: what has none is no whole copy
const ENDS = "&<>\"";
const PATIENCE = 3000; // milliseconds
const AT_ONCE = 6;
const elsewhere = new Map(); // by page that is open: "copy" where it came from the copy, "other" where perhaps from another release

// Keeping: every file of the release, each as the build made it, or nothing.

self.addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  try {
    if (!RELEASE) throw new Error("This is no built site.");
    await caches.delete(NAME); // the rest of a try that was broken off
    const cache = await caches.open(NAME);
    const before = await older();
    const waiting = [...FILES.keys()];
    let moment = "";
    const take = async () => {
      for (let path = waiting.pop(); path; path = waiting.pop()) {
        const answer = (await unchanged(before, path)) || (await fetched(path));
        moment = latest(moment, answer.headers.get("date"));
        await cache.put(at(path), answer);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take)).catch((fault) => { waiting.length = 0; throw fault; });
    const { id, edition } = RELEASE;
    await cache.put(at(ABOUT), new Response(JSON.stringify({ id, edition, moment, files: RELEASE.files })));
    await self.skipWaiting();
  } catch (fault) {
    await caches.delete(NAME).catch(() => {});
    const open = await self.clients.matchAll({ includeUncontrolled: true });
    open.forEach((client) => client.postMessage({ failed: fault.name === "QuotaExceededError" ? "room" : "fetch" }));
    throw fault;
  }
}

// The address that a file stands at in the copy; and the one that it is fetched from.
function at(path) { return new URL(path, HOME).href; }
function from(path) { return at(path.replace(/(^|\/)index\.html$/, "$1")); }

async function fetched(path) {
  const answer = await fetch(from(path), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if ((await fingerprint(bytes)) !== FILES.get(path)) throw new Error(`${path} is of another release.`);
  return made(bytes, answer);
}

async function fingerprint(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// An answer with the headers of another, policy among them, but for those that speak of its form on the way.
function made(body, answer) {
  const headers = new Headers(answer.headers);
  ["content-encoding", "content-length", "transfer-encoding", "vary"].forEach((name) => headers.delete(name));
  return new Response(body, { headers });
}

// The website's own clock, because a device may have a wrong one.
function latest(one, other) {
  return Date.parse(other) > (Date.parse(one) || 0) ? other : one;
}

function match(path, name = NAME) { return caches.match(at(path), { cacheName: name }); } // opens no cache that is gone

async function about(name = NAME) {
  const kept = await match(ABOUT, name);
  return kept && { ...(await kept.json()), name };
}

async function others() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
}

async function older() {
  return (await Promise.all((await others()).map((name) => about(name)))).find(Boolean);
}

async function unchanged(before, path) {
  return before && before.files[path] === FILES.get(path) ? match(path, before.name) : undefined;
}

// A page of another release, written down because a browser ends a worker that has nothing to do, and what it knew with it.
function mark(id) { return `page-of-another-release/${id}`; }

async function strange(id) {
  if (await match(ABOUT)) await (await caches.open(NAME)).put(at(mark(id)), new Response(""));
}

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await Promise.all((await others()).map((name) => caches.delete(name)));
  const open = await self.clients.matchAll({ includeUncontrolled: true });
  await Promise.all(open.map((client) => strange(client.id))); // they were there before this release
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  if (event.data === "about") event.waitUntil(about().then((kept) => event.ports[0].postMessage({ kept })));
});

// Serving: a page comes from the network; where none answers, from the copy, which says so. What a page of the copy asks for
// comes from the copy too, and what a page of another release asks for never does.

self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (!path) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, path));
  else event.respondWith(part(event, path));
});

// The file that is asked for; nothing where it is none of the copy, drafts and older editions among that.
function pathOf(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== HOME.origin || !pathname.startsWith(HOME.pathname)) return "";
  const path = pathname.slice(HOME.pathname.length);
  if (/^(preview|as-at)\//.test(path)) return "";
  const whole = !path || path.endsWith("/") ? `${path}index.html` : path;
  return [whole, `${path}/index.html`].find((name) => FILES.has(name)) || "";
}

async function page(event, path) {
  const asked = fetch(event.request);
  const answer = await soon(asked);
  if (answer) {
    elsewhere.set(event.resultingClientId, "other"); // until its bytes say that it is of our release
    const bytes = answer.clone().arrayBuffer();
    event.waitUntil(bytes.then(fingerprint).then((found) => {
      if (found !== FILES.get(path)) return strange(event.resultingClientId);
      return elsewhere.delete(event.resultingClientId);
    }).catch(() => {}));
    return answer;
  }
  const proper = from(path); // "reviews" and "reviews/index.html" are asked for too; links of the page count from "reviews/"
  if (new URL(event.request.url).pathname !== new URL(proper).pathname) {
    return (await match(path)) ? Response.redirect(proper) : asked;
  }
  const copy = await labelled(path);
  if (copy) elsewhere.set(event.resultingClientId, "copy");
  return copy || asked;
}

async function part(event, path) {
  const held = elsewhere.get(event.clientId);
  if (held === "other" || (await match(mark(event.clientId)))) return fetch(event.request);
  if (held === "copy") return (await match(path)) || fetch(event.request);
  const asked = fetch(event.request);
  return (await soon(asked)) || (await match(path)) || asked;
}

// The answer of the website; nothing where it gives none in time, or says that it cannot.
function soon(asked) {
  const late = new Promise((give) => { setTimeout(give, PATIENCE); });
  const answer = asked.then((given) => (given.status < 500 ? given : undefined), () => undefined);
  return Promise.race([answer, late]);
}

async function labelled(path) {
  const [answer, kept] = await Promise.all([match(path), about()]);
  if (!answer || !kept) return undefined;
  const html = await answer.text();
  const place = Math.max(html.search(/<header class="lrp-top"|<main|<h1/), 0);
  return made(html.slice(0, place) + label(kept) + html.slice(place), answer);
}

function label({ edition, moment }) {
  const day = moment ? new Date(moment).toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "numeric", month: "long", year: "numeric" }) : "";
  const fetchedOn = day ? `, fetched on ${day}` : "";
  return `<aside class="lrp-kept" aria-label="About this copy"><p><strong>Copy kept on this device: edition of ${plain(edition)}` +
    `${plain(fetchedOn)}.</strong> The website did not answer. Check there before you rely on a deadline.</p></aside>\n  `;
}

function plain(text) {
  return [...text].map((letter) => (ENDS.includes(letter) ? `&#${letter.charCodeAt(0)};` : letter)).join("");
}
