
// Names are offered while one types (WAI-ARIA's combobox with a list). Without this the fields are plain fields.
{
  const KINDS = "fandoms?|rel|relationships?|ship|pairing|char|characters?|freeforms?|tags?|rating|warning|category|creators?|authors?";
  const IN_QUERY = new RegExp(`(?:^|[\\s(+-])(${KINDS}):\\s*(?:"((?:[^"\\\\]|\\\\.)*)|([^\\s"()]*))$`, "i");
  const WAIT = 120;
  let lists = 0;

  // What is typed where the cursor stands: its kind, its text, and where it begins and ends.
  const typed = (input) => {
    const { value, selectionStart: caret, selectionEnd } = input;
    if (input.dataset.complete !== "query") return { kind: input.dataset.complete, text: value, from: 0, to: value.length };
    if (caret !== selectionEnd) return null;
    const before = value.slice(0, caret).replace(/[\u201c\u201d\u201e]/g, '"');
    const found = IN_QUERY.exec(before);
    if (!found) return null;
    const quoted = found[2] !== undefined;
    const text = quoted ? found[2].replace(/\\(.)/g, "$1") : found[3];
    const from = caret - (quoted ? found[2].length + 1 : found[3].length);
    const rest = value.slice(caret);
    const end = quoted ? /^[^"\s]*"?/ : /^[^\s"()]*/;
    return { kind: found[1].toLowerCase().replace(/s$/, ""), text, from, to: caret + end.exec(rest)[0].length };
  };

  const fandomsOf = (form) => {
    const fields = form ? [...form.querySelectorAll('[name="with.fandom"], [name="any.fandom"]')] : [];
    const chosen = fields.filter((field) => (field.type === "checkbox" ? field.checked : field.value.trim()));
    const names = chosen.map((field) => field.value);
    return form?.dataset.fandom ? [form.dataset.fandom, ...names] : names;
  };

  const counted = (count) => `${count} ${count === 1 ? "work" : "works"}`;

  const piece = (element, name, text) => {
    const made = document.createElement(element);
    made.className = name;
    made.textContent = text;
    return made;
  };

  const option = (name, id, anyKind) => {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const written = piece("span", "name", name.name);
    written.dir = "auto";
    item.append(written, piece("span", "number", counted(name.works)));
    const why = [];
    if (anyKind) why.push(name.kind);
    if (name.also) why.push(`\u201c${name.also}\u201d means this`);
    else if (name.slipped) why.push("spelt a little otherwise");
    if (name.here) why.push(`${name.here} in the chosen fandom`);
    if (why.length > 0) item.append(piece("span", "why", why.join(" \u00b7 ")));
    return item;
  };

  const attach = (input) => {
    const list = document.createElement("ul");
    list.id = `names-${++lists}`;
    list.className = "names";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names that may be meant");
    const said = piece("span", "unseen", "");
    said.setAttribute("role", "status");
    const box = document.createElement("span");
    box.className = "completes";
    const focused = document.activeElement === input;
    input.replaceWith(box);
    box.append(input, list, said);
    if (focused) input.focus();
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let names = [], at = -1, place = null, due = 0, asking = null;

    const close = () => {
      asking?.abort();
      clearTimeout(due);
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      said.textContent = "";
    };
    const mark = (next) => {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = next;
      const item = list.children[at];
      if (!item) return input.removeAttribute("aria-activedescendant");
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", item.id);
    };
    const choose = (name) => {
      if (input.dataset.complete === "query") {
        const written = `"${name.name.replace(/(["\\\u201c-\u201f\u00ab\u00bb])/g, "\\$1")}" `;
        input.setRangeText(written, place.from, place.to, "end");
      } else {
        input.value = name.name;
      }
      close();
      input.focus();
    };
    const show = (found) => {
      names = found;
      if (names.length === 0) return close();
      const anyKind = /^tag/.test(place.kind);
      list.replaceChildren(...names.map((name, n) => option(name, `${list.id}-${n}`, anyKind)));
      list.hidden = false;
      at = -1;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      said.textContent = `${names.length} ${names.length === 1 ? "name" : "names"}; arrow keys to choose.`;
    };
    const ask = async () => {
      place = typed(input);
      asking?.abort();
      if (!place || place.text.trim() === "") return close();
      asking = new AbortController();
      const { signal } = asking;
      const fields = new URLSearchParams({ q: place.text, kind: place.kind });
      if (place.kind !== "fandom") fandomsOf(input.form).forEach((fandom) => fields.append("fandom", fandom));
      try {
        const answer = await fetch(`/api/v1/complete?${fields}`, { signal, headers: { accept: "application/json" } });
        const found = answer.ok ? (await answer.json()).names : [];
        if (!signal.aborted && document.activeElement === input) show(found);
      } catch { /* the server is busy or gone, or more was typed: the field stays a field */ }
    };

    input.addEventListener("input", () => { clearTimeout(due); due = setTimeout(ask, WAIT); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" && !open && !event.altKey) { if (input.value) { event.preventDefault(); ask(); } }
      else if (!open) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1 < names.length ? at + 1 : -1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at >= 0 ? at - 1 : names.length - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(names[at]); }
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
      else if (event.key === "Tab" && at >= 0) choose(names[at]);
      else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) mark(-1);
    });
    // The field keeps the focus while the list is clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) choose(names[[...list.children].indexOf(item)]);
    });
  };

  document.querySelectorAll("input[data-complete]").forEach(attach);
}
