// Keeps scripts, styles and one page for when deepsix is not running. A page that holds answers is never kept.
//
// Served at /sw.js, with the mark of the build put before it: a new build is a new worker, which drops what the old kept.
const worker = self as unknown as ServiceWorkerGlobalScope & { BUILD: string };
const PREFIX = "deepsix-";
const NAME = PREFIX + worker.BUILD;
const OFFLINE = "/offline";
const STATIC = "/static/";
const HASHED = /-[0-9a-f]{10}\.\w+$/;

// The page for offline says itself which files it needs.
async function keepOfflinePage(): Promise<void> {
  const cache = await caches.open(NAME);
  const page = await fetch(OFFLINE, { cache: "no-store", credentials: "omit" });
  const files = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1]!);
  await cache.put(OFFLINE, page);
  await cache.addAll([...new Set(files)]);
}

async function dropOldOnes(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await worker.clients.claim();
}

// Files with a hash in their name never change; of the others the newest is taken while there is one.
async function staticFile(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request);
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

worker.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => event.waitUntil(dropOldOnes()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(STATIC)) event.respondWith(staticFile(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});
