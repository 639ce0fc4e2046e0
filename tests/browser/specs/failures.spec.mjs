// The gallery: each failure of the library, injected into the seed's rollout and played to its end, tells what it is by
// its own picture. Screenshots of all of them land in test-results/gallery.
import { expect, test } from "@playwright/test";
import { open } from "./page.mjs";

/** What the charts' table says, column by column; where there is no data there is nothing. */
async function charted(page) {
  await page.getByRole("button", { name: "Show as table" }).click();
  const columns = await page.locator(".chart-table").evaluate((table) => {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    return heads.map((head, index) => [head, rows.map((row) => row[index])]);
  });
  await page.getByRole("dialog", { name: "Charts as a table" }).getByRole("button", { name: "Close" }).click();
  const number = (text) => (/\d/.test(text) ? Number.parseFloat(text.replaceAll(",", "")) * (/[^m]s$/.test(text) ? 1000 : 1) : undefined);
  return Object.fromEntries(columns.map(([head, cells]) => [head, cells.map(number)]));
}

const most = (column) => Math.max(...column.filter((value) => value !== undefined));
const least = (column) => Math.min(...column.filter((value) => value !== undefined));
const errors = { canary: "Error rate, canary", stable: "Error rate, stable" };
const p99 = { canary: "p99 latency, canary", stable: "p99 latency, stable" };
const cpu = { canary: "CPU, canary", stable: "CPU, stable" };
const memory = { canary: "Memory, canary" };

