/* Makes the chat quicker; everything works without it. Stores nothing on the phone. */
"use strict";
(() => {
  const body = document.body;
  const talk = document.getElementById("talk");
  const busy = (form, on) => {
    form.dataset.sent = on ? "1" : "";
    for (const button of form.elements) if (button.type === "submit") button.setAttribute("aria-busy", on);
  };

  // One tap, one message; without a connection the text stays where it is.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent || !navigator.onLine) {
      event.preventDefault();
      if (!navigator.onLine) say(body.dataset.offline);
      return;
    }
    if (form.classList.contains("write") && !form.elements.text.value.trim()) {
      event.preventDefault();
      form.elements.text.focus();
      return;
    }
    busy(form, true);
    setTimeout(() => busy(form, false), 8000);
  });

  const say = (sentence) => {
    document.getElementById("heard")?.remove();
    const box = Object.assign(document.createElement("div"), { id: "heard", className: "notice", textContent: sentence });
    box.setAttribute("role", "alert");
    document.getElementById("main").prepend(box);
    box.scrollIntoView({ block: "center" });
  };

  // The quick exit waits for no answer and leaves no entry to come back to.
  for (const form of document.querySelectorAll("[data-leave]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      document.documentElement.hidden = true;
      document.title = "";
      fetch(form.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
      location.replace(body.dataset.away);
    });
  }

  // A page taken from the browser's memory may be someone else's by now.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("[data-closes][open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("[data-closes][open]")) menu.open = false;
  });

  const text = document.getElementById("text");
  if (text) {
    const grow = () => { text.style.blockSize = "auto"; text.style.blockSize = `${Math.min(text.scrollHeight + 3, 144)}px`; };
    if (!CSS.supports("field-sizing", "content")) { text.addEventListener("input", grow); grow(); }
  }

  // News, only while a person is expected to answer and somebody looks.
  let pause = 6000;
  const look = async () => {
    const now = talk?.querySelector("[data-waiting]");
    if (!now) return;
    if (!document.hidden && navigator.onLine) {
      try {
        const answer = await fetch(`${body.dataset.base}/news?seen=${now.dataset.seen}`, { cache: "no-store" });
        pause = answer.ok ? 6000 : Math.min(pause * 2, 60000);
        if (answer.status === 200) talk.innerHTML = await answer.text();
      } catch { pause = Math.min(pause * 2, 60000); }
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
