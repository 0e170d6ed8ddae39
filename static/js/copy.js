/* Turns every [data-copy] button into "copy the field it names". Without script the field is selectable as it is. */
(() => {
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    const said = document.getElementById(`${button.dataset.copy}-copied`);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      /* Plain http or an old browser has no clipboard; the older command still copies the selection. */
      document.execCommand("copy");
    }
    if (said) said.textContent = button.dataset.copied;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
  document.documentElement.classList.add("has-script");
})();
