// Adds to each figure what a printed page cannot do: values under the pointer, zooming in time, switching series off, saving.
// The drawing is complete without it. Numbers come from the JSON beside the drawing; nothing is fetched.
(() => {
  "use strict";
  const shapes = document.querySelector("svg")?.namespaceURI;
  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const shape = (name, attributes) => {
    const element = document.createElementNS(shapes, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const save = (name, type, content) => {
    const link = make("a", { download: name });
    link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const cell = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  function csv(data) {
    if (data.columns) return [data.columns, ...data.rows].map(r => r.map(cell).join(",")).join("\n") + "\n";
    const lines = [`panel,series,day,value,lower,upper,patients`];
    for (const panel of data.panels) for (const s of panel.series) s.t.forEach((t, i) =>
      lines.push([cell(panel.title), cell(s.name), t, s.v[i] ?? "", s.lower?.[i] ?? "", s.upper?.[i] ?? "", s.n?.[i] ?? ""].join(",")));
    return lines.join("\n") + "\n";
  }

  // A stroke that does not scale with a zoomed plot would not scale with the picture either.
  function picture(svg, scale = 1) {
    const copy = svg.cloneNode(true);
    copy.querySelectorAll(".cursor").forEach(e => e.remove());
    copy.removeAttribute("tabindex");
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.querySelectorAll("[vector-effect]").forEach(e => e.setAttribute("stroke-width", Number(e.getAttribute("stroke-width") ?? 1) * scale));
    copy.prepend(shape("rect", { width, height, fill: "#fff" }));
    return { text: new XMLSerializer().serializeToString(copy), width, height };
  }

  function savePng(svg, name) {
    const scale = 3;
    const { text, width, height } = picture(svg, scale);
    const image = new Image();
    image.onload = () => {
      const canvas = make("canvas", { width: width * scale, height: height * scale });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(blob => save(name, "image/png", blob), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  }

  function tools(figure, svg, data) {
    const bar = make("div", { class: "tools", role: "group", "aria-label": `Tools: ${data.title}` });
    const button = (text, label, action) => {
      const b = make("button", { type: "button", "aria-label": `${label}: ${data.title}`, title: label }, text);
      b.addEventListener("click", action);
      bar.append(b);
      return b;
    };
    button("SVG", "Save the figure as SVG", () => save(`${data.name}.svg`, "image/svg+xml", picture(svg).text));
    button("PNG", "Save the figure as PNG", () => savePng(svg, `${data.name}.png`));
    button("CSV", "Save the figure's data as CSV", () => save(`${data.name}.csv`, "text/csv", csv(data)));
    svg.after(bar);
    return button;
  }

  const digits = value => value === 0 ? "0" : Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
  const number = (panel, value) => value === null || value === undefined ? "–" : panel.percent ? `${(value * 100).toFixed(1)}%` : digits(value);

  // The last point at or before the day; between points of a line, the point in proportion (of logarithms where both are above 0).
  function read(series, day) {
    let low = 0, high = series.t.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (series.t[middle] <= day) low = middle + 1; else high = middle;
    }
    const i = low - 1;
    if (i < 0 || (i === series.t.length - 1 && day > series.t[i] + 0.5)) return null;
    let value = series.v[i];
    if (!series.step && i + 1 < series.t.length && value !== null && series.v[i + 1] !== null) {
      const share = (day - series.t[i]) / (series.t[i + 1] - series.t[i]);
      const next = series.v[i + 1];
      value = value > 0 && next > 0 ? value * (next / value) ** share : value + (next - value) * share;
    }
    const after = series.t[i] === day ? i : Math.min(i + 1, series.t.length - 1);
    return { value, lower: series.lower?.[i], upper: series.upper?.[i], patients: series.n?.[after] };
  }

  function curves(figure, svg, data, button) {
    const { from, to, least, most, per, unit } = data.x;
    const width = to - from;
    let view = [least, most];
    const hidden = new Set();
    const top = Math.min(...data.panels.map(p => p.top)), bottom = Math.max(...data.panels.map(p => p.bottom));
    const xOf = day => from + (day - view[0]) / (view[1] - view[0]) * width;
    const dayOf = x => view[0] + (x - from) / width * (view[1] - view[0]);
    const tip = make("div", { class: "tip", role: "status", hidden: "" });
    figure.append(tip);
    svg.setAttribute("role", "group");
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("aria-label", `${svg.getAttribute("aria-label")}. Arrow keys read values, + and - zoom.`);
    const cursor = shape("line", { class: "cursor", y1: top, y2: bottom, stroke: "#222", "stroke-width": 1, "pointer-events": "none", visibility: "hidden" });
    const mark = shape("rect", { class: "cursor", y: top, height: bottom - top, fill: "#0072B2", "fill-opacity": 0.15, "pointer-events": "none", visibility: "hidden" });
    svg.append(mark, cursor);

    // The clip belongs to a group outside the one that is scaled.
    const clip = shape("clipPath", { id: `clip-${data.name}` });
    clip.append(shape("rect", { x: from, y: top - 4, width, height: bottom - top + 8 }));
    svg.append(clip);
    const plots = [...svg.querySelectorAll(".plot")];
    for (const plot of plots) {
      const frame = shape("g", {});
      plot.replaceWith(frame);
      frame.append(plot);
    }
    const ticks = [...svg.querySelectorAll(".ticks > *")].map(element => {
      const name = element.hasAttribute("x") ? "x" : "x1";
      return { element, day: least + (Number(element.getAttribute(name)) - from) / width * (most - least) };
    });
    const axis = svg.querySelector(".axis");
    const extra = shape("g", { "font-size": 12, "text-anchor": "middle", fill: "#222" });
    axis?.after(extra);

    function zoom(first, last) {
      const least0 = Math.max(least, first), most0 = Math.min(most, last);
      if (most0 - least0 < Math.max((most - least) / 200, 2)) return;
      view = [least0, most0];
      const all = view[0] === least && view[1] === most;
      const scale = (most - least) / (view[1] - view[0]);
      for (const plot of plots) {
        plot.setAttribute("transform", all ? "" : `translate(${from - scale * (from + (view[0] - least) / (most - least) * width)} 0) scale(${scale} 1)`);
        for (const e of plot.querySelectorAll("path, line")) if (all) e.removeAttribute("vector-effect"); else e.setAttribute("vector-effect", "non-scaling-stroke");
        plot.parentNode.setAttribute("clip-path", all ? "none" : `url(#clip-${data.name})`);
      }
      svg.querySelectorAll(".unzoomed").forEach(e => e.setAttribute("visibility", all ? "visible" : "hidden"));
      let shown = 0;
      for (const { element, day } of ticks) {
        const x = xOf(day), inside = x >= from - 0.5 && x <= to + 0.5;
        element.setAttribute("visibility", inside ? "visible" : "hidden");
        if (element.hasAttribute("x")) element.setAttribute("x", x); else { element.setAttribute("x1", x); element.setAttribute("x2", x); }
        if (inside && element.parentNode === axis && element.tagName === "text") shown++;
      }
      extra.replaceChildren();
      if (!all && shown < 2) finerTicks();
      hide();
    }

    // Where too few of the printed ticks are left, finer ones take their place; the rows of numbers belong to the printed ones.
    function finerTicks() {
      const span = (view[1] - view[0]) / per, rough = span / 5, power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough);
      const label = axis.querySelector("text"), line = axis.querySelector("line");
      for (const { element } of ticks) element.setAttribute("visibility", "hidden");
      for (let k = Math.ceil(view[0] / per / step - 1e-9); k * step <= view[1] / per + 1e-9; k++) {
        const x = xOf(k * step * per);
        extra.append(shape("line", { x1: x, x2: x, y1: line.getAttribute("y1"), y2: line.getAttribute("y2"), stroke: "#222" }));
        const text = shape("text", { x, y: label.getAttribute("y") });
        text.textContent = String(Number((k * step).toPrecision(6)));
        extra.append(text);
      }
    }

    function show(day) {
      const at = Math.min(view[1], Math.max(view[0], day)), x = xOf(at);
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.setAttribute("visibility", "visible");
      tip.replaceChildren(make("strong", {}, unit === "month" ? `Month ${(at / per).toFixed(1)} (day ${Math.round(at)})` : `Day ${at.toFixed(1)}`));
      let index = 0;
      for (const panel of data.panels) for (const series of panel.series) {
        if (hidden.has(index++)) continue;
        const found = read(series, at);
        if (found === null) continue;
        const bounds = found.lower === undefined || found.lower === null ? "" : ` (${number(panel, found.lower)} to ${number(panel, found.upper)})`;
        const patients = found.patients === undefined ? "" : `; ${found.patients} patients`;
        tip.append(make("div", {}, `${series.name}: ${number(panel, found.value)}${bounds}${patients}`));
      }
      tip.hidden = false;
      const box = figure.getBoundingClientRect(), drawing = svg.getBoundingClientRect(), place = svg.getScreenCTM();
      const left = place.a * x + place.e - box.left;
      tip.style.left = `${Math.max(0, Math.min(left + 12, box.width - tip.offsetWidth))}px`;
      tip.style.top = `${drawing.top - box.top + place.d * (bottom + 24)}px`;
      shown = at;
    }

    function hide() {
      cursor.setAttribute("visibility", "hidden");
      mark.setAttribute("visibility", "hidden");
      tip.hidden = true;
    }

    let shown = null, dragged = null;
    const pointer = event => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const inside = place.x >= from && place.x <= to && place.y >= top && place.y <= bottom;
      return { x: Math.min(to, Math.max(from, place.x)), inside };
    };
    svg.addEventListener("pointermove", event => {
      const { x, inside } = pointer(event);
      if (dragged !== null) {
        mark.setAttribute("x", Math.min(x, dragged));
        mark.setAttribute("width", Math.abs(x - dragged));
        mark.setAttribute("visibility", "visible");
      }
      if (inside || dragged !== null) show(dayOf(x)); else hide();
    });
    svg.addEventListener("pointerdown", event => {
      const { x, inside } = pointer(event);
      if (!inside || event.pointerType !== "mouse") return;
      dragged = x;
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointerup", event => {
      if (dragged === null) return;
      const { x } = pointer(event), start = dragged;
      dragged = null;
      mark.setAttribute("visibility", "hidden");
      if (Math.abs(x - start) > 8) zoom(dayOf(Math.min(x, start)), dayOf(Math.max(x, start)));
    });
    svg.addEventListener("pointerleave", () => { if (dragged === null) hide(); });
    svg.addEventListener("dblclick", () => zoom(least, most));
    svg.addEventListener("blur", hide);
    const closer = factor => {
      const middle = shown ?? (view[0] + view[1]) / 2, half = (view[1] - view[0]) * factor / 2;
      const start = Math.max(least, Math.min(middle - half, most - 2 * half));
      zoom(start, start + 2 * half);
    };
    svg.addEventListener("keydown", event => {
      if (event.target !== svg) return;
      const step = (view[1] - view[0]) / 48;
      const action = {
        ArrowLeft: () => show((shown ?? view[0]) - step), ArrowRight: () => show((shown ?? view[0] - step) + step),
        "+": () => closer(0.5), "-": () => closer(2), Escape: () => zoom(least, most),
      }[event.key];
      if (action) {
        action();
        event.preventDefault();
      }
    });
    button("+", "Zoom in", () => closer(0.5));
    button("−", "Zoom out", () => closer(2));

    for (const entry of svg.querySelectorAll(".legend[data-series]")) {
      const index = Number(entry.dataset.series);
      entry.setAttribute("role", "button");
      entry.setAttribute("tabindex", "0");
      entry.setAttribute("aria-pressed", "true");
      const toggle = () => {
        const off = !hidden.has(index);
        if (off) hidden.add(index); else hidden.delete(index);
        entry.setAttribute("aria-pressed", String(!off));
        entry.setAttribute("opacity", off ? 0.35 : 1);
        svg.querySelectorAll(`.series[data-series="${index}"]`).forEach(e => e.setAttribute("visibility", off ? "hidden" : "visible"));
        svg.querySelectorAll(`.row[data-series="${index}"]`).forEach(e => e.setAttribute("opacity", off ? 0.25 : 1));
      };
      entry.addEventListener("click", toggle);
      entry.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") {
          toggle();
          event.preventDefault();
        }
      });
    }
  }

  for (const figure of document.querySelectorAll("figure.chart")) {
    const svg = figure.querySelector("svg"), data = JSON.parse(figure.querySelector(".chart-data").textContent);
    const button = tools(figure, svg, data);
    if (data.panels) curves(figure, svg, data, button);
  }
})();
