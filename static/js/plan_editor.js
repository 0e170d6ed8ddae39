/* Zones and spaces moved on the plan of a floor. The number fields hold the truth: they are what is sent, and what the
   drawing shows. Without this script they are simply typed in. */
(() => {
  const form = document.querySelector("form[data-plan-editor]");
  if (!form) return;
  const svg = form.querySelector(".plan-editor"), canvas = form.querySelector(".plan-canvas");
  const which = form.querySelector("[data-which]"), live = form.querySelector("[data-live]");
  const undoButton = form.querySelector("[data-undo]"), unsaved = form.querySelector("[data-unsaved]");
  const [snaps, takesAlong] = ["snap", "along"].map((name) => form.querySelector(`[data-${name}]`));
  const SIDES = ["x", "y", "width", "depth"], CORNERS = ["nw", "ne", "sw", "se"];
  const GRAIN = .05, GRID = .25, NEAR_PX = 6, BESIDE = 1, SMALLEST = .1, TOUCH = .04, LARGEST = Number(form.dataset.most);
  const HANDLE_PX = 12, REACH_PX = 28, LEAST_SCALE = 16;   // pixels to a metre: a desk can still be touched
  const things = new Map(), history = [];
  let selected = null, drag = null, scale = 0, sheet = svg.viewBox.baseVal, leaving = false, saying = 0;

  const grained = (metres) => Math.round(Math.round(metres / GRAIN) * GRAIN * 100) / 100;
  const within = (metres, most) => Math.min(Math.max(metres, 0), most);
  const shape = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const metres = (text) => /^[0-9]{1,4}([.,][0-9]{1,3})?$/.test(text.trim()) ? Number(text.replace(",", ".")) : NaN;
  const said = (number) => number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  const spoken = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_gap, name) => facts[name]);

  /* What stands in a thing's four fields; null where that is no place. */
  const placeOf = (thing) => {
    const place = Object.fromEntries(SIDES.map((side) => [side, metres(thing.fields[side].value)]));
    return SIDES.every((side) => place[side] <= LARGEST) && place.width >= SMALLEST && place.depth >= SMALLEST ? place : null;
  };
  const textsOf = (thing) => SIDES.map((side) => thing.fields[side].value);
  const put = (thing, place) => {
    SIDES.forEach((side) => { thing.fields[side].value = place ? String(Math.round(place[side] * 1000) / 1000) : ""; });
    draw(thing);
  };
  const over = (one, other) => one.x + TOUCH < other.x + other.width && other.x + TOUCH < one.x + one.width
    && one.y + TOUCH < other.y + other.depth && other.y + TOUCH < one.y + one.depth;
  const inside = (one, zone) => one.x >= zone.x - TOUCH && one.y >= zone.y - TOUCH
    && one.x + one.width <= zone.x + zone.width + TOUCH && one.y + one.depth <= zone.y + zone.depth + TOUCH;

  const remarkOn = (thing) => {
    const place = placeOf(thing);
    if (!place || thing.scope === "zone") return "";
    const remarks = [], others = [...things.values()].filter((other) => {
      const there = other !== thing && other.scope === "space" && !other.parts.has(thing.code) && placeOf(other);
      return there && !thing.parts.has(other.code) && over(place, there);
    }).map((other) => other.code);
    if (others.length) remarks.push(spoken(form.dataset.over, { others: others.join(", ") }));
    const zone = [...things.values()].find((other) => other.scope === "zone" && other.code === thing.zone);
    const around = zone && placeOf(zone);
    if (around && !inside(place, around)) remarks.push(form.dataset.outside);
    return remarks.join(" ");
  };
  const nameOf = (thing) => `${thing.name} ${thing.code}`;
  const whereIs = (thing) => {
    const place = placeOf(thing), facts = { name: nameOf(thing) };
    if (!place) return spoken(form.dataset.off, facts);
    SIDES.forEach((side) => { facts[side] = said(place[side]); });
    return spoken(form.dataset.at, facts);
  };
  const say = (sentence) => {     // after the last of a held key's moves
    clearTimeout(saying);
    saying = setTimeout(() => { live.textContent = sentence; }, 150);
  };

  const draw = (thing) => {
    const place = placeOf(thing);
    if (!place) {
      thing.group?.setAttribute("display", "none");
    } else {
      thing.group ??= newGroup(thing);
      thing.group.removeAttribute("display");
      const [rect, text] = thing.group.children;
      const { x, y, width, depth } = place;
      for (const [key, value] of Object.entries({ x, y, width, height: depth })) rect.setAttribute(key, value);
      const wide = width >= 2 && depth >= 1, isZone = thing.scope === "zone";
      text.textContent = isZone ? thing.name : wide ? thing.code : thing.code.slice(thing.code.lastIndexOf("-") + 1);
      text.classList.toggle("plan-short", !isZone && !wide);
      text.setAttribute("x", isZone ? x + .25 : wide ? x + .18 : x + width / 2);
      text.setAttribute("y", isZone ? y + depth - .3 : wide ? y + .62 : y + depth / 2 + .18);
      thing.group.setAttribute("aria-label", whereIs(thing));
      makeRoom(place);
    }
    thing.row.querySelector("[data-put]").hidden = Boolean(place);
    thing.row.querySelector("[data-off-plan]").hidden = !place;
    const missing = form.querySelector(`[data-missing-row="${thing.number}"]`);
    if (missing) missing.hidden = Boolean(place);
    if (thing === selected) drawHandles();
  };
  const newGroup = (thing) => {
    const group = shape("g", { class: `plan-thing plan-thing-${thing.scope}`, "data-row": thing.number });
    group.append(shape("rect", { rx: ".1" }), shape("text", {}));
    if (thing.scope === "zone") svg.querySelector(".plan-sheet").after(group);
    else svg.insertBefore(group, handles);
    asButton(group);
    return group;
  };
  const asButton = (group) => {
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
  };

  const handles = svg.appendChild(shape("g", { "aria-hidden": "true" }));
  for (const corner of CORNERS) {
    handles.append(shape("rect", { class: "plan-handle", "data-corner": corner }), shape("rect", { class: "plan-handle-mark" }));
  }
  const drawHandles = () => {
    const place = selected && placeOf(selected);
    handles.setAttribute("display", place ? "inline" : "none");
    if (!place) return;
    CORNERS.forEach((corner, at) => {
      const x = place.x + (corner.includes("e") ? place.width : 0), y = place.y + (corner.includes("s") ? place.depth : 0);
      [REACH_PX, HANDLE_PX].forEach((pixels, layer) => {
        const size = pixels / scale, part = handles.children[2 * at + layer];
        for (const [key, value] of Object.entries({ x: x - size / 2, y: y - size / 2, width: size, height: size })) {
          part.setAttribute(key, value);
        }
        part.setAttribute("stroke-width", 2 / scale);
      });
    });
  };

  const makeRoom = (place) => {
    const width = Math.min(LARGEST, Math.max(sheet.width - .4, place.x + place.width + 2));
    const depth = Math.min(LARGEST, Math.max(sheet.height - .4, place.y + place.depth + 2));
    if (width <= sheet.width - .4 && depth <= sheet.height - .4) return;
    const floor = svg.querySelector(".plan-sheet");
    floor.setAttribute("width", width);
    floor.setAttribute("height", depth);
    svg.setAttribute("viewBox", `-0.2 -0.2 ${width + .4} ${depth + .4}`);
    sheet = svg.viewBox.baseVal;
    zoomTo(scale);
  };
  const zoomTo = (wished) => {
    scale = Math.min(Math.max(wished, 4), 120);
    svg.setAttribute("width", sheet.width * scale);
    svg.setAttribute("height", sheet.height * scale);
    drawHandles();
  };

  const select = (thing) => {
    if (selected === thing) return;
    selected?.group?.classList.remove("is-selected");
    selected = thing;
    for (const other of things.values()) {
      other.row.hidden = other !== thing;
      other.group?.setAttribute("tabindex", other === thing ? "0" : "-1");
    }
    thing.group?.classList.add("is-selected");
    which.value = String(thing.number);
    drawHandles();
  };
  const show = (thing) => {
    select(thing);
    thing.group?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  /* Once a move is done: it can be undone, its odd sides are told, and it waits to be saved. */
  const settle = (moved) => {
    const changed = moved.filter((thing) => textsOf(thing).join() !== thing.settled.join());
    if (!changed.length) return;
    history.push(changed.map((thing) => [thing, thing.settled]));
    changed.forEach((thing) => { thing.settled = textsOf(thing); });
    refresh();
    const remark = remarkOn(changed[0]);
    say(remark ? `${whereIs(changed[0])} ${remark}` : whereIs(changed[0]));
  };
  const refresh = () => {
    for (const thing of things.values()) {
      const remark = remarkOn(thing);
      thing.row.querySelector("[data-note]").textContent = remark;
      thing.group?.classList.toggle("is-odd", Boolean(remark));
    }
    undoButton.disabled = !history.length;
    unsaved.hidden = !isUnsaved();
  };
  const isUnsaved = () => [...things.values()].some((thing) => textsOf(thing).join() !== thing.saved.join());
  const undo = () => {
    const changed = history.pop();
    if (!changed) return;
    for (const [thing, texts] of changed) {
      SIDES.forEach((side, at) => { thing.fields[side].value = texts[at]; });
      thing.settled = texts;
      draw(thing);
    }
    show(changed[0][0]);
    refresh();
    say(`${form.dataset.undone} ${whereIs(changed[0][0])}`);
  };

  const companions = (thing) => thing.scope !== "zone" || !takesAlong.checked ? [thing] : [
    thing, ...[...things.values()].filter((other) => other.scope === "space" && other.zone === thing.code && placeOf(other))];
  /* Everything by the same distance, and nothing over the edge of the plan. */
  const shift = (before, dx, dy) => {
    const places = [...before.values()];
    dx = Math.max(dx, -Math.min(...places.map((place) => place.x)));
    dx = Math.min(dx, LARGEST - Math.max(...places.map((place) => place.x + place.width)));
    dy = Math.max(dy, -Math.min(...places.map((place) => place.y)));
    dy = Math.min(dy, LARGEST - Math.max(...places.map((place) => place.y + place.depth)));
    for (const [thing, place] of before) {
      put(thing, { ...place, x: dx ? grained(place.x + dx) : place.x, y: dy ? grained(place.y + dy) : place.y });
    }
  };
  const stretch = (thing, place, corner, dx, dy) => {
    const right = place.x + place.width, bottom = place.y + place.depth, next = { ...place };
    if (corner.includes("e")) next.width = grained(within(right + dx, LARGEST) - place.x);
    if (corner.includes("s")) next.depth = grained(within(bottom + dy, LARGEST) - place.y);
    if (corner.includes("w")) next.x = grained(Math.min(within(place.x + dx, LARGEST), right - SMALLEST));
    if (corner.includes("n")) next.y = grained(Math.min(within(place.y + dy, LARGEST), bottom - SMALLEST));
    if (corner.includes("w")) next.width = grained(right - next.x);
    if (corner.includes("n")) next.depth = grained(bottom - next.y);
    next.width = Math.max(next.width, SMALLEST);
    next.depth = Math.max(next.depth, SMALLEST);
    put(thing, next);
  };

  /* The nearest edge of a neighbour when it is close, else the grid. `ends`: what of the moved thing may lie against it. */
  const snapped = (ends, edges) => {
    const near = NEAR_PX / scale;
    let best = Math.round(ends[0] / GRID) * GRID - ends[0], distance = Infinity;
    for (const end of ends) {
      for (const edge of edges) {
        if (Math.abs(edge - end) < Math.min(near, distance)) {
          distance = Math.abs(edge - end);
          best = edge - end;
        }
      }
    }
    return best;
  };
  const edgesBeside = (moved, here, start, size) => [...things.values()].filter((other) => !moved.has(other)).map(placeOf)
    .filter((place) => place && over(widened(here), place)).flatMap((place) => [place[start], place[start] + place[size]]);
  const widened = ({ x, y, width, depth }) => ({ x: x - BESIDE, y: y - BESIDE, width: width + 2 * BESIDE, depth: depth + 2 * BESIDE });
  const pointAt = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  const follow = (event) => {
    const at = pointAt(event), place = drag.before.get(drag.thing);
    let dx = at.x - drag.from.x, dy = at.y - drag.from.y;
    if (!drag.moved && Math.hypot(dx, dy) * scale < 4) return;
    drag.moved = true;
    if (snaps.checked) {
      const { x, y, width, depth } = place, corner = drag.corner;
      const across = !corner ? [x, x + width] : [corner.includes("e") ? x + width : x];
      const down = !corner ? [y, y + depth] : [corner.includes("s") ? y + depth : y];
      const here = corner ? place : { ...place, x: x + dx, y: y + dy };
      const beside = (start, size) => edgesBeside(drag.before, here, start, size);
      dx += snapped(across.map((end) => end + dx), beside("x", "width"));
      dy += snapped(down.map((end) => end + dy), beside("y", "depth"));
    }
    if (drag.corner) stretch(drag.thing, place, drag.corner, dx, dy);
    else shift(drag.before, dx, dy);
  };
  const letGo = (keeps) => {
    if (!drag) return;
    const { before, moved } = drag;
    drag = null;
    if (!keeps) before.forEach((place, thing) => put(thing, place));
    else if (moved) settle([...before.keys()]);
  };
  svg.addEventListener("pointerdown", (event) => {
    const corner = event.target.dataset.corner, group = event.target.closest(".plan-thing");
    const thing = corner ? selected : group && things.get(group.dataset.row);
    if (!thing || event.button) return;
    const wasSelected = thing === selected;
    select(thing);
    thing.group.focus({ preventScroll: true });
    if (event.pointerType === "touch" && !wasSelected) return;     // the first touch chooses, so that a page can be scrolled
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    const moved = corner ? [thing] : companions(thing);
    const before = new Map(moved.map((each) => [each, placeOf(each)]));
    drag = { thing, corner, before, from: pointAt(event), moved: false };
  });
  svg.addEventListener("pointermove", (event) => { if (drag) follow(event); });
  svg.addEventListener("pointerup", () => letGo(true));
  svg.addEventListener("pointercancel", () => letGo(false));

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const neighbour = (thing, step) => {
    const drawn = [...things.values()].filter(placeOf), at = drawn.indexOf(thing);
    const last = drawn.length - 1;
    return drawn[step === "first" ? 0 : step === "last" ? last : Math.min(Math.max(at + step, 0), last)];
  };
  const STEPS = { PageDown: 1, PageUp: -1, Home: "first", End: "last" };
  svg.addEventListener("keydown", (event) => {
    const thing = things.get(event.target.dataset.row), place = thing && placeOf(thing);
    if (!place) return;
    if (ARROWS[event.key]) {
      const by = event.shiftKey ? 1 : .1, [dx, dy] = ARROWS[event.key].map((way) => way * by);
      if (event.ctrlKey || event.altKey) {
        stretch(thing, place, "se", dx, dy);
        settle([thing]);
      } else {
        const moved = companions(thing);
        shift(new Map(moved.map((each) => [each, placeOf(each)])), dx, dy);
        settle(moved);
      }
      thing.group.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key in STEPS) {
      const next = neighbour(thing, STEPS[event.key]);
      show(next);
      next.group.focus();
    } else if (event.key === "Enter") {
      thing.fields.x.focus();
    } else if (event.key === "Delete") {
      takeOff(thing);
    } else if (event.key === "Escape") {
      letGo(false);
    } else {
      return;
    }
    event.preventDefault();
  });
  const takeOff = (thing) => {
    put(thing, null);
    settle([thing]);
    thing.row.querySelector("[data-put]").focus();
  };
  const putOn = (thing) => {
    const [x, y, width, depth] = thing.row.dataset.spot ? thing.row.dataset.spot.split(" ").map(Number) : [0, 0, 4, 4];
    put(thing, { x, y, width, depth });
    thing.group.classList.add("is-selected");
    thing.group.setAttribute("tabindex", "0");
    settle([thing]);
    thing.group.focus();
  };

  form.addEventListener("input", (event) => {
    const row = event.target.closest(".plan-row");
    if (row) draw(things.get(row.dataset.row));
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest(".plan-row");
    if (row) settle([things.get(row.dataset.row)]);
  });
  which.addEventListener("change", () => {
    show(things.get(which.value));
    say(whereIs(selected));
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button, [data-missing-row] a");
    if (!button) return;
    const row = button.closest(".plan-row");
    if (button.dataset.zoom) zoomTo(scale * Number(button.dataset.zoom));
    else if ("undo" in button.dataset) undo();
    else if ("put" in button.dataset) putOn(things.get(row.dataset.row));
    else if ("offPlan" in button.dataset) takeOff(things.get(row.dataset.row));
    else if (button.matches("[data-missing-row] a")) {
      event.preventDefault();
      const thing = things.get(button.parentElement.dataset.missingRow);
      select(thing);
      putOn(thing);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.target.matches("input")) {
      event.preventDefault();
      undo();
    }
  });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && isUnsaved()) event.preventDefault(); });

  for (const row of form.querySelectorAll(".plan-row")) {
    const { row: number, scope, code, name, zone, parts } = row.dataset;
    const thing = { number, scope, code, name, zone, row, parts: new Set(parts.split(" ").filter(Boolean)),
      fields: Object.fromEntries(SIDES.map((side) => [side, row.querySelector(`[name=${side}]`)])),
      group: svg.querySelector(`.plan-thing[data-row="${number}"]`) };
    const was = row.querySelector("[name=was]").value;
    thing.saved = was ? was.split(" ") : ["", "", "", ""];
    thing.settled = textsOf(thing);
    things.set(number, thing);
  }
  if (!things.size) return;
  form.classList.add("is-scripted");
  form.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
  svg.setAttribute("role", "application");
  zoomTo(Math.max((canvas.clientWidth - 2) / sheet.width, LEAST_SCALE));
  for (const thing of things.values()) {
    if (thing.group) asButton(thing.group);
    draw(thing);
  }
  const wished = [...things.values()].find((thing) => thing.row.dataset.thing === form.dataset.selected);
  show(wished ?? [...things.values()].find(placeOf) ?? [...things.values()][0]);
  refresh();
})();
