// The first place of the page: the seed's rollout, played, broken, scrubbed, changed and kept.
import { expect, test } from "@playwright/test";
import { change, examples, inject, litPath, open, openFile, toTheEnd, traceOf, visited } from "./page.mjs";

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

test("played to the end at full speed, the page shows the verdict by itself", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Speed" }).selectOption("max");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Succeeded");
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

for (const example of examples()) {
  test(`the path that ${example} lights is the one that the command line tells, by the same numbers`, async ({ page }) => {
    await open(page);
    await openFile(page, example);
    await toTheEnd(page);
    const { path, verdict } = traceOf(example);
    expect(await litPath(page)).toBe(path.join(" "));
    await expect(page.locator("[data-trace]")).toHaveAttribute("data-trace", verdict.trace_hash);
    for (const node of new Set(path)) {
      await expect(page.locator(`[data-node="${node}"]`)).not.toHaveAttribute("data-status", /untouched|unreachable/);
    }
  });
}

test("the run is the same to the byte at any speed, watched or not", async ({ page }) => {
  await open(page);
  const { verdict } = traceOf("good-release.coalmine.toml");
  await openFile(page, "good-release.coalmine.toml");
  for (const speed of ["0.25×", "60×", "max"]) {
    await page.getByRole("combobox", { name: "Speed" }).selectOption(speed);
    await page.getByRole("button", { name: "Restart" }).click();
    await expect(page.getByRole("slider", { name: "Time in the run" })).not.toHaveAttribute("aria-valuenow", "0");
    await page.getByRole("button", { name: "Jump to the end" }).click();
    await expect(page.locator("[data-trace]")).toHaveAttribute("data-trace", verdict.trace_hash);
  }
});

test("scrubbing back undoes what the diagram shows, and forth shows it again", async ({ page }) => {
  await open(page);
  await toTheEnd(page);
  const time = page.getByRole("slider", { name: "Time in the run" });
  await time.press("Home");
  await expect(page.locator('[data-node="n19"]')).toHaveAttribute("data-status", "untouched");
  await time.press("End");
  await expect(page.locator('[data-node="n19"]')).toHaveAttribute("data-status", "done");
});

test("a click on the track goes there, and the log goes along", async ({ page }) => {
  await open(page);
  await toTheEnd(page);
  const time = page.getByRole("slider", { name: "Time in the run" });
  const box = await time.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const half = Number(await time.getAttribute("aria-valuemax")) / 2;
  expect(Math.abs(Number(await time.getAttribute("aria-valuenow")) - half)).toBeLessThan(half / 20);
  await expect(page.locator('.log-row[aria-current="time"]')).toBeVisible();
});

test("a stricter threshold stops a release that was good enough before, from the same seed at once", async ({ page }) => {
  await open(page);
  await toTheEnd(page);
  await change(page, "Error rate below", "0.05%");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Aborted");
  await expect(page.locator('[data-node="n9"]')).toHaveAttribute("data-status", "failed");
});

test("an impossible number is told where it stands, and the run stays", async ({ page }) => {
  await open(page);
  await change(page, "Error rate below", "-3%");
  await expect(page.locator(".field-error:not([hidden])")).toHaveCount(1);
  await expect(await toTheEnd(page)).toContainText("Succeeded");
});

test("a person steps in at the playhead: the past stays, the future is another", async ({ page }) => {
  await open(page);
  const time = page.getByRole("slider", { name: "Time in the run" });
  await page.getByRole("button", { name: "Next decision" }).click();
  await time.press("Shift+ArrowLeft");
  await page.getByRole("button", { name: "Abort", exact: true }).click();
  await expect(await toTheEnd(page)).toContainText("Aborted");
  expect(await litPath(page)).toBe("n1 n2 n3 n6 n7 n8 n11 n4 n5");
});

test("what was changed is still there after a reload", async ({ page }) => {
  await open(page);
  await inject(page, "Error rate", "From the start");
  await toTheEnd(page);
  await page.reload();
  await expect(await toTheEnd(page)).toContainText("Aborted");
});

test("a saved project opens again as it was", async ({ page }) => {
  await open(page);
  await inject(page, "Error rate", /^At 25/);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save" }).click();
  const saved = await (await download).path();
  const { path } = traceOf(saved);
  await toTheEnd(page);
  expect(await litPath(page)).toBe(path.join(" "));
  expect(visited(path)).toContain("n11");
});
