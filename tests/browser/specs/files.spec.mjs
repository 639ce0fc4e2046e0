// Files in and out: every way out comes in again, links hold the rollout, and nothing that was here is lost.
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { change, open, openFile, toTheEnd } from "./page.mjs";

const field = 'input[type="file"]';

/** Goes to the place of files. */
async function goToFiles(page) {
  await page.getByRole("link", { name: "Files" }).click();
  await expect(page.getByRole("heading", { name: "Take along" })).toBeVisible();
}

/** Saves one kind of file and returns its name and path. */
async function save(page, kind) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Save ${kind}`, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

/** Opens a file under a name. */
async function bring(page, name, path) {
  await page.locator(field).first().setInputFiles({ name, mimeType: "application/octet-stream", buffer: readFileSync(path) });
}

const nameOf = (page) => page.getByRole("textbox", { name: "Name of the project" });

test("pictures open again as the whole project", async ({ page }) => {
  const trouble = await open(page);
  await openFile(page, "one-endpoint.coalmine.toml");
  await toTheEnd(page);
  const hash = await page.locator("[data-trace]").getAttribute("data-trace");
  await goToFiles(page);
  for (const kind of ["Picture, as SVG", "Picture, as PNG", "This run as a film"]) {
    const file = await save(page, kind);
    await page.goto("./#simulate");
    await nameOf(page).fill("something else");
    await bring(page, file.name, file.path);
    await expect(nameOf(page)).toHaveValue("one-endpoint");
    await expect(page.locator("[data-trace]")).toHaveAttribute("data-trace", hash);
    await goToFiles(page);
  }
  expect(trouble).toEqual([]);
});

test("code, project and Markdown are saved as they are", async ({ page }) => {
  await open(page);
  await goToFiles(page);
  const code = await save(page, "FlowZap Code");
  expect(readFileSync(code.path, "utf8")).toBe(readFileSync(new URL("../../../examples/canary.fz", import.meta.url), "utf8"));
  const project = await save(page, "Project");
  expect(readFileSync(project.path, "utf8")).toContain("schema = 1");
  const sheet = await save(page, "Policy as Markdown");
  expect(sheet.name).toMatch(/\.md$/);
  expect(readFileSync(sheet.path, "utf8")).toContain("| Gate | Metric |");
});

test("a link brings the rollout and the moment, and the own work comes back", async ({ page, context }) => {
  await open(page);
  await openFile(page, "errors-at-25.coalmine.toml");
  await toTheEnd(page);
  const hash = await page.locator("[data-trace]").getAttribute("data-trace");
  const moment = await page.getByRole("slider", { name: "Time in the run" }).getAttribute("aria-valuenow");
  await goToFiles(page);
  const link = await page.getByLabel("Link to this rollout").inputValue();

  // Somebody else, who has work of their own.
  const other = await context.browser().newContext();
  const theirs = await other.newPage();
  await open(theirs);
  await nameOf(theirs).fill("my own work");
  await change(theirs, "Error rate below", "0.5%");
  await theirs.waitForFunction(() => localStorage.getItem("coalmine.project")?.includes("my own work"));
  await theirs.goto("about:blank");
  await theirs.goto(link);
  await expect(nameOf(theirs)).toHaveValue("errors-at-25");
  await expect(theirs.locator("[data-trace]")).toHaveAttribute("data-trace", hash);
  await expect(theirs.getByRole("slider", { name: "Time in the run" })).toHaveAttribute("aria-valuenow", moment);
  expect(new URL(theirs.url()).hash).toBe("#simulate");

  // Also after the link's rollout was changed and the page was loaded anew.
  await nameOf(theirs).fill("the link's, changed");
  await theirs.waitForFunction(() => localStorage.getItem("coalmine.project")?.includes("changed"));
  await theirs.reload();
  await goToFiles(theirs);
  await theirs.getByRole("button", { name: "Bring it back" }).click();
  await expect(nameOf(theirs)).toHaveValue("my own work");
  await other.close();
});

test("a damaged link and a picture that holds nothing say so, and everything stays", async ({ page }) => {
  await page.goto("./#rollout=1.notalink");
  await expect(page.getByText("the link is not whole")).toBeVisible();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await goToFiles(page);
  await page.getByLabel("Or paste a link to a rollout").fill("https://example.org/#rollout=9.abc");
  await page.getByLabel("Or paste a link to a rollout").press("Enter");
  await expect(page.getByText("version 9")).toBeVisible();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  await page.locator(field).first().setInputFiles({ name: "theirs.svg", mimeType: "image/svg+xml", buffer: svg });
  await expect(page.getByText("the picture holds no rollout")).toBeVisible();
});

test("a file that is dropped on the page is opened", async ({ page }) => {
  await open(page);
  const text = readFileSync(new URL("../../../examples/slow-release.coalmine.toml", import.meta.url), "utf8");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "slow-release.coalmine.toml", { type: "text/plain" }));
    for (const kind of ["dragover", "drop"]) {
      const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector("#diagram").dispatchEvent(event);
    }
  }, text);
  await expect(nameOf(page)).toHaveValue("slow-release");
});

for (const theme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    test(`the place of files is clean in ${theme} at ${width} pixels`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      await open(page);
      await toTheEnd(page).catch(() => {});
      await page.goto("./#files");
      await expect(page.getByRole("img", { name: /The run on screen as a film/ })).toBeVisible();
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations).toEqual([]);
    });
  }
}
