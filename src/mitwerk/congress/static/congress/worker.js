/* Opens the kept pages of a programme where there is no network. It asks the network first, stores nothing by itself,
   and answers only for pages below its own address and the files they use. */
"use strict";
const scope = new URL(self.registration.scope).pathname;
const NAME = `programme ${scope}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request) => {
  const cache = await caches.open(NAME);
  const exact = await cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
  if (exact || request.mode !== "navigate") return exact;
  // Any other page of the programme: the one that holds everything.
  const pages = await cache.keys();
  const whole = pages.find((one) => one.url.endsWith("/offline/"));
  return whole && cache.match(whole, { ignoreVary: true });
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith((async () => {
    try {
      return await fetch(event.request);
    } catch (error) {
      const found = await kept(event.request);
      if (found) return found;
      throw error;
    }
  })());
});
