/* The kiosk in the hall. What nobody touches goes back to the beginning, where it asks now and then, so that it is heard
   and finds out when it was taken back. It leaves a page only for one that is there: where no answer comes it waits. */
(() => {
  const kiosk = document.getElementById("kiosk");
  if (!kiosk) return;
  const { start } = kiosk.dataset;
  const at = (id) => document.getElementById(id);
  const go = async () => {
    try {
      if ((await fetch(start, { cache: "no-store" })).ok) return location.replace(start);
    } catch { /* no network: asked again */ }
    setTimeout(go, 5000);
  };

  let leave = Number(kiosk.dataset.leave) * 1000, timer;
  const touched = () => {
    clearTimeout(timer);
    if (leave) timer = setTimeout(go, leave);
  };
  ["pointerdown", "keydown", "input", "scroll"].forEach((what) => document.addEventListener(what, touched, { passive: true }));
  touched();
  if (kiosk.dataset.every) setInterval(go, kiosk.dataset.every * 1000);

  /* More time, for this page as it is and for those after it. */
  at("more")?.addEventListener("click", (event) => {
    event.preventDefault();
    leave = event.currentTarget.dataset.seconds * 1000;
    event.currentTarget.hidden = true;
    touched();
    document.querySelectorAll("#kiosk a").forEach((link) => {
      const url = new URL(link.href);
      if (url.searchParams.has("lang")) url.searchParams.set("more", "1");
      link.href = url.href;
    });
    document.querySelectorAll("#kiosk form").forEach((form) => {
      const more = Object.assign(document.createElement("input"), { type: "hidden", name: "more", value: "1" });
      form.append(more);
    });
  });

  at("read")?.addEventListener("click", () => {
    if (!window.speechSynthesis) return;
    speechSynthesis.cancel();
    const words = [...kiosk.querySelectorAll("h1, p, label, .keys .key, .key-first")].map((each) => each.textContent.trim());
    const sentence = new SpeechSynthesisUtterance(words.filter(Boolean).join(". "));
    sentence.lang = `${document.documentElement.lang}-BE`;
    sentence.onend = touched;
    speechSynthesis.speak(sentence);
  });

  const code = at("code");
  at("keypad")?.addEventListener("click", (event) => {
    const key = event.target.closest("[data-sign]");
    if (!key) return;
    code.value = key.dataset.sign ? (code.value + key.dataset.sign).slice(0, code.maxLength) : code.value.slice(0, -1);
  });

  at("print")?.addEventListener("click", () => window.print());

  /* One press is enough: the house counts two as one, and the second would only wait. */
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
})();
