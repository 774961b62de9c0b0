// Small additions; every page is complete without them.
"use strict";

// How far one has read, and where one stopped, kept in this browser only.
const reader = document.querySelector("main[data-work]");
if (reader) {
  const bar = document.createElement("progress");
  bar.className = "reading-bar";
  bar.max = 1;
  bar.setAttribute("aria-hidden", "true");
  document.body.append(bar);
  const key = "position:" + location.pathname + location.search;
  const text = document.getElementById("text");
  const share = () => {
    const box = text.getBoundingClientRect();
    const room = box.height - innerHeight / 2;
    return room <= 0 ? 1 : Math.min(1, Math.max(0, -box.top / room));
  };
  let due = false;
  addEventListener("scroll", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      bar.value = share();
      try {
        if (bar.value > 0.02 && bar.value < 0.98) localStorage.setItem(key, bar.value.toFixed(4));
        else localStorage.removeItem(key);
      } catch { /* private windows may refuse to store */ }
    });
  }, { passive: true });
  let kept = 0;
  try { kept = Number(localStorage.getItem(key)) || 0; } catch { kept = 0; }
  if (kept > 0 && !location.hash && scrollY === 0) {
    const box = text.getBoundingClientRect();
    scrollTo(0, box.top + scrollY + kept * (box.height - innerHeight / 2));
  }
  // An open panel closes with Escape or a click elsewhere.
  const close = (keep) => document.querySelectorAll(".work-tools details[open]").forEach((d) => { if (d !== keep) d.open = false; });
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  addEventListener("click", (event) => close(event.target.closest(".work-tools details")));
}

// A running import: fetch the same page again and show what changed.
const poll = () => {
  const running = document.querySelector("main[data-poll]");
  if (!running) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("main");
      if (answer.ok && next) running.replaceWith(next);
    } catch { /* the server is busy or gone: ask again */ }
    poll();
  }, Number(running.dataset.poll));
};
poll();

// On lists, j and k step through the works.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== "j" && event.key !== "k")) return;
  if (event.target.closest("input, select, textarea")) return;
  const links = [...document.querySelectorAll(".cards h3 a")];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const to = event.key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
  links[to].focus();
  links[to].scrollIntoView({ block: "center" });
});

// At the wrangling desk one key decides on a tag and goes on to the next.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const row = event.target.closest(".undecided fieldset");
  if (!row || event.target.matches("input:not([type=radio])")) return;
  const choice = row.querySelector(`[data-key="${CSS.escape(event.key)}"] input`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  const next = event.key === "o" ? row.querySelector("input:not([type=radio])") : row.nextElementSibling?.querySelector("input:checked, button");
  next?.focus();
});