/** Every failure: how the run ends, what the verdict says, and which picture the charts show. */
const gallery = {
  "error-rate": {
    ends: "Aborted",
    says: /Error rate .* was not below 1/,
    shows: (chart) => {
      expect(most(chart[errors.canary])).toBeGreaterThan(3);
      expect(most(chart[errors.stable])).toBeLessThan(1);
    },
  },
  latency: {
    ends: "Aborted",
    says: /Latency p99 .* was not below 500/,
    shows: (chart) => {
      expect(most(chart[p99.canary])).toBeGreaterThan(500);
      expect(most(chart[p99.stable])).toBeLessThan(500);
      expect(most(chart[errors.canary])).toBeLessThan(3);
    },
  },
  "tail-latency": {
    ends: "Aborted",
    says: /Latency p99 .* was not below 500/,
    shows: (chart) => expect(most(chart[p99.canary])).toBeGreaterThan(700),
  },
  "memory-leak": {
    ends: "Aborted",
    says: /Memory leak/,
    // It climbs to the limit, and the pods die of it.
    shows: (chart) => expect(most(chart[memory.canary])).toBeGreaterThan(85),
  },
  "cpu-burn": {
    ends: "Aborted",
    says: /CPU .* was not below 80/,
    shows: (chart) => {
      expect(most(chart[cpu.canary])).toBeGreaterThan(80);
      expect(most(chart[cpu.stable])).toBeLessThan(60);
      expect(most(chart[errors.canary])).toBeLessThan(3);
    },
  },
  "crash-loop": { ends: "Aborted", says: /Crash loop/, shows: (chart) => expect(most(chart[errors.canary])).toBeGreaterThan(5) },
  "cold-cache": {
    ends: "Aborted",
    says: /Latency p99/,
    // Bad at first, better with every minute.
    shows: (chart) => {
      const lived = chart["True p99 latency, canary"].filter((value) => value !== undefined);
      expect(lived[0]).toBeGreaterThan(2 * lived.at(-1));
    },
  },
  overload: {
    ends: "Aborted",
    says: /25\s% of traffic/,
    // Well until the traffic rises, and then at once.
    shows: (chart) => {
      const measured = chart[errors.canary].filter((value) => value !== undefined);
      expect(most(measured.slice(0, measured.length / 2))).toBeLessThan(1.5);
      expect(most(measured)).toBeGreaterThan(2);
    },
  },
  "one-endpoint": {
    ends: "Aborted",
    says: /Error rate/,
    shows: (chart) => expect(most(chart["True error rate, canary"])).toBeCloseTo(3.2, 0),
  },
  "one-cohort": {
    ends: "Aborted",
    says: /Error rate/,
    shows: (chart) => expect(most(chart["True error rate, canary"])).toBeCloseTo(2.2, 0),
  },
  "dependency-outage": {
    ends: "Aborted",
    says: /Error rate/,
    // Stable suffers as the canary does.
    shows: (chart) => expect(most(chart["True error rate, stable"])).toBeGreaterThan(15),
  },
  surge: {
    ends: "Aborted",
    says: /CPU .* was not below 80/,
    shows: (chart) => {
      expect(most(chart[cpu.stable])).toBeGreaterThan(80);
      expect(most(chart[errors.canary])).toBeLessThan(3);
    },
  },
  "retry-storm": {
    ends: "Aborted",
    says: /Retry storm/,
    // Failure feeds traffic, and traffic feeds CPU.
    shows: (chart) => {
      expect(most(chart["True error rate, stable"])).toBeGreaterThan(30);
      expect(most(chart[cpu.stable])).toBeGreaterThan(60);
    },
  },
  "noisy-neighbour": {
    ends: "Aborted",
    says: /Latency p99/,
    shows: (chart) => expect(most(chart[p99.stable])).toBeGreaterThan(500),
  },
  flapping: {
    ends: "Aborted",
    says: /Error rate/,
    // On and off, and never in between.
    shows: (chart) => {
      const truth = chart["True error rate, canary"].filter((value) => value !== undefined);
      expect(most(truth)).toBeGreaterThan(4);
      expect(truth.filter((value) => value < 1).length).toBeGreaterThan(truth.filter((value) => 4 < value).length);
    },
  },
  "late-bomb": {
    ends: "Succeeded",
    says: /nothing was rolled back/,
    shows: (chart) => {
      const truth = chart["True error rate, stable"].concat(chart["True error rate, canary"]);
      expect(most(truth)).toBeGreaterThan(8);
    },
  },
  "stale-data": {
    ends: "Succeeded",
    says: /Wrong answers/,
    // No default metric sees it.
    shows: (chart) => {
      expect(most(chart[errors.canary])).toBeLessThan(1.5);
      expect(most(chart[p99.canary])).toBeLessThan(500);
    },
  },
  "scrape-gap": {
    ends: "Succeeded",
    says: /Scrape gap/,
    shows: (chart) => {
      const measured = chart[errors.stable];
      const hole = measured.filter((value) => value === undefined).length;
      expect(hole).toBeGreaterThan(8);
      expect(measured.at(-1)).toBeDefined();
    },
  },
  "metric-lag": { ends: "Succeeded", says: /Metric lag/, shows: (chart) => expect(most(chart[errors.canary])).toBeLessThan(2) },
  "metric-reset": {
    ends: "Succeeded",
    says: /Metric reset/,
    // Rates do not show that counters began anew.
    shows: (chart) => {
      expect(most(chart[errors.canary])).toBeLessThan(2);
      expect(least(chart[errors.canary])).toBeGreaterThanOrEqual(0);
    },
  },
  "build-failure": {
    ends: "Failed",
    says: /could not be built/,
    shows: (chart) => expect(chart[errors.canary].every((value) => value === undefined)).toBe(true),
  },
  "push-failure": {
    ends: "Failed",
    says: /the registry refused/,
    shows: (chart) => expect(chart[errors.canary].every((value) => value === undefined)).toBe(true),
  },
  "node-loss": {
    ends: "Aborted",
    says: /Node loss/,
    // What was in flight on the node is lost, on either version.
    shows: (chart) => {
      expect(most(chart[errors.canary])).toBeGreaterThan(5);
      expect(most(chart[errors.stable])).toBeGreaterThan(0.3);
    },
  },
};

for (const [id, picture] of Object.entries(gallery)) {
  test(`${id} tells what it is`, async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("coalmine.lines", "truth"));
    const trouble = await open(page);
    await page.getByRole("button", { name: "Failure library" }).click();
    await page.locator(`[data-entry="${id}"]`).click();
    await page.getByRole("combobox", { name: "Speed" }).selectOption("max");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    const time = page.getByRole("slider", { name: "Time in the run" });
    await expect(page.locator("[data-trace]")).not.toHaveAttribute("data-trace", "");
    await expect.poll(async () => (await time.getAttribute("aria-valuenow")) === (await time.getAttribute("aria-valuemax"))).toBe(true);
    const verdict = page.getByRole("region", { name: "Verdict" });
    await expect(verdict).toContainText(picture.ends);
    await expect(verdict).toContainText(picture.says);
    picture.shows(await charted(page));
    await page.screenshot({ path: `test-results/gallery/${id}.png` });
    expect(trouble).toEqual([]);
  });
}

test("the gallery leaves no failure of the library out", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Failure library" }).click();
  const entries = page.getByRole("dialog", { name: "Failure library" }).locator("[data-entry]");
  await expect(entries).toHaveCount(Object.keys(gallery).length);
  const ids = await entries.evaluateAll((cards) => cards.map((card) => card.dataset.entry));
  expect(ids.sort()).toEqual(Object.keys(gallery).sort());
});
