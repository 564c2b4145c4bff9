/* Renews lists and says when something new waits; every page works without it. */
"use strict";
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { form.dataset.sent = ""; }, 8000);
  });
  // A letter, or a long form, that was begun and not sent is not lost by a slip.
  const letter = document.querySelector("[data-ask]");
  letter?.addEventListener("input", () => { letter.dataset.begun = "1"; });
  addEventListener("beforeunload", (event) => {
    if (!letter || letter.dataset.sent) return;
    if (letter.elements.text ? !letter.elements.text.value.trim() : !letter.dataset.begun) return;
    event.preventDefault();
    event.returnValue = "";  // browsers of before 2024 ask only with it
    setTimeout(() => { for (const form of document.forms) form.dataset.sent = ""; }, 500);
  });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const part of document.querySelectorAll("[data-renew]")) {
    const pause = Number(part.dataset.every) * 1000;
    const renew = async () => {
      const inUse = part.contains(document.activeElement);
      if (!document.hidden && navigator.onLine && !inUse) {
        try {
          const answer = await fetch(part.dataset.renew, { cache: "no-store", redirect: "error" });
          if (answer.status === 200) part.innerHTML = await answer.text();
          if (answer.status === 401 || answer.status === 403) return;
        } catch { /* the next round tries again */ }
      }
      setTimeout(renew, pause);
    };
    setTimeout(renew, pause);
  }
})();
