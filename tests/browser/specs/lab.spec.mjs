// The lab: thousands of rollouts, the same as on the command line; what they say leads back to one run and into the
// project.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { ensembleOf, open } from "./page.mjs";

/** Goes to the lab, which begins to run at once, and waits for its end. */
async function openLab(page) {
  const trouble = await open(page);
  await page.getByRole("link", { name: "Lab" }).click();
  await atTheEnd(page);
  return trouble;
}

async function atTheEnd(page) {
  await expect(page.locator(".lab-progress")).toContainText(/rollouts in .* a second/, { timeout: 120_000 });
}

async function ask(page, question) {
  await page.getByRole("button", { name: question }).click();
}

async function run(page) {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await atTheEnd(page);
}

test("the lab counts what the command line counts, and says so in a sentence", async ({ page }) => {
  const trouble = await openLab(page);
  const rollouts = page.getByRole("textbox", { name: "Rollouts of each release" });
  await rollouts.fill("60");
  await rollouts.press("Enter");
  await run(page);
  const { releases } = ensembleOf("examples/canary.fz", 60);
  const rows = page.getByRole("region", { name: "Releases in numbers" }).getByRole("row");
  await expect(rows).toHaveCount(releases.length + 1);
  for (const [place, release] of releases.entries()) {
    const { k, n } = release.wrong;
    const counted = `${k.toLocaleString("en")} of ${n.toLocaleString("en")}`;
    await expect(rows.nth(place + 1)).toContainText(counted);
  }
  await expect(page.locator(".lab-sentence")).toContainText("bad releases");
  expect(trouble).toEqual([]);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in the lab, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await openLab(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await ask(page, /What if a number/);
    await run(page);
    await page.getByRole("button", { name: /^1 %, 5.min: Misses/ }).click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await ask(page, /Is another policy/);
    await run(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test("the worst run of a release can be seen in Simulate, and undone", async ({ page }) => {
  await openLab(page);
  const row = page.getByRole("row", { name: /Latency shift/ });
  await row.getByRole("button", { name: "Worst" }).click();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  const seed = page.getByRole("textbox", { name: "Seed" }).first();
  await expect(seed).not.toHaveValue("7");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(seed).toHaveValue("7");
});

test("a cell of a sweep becomes the project's policy", async ({ page }) => {
  await openLab(page);
  await ask(page, /What if a number/);
  await run(page);
  await page.getByRole("button", { name: /^0.55 %, 5.min: Misses/ }).click();
  await page.getByRole("button", { name: "Use this" }).click();
  await expect(page.locator(".notice")).toContainText("0.55");
  await page.getByRole("link", { name: "Simulate" }).click();
  await expect(page.getByRole("textbox", { name: "Error rate below" })).toHaveValue(/0.55/);
});

test("two policies are compared run by run", async ({ page }) => {
  await openLab(page);
  await ask(page, /Is another policy/);
  await run(page);
  const table = page.getByRole("region", { name: "Both policies in numbers" });
  await expect(table).toContainText("Time to promote");
  await expect(table).toContainText("worse");
  await expect(page.getByText(/of 14,000|of 7,000/).last()).toBeVisible();
});

test("tuning ends with proposals that say what they buy", async ({ page }) => {
  test.slow();
  await openLab(page);
  await ask(page, /What should change/);
  await page.getByRole("textbox", { name: "Rollouts of each release" }).fill("200");
  await page.getByRole("textbox", { name: "Rollouts of each release" }).press("Enter");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText(/beats one of these|keeps what was asked/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole("button", { name: "Use this" }).first().click();
  await expect(page.locator(".notice")).toContainText("Now:");
});

test("questions without an answer are told why, and nothing is lost", async ({ page }) => {
  await openLab(page);
  const rollouts = page.getByRole("textbox", { name: "Rollouts of each release" });
  for (const [typed, why] of [["0", "at least 1"], ["many", "whole number"], ["99999999999", "At most"]]) {
    await rollouts.fill(typed);
    await rollouts.press("Enter");
    await expect(page.getByText(why)).toBeVisible();
  }
  await rollouts.press("Escape");
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText(/no release counts/i)).toBeVisible();
  await expect(page.locator(".lab-sentence")).toContainText("bad releases");
});

test("a study can be stopped, and what it counted stays", async ({ page }) => {
  await openLab(page);
  const rollouts = page.getByRole("textbox", { name: "Rollouts of each release" });
  await rollouts.fill("200000");
  await rollouts.press("Enter");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.locator(".lab-progress")).toContainText("left");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.locator(".lab-progress")).toContainText("Stopped after");
});

test("the lab has an address of its own, and does not scroll sideways on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("./#lab");
  await atTheEnd(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
