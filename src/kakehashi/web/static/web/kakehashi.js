/* Kakehashi: the one script of our own. Every page works without it.
 * It focuses the error summary, counts ticked rows, opens and closes dialogs,
 * and warns before leaving a form with something typed and not sent. */
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
    !form.hasAttribute("data-select") && form.closest("main");

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
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    const dialog = document.getElementById((opener || closer)?.dataset[opener ? "opens" : "closes"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    if (opener) dialog.showModal();
    else dialog.close();
  });

  document.addEventListener("htmx:afterSettle", (event) => ready(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => ready(document));
  else ready(document);
})();
