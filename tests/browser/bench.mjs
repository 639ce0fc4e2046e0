// What playing costs the page: its own work per frame at 10x, its longest task, and how soon it can be used.
// Work is read from Chromium's trace, not from clocks in the page: the time that the main thread itself spent on
// script, style and layout, without what other programs took from it.
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";

const port = 8124;
const address = `http://127.0.0.1:${port}/`;

/** Budgets, in milliseconds. */
const budget = { workPerFrame: 8, longestTask: 50, interactive: 2000, reading: 150 };

/** Trace events that are the page's own work. Nested ones count once, with the outermost. */
const ownWork = new Set([
  "EventDispatch", "EvaluateScript", "FireAnimationFrame", "FireIdleCallback", "FunctionCall", "HandlePostMessage",
  "Layout", "ParseHTML", "RunMicrotasks", "TimerFire", "UpdateLayoutTree", "v8.compile", "v8.callFunction",
]);

const server = spawn("npx", ["sirv", "../../dist", "--port", String(port), "--host", "127.0.0.1", "--quiet"], {
  stdio: "inherit",
  detached: true,
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

try {
  await answering(address);
  const interactive = await timeToInteractive();
  const { perFrame, longest } = await traceOfPlaying("10×");
  const p95 = quantile(perFrame, 0.95);
  const { reading, redraw } = await redrawOf(200);
  const rows = [
    ["first interactive", interactive, budget.interactive],
    ["own work per frame at 10x, median", quantile(perFrame, 0.5), budget.workPerFrame],
    ["own work per frame at 10x, 95th percentile", p95, budget.workPerFrame],
    ["longest task of the main thread at 10x", longest, budget.longestTask],
    ["200 nodes typed: read, laid out, compiled", reading, budget.reading],
    ["the same until all is drawn and run", redraw, Infinity],
  ];
  console.log(`${perFrame.length} frames traced`);
  for (const [what, value, limit] of rows) {
    const verdict = limit === Infinity ? "no budget" : `${value <= limit ? "within" : "OVER"} ${limit} ms`;
    console.log(`${what.padEnd(46)} ${value.toFixed(2).padStart(9)} ms   ${verdict}`);
  }
  process.exitCode = rows.every(([, value, limit]) => value <= limit) ? 0 : 1;
} finally {
  await browser.close();
  process.kill(-server.pid);
}

async function answering(url) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await sleep(50);
  }
  throw new Error(`nothing answers at ${url}: is dist/ built?`);
}

/** Best of five loads in fresh profiles: the moment at which Play can be pressed. */
async function timeToInteractive() {
  const times = [];
  for (let load = 0; load < 5; load += 1) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    await page.waitForFunction(playIsReady, null, { polling: "raf" });
    times.push(await page.evaluate(() => performance.now()));
    await page.close();
  }
  return Math.min(...times);
}

/** Runs in the page. */
function playIsReady() {
  const play = document.querySelector(".player-play");
  const isAnswered = document.querySelector(".shell")?.dataset.trace;
  return play !== null && !play.disabled && Boolean(isAnswered);
}

/** The page's own work per frame in milliseconds, and the longest task, over ten seconds of playing. */
async function traceOfPlaying(speed) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  await page.waitForFunction(playIsReady);
  await page.locator(".player-speed select").selectOption({ label: speed });
  await sleep(1000);
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await page.locator(".player-play").click();
  // Thirty simulated minutes at 10x are three seconds; playing starts again from the beginning until ten have passed.
  for (let round = 0; round < 4; round += 1) {
    await sleep(2600);
    await page.getByRole("button", { name: "Restart" }).click();
  }
  const trace = JSON.parse((await browser.stopTracing()).toString());
  await page.close();
  return measure(trace.traceEvents);
}

