// The scenario in the inspector: the whole world can be set, what cannot be is told, and nothing scrolls sideways.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { open, toTheEnd } from "./page.mjs";

const scenario = (page) => page.getByRole("region", { name: "Scenario" });

/** Opens a group of the scenario. */
async function group(page, title) {
  await scenario(page).locator(".group > summary").filter({ hasText: title }).click();
}

/** Sets a number of the scenario. */
async function set(page, label, value) {
  const field = scenario(page).getByRole("textbox", { name: label }).first();
  await field.fill(value);
  await field.press("Enter");
}

const groups = [
  "Clients",
  "Endpoints",
  "Cohorts",
  "Pods",
  "The canary by itself",
  "Scaling and splitting",
  "Platform times",
  "Measurement",
];

test("the course of the traffic has a picture and its own numbers", async ({ page }) => {
  await open(page);
  const picture = scenario(page).locator(".rate-line");
  const seen = new Set();
  for (const [course, words] of [
    ["constant", /200.\/s, the first 30 min/],
    ["a day’s wave", /a day/],
    ["a week’s wave", /a week/],
    ["a ramp", /200.\/s to 400.\/s/],
    ["a step", /200.\/s to 400.\/s/],
    ["a burst", /200.\/s to 600.\/s/],
    ["recorded", /as recorded/],
  ]) {
    await scenario(page).getByRole("combobox", { name: "Traffic" }).selectOption(course);
    await expect(scenario(page).locator(".rate-words")).toContainText(words);
    seen.add(await picture.getAttribute("d"));
  }
  // A step and a ramp are as high, and do not look alike; constant and recorded do.
  expect(seen.size).toBe(6);
  await expect(await toTheEnd(page)).toContainText("Succeeded");
});

test("a recording is pasted, a wrong line is named and kept, and the run follows the right one", async ({ page }) => {
  await open(page);
  await scenario(page).getByRole("combobox", { name: "Traffic" }).selectOption("recorded");
  const text = scenario(page).getByRole("textbox", { name: /paste or drop/ });
  await text.fill("0s,100/s\n5m,many");
  await text.blur();
  await expect(scenario(page).locator(".recording .field-error")).toContainText("line 2");
  await expect(text).toHaveValue("0s,100/s\n5m,many");
  await text.fill("0s,100/s\n5m,900/s");
  await text.blur();
  await expect(scenario(page).locator(".recording .field-error")).toBeHidden();
  await expect(scenario(page).locator(".rate-words")).toContainText("900");
  await scenario(page).locator('input[type="file"]').setInputFiles({
    name: "rate.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("time,rate\n0,50/s\n60,80/s\n"),
  });
  await expect(scenario(page).locator(".rate-words")).toContainText("80");
});

test("endpoints come and go, and their shares always add up", async ({ page }) => {
  await open(page);
  await group(page, "Endpoints");
  const rows = scenario(page).getByRole("list", { name: "Endpoints" }).getByRole("listitem");
  for (let count = 1; count <= 3; count++) {
    await scenario(page).getByRole("button", { name: "Add an endpoint" }).click();
    await expect(rows).toHaveCount(count);
  }
  await rows.first().getByText("Change").click();
  const share = rows.first().getByRole("textbox", { name: "Share" });
  await share.fill("50");
  await share.press("Enter");
  const shares = async () => (await rows.locator(".part-note").allTextContents()).map((text) => Number.parseFloat(text));
  expect((await shares())[0]).toBe(50);
  expect((await shares()).reduce((sum, value) => sum + value)).toBeCloseTo(100, 3);
  await rows.nth(1).getByRole("button", { name: /^Remove/ }).click();
  await expect(rows).toHaveCount(2);
  expect((await shares()).reduce((sum, value) => sum + value)).toBeCloseTo(100, 3);
  await expect(await toTheEnd(page)).toContainText("Succeeded");
});

