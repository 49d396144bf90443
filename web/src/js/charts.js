// Draws the numbers of <script type="application/json" data-chart> blocks; the table beside each stays the truth.
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { as_drawn, option_of } from "./chart_options.js";

use([BarChart, HeatmapChart, LineChart, PieChart]);
use([AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

function draw(block) {
  const figure = block.closest("figure");
  const picture = figure.querySelector("[data-chart-target]");
  const chart = JSON.parse(block.textContent);
  if (!chart.labels.length) return;
  picture.classList.add("is-drawn");
  // 长辈版 asks for 18 px and more; beyond that the words would leave no room for the picture.
  const size = document.documentElement.classList.contains("elder") ? 18 : 13;
  const font = getComputedStyle(picture).fontFamily;
  const drawn = init(picture, null, { renderer: "svg" });
  const show = () => {
    const view = { size, width: picture.clientWidth, font };
    picture.classList.toggle("is-tall", chart.kind === "heat" && as_drawn(chart, view).series.length > 8);
    drawn.resize();
    drawn.setOption(option_of(chart, view), true);
  };
  show();
  new ResizeObserver(show).observe(picture);
  const table = figure.querySelector("details");
  if (table) {
    table.open = false;
    window.addEventListener("beforeprint", () => (table.open = true));
    window.addEventListener("afterprint", () => (table.open = false));
  }
}

function draw_all(root) {
  for (const block of root.querySelectorAll("script[data-chart]")) draw(block);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => draw_all(document));
else draw_all(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) draw_all(event.target);
});
