/* Comforts of the pages about who is here: the keys + and − press the buttons that are there, a button prints, whoever
   ticks off by keyboard stays on the line that was ticked off, and a tap that falls twice answers no question. */
(() => {
  const WRITING = "input:not([type=checkbox]), textarea, select";
  const KEYS = { "+": "+", "=": "+", "-": "-", "−": "-" };
  let ticked = "";

  document.addEventListener("keydown", (event) => {
    const wanted = KEYS[event.key];
    const chosen = document.getElementById("tally-by-key");
    if (!wanted || !chosen || !chosen.checked || event.repeat) return;
    /* Ctrl and + enlarge the page; in a field they are written. */
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
    const button = document.querySelector(`[data-key="${wanted}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  /* A question that one tap opened is not answered by the same one falling twice. */
  const ONE_TAP = 700;
  let asked = -ONE_TAP;
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-dialog]")) asked = event.timeStamp;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("dialog [data-asked]") && event.timeStamp - asked < ONE_TAP) event.preventDefault();
  }, true);

  document.addEventListener("htmx:beforeRequest", (event) => {
    const line = event.target.closest(".tick");
    if (line) ticked = line.id;
  });
  /* The line was put in place anew, and with it the button that had the focus. */
  document.addEventListener("htmx:oobAfterSwap", () => {
    const line = ticked && document.getElementById(ticked);
    if (!line || document.activeElement !== document.body) return;
    line.querySelector("button").focus();
    ticked = "";
  });
})();