test("what is set is run: clients, capacity, autoscaler, measurement, and a canary that differs", async ({ page }) => {
  const trouble = await open(page);
  const trace = page.locator("[data-trace]");
  const settled = async () => {
    await expect(trace).not.toHaveAttribute("data-trace", "");
    return trace.getAttribute("data-trace");
  };
  let before = await settled();
  const changes = async () => {
    await expect(trace).not.toHaveAttribute("data-trace", before);
    before = await settled();
  };
  await group(page, "Clients");
  await set(page, "Over-dispersion", "5");
  await changes();
  await set(page, "Retries", "3");
  await changes();
  await expect(scenario(page).locator(".group-note").first()).toHaveText("3 retries");
  await group(page, "Pods");
  await scenario(page).getByRole("switch", { name: "Pods have a capacity" }).check();
  await set(page, "At once, a pod", "2");
  await changes();
  await group(page, "Scaling and splitting");
  await scenario(page).getByRole("switch", { name: "Autoscaler" }).check();
  await set(page, "Aims at CPU", "30");
  await changes();
  await group(page, "Measurement");
  await set(page, "Jitter", "2");
  await changes();
  await group(page, "The canary by itself");
  await scenario(page).locator("#knob-errors-canary").fill("9");
  await scenario(page).locator("#knob-errors-canary").press("Enter");
  await expect(await toTheEnd(page)).toContainText("Aborted");
  await scenario(page).getByRole("button", { name: "Behave as stable again" }).click();
  await expect(page.locator("#knob-errors-canary")).toHaveValue(/0\.2/);
  expect(trouble).toEqual([]);
});

test("a metric of the team's own is judged by gates, and takes its check along when it goes", async ({ page }) => {
  await open(page);
  await group(page, "Measurement");
  await scenario(page).getByRole("button", { name: "Add a metric" }).click();
  const row = scenario(page).getByRole("list", { name: "Metrics of your own" }).getByRole("listitem");
  await row.getByText("Change").click();
  await row.getByRole("textbox", { name: "Name" }).fill("orders");
  await row.getByRole("textbox", { name: "Name" }).press("Enter");
  await row.getByRole("combobox", { name: "Tells" }).selectOption("events a request");
  await row.getByRole("switch", { name: "Gates judge it" }).check();
  const bound = page.getByRole("region", { name: "Policy" }).getByRole("textbox", { name: "orders above" });
  await expect(bound).toHaveValue("0.045");
  await expect(await toTheEnd(page)).toContainText("Succeeded");
  await bound.fill("3");
  await bound.press("Enter");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Aborted");
  await row.getByRole("button", { name: "Remove orders" }).click();
  await expect(bound).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Succeeded");
});

test("what cannot be is refused with a reason and a suggestion, and the run stays", async ({ page }) => {
  await open(page);
  await group(page, "Clients");
  await set(page, "Retries", "many");
  await expect(scenario(page).locator(".field-error:not([hidden])")).toContainText("whole number");
  await group(page, "Measurement");
  await set(page, "Buckets up to", "50 ms, 10 ms");
  await expect(scenario(page).locator(".field-error:not([hidden])").last()).toContainText("10 ms");
  await set(page, "Jitter", "1 h");
  await expect(scenario(page).locator(".field-error:not([hidden])")).toHaveCount(3);
  await expect(await toTheEnd(page)).toContainText("Succeeded");
});

for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
  test(`all of it open is free of findings and of sideways scrolling, ${size}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    if (size === "narrow") await page.getByRole("button", { name: "Policy", exact: true }).click();
    for (const title of groups) await group(page, title);
    for (const add of ["Add an endpoint", "Add a cohort", "Add a metric"]) {
      await scenario(page).getByRole("button", { name: add }).click();
    }
    for (const list of ["Endpoints", "Cohorts", "Metrics of your own"]) {
      await scenario(page).getByRole("list", { name: list }).getByText("Change").click();
    }
    await scenario(page).getByRole("switch", { name: "Autoscaler" }).check();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const overflow = await page.evaluate(() => {
      const panel = document.querySelector(".shell-left");
      return Math.max(panel.scrollWidth - panel.clientWidth, document.documentElement.scrollWidth - window.innerWidth);
    });
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
