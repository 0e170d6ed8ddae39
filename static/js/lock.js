/* The lock of a shared computer: F8, the button, or ten minutes without a hand lay a screen over the page, at once and
   before anybody is asked. What was typed stays in the page below, which nobody can read or reach; the server answers
   nothing until the password is given. Without script the button leads to the page that asks for it. */
(() => {
  const screen = document.getElementById("lock-screen");
  const button = document.querySelector("form[data-lock]");
  if (!screen || !button) return;
  const AFTER = 10 * 60_000, AWAKE_EVERY = 60_000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("trefpunt-lock") : null;
  const title = document.title;
  let locked = null, before = null, lastHand = Date.now(), lastAwake = Date.now();

  const blank = () => {
    if (locked) return;
    before = document.activeElement;
    locked = screen.content.firstElementChild.cloneNode(true);
    /* A browser lets Escape pass the second time: the screen is up again before the page is drawn. */
    locked.addEventListener("cancel", (event) => event.preventDefault());
    locked.addEventListener("close", () => locked?.showModal());
    locked.querySelector("form").addEventListener("submit", open);
    document.documentElement.classList.add("is-locked");
    document.title = screen.dataset.title;
    document.body.append(locked);
    locked.showModal();
    locked.querySelector("#lock-password").focus();
  };

  const reveal = () => {
    if (!locked) return;
    const over = locked;
    locked = null;
    over.remove();
    document.documentElement.classList.remove("is-locked");
    document.title = title;
    lastHand = lastAwake = Date.now();
    before?.focus?.();
  };

  const lock = () => {
    if (locked) return;
    blank();
    tabs?.postMessage("lock");
    tell().catch(() => {});
  };

  /* Until the server knows, the lock is only a curtain: it is told again before any password. */
  const tell = () => fetch(button.action, { method: "POST", body: new FormData(button), keepalive: true, redirect: "manual" });

  const open = async (event) => {
    event.preventDefault();
    const form = event.currentTarget, said = form.querySelector("#lock-error"), field = form.querySelector("#lock-password");
    const sent = new FormData(form);
    field.value = "";
    let answer;
    try {
      await tell();
      answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
    } catch {
      return field.focus();
    }
    if (answer.status === 204) {
      tabs?.postMessage("open");
      return reveal();
    }
    /* Not locked any more by another tab, or over: then nothing is asked here, and a page that is over says so itself. */
    if (answer.type === "opaqueredirect" || answer.status === 410) return void (location.href = screen.dataset.over);
    said.textContent = answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : "";
    said.hidden = false;
    field.focus();
  };

  const hand = () => {
    if (locked) return;
    if (Date.now() - lastHand >= AFTER) return lock();
    lastHand = Date.now();
    if (lastHand - lastAwake < AWAKE_EVERY) return;
    lastAwake = lastHand;
    fetch(screen.dataset.awake, { method: "POST", body: new FormData(button) })
      .then((answer) => { if (answer.status === 401 || answer.redirected) blank(); }).catch(() => {});
  };

  button.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return hand();
    event.preventDefault();
    lock();
  });
  for (const sign of ["pointerdown", "input", "wheel"]) document.addEventListener(sign, hand, { passive: true });
  setInterval(() => { if (Date.now() - lastHand >= AFTER) lock(); }, 5_000);
  document.addEventListener("visibilitychange", () => { if (Date.now() - lastHand >= AFTER) lock(); });
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 401) blank(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (tabs) tabs.onmessage = (event) => (event.data === "lock" ? blank() : reveal());
})();
