/* Ticks are kept on this telephone until the house has them: line, mark and when, never a name. Each has a name of its
   own, so that it comes in once however often it is sent; its age is told, so that a wrong clock does no harm. It is
   sent under whoever made it: those of another warden stay until that one signs in on this telephone. */
(() => {
  const KEPT = "trefpunt tick ";
  const AT_ONCE = 100; /* ticks in one message */
  const AGAIN = 3000, GIVE_UP = 10000, PATIENCE = 1500; /* milliseconds */
  const WARDEN = document.currentScript.dataset.warden;
  const unkept = new Map(); /* where a browser keeps nothing */
  let sending = false, cut = false, signedOut = false, focused = "";

  const token = () => document.querySelector("input[name=csrf_token]")?.value ?? "";
  const box = () => document.getElementById("waiting");

  const keep = (name, tick) => {
    try { localStorage.setItem(KEPT + name, JSON.stringify(tick)); } catch { unkept.set(name, tick); }
  };
  const forget = (name) => {
    unkept.delete(name);
    try { localStorage.removeItem(KEPT + name); } catch { /* nothing was kept */ }
  };
  /* All that is kept, the oldest first. */
  const kept = () => {
    const found = [...unkept].map(([name, tick]) => ({ ...tick, name }));
    try {
      for (const key of Object.keys(localStorage).filter((each) => each.startsWith(KEPT))) {
        found.push({ ...JSON.parse(localStorage.getItem(key)), name: key.slice(KEPT.length) });
      }
    } catch { /* nothing was kept */ }
    return found.sort((one, other) => one.at - other.at || one.turn - other.turn);
  };

  /* One that was kept before ticks said whose they are goes with whoever is here. */
  const isMine = (tick) => (tick.whose ?? WARDEN) === WARDEN;
  const waiting = () => kept().filter(isMine);

  const newName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, "0")).join("");

  /* What waits is shown on its line, whatever is put in its place meanwhile. */
  const show = () => {
    const here = box();
    if (!here) return;
    const mine = waiting().filter((tick) => tick.url === here.dataset.ticks);
    const last = new Map(mine.map((tick) => [tick.key, tick]));
    document.querySelectorAll(".tick").forEach((line) => {
      const tick = last.get(line.id.slice("line-".length));
      const said = tick && tick.mark !== "open" ? tick.label : "";
      line.classList.toggle("tick-waiting", Boolean(said));
      line.querySelector(".tick-waits").hidden = !said;
      line.querySelector(".tick-waits strong").textContent = said;
    });
    const late = mine.length && (cut || signedOut || Date.now() - mine[0].at > PATIENCE);
    here.hidden = !late;
    document.getElementById("waiting-others").hidden = kept().every((tick) => tick.url !== here.dataset.ticks || isMine(tick));
    const words = mine.length === 1 ? here.dataset.one : here.dataset.many.replace("#", mine.length);
    document.getElementById("waiting-said").textContent = signedOut ? here.dataset.signedOut : words;
    const short = document.getElementById("waiting-short"); /* not on a report */
    if (!short) return;
    short.hidden = !late;
    const { one, many, signedOut: out } = short.dataset;
    short.textContent = `· ${mine.length === 1 ? one : many.replace("#", mine.length)}${signedOut ? ` · ${out}` : ""}`;
  };

  const tellRefused = (sentences) => {
    const list = document.getElementById("ticks-refused");
    if (!list || !sentences.length) return;
    list.hidden = false;
    list.replaceChildren(...sentences.map((each) => {
      const item = document.createElement("li");
      item.textContent = box().dataset.refused.replace("#", each);
      return item;
    }));
  };

  const send = async () => {
    const all = waiting();
    if (sending || !all.length) return;
    sending = true;
    const url = all[0].url;
    const ticks = all.filter((tick) => tick.url === url).slice(0, AT_ONCE);
    const body = new URLSearchParams();
    for (const tick of ticks) {
      body.append("id", tick.name);
      body.append("key", tick.key);
      body.append("mark", tick.mark);
      body.append("missing", tick.missing);
      body.append("age", Math.max(0, Date.now() - tick.at));
    }
    try {
      const answer = await fetch(url, {
        method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json", "HX-Request": "true" },
        signal: AbortSignal.timeout(GIVE_UP),
      });
      cut = answer.status >= 500 || answer.status === 429;
      signedOut = answer.redirected || [400, 401, 403].includes(answer.status);
      if (answer.ok && !signedOut) {
        const { refused } = await answer.json();
        ticks.forEach((tick) => forget(tick.name));
        const whys = Object.values(refused);
        tellRefused([...new Set(whys)]);
        if (document.getElementById("poller")) window.htmx?.trigger("#poller", "now");
        else if (ticks.length > whys.length && url === box()?.dataset.ticks) window.location.reload(); /* the report tells of them */
      } else if (answer.status === 404) {
        ticks.forEach((tick) => forget(tick.name));
      }
    } catch {
      cut = true;
    }
    sending = false;
    show();
    if (!cut && !signedOut) send();
  };

  let turn = 0;
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-tick]");
    if (!form || !box()) return;
    event.preventDefault();
    const { key, mark, missing } = Object.fromEntries(new FormData(form));
    const label = Number(missing) > 1 ? `${form.dataset.tick} (${Number(missing)})` : form.dataset.tick;
    keep(newName(), { url: box().dataset.ticks, key, mark, missing: Number(missing) || 0, whose: WARDEN, at: Date.now(), turn: turn++, label });
    focused = `line-${key}`;
    cut = cut || !navigator.onLine;
    show();
    setTimeout(show, PATIENCE + 100);
    send();
  });

  let whoIsOpen = false;
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "missing-where") whoIsOpen = event.target.open;
  }, true);

  document.addEventListener("htmx:oobAfterSwap", () => {
    show();
    const who = document.getElementById("missing-where");
    if (who) who.open = whoIsOpen;
    /* The line was put in place anew, and with it the button that had the focus. */
    const line = focused && document.getElementById(focused);
    if (!line || document.activeElement !== document.body) return;
    line.querySelector(".tick-keys button, .tick-keys summary").focus();
    focused = "";
  });

  /* Somebody new is a name, which no telephone keeps: it waits in its form. */
  const notAdded = (event) => {
    const form = event.target.closest?.("form[data-needs-network]");
    if (!form) return;
    const said = document.getElementById("add-said");
    said.hidden = false;
    said.querySelector("span").textContent = form.dataset.needsNetwork;
  };
  document.addEventListener("htmx:sendError", notAdded);
  document.addEventListener("htmx:timeout", notAdded);

  /* Without network no page can be opened, and this one not again. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!box() || !link || link.closest("dialog") || link.hasAttribute("data-dialog") || navigator.onLine) return;
    event.preventDefault();
    cut = true;
    box().hidden = false;
    box().scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (box() && waiting().length && (cut || !navigator.onLine)) event.preventDefault();
  });

  window.addEventListener("online", send);
  setInterval(send, AGAIN);
  show();
  send();
})();
