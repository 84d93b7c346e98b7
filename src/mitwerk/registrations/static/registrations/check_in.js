/* Check-in without waiting: with the list of guests on the device the answer needs no network. What was read is kept on
   the device until the server has it; each has an id made here, so that what is sent twice is one. The page works
   without this file. */
(() => {
  "use strict";
  const root = document.querySelector("[data-check-in]");
  if (!root || !window.indexedDB || !crypto.subtle) return;
  const said = root.dataset;
  const [box, list] = [document.getElementById("answer"), document.getElementById("guests")];
  const form = root.querySelector(".check-form");
  const field = form.elements.said;
  const NAME = `check-in ${said.scope}`;
  const EVERY = 15000;
  const MOST_SENT = 100;
  const MOST_FOUND = 12;
  const plain = (text) => [...text.toLowerCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join("");
  const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const sameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString();

  // What the device keeps: `queue` not sent yet, `guests` by what stands for their code, `about` the list.
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "client_id" });
      asked.result.createObjectStore("guests", { keyPath: "key" });
      asked.result.createObjectStore("about");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const run = async (name, mode, act) => {
    const deal = (await opened).transaction(name, mode);
    const asked = act(deal.objectStore(name));
    return new Promise((done, fail) => {
      deal.oncomplete = () => done(asked?.result);
      deal.onerror = deal.onabort = () => fail(deal.error);
    });
  };
  const all = (name) => run(name, "readonly", (store) => store.getAll());
  const put = (name, value, key) => run(name, "readwrite", (store) => store.put(value, key));
  const drop = (name, key) => run(name, "readwrite", (store) => store.delete(key));
  const about = () => run("about", "readonly", (store) => store.get("list"));

  const show = (state, ...lines) => {
    box.className = `check-answer is-${state}`;
    box.replaceChildren(...lines.filter(Boolean).map((line, place) => {
      const node = document.createElement(place === 0 ? "strong" : "span");
      if (place === 1) node.className = "check-name";
      node.textContent = line;
      return node;
    }));
  };
  const tell = (state, guest) => {
    if (state === "arrived") show(state, said.arrived, guest.name, guest.organisation, guest.kind);
    else if (state === "already") show(state, said.already.replace("{0}", clock(guest.since)), guest.name, guest.organisation, guest.kind);
    else if (state === "not_booked") show(state, said.notBooked, guest.name, guest.organisation, guest.standing);
    else show("unknown", said.unknown, guest.said);
  };

  const offer = (guests) => {
    list.replaceChildren(...guests.slice(0, MOST_FOUND).map((guest) => {
      const [row, part, name, button] = ["li", "div", "span", "button"].map((tag) => document.createElement(tag));
      part.className = "check-guest";
      name.textContent = [guest.name, guest.organisation].filter(Boolean).join(", ");
      if (!guest.booked) name.textContent += ` (${said.notBooked})`;
      button.className = "button";
      button.type = "button";
      button.textContent = said.check;
      button.setAttribute("aria-label", `${said.check}: ${guest.name}`);
      button.addEventListener("click", () => arrive(guest.key));
      part.append(name, button);
      row.append(part);
      return row;
    }));
  };

  const digest = async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);
  };
  const known = async (text) => {
    const kept = await about();
    if (!kept) return { isKept: false };
    const code = plain(text);
    const key = code.length === 32 ? code : await digest(`${kept.salt}:${code}`);
    const guest = await run("guests", "readonly", (store) => store.get(key));
    if (guest) return { isKept: true, guest, named: [] };
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (one) => words.every((word) => `${one.name} ${one.organisation}`.toLowerCase().includes(word));
    return { isKept: true, named: words.join("").length > 1 ? (await all("guests")).filter(fits) : [] };
  };

  let shown = "";
  const arrive = async (text) => {
    list.replaceChildren();
    const item = { client_id: crypto.randomUUID(), said: text, at: new Date().toISOString() };
    const { isKept, guest, named } = await known(text);
    if (!guest && named?.length) {
      box.className = "check-answer";
      box.replaceChildren();
      offer(named);
      return;
    }
    shown = item.client_id;
    if (guest) {
      const isThere = guest.since && sameDay(guest.since, item.at);
      tell(isThere ? "already" : "arrived", guest);
      if (!isThere) await put("guests", { ...guest, since: item.at });
    }
    await put("queue", item);
    const isSent = await send();
    if (!isSent && !guest) show("later", said.later, isKept ? text : "", said.laterHelp);
  };

  const heard = async (item, answer) => {
    await drop("queue", item.client_id);
    if (answer.key && answer.since) {
      const there = await run("guests", "readonly", (store) => store.get(answer.key));
      if (there) await put("guests", { ...there, since: answer.since });
    }
    if (item.client_id === shown) {
      if (answer.guests?.length) {
        box.className = "check-answer";
        box.replaceChildren();
        offer(answer.guests);
      } else tell(answer.state, { ...answer, said: item.said });
    } else if (answer.state === "unknown" || answer.state === "not_booked") {
      const told = root.querySelector("[data-lost-told]");
      told.hidden = false;
      told.textContent = said.lost.replace("{0}", [...(told.dataset.all ? [told.dataset.all] : []), answer.name || item.said].join(", "));
      told.dataset.all = told.textContent.slice(said.lost.indexOf("{0}"));
    }
  };

  const count = async () => {
    const number = (await all("queue")).length;
    const told = root.querySelector("[data-waiting-told]");
    told.hidden = number === 0;
    told.textContent = said.waiting.replace("{0}", number);
  };

  const post = async (items) => {
    const clock = new Date().toISOString();
    const body = JSON.stringify({ clock, arrivals: items.map(({ client_id, said: text, at }) => ({ client_id, said: text, at })) });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    return fetch(said.send, { method: "POST", body, headers });
  };
  const refused = async (status) => {
    if (status === 404) await forget();
    show("later", status === 404 ? said.over : said.anew);
  };
  const sendAll = async () => {
    let items = (await all("queue")).slice(0, MOST_SENT);
    while (items.length) {
      let answer;
      try { answer = await post(items); } catch { return false; }
      if (!answer.ok) {
        if (answer.status === 404 || answer.status === 403) await refused(answer.status);
        return answer.status === 404 || answer.status === 403;
      }
      const { answers } = await answer.json();
      const byId = new Map(answers.map((one) => [one.client_id, one]));
      for (const item of items) await heard(item, byId.get(item.client_id) || { state: "unknown" });
      items = (await all("queue")).slice(0, MOST_SENT);
    }
    return true;
  };
  // One after the other, so that nothing is on its way twice.
  let last = Promise.resolve();
  const send = () => {
    last = last.catch(() => {}).then(sendAll).finally(count);
    return last;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.value = "";
    field.focus({ preventScroll: true });
    if (text) arrive(text);
  });

  // Kept on this device: by the button and by nothing else.
  const fetchList = async () => {
    const answer = await fetch(said.guests, { cache: "no-store" });
    if (answer.status === 404) await forget();
    if (!answer.ok) throw new Error(String(answer.status));
    const { salt, until, guests } = await answer.json();
    await run("guests", "readwrite", (store) => {
      store.clear();
      for (const guest of guests) store.put(guest);
    });
    await put("about", { salt, until }, "list");
  };
  const files = () => [
    ...[...document.querySelectorAll("link[rel=stylesheet], link[rel=preload]")].map((link) => link.href),
    ...[...document.querySelectorAll("script[src]")].map((script) => script.src),
    ...[...document.querySelectorAll("svg use")].map((use) => new URL(use.getAttribute("href"), location.href).href.split("#")[0]),
  ];
  const keep = async () => {
    await fetchList();
    const cache = await caches.open(NAME);
    await Promise.all([...new Set([said.scope, ...files()])].map(async (url) => {
      const answer = await fetch(url, { cache: "no-cache" });
      if (!answer.ok) throw new Error(url);
      await cache.put(url, answer);
    }));
  };
  const forget = async () => {
    await run("guests", "readwrite", (store) => { store.clear(); });
    await drop("about", "list");
    await caches.delete(NAME);
    await (await navigator.serviceWorker?.getRegistration(said.scope))?.unregister();
    await buttons();
  };
  const part = root.querySelector("[data-keep]");
  const [on, off, told] = ["on", "off", "told"].map((name) => part.querySelector(`[data-keep-${name}]`));
  const buttons = async () => {
    const isKept = Boolean(await about());
    on.hidden = isKept;
    off.hidden = !isKept;
  };
  on.addEventListener("click", async () => {
    on.disabled = true;
    try {
      await keep();
      await navigator.serviceWorker.register(said.worker, { scope: said.scope });
      told.textContent = told.dataset.kept;
    } catch { told.textContent = told.dataset.failed; }
    on.disabled = false;
    await buttons();
  });
  off.addEventListener("click", async () => {
    await forget();
    told.textContent = told.dataset.gone;
  });

  const turn = async () => {
    const kept = await about();
    if (kept && Date.now() > Date.parse(kept.until)) await forget();
    // First what is waiting, so that the list that is fetched knows of it.
    const isSent = (await all("queue")).length ? await send() : true;
    await count();
    if (isSent && navigator.onLine && (await about())) await fetchList().catch(() => {});
  };
  part.hidden = !("serviceWorker" in navigator);
  buttons().then(turn);
  setInterval(turn, EVERY);
  addEventListener("online", turn);
})();
