/* Small comforts for pages that already work without them: menus that close, timelines that start at "now". */
(() => {
  const closeDrops = (except) => document.querySelectorAll("details.drop[open]").forEach((drop) => {
    if (drop !== except) drop.open = false;
  });
  document.addEventListener("click", (event) => closeDrops(event.target.closest("details.drop")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const drop = document.querySelector("details.drop[open]");
    if (drop) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });

  const showNow = (root) => root.querySelectorAll(".tl-scroll").forEach((region) => {
    const now = region.querySelector(".tl-now");
    if (now) region.scrollLeft = Math.max(0, now.offsetLeft - region.clientWidth / 4);
  });
  showNow(document);
  document.addEventListener("htmx:load", (event) => showNow(event.target));

  /* A filter or date changes the list at once; the button stays for whoever has no script. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });
})();
