/* Small comforts for pages that already work without them: menus that close, lists that say what they show. */
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

  /* A key presses its button on the line that has the focus; on the page of one booking, wherever that is. */
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("html[data-keys-off], dialog[open]")) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, [role=grid]")) return;
    const line = event.target.closest(".row-booking") ?? document.querySelector(".page-head");
    const button = [...(line?.querySelectorAll("button[aria-keyshortcuts]") ?? [])]
      .find((each) => each.getAttribute("aria-keyshortcuts") === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  /* A list that was changed in place says which day or week it now shows. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "shown") return;
    const said = document.getElementById("shown-said");
    if (said) said.textContent = document.querySelector(".day-nav-day").textContent;
  });

  /* A filter or date changes the list at once; the button stays for whoever has no script. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });

  /* A form that came back after signing in stands at the address of its own page, so that to load it anew is no sign-in. */
  const back = document.querySelector("[data-page]");
  if (back) history.replaceState(null, "", back.dataset.page);
})();
