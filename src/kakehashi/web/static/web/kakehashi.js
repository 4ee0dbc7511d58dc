/* Kakehashi: the one script of our own. Every page works without it.
 * It focuses the error summary, counts ticked rows, opens and closes dialogs,
 * warns before leaving a form with something typed and not sent, says five minutes before a
 * sign-in ends that it does, and prints. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* the error summary takes the focus, on a new page and after a swap */
  const focusErrors = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
  };

  /* ticked rows: count them, show the bar only when there are any */
  const boxes = (form) => all('input[name="row"]', form);
  const count = (form) => {
    const rows = boxes(form);
    const ticked = rows.filter((box) => box.checked).length;
    const every = form.querySelector("[data-select-all]");
    const bar = form.querySelector("[data-batch]");
    const whole = form.querySelector('input[name="all"]');
    if (every) {
      every.hidden = false;
      every.checked = rows.length > 0 && ticked === rows.length;
      every.indeterminate = ticked > 0 && ticked < rows.length;
    }
    const clear = form.querySelector("[data-clear]");
    if (clear) clear.hidden = false;
    if (bar) {
      const words = bar.querySelector("[data-batch-count]");
      bar.hidden = ticked === 0;
      words.textContent = words.dataset.words.replace("{n}", ticked);
      if (bar.hidden && whole) whole.checked = false;
    }
  };

  const ready = (root) => {
    all("form[data-select]", root).forEach(count);
    focusErrors(root);
  };

  /* something typed and not yet sent */
  const dirty = new Set();
  const guarded = (form) =>
    form && form.method === "post" && !form.hasAttribute("hx-trigger") &&
    !form.hasAttribute("data-stays") && !form.hasAttribute("data-select") && form.closest("main");

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (!form) return;
    if (form.hasAttribute("data-select")) {
      if (event.target.hasAttribute("data-select-all")) {
        boxes(form).forEach((box) => { box.checked = event.target.checked; });
      }
      count(form);
    }
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (guarded(form)) dirty.add(form);
  });
  document.addEventListener("submit", (event) => { dirty.delete(event.target); });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-clear]")?.closest("form");
    if (form) {
      boxes(form).forEach((box) => { box.checked = false; });
      count(form);
      form.querySelector("[data-select-all]")?.focus();
    }
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    const dialog = document.getElementById((opener || closer)?.dataset[opener ? "opens" : "closes"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    if (opener) dialog.showModal();
    else dialog.close();
  });

  /* five minutes before the sign-in ends: say so, with one button to stay */
  const WARNED = 300;
  const ending = document.querySelector("[data-ends-in]");
  if (ending) {
    const soon = ending.querySelector("[data-ending-soon]");
    const over = ending.querySelector("[data-ending-over]");
    const stays = ending.querySelector("[data-stays]");
    let timer = 0;
    const show = (left) => {
      clearTimeout(timer);
      ending.hidden = left > WARNED;
      soon.hidden = left <= 0;
      over.hidden = left > 0;
      stays.hidden = left <= 0;
      const next = left > WARNED ? left - WARNED : left;
      if (left > 0) timer = setTimeout(ask, next * 1000 + 500);
    };
    const told = async (answer) => {
      const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
      const left = isOurs ? (await answer.json()).left : 0;
      if (left === null) ending.hidden = true;
      else show(left);
    };
    const headers = { Accept: "application/json" };
    const ask = async () => {
      try { await told(await fetch(ending.dataset.asks, { headers })); } catch { show(1); }
    };
    stays.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = new FormData(stays);
      try { await told(await fetch(ending.dataset.asks, { method: "POST", headers, body })); } catch { show(1); }
    });
    show(Number(ending.dataset.endsIn));
  }

  /* on a phone the menu is a strip: show the place one is at */
  document.querySelector(".k-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  all("[data-prints]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  document.addEventListener("htmx:afterSettle", (event) => ready(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => ready(document));
  else ready(document);
})();
