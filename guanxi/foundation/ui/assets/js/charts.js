// <gx-chart>: draws the option in its <script type="application/json"> with colours and type from the tokens.
// It follows the theme and the width, prints, and leaves the table behind it as the text alternative.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { say } from "./words.js";

use([BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart, AriaComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

// A token is light-dark(…): the browser resolves it on a real element.
function token(element, name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function look(element) {
  const [ink, soft, quiet, rule, sheet, paper] = ["--ink", "--ink-2", "--ink-3", "--rule", "--sheet", "--paper"].map((n) => token(element, n));
  const meaning = Object.fromEntries(["ink", "seal", "jade", "amber", "indigo", "rule", "ink-2", "ink-3"].map((n) => [n, token(element, `--${n}`)]));
  const axis = { axisLine: { lineStyle: { color: rule } }, axisTick: { show: false }, axisLabel: { color: quiet }, splitLine: { lineStyle: { color: rule } }, nameTextStyle: { color: quiet } };
  return {
    meaning,
    theme: {
      color: [meaning.ink, meaning.indigo, meaning.jade, meaning.amber, meaning.seal, quiet],
      backgroundColor: "transparent",
      textStyle: { fontFamily: getComputedStyle(element).fontFamily, color: soft, fontSize: 12 },
      categoryAxis: axis, valueAxis: axis, timeAxis: axis, logAxis: axis,
      legend: { textStyle: { color: soft }, icon: "roundRect", itemWidth: 12, itemHeight: 8, top: 0, left: 0 },
      tooltip: { backgroundColor: sheet, borderColor: rule, textStyle: { color: ink }, confine: true },
      line: { symbol: "none", lineStyle: { width: 2 } },
      bar: { itemStyle: { borderRadius: 1 } },
      paper,
    },
  };
}

// "token:jade" anywhere in an option is the colour of that token.
function coloured(value, meaning) {
  if (typeof value === "string" && value.startsWith("token:")) return meaning[value.slice(6)] ?? meaning.ink;
  if (Array.isArray(value)) return value.map((part) => coloured(part, meaning));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, coloured(part, meaning)]));
  return value;
}

class Chart extends HTMLElement {
  connectedCallback() {
    this.option = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    this.frame = document.createElement("div");
    this.frame.style.height = `${this.getAttribute("height") ?? 300}px`;
    this.append(this.frame);
    this.draw();
    this.redraw = () => this.draw();
    document.addEventListener("gx:theme", this.redraw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.redraw);
    this.watch = new ResizeObserver(() => this.chart?.resize());
    this.watch.observe(this);
    addEventListener("beforeprint", () => this.chart?.resize({ width: 680 }));
    addEventListener("afterprint", () => this.chart?.resize());
  }

  disconnectedCallback() {
    document.removeEventListener("gx:theme", this.redraw);
    this.watch.disconnect();
    this.chart?.dispose();
  }

  draw() {
    this.chart?.dispose();
    const { theme, meaning } = look(this);
    try {
      this.chart = init(this.frame, theme, { renderer: "svg" });
      this.chart.setOption({ animationDuration: 200, grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true }, tooltip: { trigger: "axis" },
        ...coloured(this.option, meaning) });
      this.frame.setAttribute("role", "img");
      this.frame.setAttribute("aria-label", this.getAttribute("label") ?? "");
    } catch (failure) {
      this.frame.textContent = say("no_chart");
      throw failure;
    }
  }
}
customElements.define("gx-chart", Chart);
