// What the specs share: opening the page, driving the player, and what the command line says of the same run.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect } from "@playwright/test";

const root = new URL("../../..", import.meta.url).pathname;

/** The projects that ship with Coalmine. */
export function examples() {
  return readdirSync(`${root}/examples`).filter((file) => file.endsWith(".coalmine.toml"));
}

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
  // The whole run is there once its hash is.
  await expect(page.locator("[data-trace]")).not.toHaveAttribute("data-trace", "");
  await page.getByRole("button", { name: "Jump to the end" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toBeVisible();
  return verdict;
}

/** Breaks the release in two clicks. */
export async function inject(page, fault, beginning) {
  // Nodes of the diagram are buttons too, and there before the panels are.
  await page.getByRole("region", { name: "Break it" }).getByRole("button", { name: fault }).first().click();
  await page.getByRole("group", { name: `${fault}: when does it begin?` }).getByRole("button", { name: beginning }).click();
}

/** Changes a number of the policy. */
export async function change(page, label, value) {
  const field = page.getByRole("textbox", { name: label }).first();
  await field.fill(value);
  await field.press("Enter");
}

/** Opens one of the shipped projects. */
export async function openFile(page, name) {
  await page.locator('input[type="file"]').setInputFiles(`${root}/examples/${name}`);
  await expect(page.getByRole("textbox", { name: "Name of the project" })).toHaveValue(name.replace(".coalmine.toml", ""));
}

/** Offers a file that is to be refused. */
export async function refuse(page, name, text) {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

/** Shows the code. */
export async function openCode(page) {
  await page.getByRole("button", { name: "Code", exact: true }).first().click();
  return page.getByRole("textbox", { name: "FlowZap Code" });
}

/** The ids of the nodes that the diagram shows as visited, in order. */
export async function litPath(page) {
  return page.locator("[data-path]").first().getAttribute("data-path");
}

/** Each node once. */
export function visited(path) {
  return [...new Set(path)];
}

/** The path and the verdict that the command line tells of a project: one of the examples, or a file anywhere. */
export function traceOf(file) {
  const path = file.includes("/") ? file : `${root}/examples/${file}`;
  let out;
  try {
    out = execFileSync(`${root}/target/debug/coalmine`, ["run", path, "--format", "json"], {
      encoding: "utf8",
      maxBuffer: 64 << 20,
    });
  } catch (ended) {
    // Exit codes tell outcomes: 10 rolled back, 11 aborted, 12 failed.
    if (![10, 11, 12].includes(ended.status)) throw ended;
    out = ended.stdout;
  }
  const lines = out.trim().split("\n").map((line) => JSON.parse(line));
  return {
    path: lines.filter((line) => line.event === "entered").map((line) => line.node),
    verdict: lines.at(-1),
  };
}

/** What the command line says of so many rollouts of each release. */
export function ensembleOf(file, rollouts) {
  const args = ["ensemble", `${root}/${file}`, "-n", String(rollouts), "--format", "json"];
  const out = execFileSync(`${root}/target/debug/coalmine`, args, { encoding: "utf8", maxBuffer: 64 << 20 });
  return JSON.parse(out);
}
