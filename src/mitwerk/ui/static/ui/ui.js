/* Theme, filters that apply themselves, pages that keep up with what happens. Every page works without this file.
   Loaded before the page is drawn, so that a chosen theme does not flash. */
(() => {
  "use strict";
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  root.dataset.js = "";
  const stored = read();
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;

  const showTheme = () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(isDark()));
    }
  };

  // What is live stays in the page and gets new words, or no screen reader would tell them; all around it is exchanged.
  const live = (node) => node.matches("[role=status]");
  const holdsLive = (node) => live(node) || node.querySelector("[role=status]") !== null;
  const exchange = (old, fresh) => {
    if (live(old) && live(fresh)) {
      if (old.textContent !== fresh.textContent) old.replaceChildren(...fresh.childNodes);
      return;
    }
    const kept = [...old.children].find(holdsLive);
    const next = [...fresh.children].find(holdsLive);
    if (!kept || !next) {
      old.replaceWith(fresh);
      return;
    }
    const nodes = [...fresh.childNodes];
    for (const node of [...old.childNodes]) if (node !== kept) node.remove();
    kept.before(...nodes.slice(0, nodes.indexOf(next)));
    kept.after(...nodes.slice(nodes.indexOf(next) + 1));
    exchange(kept, next);
  };

  const swap = async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    // Without the page's own <style>: its nonce is another, and the browser would report it.
    const text = (await answer.text()).replace(/<style[^]*?<\/style>/g, "");
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const old of document.querySelectorAll("[data-swap][id]")) {
      const fresh = page.getElementById(old.id);
      if (fresh && !old.isEqualNode(fresh)) exchange(old, fresh);
    }
    document.dispatchEvent(new Event("swapped"));
  };

  // A page that changes while people look at it: never under somebody's finger, never where nobody looks.
  const refresh = async () => {
    const part = document.querySelector("[data-refresh]");
    if (!part || document.hidden || part.contains(document.activeElement)) return;
    const open = [...part.querySelectorAll("details[id][open]")].map((details) => details.id);
    try {
      await swap(await fetch(location.href, { headers: { "X-Requested-With": "fetch" } }));
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    } catch { /* no network for a moment: the page stays, and the next turn tries again */ }
  };

  let running = null;
  const applyFilters = async (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    const url = `${form.action.split("?")[0]}?${new URLSearchParams(pairs)}`;
    running?.abort();
    running = new AbortController();
    const focused = document.activeElement?.id;
    const open = new Map([...form.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
    try {
      const answer = await fetch(url, { signal: running.signal, headers: { "X-Requested-With": "fetch" } });
      await swap(answer);
      for (const [id, isOpen] of open) {
        const details = document.getElementById(id);
        if (details) details.open = isOpen;
      }
      history.pushState(null, "", url);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    showTheme();
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-theme-switch]")) return;
      const next = isDark() ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem("theme", next); } catch { /* private mode: the choice lasts for this page */ }
      showTheme();
    });
    document.addEventListener("change", (event) => {
      const form = event.target.form;
      if (form?.matches("form[data-auto]") && event.target.matches("[type=checkbox], [type=radio], select")) applyFilters(form);
    });
    addEventListener("popstate", () => { if (document.querySelector("form[data-auto]")) location.reload(); });
    document.querySelector("main > :not(.showcase) .error-summary")?.focus();
    const seconds = Number(document.querySelector("[data-refresh]")?.dataset.refresh);
    if (seconds) setInterval(refresh, seconds * 1000);
  });
})();
