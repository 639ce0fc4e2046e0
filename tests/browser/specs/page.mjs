// What the specs share: opening the page, driving the player, and what the command line says of the same run.
import { execFileSync } from "node:child_process";
import { expect } from "@playwright/test";

const root = new URL("../../..", import.meta.url).pathname;

/** Opens the page and waits until the run is there; collects what must stay empty. */
export async function open(page) {
  const trouble = [];
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.hostname !== "127.0.0.1") trouble.push(`asked ${url}`);
  });
  await page.goto("./");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(page.getByRole("slider", { name: "Time in the run" })).toBeVisible();
  return trouble;
}

/** Goes to the end of the run, tail included, and returns the verdict. */
export async function toTheEnd(page) {
  await page.getByRole("button", { name: "Jump to the end" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toBeVisible();
  return verdict;
}

/** Breaks the release in two clicks. */
export async function inject(page, fault, beginning) {
  await page.getByRole("button", { name: fault }).first().click();
  await page.getByRole("group", { name: `${fault}: when does it begin?` }).getByRole("button", { name: beginning }).click();
}

/** The ids of the nodes that the diagram shows as visited, in order. */
export async function litPath(page) {
  return page.locator("[data-path]").first().getAttribute("data-path");
}

/** What the command line tells of a project, an object a line. */
export function traceOf(file) {
  let out;
  try {
    out = execFileSync("cargo", ["run", "--quiet", "--package", "coalmine-cli", "--", "run", file, "--format", "json"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 << 20,
    });
  } catch (ended) {
    // Exit codes tell outcomes: 10 rolled back, 11 aborted, 12 failed.
    if (![10, 11, 12].includes(ended.status)) throw ended;
    out = ended.stdout;
  }
  return out.trim().split("\n").map((line) => JSON.parse(line));
}
