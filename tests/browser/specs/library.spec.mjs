// The failure library: every failure and story on a sheet, two clicks from the panel.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { open, toTheEnd } from "./page.mjs";

const opener = (page) => page.getByRole("button", { name: "Failure library" });
const sheet = (page) => page.getByRole("dialog", { name: "Failure library" });
const injected = (page) => page.getByRole("list", { name: "Injected faults" }).getByRole("listitem");

for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the sheet is free of findings, ${size} and ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await open(page);
      if (size === "narrow") await page.getByRole("button", { name: "Break it", exact: true }).click();
      await opener(page).click();
      await expect(sheet(page).locator("[data-entry]")).toHaveCount(23);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      const wide = await page.locator(".library-body").evaluate((body) => body.scrollWidth - body.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  }
}

test("two clicks inject a failure, and the notice takes it back", async ({ page }) => {
  const trouble = await open(page);
  await opener(page).click();
  await sheet(page).getByRole("button", { name: "Error-rate rise" }).click();
  await expect(sheet(page)).toBeHidden();
  await expect(injected(page)).toHaveCount(1);
  await expect(page.getByRole("status")).toContainText(["Injected: Error-rate rise"]);
  await expect(await toTheEnd(page)).toContainText("Aborted");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(injected(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Succeeded");
  expect(trouble).toEqual([]);
});

test("the keyboard alone opens the sheet, searches, injects, and comes back to where it was", async ({ page }) => {
  await open(page);
  await opener(page).focus();
  await page.keyboard.press("Enter");
  await expect(sheet(page)).toBeVisible();
  const search = sheet(page).getByRole("searchbox", { name: "Search" });
  while (!(await search.evaluate((field) => field === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.type("storm");
  await expect(sheet(page).locator("[data-entry]:visible")).toHaveCount(1);
  const card = sheet(page).getByRole("button", { name: "Retry storm" });
  while (!(await card.evaluate((button) => button === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(injected(page)).toHaveCount(2);
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
});

test("a failure begins when it is told to, and its picture moves along", async ({ page }) => {
  await open(page);
  await opener(page).click();
  const picture = sheet(page).locator('[data-entry="dependency-outage"] .shape-line');
  const before = await picture.getAttribute("d");
  await sheet(page).getByRole("combobox", { name: "Begins" }).selectOption("At 25 %");
  expect(await picture.getAttribute("d")).not.toBe(before);
  await sheet(page).getByRole("button", { name: "Shared-dependency outage" }).click();
  await expect(injected(page)).toContainText("once the canary has 25");
});

test("a story takes the place of the faults", async ({ page }) => {
  await open(page);
  await opener(page).click();
  await sheet(page).getByRole("button", { name: "Crash loop" }).click();
  await opener(page).click();
  await sheet(page).getByRole("button", { name: /^Stories/ }).click();
  await sheet(page).getByRole("button", { name: "Good release on a bad day" }).click();
  await expect(injected(page)).toHaveCount(2);
  await expect(page.getByRole("status")).toContainText(["Good release on a bad day"]);
});

test("an injected fault can be told to strike some pods, on and off, at an age", async ({ page }) => {
  await open(page);
  await opener(page).click();
  await sheet(page).getByRole("button", { name: "Latency shift" }).click();
  const row = injected(page).first();
  await row.getByText("Change").click();
  await row.getByRole("combobox", { name: "Which part" }).selectOption("some pods");
  await row.getByRole("combobox", { name: "Begins" }).selectOption("at an age");
  await row.getByRole("combobox", { name: "Is on" }).selectOption("on and off");
  await row.getByRole("textbox", { name: "Of the pods" }).fill("40");
  await row.getByRole("textbox", { name: "Of the pods" }).press("Enter");
  await expect(row).toContainText(/on 40.% of the pods of the canary/);
  await expect(row).toContainText(/once the release has served for 10.min/);
  await expect(row).toContainText(/30.s on and 1.min 30.s off/);
  await row.getByRole("textbox", { name: "On for" }).fill("never");
  await row.getByRole("textbox", { name: "On for" }).press("Enter");
  await expect(row.locator(".field-error:not([hidden])")).toContainText("write");
});
