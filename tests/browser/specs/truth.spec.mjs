// Truth beside measurement: a third kind of line, in words too, and a verdict that says who is to blame.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { inject, open, toTheEnd } from "./page.mjs";

const toggle = (page) => page.getByRole("button", { name: "Truth" });

/** What is painted on a plot, as the browser keeps it. */
const painted = (page, plot) => page.locator(`#${plot} canvas`).last().evaluate((canvas) => canvas.toDataURL());

test("truth is drawn, named, told in words and in the table, and comes back after a reload", async ({ page }) => {
  const trouble = await open(page);
  await inject(page, "Error rate", "From the start");
  await toTheEnd(page);
  const plain = await painted(page, "plot-errors");
  await expect(page.locator(".plot-truth")).toHaveCount(0);
  await toggle(page).click();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
  // Only error rates and latencies know a truth beside what is measured.
  await expect(page.locator(".plot-truth")).toHaveCount(2);
  await expect.poll(() => painted(page, "plot-errors")).not.toBe(plain);
  await expect(page.locator("#plot-errors-summary")).toContainText(/In truth: .*canary 5\.\d.% to 5\.\d.%/);
  await page.getByRole("button", { name: "Show as table" }).click();
  await expect(page.getByRole("columnheader", { name: "True error rate, canary" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
  await toggle(page).click();
  await page.reload();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "false");
  expect(trouble).toEqual([]);
});

test("the truth follows the crosshair", async ({ page }) => {
  await open(page);
  await toggle(page).click();
  await toTheEnd(page);
  const stable = page.locator("#plot-errors .plot-truth span").first();
  await expect(stable).toContainText(/\d/);
  const plot = await page.locator("#plot-errors .plot-over").boundingBox();
  const canary = page.locator("#plot-errors .plot-truth span").last();
  await page.mouse.move(plot.x + 4, plot.y + plot.height / 2);
  await expect(canary).toHaveText("–");
  await page.mouse.move(plot.x + plot.width * 0.35, plot.y + plot.height / 2);
  await expect(canary).toContainText(/\d/);
});

test("the verdict tells bad requests by cause, the budget, and each beginning beside the decision", async ({ page }) => {
  await open(page);
  await inject(page, "Error rate", /^At 25/);
  const verdict = await toTheEnd(page);
  await expect(verdict).toContainText("Bad requests by cause");
  await expect(verdict.locator(".cause.is-fault")).toContainText("Error rate");
  await expect(verdict.locator(".beginnings")).toContainText(/Error rate \d+:\d\d rolled back .* later/);
  await expect(verdict).toContainText(/Error budget\s*\d+.% burned/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`truth and verdict are free of findings, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await inject(page, "Latency", "From the start");
    await toggle(page).click();
    await toTheEnd(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
