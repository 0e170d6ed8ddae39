/* A digit presses the key of the line that bears it. */
(() => {
  const WRITING = "input, textarea, select";
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
    const button = /^[1-9]$/.test(event.key) && document.querySelector(`[data-line-key="${event.key}"]:not(:disabled)`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
})();
