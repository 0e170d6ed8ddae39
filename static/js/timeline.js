/* Makes a timeline a grid for the keyboard (WAI-ARIA grid pattern) and a surface for the mouse: drag over free time to
   choose hours, drag a booking of one's own (or press M on it) to move it. Every way ends at a page that also works
   without this script: the booking form, filled in. */
(() => {
  const GRID = 15;
  const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

  const upgrade = (table) => {
    const body = table.closest(".tl-body");
    const status = table.closest(".tl-scroll").querySelector("[role=status]");
    const first = Number(table.dataset.first), step = Number(table.dataset.step);
    let moving = null;

    /* Where each cell lies, in minutes of the day; the name of a row lies before its first minute. */
    const rows = [...table.querySelectorAll("tbody tr:not(.tl-group)")].map((row) => {
      let at = first;
      return [...row.querySelectorAll("th, td")].map((cell) => {
        const link = cell.querySelector("a");
        if (cell.tagName === "TH") return { cell, from: -1, to: 0, link };
        const from = at;
        at += cell.colSpan * step;
        return { cell, from, to: at, link };
      });
    });
    const places = new Map(rows.flat().map((place) => [place.cell, place]));
    const placeOf = (node) => places.get(node.closest("td, tbody th"));
    const target = (place) => place.link ?? place.cell;

    table.setAttribute("role", "grid");
    for (const place of rows.flat()) target(place).tabIndex = -1;
    const now = Number(table.dataset.now ?? 0);
    const entry = rows.flat().find((place) => place.link && place.from >= 0 && place.to > now) ?? rows[0]?.[0];
    if (!entry) return;
    target(entry).tabIndex = 0;

    const focus = (place) => {
      if (!place) return;
      table.querySelectorAll('tbody [tabindex="0"]').forEach((node) => { node.tabIndex = -1; });
      target(place).tabIndex = 0;
      target(place).focus();
    };
    const beside = (place, step) => {
      const row = rows.find((each) => each.includes(place));
      return row[row.indexOf(place) + step];
    };
    const above = (place, step) => {
      let number = rows.findIndex((each) => each.includes(place)) + step;
      /* A shared space has several rows and one name. */
      while (place.from < 0 && rows[number] && rows[number][0].from >= 0) number += step;
      return rows[number]?.find((each) => each.from <= place.from && place.from < each.to);
    };

    /* A free cell's address knows its space and date. */
    const asked = (free) => new URL(free.link.href).searchParams;
    const dateOf = (free) => asked(free).get("date") ?? asked(free).get("start").split("T")[0];
    const spaceOf = (free) => decodeURIComponent(new URL(free.link.href).pathname.split("/").at(-2));
    const isFree = (place) => place?.cell.classList.contains("f") && place.link;
    const isBlock = (free) => asked(free).has("block");

    const moveTo = (free, start) => {
      const length = moving.to - moving.from;
      const url = new URL(`${moving.link.pathname}/change`, location.href);
      url.searchParams.set("space", spaceOf(free));
      url.searchParams.set("date", dateOf(free));
      if (isBlock(free)) url.searchParams.set("block", asked(free).get("block"));
      else {
        url.searchParams.set("start", clock(start));
        url.searchParams.set("end", clock(start + length));
      }
      location.assign(url);
    };
    const stopMoving = () => {
      moving?.cell.classList.remove("is-lifted");
      body.classList.remove("is-moving");
      moving = null;
      status.textContent = "";
    };
    const startMoving = (place) => {
      moving = place;
      place.cell.classList.add("is-lifted");
      body.classList.add("is-moving");
      status.textContent = table.dataset.move;
    };

    /* One's own that goes on, or begins within a quarter: the keys of its page, without going there. */
    const pressed = { "+": "longer", l: "later", a: "check-in", d: "release", x: "release" };
    const isGoingOn = ({ cell, link, from, to }) =>
      cell.classList.contains("m") && link && table.dataset.now && from - GRID <= now && now < to;
    /* To which time, as the buttons of its page say it: of what is shown here, so that an old page changes nothing. */
    const wished = {
      longer: ({ to }) => clock((to + GRID) % 1440),
      later: ({ from }) => clock((from + GRID * (Math.max(Math.floor((now - from) / GRID), 0) + 1)) % 1440),
    };
    const send = (place, verb) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = `${place.link.pathname}/${verb}`;
      const fields = { next: location.pathname + location.search, csrf_token: document.querySelector("[name=csrf_token]")?.value };
      if (wished[verb]) fields.wished = wished[verb](place);
      for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value: value ?? "" });
        form.append(field);
      }
      document.body.append(form);
      form.submit();
    };

    table.addEventListener("keydown", (event) => {
      const place = placeOf(event.target);
      if (!place || event.altKey || event.metaKey) return;
      const row = rows.find((each) => each.includes(place));
      const go = {
        ArrowRight: () => beside(place, 1), ArrowLeft: () => beside(place, -1),
        ArrowDown: () => above(place, 1), ArrowUp: () => above(place, -1),
        Home: () => (event.ctrlKey ? rows[0][0] : row[0]),
        End: () => (event.ctrlKey ? rows.at(-1).at(-1) : row.at(-1)),
      }[event.key];
      if (go) {
        event.preventDefault();
        focus(go());
      } else if (event.key.toLowerCase() === "m" && place.cell.classList.contains("m") && place.link && !event.ctrlKey) {
        event.preventDefault();
        startMoving(place);
      } else if (isGoingOn(place) && pressed[event.key.toLowerCase()] && !event.ctrlKey && !moving && !document.querySelector("html[data-keys-off]")) {
        event.preventDefault();
        send(place, pressed[event.key.toLowerCase()]);
      } else if (event.key === "Escape" && moving) {
        const back = moving;
        stopMoving();
        focus(back);
      } else if (event.key === "Enter" && moving && isFree(place)) {
        event.preventDefault();
        moveTo(place, place.from);
      }
    });

    /* The mouse. A touch scrolls; there a tap on free time opens the form. */
    const pick = document.createElement("div");
    pick.className = "tl-pick";
    const draw = (place, from, to) => {
      const box = place.cell.getBoundingClientRect(), frame = body.getBoundingClientRect();
      const width = box.width / (place.to - place.from);
      pick.style.left = `${box.left - frame.left + (from - place.from) * width}px`;
      pick.style.top = `${box.top - frame.top + 2}px`;
      pick.style.width = `${(to - from) * width}px`;
      pick.style.height = `${box.height - 5}px`;
      pick.textContent = `${clock(from)}–${clock(to)}`;
      if (!pick.isConnected) body.append(pick);
    };
    const minuteAt = (place, x) => {
      const box = place.cell.getBoundingClientRect();
      const minute = place.from + (x - box.left) / box.width * (place.to - place.from);
      return Math.min(Math.max(minute, place.from), place.to);
    };
    const slot = (minute) => Math.floor(minute / GRID) * GRID;
    let drag = null;

    table.addEventListener("dragstart", (event) => event.preventDefault());
    table.addEventListener("pointerdown", (event) => {
      const place = placeOf(event.target);
      if (!place || event.button !== 0 || event.pointerType === "touch") return;
      if (isFree(place) && !isBlock(place)) drag = { kind: "pick", place, at: minuteAt(place, event.clientX), x: event.clientX };
      else if (place.cell.classList.contains("m") && place.link)
        drag = { kind: "move", place, held: minuteAt(place, event.clientX) - place.from, x: event.clientX, y: event.clientY };
    });
    document.addEventListener("pointermove", (event) => {
      if (!drag) return;
      if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - (drag.y ?? event.clientY)) < 6) return;
      if (drag.kind === "pick") {
        if (!drag.begun) body.classList.add("is-picking");
        const here = minuteAt(drag.place, event.clientX), [low, high] = [Math.min(drag.at, here), Math.max(drag.at, here)];
        drag.from = Math.max(slot(low), drag.place.from);
        drag.to = Math.min(slot(high) + GRID, drag.place.to);
        draw(drag.place, drag.from, drag.to);
      } else {
        if (!drag.begun) startMoving(drag.place);
        const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("td");
        const over = under && places.get(under);
        drag.over = isFree(over) ? over : null;
        if (drag.over) {
          const length = drag.place.to - drag.place.from;
          const wished = slot(minuteAt(over, event.clientX) - drag.held + GRID / 2);
          drag.from = Math.max(Math.min(wished, over.to - length), over.from);
          draw(over, drag.from, Math.min(drag.from + length, over.to));
        } else pick.remove();
      }
      drag.begun = true;
    });
    document.addEventListener("pointerup", () => {
      if (!drag) return;
      const { kind, begun, place, from, to, over } = drag;
      drag = null;
      if (!begun) return;
      /* The click that follows must not open what was dragged over. */
      document.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      body.classList.remove("is-picking");
      if (kind === "pick") {
        const url = new URL(place.link.href);
        url.searchParams.set("start", `${dateOf(place)}T${clock(from)}`);
        url.searchParams.set("end", clock(to));
        location.assign(url);
      } else if (over) moveTo(over, from);
      else stopMoving();
      if (kind !== "pick" && !over) pick.remove();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drag) return;
      drag = null;
      pick.remove();
      body.classList.remove("is-picking");
      stopMoving();
    });

    /* A narrow screen starts at the present hour. */
    const region = table.closest(".tl-scroll");
    const columns = table.querySelector("thead th:nth-child(2)").getBoundingClientRect();
    const behind = table.querySelector("thead th").offsetWidth;
    if (now) region.scrollLeft = Math.max(0, (now - first - 30) / 60 * columns.width);
    region.style.scrollPaddingLeft = `${behind}px`;
  };

  const upgradeAll = (root) => root.querySelectorAll("table.tl:not([role])").forEach(upgrade);
  upgradeAll(document);
  document.addEventListener("htmx:load", (event) => upgradeAll(event.target));
  /* Back from the form, nothing of the drag is left. */
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll(".tl-pick").forEach((each) => each.remove()); });
})();
