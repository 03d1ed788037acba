// The service worker: opens the client without a network, and then shows what was last seen, to read only.
// The build fills in its own name and the files of the shell (tools/worker.mjs).
const BUILD = "development";
const FILES = [];

const SHELL = `xiaolu-shell-${BUILD}`;
const DATA = "xiaolu-data";
const OWNER = "/__owner";
const MOST_ANSWERS = 300;
/** What may be read again without a network. Nothing else of the interface is ever kept: no writes, no files. */
const READ = [
  /^\/api\/(session|definitions|numbers|tasks|notifications|announcements|regions|departments|views)(\/|$)/,
  /^\/api\/records\/[^/]+\/[0-9a-f-]{36}(\/(moves|related|history|evidence|comments))?$/,
];
/** Questions that are asked with POST because they are long. */
const ASKED = /^\/api\/records\/[^/]+\/(query|window|aggregate)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(["/", ...FILES])));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("xiaolu-shell-") && name !== SHELL) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("message", (event) => {
  if (event.data === "activate") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.method === "GET" && READ.some((each) => each.test(url.pathname))) event.respondWith(answer(request));
  else if (request.method === "POST" && ASKED.test(url.pathname)) event.respondWith(answer(request));
  else if (request.method === "GET" && !url.pathname.startsWith("/api")) event.respondWith(other(request));
});

/** The page as the server has it now; the kept one where there is no server. */
async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("/", { cacheName: SHELL })) ?? Response.error();
  }
}

/** Assets never change under their name. */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(SHELL);
    await cache.put(request, response.clone());
  }
  return response;
}

async function other(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

/** Whose answers are kept: said by the page at sign-in, forgotten at sign-out. */
async function owner() {
  const cache = await caches.open(DATA);
  const kept = await cache.match(OWNER);
  return kept ? kept.text() : null;
}

/** A question as the address of its answer: what was asked with POST is told apart by its body. */
async function keyOf(request) {
  if (request.method === "GET") return request.url;
  const body = await request.clone().arrayBuffer();
  const digest = await crypto.subtle.digest("SHA-256", body);
  const hex = [...new Uint8Array(digest)].map((each) => each.toString(16).padStart(2, "0")).join("");
  return `${request.url}?asked=${hex}`;
}

async function answer(request) {
  const before = await owner();
  const key = before ? await keyOf(request) : null;
  try {
    const response = await fetch(request);
    if (key && response.ok) await keep(key, response.clone(), before);
    return response;
  } catch (error) {
    const kept = key ? await (await caches.open(DATA)).match(key) : undefined;
    if (kept) return kept;
    throw error;
  }
}

async function keep(key, response, before) {
  const headers = new Headers(response.headers);
  headers.set("X-Xiaolu-Seen", new Date().toISOString());
  headers.delete("Set-Cookie");
  const body = await response.blob();
  // Somebody else may have signed in while this was on its way.
  if ((await owner()) !== before) return;
  const cache = await caches.open(DATA);
  await cache.delete(key);
  await cache.put(key, new Response(body, { status: response.status, headers }));
  const keys = await cache.keys();
  const old = keys.filter((each) => !each.url.endsWith(OWNER)).slice(0, Math.max(0, keys.length - 1 - MOST_ANSWERS));
  await Promise.all(old.map((each) => cache.delete(each)));
}
