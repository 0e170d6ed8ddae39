/* A part of this page was asked for, and no answer came: the database is away, or the network. Nothing on the page
   changes, so that what somebody typed stays; a sentence says it, in the server's own words where it has some, until an
   answer comes again. Where ticks wait for the network the page says so itself (ticks.js). */
(() => {
  const box = document.getElementById("unanswered");
  const TO_FILL_IN = "main :is(textarea, select, input:not([type=hidden]))";
  if (!box) return;

  const say = (sentence) => {
    if (document.getElementById("waiting")) return;
    const typed = document.querySelector(TO_FILL_IN) ? ` ${box.dataset.kept}` : "";
    const said = sentence + typed;
    if (box.textContent !== said) box.textContent = said; /* or a screen reader says it at each try of a list */
    box.hidden = false;
  };

  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    if (status < 500) return;
    const isSentence = event.detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
    say(isSentence ? responseText : status === 500 ? box.dataset.broken : box.dataset.lost);
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(lost, () => say(box.dataset.lost));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) box.hidden = true; });
})();
