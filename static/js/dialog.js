/* A link marked data-dialog asks its question in a dialog of this page; without script it leads to the page that asks it.
   data-dialog="id" opens the <dialog> with that id. An empty one fetches the link's own page and shows what is in its
   main: the server needs to know of no dialog. Escape, focus kept inside and given back are the browser's own work. */
(() => {
  const opened = async (link) => {
    const known = link.dataset.dialog && document.getElementById(link.dataset.dialog);
    if (known) return known;
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const heading = main?.querySelector("h1");
    if (!answer.ok || answer.redirected || !heading) throw new Error(`no page to show at ${link.href}`);
    return built(heading.textContent, main, link);
  };

  const built = (title, main, link) => {
    const dialog = document.getElementById("empty-dialog").content.firstElementChild.cloneNode(true);
    dialog.setAttribute("aria-label", title);
    dialog.querySelector("h2").textContent = title;
    main.querySelector(".page-head")?.remove();
    main.querySelectorAll("form:not([action])").forEach((form) => { form.action = link.href; });
    main.querySelectorAll("[id]").forEach((one) => { if (document.getElementById(one.id)) rename(main, one, `${one.id}-asked`); });
    dialog.append(...main.childNodes);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    window.htmx?.process(dialog);
    return dialog;
  };

  /* Two pages in one: what both call by the same name is called otherwise here, and by whatever points at it. */
  const rename = (root, one, name) => {
    for (const pointer of ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form"]) {
      root.querySelectorAll(`[${pointer}]`).forEach((each) => each.setAttribute(pointer,
        each.getAttribute(pointer).split(" ").map((id) => (id === one.id ? name : id)).join(" ")));
    }
    one.id = name;
  };

  document.addEventListener("click", async (event) => {
    /* "No, keep it" leads back to where the question was asked, which is here. */
    const back = event.target.closest("dialog[open] a[href]");
    if (back && back.href.split("#")[0] === window.location.href.split("#")[0]) {
      event.preventDefault();
      back.closest("dialog").close();
      return;
    }
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      const dialog = await opened(link);
      dialog.showModal();
      dialog.dispatchEvent(new CustomEvent("dialog:shown", { bubbles: true }));
    } catch {
      window.location.assign(link.href);
    }
  });
  /* Outside the box is outside the question: a press on the veil puts it away. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("dialog.dialog[open]")) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });
})();