function measure(events) {
  const main = mainThread(events);
  const mine = events.filter((event) => event.pid === main.pid && event.tid === main.tid);
  const frames = mine
    .filter((event) => event.name === "FireAnimationFrame")
    .map((event) => event.ts)
    .sort((a, b) => a - b);
  const work = outermost(mine.filter((event) => event.ph === "X" && ownWork.has(event.name)));
  const perFrame = frames.slice(1).map(() => 0);
  for (const event of work) {
    const frame = lastAtOrBefore(frames, event.ts);
    if (0 <= frame && frame < perFrame.length) perFrame[frame] += spent(event);
  }
  const tasks = mine.filter((event) => event.ph === "X" && event.name === "RunTask" && frames[0] <= event.ts);
  return { perFrame, longest: Math.max(0, ...tasks.map(spent)) };
}

/** Milliseconds of the thread's own time. */
function spent(event) {
  return (event.tdur ?? event.dur) / 1000;
}

/** Milliseconds of the page's own work on a text of so many nodes: in the event that brings it, and until the run of it
 * is on screen. Best of three. */
async function redrawOf(count) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  await page.waitForFunction(playIsReady);
  await page.getByRole("button", { name: "Code", exact: true }).first().click();
  const editor = page.getByRole("textbox", { name: "FlowZap Code" });
  const readings = [];
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    await editor.fill("");
    await sleep(500);
    await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
    await editor.fill(diagramOf(count));
    await page.locator(`[data-node="n${count}"]`).waitFor();
    await sleep(300);
    const trace = JSON.parse((await browser.stopTracing()).toString()).traceEvents;
    const main = mainThread(trace);
    const mine = trace.filter((event) => event.pid === main.pid && event.tid === main.tid);
    // What the browser itself does to put the text in is none of the page's work.
    const work = outermost(mine.filter((event) => event.ph === "X" && ownWork.has(event.name) && !isEditing(event)));
    readings.push(Math.max(...work.filter(isInput).map(spent)));
    times.push(work.reduce((sum, event) => sum + spent(event), 0));
  }
  await page.close();
  return { reading: Math.min(...readings), redraw: Math.min(...times) };
}

function isInput(event) {
  return event.name === "EventDispatch" && event.args?.data?.type === "input";
}

function isEditing(event) {
  return event.name === "EventDispatch" && event.args?.data?.type === "textInput";
}

/** A rollout of so many nodes in four lanes: steps and gates in turn, each gate with a way round. */
function diagramOf(count) {
  const lanes = [[], [], [], []];
  for (let n = 1; n <= count; n += 1) {
    const lane = lanes[Math.floor(((n - 1) * 4) / count)];
    const isGate = n % 5 === 0 && n < count;
    const shape = n === 1 || n === count ? "circle" : isGate ? "diamond" : "rectangle";
    const label = n === 1 ? "Start" : n === count ? "End" : isGate ? "Healthy?" : "Wait 1 min";
    lane.push(`n${n}: ${shape} label:"${label}"`);
    if (n < count) {
      const target = Math.floor((n * 4) / count) === Math.floor(((n - 1) * 4) / count) ? "" : `L${Math.floor((n * 4) / count)}.`;
      lane.push(`n${n}.handle(right) -> ${target}n${n + 1}.handle(left)${isGate ? ' [label="Yes"]' : ""}`);
    }
    if (isGate && n + 3 < count && Math.floor(((n + 2) * 4) / count) === Math.floor(((n - 1) * 4) / count)) {
      lane.push(`n${n}.handle(bottom) -> n${n + 3}.handle(bottom) [label="No"]`);
    }
  }
  return lanes.map((lines, at) => `L${at} { # Lane ${at}\n${lines.join("\n")}\n}\n`).join("");
}

/** The main thread of the renderer that ran most of the page's functions: other pages run none. */
function mainThread(events) {
  const counts = new Map();
  for (const event of events) {
    if (event.name !== "FireAnimationFrame" && event.name !== "FunctionCall") continue;
    const key = `${event.pid} ${event.tid}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [[key]] = [...counts].sort((a, b) => b[1] - a[1]);
  const [pid, tid] = key.split(" ").map(Number);
  return { pid, tid };
}

function outermost(events) {
  let end = -Infinity;
  return events
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter((event) => {
      if (event.ts < end) return false;
      end = event.ts + event.dur;
      return true;
    });
}

function lastAtOrBefore(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
