/* One key does what a link, a button or a field of the page bears: data-key="n" is pressed by N, a field gets the focus.
   Nothing happens while somebody types, with Ctrl, Alt or Meta, or while a question stands open; and never where single
   keys were switched off (WCAG 2.1.4), which page.js and timeline.js read at <html>. ? shows the keys, those among them
   that page.js presses where their line has the focus. Whoever types on while a dialog is fetched loses no letter. */
(() => {
  const shown = document.getElementById("keys");
  const OFF = "trefpunt-keys-off", TYPING = "input, textarea, select, [contenteditable]";
  const SAME = { "=": "+", "−": "-" };  // what lies on one key with it, or looks like it
  if (!shown) return;
  let typedAhead = null;

  const areOff = () => localStorage.getItem(OFF) !== null;
  const box = shown.querySelector("#keys-on");
  const show = () => {
    box.checked = !areOff();
    document.documentElement.toggleAttribute("data-keys-off", areOff());
  };
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    show();
  });
  show();

  const bearers = (which) => [...document.querySelectorAll(which)].filter((one) => !one.closest("dialog"));
  /* What the page itself has comes before what stands in the frame of every page. */
  const bearer = (key) => {
    const found = bearers(`[data-key="${CSS.escape(key)}"]`);
    return found.find((one) => one.closest("main")) ?? found[0];
  };

  const said = (one) => {
    if (one.dataset.keySays) return one.dataset.keySays;
    const words = (one.labels?.[0] ?? one).cloneNode(true);
    words.querySelectorAll(".visually-hidden").forEach((hidden) => hidden.remove());
    return words.textContent.trim();
  };

  const list = () => {
    const rows = shown.querySelector("[data-keys]"), known = new Map();
    rows.querySelectorAll("[data-row]").forEach((row) => row.remove());
    for (const one of bearers("[data-key]")) known.set(one.dataset.key, said(bearer(one.dataset.key)));
    for (const one of bearers("main button[aria-keyshortcuts]")) known.set(one.getAttribute("aria-keyshortcuts"), said(one));
    for (const [key, words] of known) {
      const name = document.createElement("dt"), does = document.createElement("dd"), cap = document.createElement("kbd");
      cap.textContent = key.toUpperCase();
      name.append(cap);
      does.textContent = words;
      for (const row of [name, does]) row.dataset.row = "";
      rows.append(name, does);
    }
  };

  const typeAhead = (event) => {
    event.preventDefault();
    if (event.key === "Enter") typedAhead.enter = true;
    else if (event.key === "Backspace") typedAhead.text = typedAhead.text.slice(0, -1);
    else if (event.key === "Escape") typedAhead = null;
    else if (event.key.length === 1) typedAhead.text += event.key;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || areOff()) return;
    if (document.querySelector("dialog[open]")) return;
    if (typedAhead) return void typeAhead(event);
    if (event.target.closest(TYPING)) return;
    if (event.key === "?") {
      event.preventDefault();
      list();
      shown.showModal();
      return;
    }
    const one = event.key.length === 1 && bearer(SAME[event.key] ?? event.key.toLowerCase());
    if (!one || event.repeat) return;
    event.preventDefault();
    if (one.matches(TYPING)) return void one.focus();
    if (one.dataset.dialog === "") typedAhead = { text: "", enter: false };
    one.click();
  });

  document.addEventListener("dialog:shown", (event) => {
    if (event.target === shown) return void list();
    if (!typedAhead) return;
    const field = event.target.querySelector("[autofocus], input:not([type=hidden])");
    const { text, enter } = typedAhead;
    typedAhead = null;
    if (!field) return;
    field.focus();
    field.value += text;
    if (enter) field.form.requestSubmit();
  });
})();
