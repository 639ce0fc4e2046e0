// The first place of the page: the seed's rollout, played, broken, scrubbed, changed and kept.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { inject, open, toTheEnd } from "./page.mjs";

test("the seed's rollout succeeds, and the page says nothing to the console or to other hosts", async ({ page }) => {
  const trouble = await open(page);
  const verdict = await toTheEnd(page);
  await expect(verdict).toContainText("Succeeded");
  await expect(page.locator('[data-node="n19"]')).toHaveAttribute("data-status", "done");
  expect(trouble).toEqual([]);
});

test("playing moves the time on, and pausing holds it", async ({ page }) => {
  await open(page);
  const time = page.getByRole("slider", { name: "Time in the run" });
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(time).not.toHaveAttribute("aria-valuenow", "0");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const held = await time.getAttribute("aria-valuenow");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(time).toHaveAttribute("aria-valuenow", held);
});

for (const { beginning, word, gate } of [
  { beginning: "From the start", word: "Aborted", gate: "n9" },
  { beginning: /^At 25/, word: "Aborted", gate: "n12" },
  { beginning: /^At 100/, word: "Rolled back", gate: "n18" },
]) {
  test(`errors that begin ${beginning} are stopped at ${gate} after two clicks`, async ({ page }) => {
    const trouble = await open(page);
    await inject(page, "Error rate", beginning);
    const verdict = await toTheEnd(page);
    await expect(verdict).toContainText(word);
    await expect(page.locator(`[data-node="${gate}"]`)).toHaveAttribute("data-status", "failed");
    expect(trouble).toEqual([]);
  });
}

test("scrubbing back undoes what the diagram shows", async ({ page }) => {
  await open(page);
  await toTheEnd(page);
  await page.getByRole("slider", { name: "Time in the run" }).press("Home");
  await expect(page.locator('[data-node="n19"]')).toHaveAttribute("data-status", "untouched");
});

test("what was changed is still there after a reload", async ({ page }) => {
  await open(page);
  await inject(page, "Error rate", "From the start");
  await toTheEnd(page);
  await page.reload();
  const verdict = await toTheEnd(page);
  await expect(verdict).toContainText("Aborted");
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing at the beginning and at the end, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await toTheEnd(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
