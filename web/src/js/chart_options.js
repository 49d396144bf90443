// From our numbers to the chart library's options: pure, so that it can be tested without a page.

// Red leads, greys and quiet colours follow; neighbours differ in lightness, so that they part in print as well.
const COLOURS = ["#b5171d", "#5c636d", "#d9a441", "#1b4b8a", "#9aa1ab", "#17653a"];
const INK = "#1f2329";
const MUTED = "#5c636d";
const LINE = "#e0e3e7";

// `view`: size of the text, width of the picture, and the font, by which the library measures what it writes.
function common(chart, { size, font }) {
  return {
    color: COLOURS,
    animation: false,
    textStyle: { fontFamily: font, fontSize: size, color: INK },
    aria: { enabled: false },
    // An HTML tooltip needs inline styles, which the page's policy forbids.
    tooltip: { renderMode: "richText", confine: true, trigger: "item", textStyle: { fontSize: size } },
    legend: { show: chart.series.length > 1, top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: size, textStyle: { fontSize: size, color: MUTED } },
  };
}

const longest_of = (words) => Math.max(...words.map((word) => word.length));

// On how many lines the names of the series stand, one beside the other as long as there is room.
function legend_lines(chart, { size, width }) {
  let lines = 1;
  let used = 0;
  for (const { name } of chart.series) {
    const needed = name.length * size + 14 + size * 1.5;
    if (used > 0 && used + needed > width) {
      lines += 1;
      used = 0;
    }
    used += needed;
  }
  return lines;
}

function axes(chart, { size, width }) {
  // Many or long labels on a narrow picture lie down and are read from the side.
  const is_lying = longest_of(chart.labels) * size * chart.labels.length > width * 0.9;
  const names = { type: "category", data: chart.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: MUTED, fontSize: size, interval: 0, hideOverlap: true } };
  const numbers = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: MUTED, fontSize: size } };
  const legend = legend_lines(chart, { size, width }) * size * 1.8 + size * 0.8;
  const grid = { left: 8, right: 24, bottom: 4, top: chart.series.length > 1 ? legend : size, containLabel: true };
  return { names, numbers, grid, is_lying };
}

function bar(chart, view) {
  const { names, numbers, grid, is_lying } = axes(chart, view);
  const series = chart.series.map(({ name, values }) => ({
    type: "bar",
    name,
    data: values,
    barMaxWidth: 28,
    label: { show: chart.series.length < 3, position: is_lying ? "right" : "top", fontSize: view.size, color: INK },
  }));
  const upright = { xAxis: names, yAxis: numbers };
  const lying = { xAxis: numbers, yAxis: { ...names, inverse: true } };
  return { grid, series, tooltip: { trigger: "axis" }, ...(is_lying ? lying : upright) };
}

function line(chart, view) {
  const { names, numbers, grid } = axes(chart, view);
  const series = chart.series.map(({ name, values }) => ({ type: "line", name, data: values, symbolSize: 7, lineStyle: { width: 2.5 } }));
  return { grid, series, tooltip: { trigger: "axis" }, xAxis: { ...names, axisLabel: { ...names.axisLabel, interval: "auto" } }, yAxis: numbers };
}

// What is left after each step, as bars about one middle: their width is the number itself, which a pointed funnel distorts.
function funnel(chart, { size }) {
  const values = chart.series[0]?.values || [];
  const most = Math.max(1, ...values);
  const label_of = (name, index) => `${name}  ${values[index] ?? 0}`;
  const bare = { axisTick: { show: false }, axisLine: { show: false } };
  const both = { type: "bar", stack: "all", barWidth: "72%" };
  return {
    grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
    legend: { show: false },
    xAxis: { type: "value", show: false, min: 0, max: most },
    yAxis: { type: "category", data: chart.labels.map(label_of), inverse: true, ...bare, axisLabel: { color: INK, fontSize: size, interval: 0 } },
    series: [
      { ...both, data: chart.labels.map((_, index) => (most - (values[index] ?? 0)) / 2), itemStyle: { color: "transparent" }, silent: true, tooltip: { show: false } },
      { ...both, name: chart.series[0]?.name, data: chart.labels.map((_, index) => values[index] ?? 0), itemStyle: { borderRadius: 3 } },
    ],
  };
}

// The parts are named beside the ring, or below it where there is no room, so that no words are cut off.
function ring(chart, { size, width }) {
  const values = chart.series[0]?.values || [];
  const sum = values.reduce((all, value) => all + value, 0) || 1;
  const data = chart.labels.map((name, index) => ({ name, value: values[index] ?? 0 }));
  const words_of = (name) => {
    const value = values[chart.labels.indexOf(name)] ?? 0;
    return `${name}  ${value}（${Math.round((value / sum) * 100)}%）`;
  };
  const is_beside = width > size * 30;
  const place = is_beside ? { orient: "vertical", left: "52%", top: "middle" } : { orient: "vertical", left: "center", top: "auto", bottom: 0 };
  const below = is_beside ? 0 : chart.labels.length * size * 1.9;
  const legend = { show: true, ...place, itemGap: size * 0.8, formatter: words_of, selectedMode: false, textStyle: { fontSize: size, color: INK } };
  const pie = { type: "pie", radius: ["54%", "84%"], center: [is_beside ? "26%" : "50%", "50%"], bottom: below, data, label: { show: false }, itemStyle: { borderColor: "#fff", borderWidth: 2 } };
  return { series: [pie], legend };
}

// Whether labels of this length stand side by side without touching.
const fits_across = (words, view) => longest_of(words) * view.size * 1.15 * words.length <= view.width * 0.85;

// The same numbers with labels and series changed about.
function turned(chart) {
  const series = chart.labels.map((name, at) => ({ name, values: chart.series.map(({ values }) => values[at] ?? 0) }));
  return { ...chart, labels: chart.series.map(({ name }) => name), series };
}

// Many labels on a narrow picture run down, where there is room for all of them.
export function as_drawn(chart, view) {
  const is_turned = chart.kind === "heat" && chart.labels.length > chart.series.length && !fits_across(chart.labels, view);
  return is_turned ? turned(chart) : chart;
}

// Labels run across, series run down, each square carries its number.
function heat(chart, view) {
  const is_crowded = !fits_across(chart.labels, view);
  const rows = chart.series.map(({ name }) => name);
  const data = chart.series.flatMap(({ values }, y) => values.map((value, x) => [x, y, value]));
  const most = Math.max(1, ...data.map(([, , value]) => value));
  const squares = data.map((value) => ({ value, label: { color: value[2] > most * 0.8 ? "#fff" : INK } }));
  const side = { axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  const text = { color: MUTED, fontSize: view.size, interval: 0 };
  return {
    grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
    legend: { show: false },
    visualMap: { show: false, min: 0, max: most, inRange: { color: ["#f7f8f9", "#f3cfc9", "#d97b74", "#b5171d"] } },
    xAxis: { type: "category", data: chart.labels, position: "top", ...side, axisLabel: { ...text, rotate: is_crowded ? 60 : 0 } },
    yAxis: { type: "category", data: rows, inverse: true, ...side, axisLabel: text },
    series: [{ type: "heatmap", data: squares, label: { show: true, fontSize: view.size }, itemStyle: { borderColor: "#fff", borderWidth: 2 } }],
  };
}

const KINDS = { bar, line, funnel, ring, heat };

export function option_of(told, view) {
  const chart = as_drawn(told, view);
  const base = common(chart, view);
  const own = (KINDS[chart.kind] || bar)(chart, view);
  return { ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip }, legend: { ...base.legend, ...own.legend } };
}
