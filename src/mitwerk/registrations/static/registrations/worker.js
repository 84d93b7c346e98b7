/* Opens the check-in page of one device where there is no network, or one too slow to wait for. It stores nothing by
   itself: the page does, when somebody presses the button. Once the check-in is over, what is stored is deleted. */
"use strict";
const NAME = `check-in ${new URL(self.registration.scope).pathname}`;
const PATIENCE = 3000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request) => (await caches.open(NAME)).match(request, { ignoreVary: true });
// Who has arrived and was not sent stays; the list of guests goes.
const forgetGuests = () => new Promise((done) => {
  const asked = indexedDB.open(NAME);
  asked.onerror = done;
  asked.onsuccess = () => {
    const names = ["guests", "about"].filter((name) => asked.result.objectStoreNames.contains(name));
    if (!names.length) { asked.result.close(); done(); return; }
    const deal = asked.result.transaction(names, "readwrite");
    for (const name of names) deal.objectStore(name).clear();
    deal.oncomplete = deal.onabort = () => { asked.result.close(); done(); };
  };
});
const end = async () => {
  await caches.delete(NAME);
  await forgetGuests();
  await self.registration.unregister();
};

// The page: from the network while that answers in time.
const page = async (request) => {
  const late = new Promise((_done, fail) => { setTimeout(() => fail(new Error("late")), PATIENCE); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    // A link that is over is not found, or sent on to where nothing is found.
    if (answer.status === 404 || answer.type === "opaqueredirect") await end();
    return answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
};

// Its files: what is kept is good, for another version has another name.
const file = async (request) => (await kept(request)) || fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination) event.respondWith(file(request));
});
