/* A screen that waits to be paired asks again every few seconds, and turns into what it is to be. It never leaves the
   page for one that did not come: a browser's own "no connection" has no script that would try again. */
(() => {
  const EVERY = 5000;
  const codeOf = (page) => page.getElementById("code")?.textContent;

  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!codeOf(page) !== !codeOf(document)) location.reload();
        else if (codeOf(page)) document.getElementById("code").textContent = codeOf(page);
      }
    } catch { /* no network: asked again */ }
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
})();
