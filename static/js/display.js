/* The screen in the hall. It asks every few seconds; each call has the screen for its full time, two at once one after
   the other, with a chime and a voice. What was shown is remembered here, so that a screen that is started anew shows no
   old call as a new one; and where no answer comes it says so, with the time of the last one. */
(() => {
  const display = document.getElementById("display");
  if (!display) return;
  const { calls: address, script, timeZone } = display.dataset;
  const [FULL, EVERY, STALE] = ["full", "every", "stale"].map((name) => display.dataset[name] * 1000);
  const LATE = 120_000;          // a call that nobody saw on this screen, because it was cut off, is news for so long
  const KEPT = 100, MEMORY = `calls shown at ${location.pathname}`;
  const at = (id) => document.getElementById(id);

  /* What was shown before. A screen that remembers nothing (it is new, or forgets) takes for news only what still has
     its full time. */
  let shown = [], remembers = false;
  try {
    const kept = JSON.parse(localStorage.getItem(MEMORY));
    remembers = Array.isArray(kept);
    shown = remembers ? kept : [];
  } catch { /* no storage here */ }
  const remember = (key) => {
    shown = [...shown, key].slice(-KEPT);
    try { localStorage.setItem(MEMORY, JSON.stringify(shown)); } catch { /* then until the next start */ }
  };
  if (!remembers) try { localStorage.setItem(MEMORY, "[]"); } catch { /* as above */ }

  /* One call at a time. */
  const waiting = [];
  let onStage = null;
  const write = (part, call) => {
    part.querySelector(".call-number").textContent = call.number;
    const languages = call.said.map((each) => each.lang.slice(0, 2));
    part.querySelector(".call-place").replaceChildren(...call.places.map((place, which) => {
      const word = document.createElement("span");
      word.lang = languages[which];
      if (which) word.className = "also";
      word.textContent = place;
      return word;
    }));
  };
  const draw = () => {
    at("stage").hidden = !onStage;
    at("calm").hidden = Boolean(onStage) || !at("staying").hidden;
  };
  const next = () => {
    onStage = waiting.shift() ?? null;
    if (onStage) {
      remember(onStage.key);
      write(at("stage"), onStage);
      announce(onStage);
      setTimeout(next, FULL);
    }
    draw();
  };

  /* Heard as well as seen. A browser gives no sound before somebody pressed something, unless it was told to. */
  let sound = null;
  try { sound = new AudioContext(); } catch { /* none here */ }
  const button = at("sound");
  const silent = () => sound?.state === "suspended";
  button.hidden = !silent();
  button.addEventListener("click", () => sound.resume().then(() => { button.hidden = !silent(); }));
  const chime = () => {
    if (!sound || silent()) return;
    [[660, 0], [528, .45]].forEach(([tone, when]) => {
      const bell = sound.createOscillator(), loud = sound.createGain(), start = sound.currentTime + when;
      bell.frequency.value = tone;
      loud.gain.setValueAtTime(.25, start);
      loud.gain.exponentialRampToValueAtTime(.001, start + 1.1);
      bell.connect(loud).connect(sound.destination);
      bell.start(start);
      bell.stop(start + 1.2);
    });
  };
  const announce = (call) => {
    chime();
    if (!window.speechSynthesis) return;
    speechSynthesis.cancel();
    call.said.forEach(({ lang, text }) => {
      const sentence = new SpeechSynthesisUtterance(text);
      sentence.lang = lang;
      speechSynthesis.speak(sentence);
    });
  };

  /* News, by the clock of the house: that of a television may be wrong. */
  let tag = null, heard = performance.now(), newsAt = null;
  const take = (calls) => {
    const staying = calls.filter((call) => call.stays).reverse();
    at("staying").hidden = !staying.length;
    at("staying").querySelector("ol").replaceChildren(...staying.map((call) => {
      const line = at("one-call").content.cloneNode(true);
      write(line, call);
      return line;
    }));
    calls.forEach((call) => {
      const age = newsAt - Date.parse(call.at);
      const known = shown.includes(call.key) || call.key === onStage?.key || waiting.some((each) => each.key === call.key);
      if (!known && age < (remembers ? LATE : FULL)) waiting.push(call);
      else if (!known) remember(call.key);
    });
    remembers = true;
    if (onStage) draw(); else next();
  };
  const ask = async () => {
    const patience = new AbortController(), late = setTimeout(() => patience.abort(), EVERY * 2);
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(address, { headers, cache: "no-store", signal: patience.signal });
      if (answer.status === 404) return location.reload();  // taken back: the page where it is paired
      if (answer.status === 200 || answer.status === 304) {
        heard = performance.now();
        newsAt = Date.parse(answer.headers.get("X-Now"));
        watch();
      }
      if (answer.status === 200) {
        const news = await answer.json();
        tag = answer.headers.get("ETag");
        if (news.script !== script) return location.reload();  // the house was renewed
        take(news.calls);
      }
    } catch { /* no network, or a server that is started anew: asked again */ } finally {
      clearTimeout(late);
    }
    setTimeout(ask, EVERY);
    display.dataset.asked = Number(display.dataset.asked ?? 0) + 1;  // for whoever watches it
  };
  const watch = () => {
    const isStale = performance.now() - heard > STALE;
    at("stale").hidden = !isStale;
    if (isStale) {
      at("last-news").textContent = newsAt === null ? "–" : new Intl.DateTimeFormat("nl-BE", { timeZone, hour: "2-digit", minute: "2-digit" }).format(newsAt);
    }
  };

  at("stage").hidden = true;
  draw();
  ask();
  setInterval(watch, 1000);
})();
