// From our numbers to the chart library's options: pure, so that it can be tested without a page.

// Red leads, greys and quiet colours follow; neighbours differ in lightness, so that they part in print as well.
const COLOURS = ["#b5171d", "#5c636d", "#d9a441", "#1b4b8a", "#9aa1ab", "#17653a"];
const INK = "#1f2329";
const MUTED = "#5c636d";
const LINE = "#e0e3e7";

function common(chart, { size }) {
  return {
    color: COLOURS,
    animation: false,
    textStyle: { fontFamily: "inherit", fontSize: size, color: INK },
    aria: { enabled: false },
    // An HTML tooltip needs inline styles, which the page's policy forbids.
    tooltip: { renderMode: "richText", confine: true, trigger: "item", textStyle: { fontSize: size } },
    legend: { show: chart.series.length > 1, top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { fontSize: size, color: MUTED } },
  };
}

function axes(chart, { size, width }) {
  // Many or long labels on a narrow picture lie down and are read from the side.
  const longest = Math.max(...chart.labels.map((label) => label.length));
  const is_lying = longest * size * chart.labels.length > width * 0.9;
  const names = { type: "category", data: chart.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: MUTED, fontSize: size, interval: 0, hideOverlap: true } };
  const numbers = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: MUTED, fontSize: size } };
  const grid = { left: 8, right: 24, bottom: 4, top: chart.series.length > 1 ? size * 2.6 : size, containLabel: true };
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
  return { grid, series, tooltip: { trigger: "axis" }, xAxis: { ...names, boundaryGap: false, axisLabel: { ...names.axisLabel, interval: "auto" } }, yAxis: numbers };
}

// A funnel whose steps keep their order, with the number in words beside each.
function funnel(chart, view) {
  const values = chart.series[0]?.values || [];
  const shades = ["#8f1116", "#b5171d", "#c8474b", "#d47478", "#a0a6ae", "#868d97", "#6d747e", "#565c66"];
  const data = chart.labels.map((name, index) => ({ name, value: values[index] || 0, itemStyle: { color: shades[Math.min(index, shades.length - 1)] } }));
  const label = { show: true, position: "right", fontSize: view.size, color: INK, formatter: "{b} {c}" };
  const series = [{ type: "funnel", sort: "none", left: 0, width: "62%", top: 4, bottom: 4, gap: 3, minSize: "6%", max: Math.max(1, ...values), data, label, labelLine: { show: true, length: 12 } }];
  return { series, legend: { show: false } };
}

function ring(chart, view) {
  const values = chart.series[0]?.values || [];
  const data = chart.labels.map((name, index) => ({ name, value: values[index] || 0 }));
  const label = { fontSize: view.size, lineHeight: view.size * 1.4, color: INK, formatter: "{b}\n{c}（{d}%）" };
  const series = [{ type: "pie", radius: ["42%", "66%"], center: ["50%", "50%"], data, label, itemStyle: { borderColor: "#fff", borderWidth: 2 } }];
  return { series, legend: { show: false } };
}

// Labels run across, series run down, each square carries its number.
function heat(chart, view) {
  const rows = chart.series.map(({ name }) => name);
  const data = chart.series.flatMap(({ values }, y) => values.map((value, x) => [x, y, value]));
  const most = Math.max(1, ...data.map(([, , value]) => value));
  const squares = data.map((value) => ({ value, label: { color: value[2] > most * 0.7 ? "#fff" : INK } }));
  const side = { axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  const text = { color: MUTED, fontSize: view.size, interval: 0 };
  return {
    grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
    legend: { show: false },
    visualMap: { show: false, min: 0, max: most, inRange: { color: ["#f7f8f9", "#f3cfc9", "#d97b74", "#b5171d"] } },
    xAxis: { type: "category", data: chart.labels, position: "top", ...side, axisLabel: { ...text, rotate: chart.labels.length > 6 ? 40 : 0 } },
    yAxis: { type: "category", data: rows, inverse: true, ...side, axisLabel: text },
    series: [{ type: "heatmap", data: squares, label: { show: true, fontSize: view.size }, itemStyle: { borderColor: "#fff", borderWidth: 2 } }],
  };
}

const KINDS = { bar, line, funnel, ring, heat };

export function option_of(chart, view) {
  const base = common(chart, view);
  const own = (KINDS[chart.kind] || bar)(chart, view);
  return { ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip }, legend: { ...base.legend, ...own.legend } };
}
