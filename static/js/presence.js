/* Comforts of the pages about who is here: a button prints, and a tap that falls twice answers no question. */
(() => {
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
