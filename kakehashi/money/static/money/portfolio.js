// [data-chart]: draw what the table inside says. Without this module the tables are the page.
const COLOURS = ["ai", "edge", "kin", "line", "soft", "matsu", "shu", "ink", "card"];
const language = document.documentElement.lang;
const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

// Colours are pairs for day and night: the browser says which one holds.
function palette() {
  const probe = document.body.appendChild(document.createElement("i"));
  const found = {};
  for (const name of COLOURS) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

// Its own table, or the one it names.
function tableOf(figure) {
  const named = figure.dataset.table && document.getElementById(figure.dataset.table);
  return (named || figure).querySelector("table");
}

function rowsOf(figure) {
  const { chart } = figure.dataset;
  return [...tableOf(figure).tBodies[0].rows].filter((row) => chart in row.dataset);
}

function nameOf(row) {
  return row.cells[0].textContent.trim();
}

// What a reader would find in the table's row, line by line.
function told(figure, row) {
  const heads = [...tableOf(figure).tHead.rows[0].cells].map((head) => head.textContent.trim());
  const cells = [...row.cells].slice(1).map((cell, at) => [heads[at + 1], cell]);
  const lines = cells
    .filter(([, cell]) => cell.classList.contains("number") && cell.textContent.trim())
    .map(([head, cell]) => `${head}  ${cell.textContent.trim()}`);
  return [nameOf(row), ...lines].join("\n");
}

function frame(figure, rows, colours, format) {
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: false,
    textStyle: { fontFamily: font, color: colours.soft },
    grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // HTML would need inline styles, which the page does not allow
      confine: true,
      backgroundColor: colours.card,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12, fontFamily: font },
      axisPointer: { type: "shadow", shadowStyle: { color: colours.line, opacity: 0.4 } },
      formatter: (points) => told(figure, rows[points[0].dataIndex]),
    },
    xAxis: {
      type: "category",
      data: rows.map(nameOf),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.edge } },
      axisLabel: { color: colours.soft, hideOverlap: true, fontSize: 11 },
    },
    yAxis: {
      type: "value",
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.soft, fontSize: 11, formatter: (value) => format.format(value) },
    },
  };
}

const draw = {
  months(figure, rows, colours) {
    const series = [
      { type: "bar", data: rows.map((row) => Number(row.dataset.months)), barMaxWidth: 22, itemStyle: { color: colours.ai } },
    ];
    if (rows.some((row) => row.dataset.before !== undefined)) {
      series.push({
        type: "line", step: "middle", symbol: "none", z: 3,
        data: rows.map((row) => (row.dataset.before === undefined ? null : Number(row.dataset.before))),
        lineStyle: { color: colours.edge, width: 2 },
      });
    }
    return { ...frame(figure, rows, colours, compact), series };
  },

  shares(figure, rows, colours) {
    const option = frame(figure, rows, colours, percent);
    option.xAxis.data = rows.map((_row, at) => plain.format(at + 1)); // names are in the table, and told
    option.yAxis.max = 1;
    option.series = [
      { type: "bar", data: rows.map((row) => Number(row.dataset.shares)), barMaxWidth: 30, itemStyle: { color: colours.ai } },
      {
        type: "line", symbolSize: 5, data: rows.map((row) => Number(row.dataset.running)),
        lineStyle: { color: colours.kin, width: 2 }, itemStyle: { color: colours.kin },
        markLine: {
          silent: true, symbol: "none", lineStyle: { color: colours.edge, type: "dashed" },
          label: { color: colours.soft, fontSize: 10, position: "insideEndBottom", formatter: ({ value }) => percent.format(value) },
          data: [{ yAxis: 0.8 }, { yAxis: 0.95 }],
        },
      },
    ];
    return option;
  },

  moves(figure, rows, colours) {
    const option = frame(figure, rows, colours, compact);
    const colour = (amount) => (amount < 0 ? colours.edge : colours.matsu);
    const amounts = rows.map((row) => Number(row.dataset.moves));
    option.series = [
      { type: "bar", barMaxWidth: 48, data: amounts.map((value) => ({ value, itemStyle: { color: colour(value) } })) },
    ];
    return option;
  },
};

const drawn = new Map();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target)?.resize();
});

async function show(figure) {
  const canvas = figure.querySelector(".book-canvas");
  const rows = rowsOf(figure);
  if (drawn.has(canvas) || rows.length < 2) return; // one bar tells no more than its number
  const echarts = await import("echarts"); // large, and needed by nothing but charts
  if (!canvas.isConnected || drawn.has(canvas)) return;
  canvas.hidden = false;
  figure.querySelector(".book-key")?.removeAttribute("hidden");
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  drawn.set(canvas, chart);
  chart.setOption(draw[figure.dataset.chart](figure, rows, palette()));
  sizes.observe(canvas);
}

function showAll() {
  for (const [canvas, chart] of drawn) {
    if (!canvas.isConnected) {
      sizes.unobserve(canvas);
      chart.dispose();
      drawn.delete(canvas);
    }
  }
  document.querySelectorAll("[data-chart]").forEach(show);
}

function recolour() {
  for (const [canvas, chart] of drawn) {
    const figure = canvas.closest("[data-chart]");
    chart.setOption(draw[figure.dataset.chart](figure, rowsOf(figure), palette()), true);
  }
}

// Who names months means them.
document.querySelector("[data-months-of-choice]")?.addEventListener("change", (event) => {
  const { form, name } = event.target;
  if (name === "from" || name === "to") form.elements.period.value = "own";
}, true);

// The months that were meant stand in the form, unless somebody is writing there.
function tellMonths() {
  const form = document.querySelector("[data-months-of-choice]");
  const { from, to } = document.getElementById("book").dataset;
  if (!from || form.contains(document.activeElement) && document.activeElement.type === "month") return;
  form.elements.from.value = from;
  form.elements.to.value = to;
}

document.addEventListener("htmx:afterSettle", () => {
  showAll();
  tellMonths();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
showAll();
