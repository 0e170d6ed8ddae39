/* Comforts of the pages about who is here: the keys + and − press the buttons that are there, a button prints, and a
   tap that falls twice answers no question. */
(() => {
  const WRITING = "input:not([type=checkbox]), textarea, select";
  const KEYS = { "+": "+", "=": "+", "-": "-", "−": "-" };

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
    const link = event.target.closest("a[data-dialog]");
    if (!link) return;
    asked = event.timeStamp;
    /* The key shows it, for as long as it takes none. */
    const key = document.getElementById(link.dataset.dialog)?.querySelector("[data-asked] [type=submit]");
    if (!key) return;
    key.disabled = true;
    setTimeout(() => { key.disabled = false; }, ONE_TAP);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("dialog [data-asked]") && event.timeStamp - asked < ONE_TAP) event.preventDefault();
  }, true);
})();
