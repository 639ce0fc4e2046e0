// The code pane: what is typed is drawn and run, and nothing that was typed is lost.
import { expect, test } from "@playwright/test";
import { open, openCode, refuse } from "./page.mjs";

test("an edit changes diagram and run", async ({ page }) => {
  await open(page);
  const editor = await openCode(page);
  const code = await editor.inputValue();
  await editor.fill(code.replace("Increase to 25%", "Increase to 30%"));
  await expect(page.locator('[data-node="n10"]')).toHaveAttribute("aria-label", /30 ?%/);
  await page.getByRole("button", { name: "Jump to the end" }).click();
  await expect(page.locator(".log-rows")).toBeVisible();
});

test("broken code keeps the last good diagram, marks the fault, and loses no character", async ({ page }) => {
  await open(page);
  const editor = await openCode(page);
  const broken = (await editor.inputValue()).replace('n9: diamond label:"Metrics healthy?"', 'n9: diamnd label:"Metrics');
  await editor.fill(broken);
  await expect(page.locator(".stale")).toContainText("in the code");
  await expect(page.locator('[data-node="n9"]')).toBeVisible();
  await expect(page.getByRole("list", { name: "Findings" })).toContainText("diamond");
  await page.reload();
  expect(await (await openCode(page)).inputValue()).toBe(broken);
});

for (const [name, code] of [
  ["an empty text", ""],
  ["a diagram without a start", 'A { # a\nn1: rectangle label:"Wait 5 min"\nn1.handle(right) -> n1.handle(left)\n}\n'],
  ["a gate without a way out", 'A { # a\nn1: circle label:"Start"\nn2: diamond label:"Healthy?"\nn1.handle(right) -> n2.handle(left)\n}\n'],
]) {
  test(`${name} gets a finding, and the page lives on`, async ({ page }) => {
    const trouble = await open(page);
    const editor = await openCode(page);
    await editor.fill(code);
    await expect(page.locator(".stale")).toBeVisible();
    await expect(page.getByRole("list", { name: "Findings" }).getByRole("listitem").first()).toBeVisible();
    expect(trouble).toEqual([]);
  });
}

test("a project file with an unknown key is refused with line, reason and suggestion", async ({ page }) => {
  await open(page);
  await refuse(page, "wrong.coalmine.toml", 'schema = 1\nsed = 7\nflow = ""\n');
  const notice = page.locator(".notice.is-alert");
  await expect(notice).toContainText("2");
  await expect(notice).toContainText("seed");
});

test("a picture that is damaged is refused, and the project stays", async ({ page }) => {
  await open(page);
  const before = await (await openCode(page)).inputValue();
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);
  await page.locator('input[type="file"]').setInputFiles({ name: "diagram.png", mimeType: "image/png", buffer: picture });
  await expect(page.getByText("diagram.png was not opened: the picture is damaged")).toBeVisible();
  expect(await (await openCode(page)).inputValue()).toBe(before);
});
