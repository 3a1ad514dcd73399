"use strict";
(() => {
  const sortable = table => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => {
      const figures = head.classList.contains("figure");
      const before = head.getAttribute("aria-sort");
      // Of figures people want the greatest first.
      const descending = before ? before === "ascending" : figures;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const key = row => row.cells[column].dataset.sort;
      const compare = figures ? (a, b) => difference(number(key(a)), number(key(b))) : (a, b) => key(a).localeCompare(key(b), "en", {numeric: true});
      const rows = [...table.tBodies[0].rows].sort((a, b) => descending ? compare(b, a) : compare(a, b));
      table.tBodies[0].append(...rows);
    }));
  };
  // What has no figure comes behind what has the least.
  const number = text => text === "" ? -Infinity : Number(text);

  const difference = (a, b) => a === b ? 0 : a - b;

  document.querySelectorAll("table.sortable").forEach(sortable);

  const data = document.getElementById("series");
  if (data) {
    const series = JSON.parse(data.textContent);
    const draw = () => {
      drawRate(series);
      drawLoad(series);
      drawHeat(series);
    };
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    let width = innerWidth;
    addEventListener("resize", () => {
      if (innerWidth !== width) {
        width = innerWidth;
        draw();
      }
    });
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function place(id) {
    const host = document.getElementById(id);
    host.replaceChildren();
    return host;
  }

  /** A stretch is a step: the last one needs an end. */
  function steps(values) {
    return values.concat(values.slice(-1));
  }

  function axes(unit) {
    const line = {stroke: colour("--faint"), grid: {stroke: colour("--line"), width: 1}, ticks: {stroke: colour("--line")}};
    return [{...line, values: (u, at) => at.map(seconds => seconds + " s")}, {...line, label: unit, size: 70, labelSize: 30}];
  }

  function plot(host, unit, x, lines, more) {
    const options = {
      width: host.clientWidth, height: 220, scales: {x: {time: false}, y: {range: (u, low, high) => [0, high || 1]}},
      axes: axes(unit), series: [{label: "s", value: (u, at) => at == null ? "-" : at.toFixed(6)}, ...lines.map(line => line.spec)],
      padding: [10, 30, 0, 0], ...more,
    };
    new uPlot(options, [x, ...lines.map(line => line.values)], host);
  }

  function drawRate(series) {
    const values = steps(series.exits.map(count => count / series.width));
    const fill = "rgba(" + colour("--heat") + ", .25)";
    plot(place("rate"), "exits/s", series.at, [{values, spec: {
      label: "exits/s", stroke: colour("--link"), fill, width: 1, points: {show: false},
      paths: uPlot.paths.stepped({align: 1}), value: (u, value) => value == null ? "-" : value.toFixed(0),
    }}]);
  }

  function drawLoad(series) {
    const colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c"];
    const raw = series.load.map(line => steps(line.ms.map(ms => ms / series.width)));
    const sums = [];
    raw.forEach((values, i) => sums.push(values.map((value, at) => value + (i ? sums[i - 1][at] : 0))));
    const lines = series.load.map((line, i) => ({values: sums[i], spec: {
      label: line.reason, stroke: colours[i], fill: colours[i] + "b0", width: 1, points: {show: false},
      paths: uPlot.paths.stepped({align: 1}),
      value: (u, sum, of, at) => at == null ? "-" : raw[i][at].toPrecision(3),
    }}));
    const bands = lines.map((line, i) => ({series: [i + 1, i], dir: -1})).slice(1);
    plot(place("load"), "ms/s", series.at, lines, {bands});
  }

  function drawHeat(series) {
    const host = place("heat");
    // As wide as the plots above, which have their axis and its label there.
    const left = 100, right = 30, bottom = 30, top = 10, height = 300, width = host.clientWidth;
    const canvas = document.createElement("canvas");
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
    host.append(canvas);
    const paper = canvas.getContext("2d");
    paper.scale(scale, scale);
    const columns = series.exits.length, rows = series.latencies.length;
    const across = (width - left - right) / columns, up = (height - bottom - top) / rows;
    const most = Math.log1p(Math.max(...series.heat.map(cell => cell[2])));
    const blue = colour("--heat");
    for (const [column, row, count] of series.heat) {
      paper.fillStyle = `rgba(${blue}, ${.15 + .85 * Math.log1p(count) / most})`;
      paper.fillRect(left + column * across, height - bottom - (row + 1) * up, Math.max(across - .5, 1), Math.max(up - .5, 1));
    }
    paper.fillStyle = paper.strokeStyle = colour("--faint");
    paper.font = "12px system-ui, sans-serif";
    paper.textAlign = "right";
    const every = Math.ceil(18 / up);
    for (let row = 0; row < rows; row += every) {
      paper.fillText(series.latencies[row], left - 6, height - bottom - row * up + 4);
    }
    paper.textAlign = "center";
    const begin = series.at[0], whole = series.at[columns] - begin, step = roundStep(whole, 12);
    const decimals = Math.max(0, -Math.floor(Math.log10(step)));
    for (let tick = Math.ceil(begin / step); tick * step <= begin + whole; tick++) {
      const at = left + (width - left - right) * (tick * step - begin) / whole;
      paper.fillText((tick * step).toFixed(decimals) + " s", at, height - bottom + 18);
      paper.fillRect(at, height - bottom, 1, 5);
    }
    paper.strokeRect(left, top, width - left - right, height - bottom - top);
  }

  /** A round step, of which about so many fit. */
  function roundStep(whole, count) {
    const step = 10 ** Math.floor(Math.log10(whole / count));
    return [1, 2, 5, 10].map(factor => factor * step).find(each => whole / each <= count);
  }
})();
