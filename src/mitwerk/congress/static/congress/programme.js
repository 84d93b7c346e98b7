/* My programme on this device, and pages that open without a network. The programme works without this file: then what
   is chosen stands in the address. Nothing is stored before somebody ticks or presses, and nothing leaves the device. */
(() => {
  "use strict";
  const stored = (name) => { try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; } };
  const store = (name, keys) => {
    try {
      if (keys.length) localStorage.setItem(name, JSON.stringify(keys));
      else localStorage.removeItem(name);
    } catch { /* private mode: the address still holds what was chosen */ }
  };
  const nameOf = (form) => `programme:${form.dataset.picks}`;

  // All that is stored, also what a filter hides just now, and what is ticked on the page.
  const chosen = (form) => [...new Set([
    ...stored(nameOf(form)), ...[...form.querySelectorAll("[name=s]:checked")].map((box) => box.value),
  ])];

  const count = (form, number) => {
    for (const place of form.querySelectorAll("[data-count]")) place.textContent = number ? `(${number})` : "";
  };

  const show = () => {
    for (const form of document.querySelectorAll("form[data-picks]")) {
      const boxes = [...form.querySelectorAll("[name=s]")];
      if ("account" in form.dataset) {
        count(form, boxes.filter((box) => box.checked).length);
        continue;
      }
      // What the address brought stands ticked as well; it is stored with the first tick, not by opening a link.
      const keys = new Set(stored(nameOf(form)));
      for (const box of boxes) box.checked = box.defaultChecked || keys.has(box.value);
      count(form, chosen(form).length);
    }
  };

  const tick = (box) => {
    const form = box.form;
    box.defaultChecked = box.checked;
    if (!("account" in form.dataset)) {
      const keys = chosen(form).filter((key) => key !== box.value);
      store(nameOf(form), box.checked ? [...keys, box.value] : keys);
    }
    show();
  };

  // The page of my programme without an address of its own opens with what is stored here.
  const mine = document.querySelector("[data-mine-of]");
  if (mine) {
    const name = `programme:${mine.dataset.mineOf}`;
    const query = new URLSearchParams(location.search);
    const keys = stored(name);
    if (!query.has("s") && keys.length) location.replace(`?${new URLSearchParams(keys.map((key) => ["s", key]))}`);
    mine.addEventListener("click", (event) => {
      const key = event.target.closest?.("[data-drop]")?.dataset.drop;
      if (key) store(name, stored(name).filter((one) => one !== key));
    });
  }

  document.addEventListener("change", (event) => { if (event.target.matches("form[data-picks] [name=s]")) tick(event.target); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-picks]") || "account" in form.dataset) return;
    event.preventDefault();
    location.href = `${form.action}?${new URLSearchParams(chosen(form).map((key) => ["s", key]))}`;
  });
  document.addEventListener("swapped", show);
  addEventListener("pageshow", show);
  show();

  // Kept on this device: a worker for the programme's own pages, registered by the button and by nothing else.
  const part = document.querySelector("[data-keep]");
  if (!part || !("serviceWorker" in navigator)) return;
  const [on, off] = ["on", "off"].map((name) => part.querySelector(`[data-keep-${name}]`));
  const told = document.querySelector("[data-keep-told]");
  const scope = part.dataset.scope;
  const cacheName = `programme ${scope}`;
  const buttons = (isKept) => { on.hidden = isKept; off.hidden = !isKept; };
  const files = () => [
    ...[...document.querySelectorAll("link[rel=stylesheet], link[rel=preload]")].map((link) => link.href),
    ...[...document.querySelectorAll("script[src]")].map((script) => script.src),
    ...[...document.querySelectorAll("svg use")].map((use) => new URL(use.getAttribute("href"), location.href).href.split("#")[0]),
  ];
  const keep = async () => {
    const cache = await caches.open(cacheName);
    // Without cookies: what is kept is what everybody reads.
    const wanted = [...new Set([...part.dataset.pages.split(" "), ...files()])];
    await Promise.all(wanted.map(async (url) => {
      const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) throw new Error(url);
      await cache.put(url, answer);
    }));
    store(cacheName, [part.dataset.version]);
  };
  on.addEventListener("click", async () => {
    on.disabled = true;
    try {
      await keep();
      await navigator.serviceWorker.register(part.dataset.keep, { scope });
      buttons(true);
      told.textContent = told.dataset.kept;
    } catch { told.textContent = told.dataset.failed; }
    on.disabled = false;
  });
  off.addEventListener("click", async () => {
    await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
    await caches.delete(cacheName);
    store(cacheName, []);
    buttons(false);
    told.textContent = told.dataset.gone;
  });
  navigator.serviceWorker.getRegistration(scope).then(async (found) => {
    const isKept = Boolean(found && new URL(found.scope).pathname === scope);
    buttons(isKept);
    // A new release is fetched as soon as there is a network.
    if (isKept && navigator.onLine && stored(cacheName)[0] !== part.dataset.version) await keep().catch(() => {});
  });
})();
