/* Moves items of the plan by pointer: mouse, pen, or a finger that rests on one. Without this file, and for keyboards,
   every item has a form. What is dropped is sent by a form as well, so that it is checked and told like any other. */
(() => {
  "use strict";
  const STEP = 5, HOLD = 350, NEAR = 6;
  const plan = document.querySelector("[data-plan]");
  const form = document.getElementById("drop");
  if (!plan || !form || !matchMedia("(min-width: 48rem)").matches) return;
  const frame = plan.parentElement;
  const place = "programme-scroll";

  try {
    const [left, top, page] = JSON.parse(sessionStorage.getItem(place)) || [];
    sessionStorage.removeItem(place);
    if (page !== undefined) { frame.scrollTo(left, top); scrollTo(0, page); }
  } catch { /* nothing was noted */ }

  const rooms = () => [...plan.querySelectorAll("[data-room]")].map((head) => ({ key: head.dataset.room, box: head.getBoundingClientRect() }));
  // Lines are of one height, so two hours on the plan tell where every minute is.
  const scale = () => {
    const [one, other] = [...plan.querySelectorAll(".plan-hour")].map((hour) => hour.getBoundingClientRect().top);
    return { top: one, minute: (other - one) / 30 };
  };
  const target = (x, y) => {
    const box = frame.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
    const room = rooms().find((one) => x >= one.box.left && x <= one.box.right);
    if (!room) return null;
    const { top, minute } = scale();
    const since = Math.max(0, Math.round((y - top) / minute / STEP) * STEP);
    return { room, minutes: Number(plan.dataset.first) + since, top: top + since * minute, minute };
  };
  const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

  let dragged = null;
  const begin = (block, event) => {
    const ghost = document.createElement("div");
    ghost.className = "plan-ghost";
    ghost.setAttribute("aria-hidden", "true");
    document.body.append(ghost);
    block.classList.add("is-dragged");
    const box = block.getBoundingClientRect();
    const isWaiting = !plan.contains(block);
    dragged = { block, ghost, offset: isWaiting ? 0 : event.clientY - box.top, found: null };
    document.body.style.userSelect = "none";
    move(event);
  };
  const move = (event) => {
    const { ghost, block, offset } = dragged;
    const box = frame.getBoundingClientRect();
    if (event.clientY > box.bottom - 40) frame.scrollTop += 12;
    if (event.clientY < box.top + 60) frame.scrollTop -= 12;
    if (event.clientX > box.right - 30) frame.scrollLeft += 12;
    if (event.clientX < box.left + 30) frame.scrollLeft -= 12;
    const found = target(event.clientX, event.clientY - offset);
    dragged.found = found;
    ghost.hidden = !found;
    if (!found) return;
    ghost.style.left = `${found.room.box.left + scrollX}px`;
    ghost.style.width = `${found.room.box.width}px`;
    ghost.style.top = `${found.top + scrollY}px`;
    ghost.style.height = `${Number(block.dataset.minutes) * found.minute}px`;
    ghost.textContent = clock(found.minutes);
  };
  const end = () => {
    const { block, ghost } = dragged;
    ghost.remove();
    block.classList.remove("is-dragged");
    document.body.style.userSelect = "";
    dragged = null;
  };
  const send = ({ block, found }) => {
    const data = block.dataset;
    const values = {
      room: found.room.key, day: plan.dataset.day, start: clock(found.minutes), minutes: data.minutes, seats: data.seats || "",
      version: data.version || "", kind: data.kind || "", title_de: data.titleDe || "", title_en: data.titleEn || "",
    };
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    form.action = data.drag;
    try { sessionStorage.setItem(place, JSON.stringify([frame.scrollLeft, frame.scrollTop, scrollY])); } catch { /* then it opens at the top */ }
    form.submit();
  };

  document.addEventListener("pointerdown", (event) => {
    const block = event.target.closest?.("[data-drag]");
    if (!block || event.button !== 0 || (event.target.closest("a, button") && !plan.contains(block))) return;
    const from = event;
    let timer = null;
    const stop = () => {
      clearTimeout(timer);
      removeEventListener("pointermove", watch);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", escape);
      removeEventListener("touchmove", hold);
    };
    const hold = (touch) => { if (dragged) touch.preventDefault(); };
    const watch = (now) => {
      if (dragged) return move(now);
      const far = Math.hypot(now.clientX - from.clientX, now.clientY - from.clientY) > NEAR;
      if (!far) return;
      if (from.pointerType === "mouse") begin(block, now);
      else stop();  // the finger scrolls
    };
    const drop = () => {
      const done = dragged && { block: dragged.block, found: dragged.found };
      stop();
      if (!dragged) return;
      end();
      // The link below must not open after a drag.
      const quiet = (click) => { click.preventDefault(); click.stopPropagation(); };
      addEventListener("click", quiet, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", quiet, { capture: true }), 50);
      if (done.found) send(done);
    };
    const cancel = () => { stop(); if (dragged) end(); };
    const escape = (key) => { if (key.key === "Escape") cancel(); };
    addEventListener("pointermove", watch);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape);
    addEventListener("touchmove", hold, { passive: false });
    if (from.pointerType !== "mouse") timer = setTimeout(() => begin(block, from), HOLD);
  });
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-drag]")) event.preventDefault(); });
})();
