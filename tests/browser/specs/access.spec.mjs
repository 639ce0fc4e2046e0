// What everybody can rely on: no rule of axe is broken, the keyboard is enough, motion can be turned off.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { inject, open, openCode, toTheEnd } from "./page.mjs";

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test(`axe finds nothing at the beginning and at the end, ${colorScheme}, ${size}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await toTheEnd(page);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  }

  test(`axe finds nothing while something is broken and the code is open, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await inject(page, "Error rate", /^At 25/);
    await toTheEnd(page);
    await openCode(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test("nothing scrolls sideways but the diagram", async ({ page }) => {
  for (const viewport of [...Object.values(sizes), { width: 320, height: 700 }]) {
    await page.setViewportSize(viewport);
    await open(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});

test("the keyboard alone breaks a release, plays it and scrubs it", async ({ page }) => {
  await open(page);
  await page.locator('[data-node="n1"]').focus();
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: /^Error rate/ }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("slider", { name: "Time in the run" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Aborted");
  await page.keyboard.press("[");
  await expect(page.locator('[data-node="n9"]')).toHaveAttribute("data-status", "failed");
});

test("with reduced motion nothing travels, and the events are the same", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(page.getByRole("slider", { name: "Time in the run" })).not.toHaveAttribute("aria-valuenow", "0");
  await expect(page.locator(".flow-token-moves")).toHaveCount(0);
  await expect(await toTheEnd(page)).toContainText("Succeeded");
});

test("letters typed into a field play nothing", async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Name of the project" }).fill("f . , [ ] ");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(page.getByRole("slider", { name: "Time in the run" })).toHaveAttribute("aria-valuenow", "0");
});
