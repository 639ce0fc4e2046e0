// Design: code and drawing say the same, every change can be taken back, and the review mends what it finds.
import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { open, toTheEnd } from "./page.mjs";

const SEED = readFileSync(new URL("../../../examples/canary.fz", import.meta.url), "utf8");

async function goToDesign(page) {
  const trouble = await open(page);
  await page.getByRole("link", { name: "Design" }).click();
  await expect(page.getByRole("region", { name: "Review" })).toBeVisible();
  return trouble;
}

const code = (page) => page.locator("#design").getByRole("textbox", { name: "FlowZap Code" });
const side = (page) => page.getByRole("complementary", { name: "What is chosen, and the review" });
const drawing = (page) => page.getByRole("region", { name: "Drawing" });
const node = (page, id) => drawing(page).locator(`#canvas-${id}`);

/** Chooses a node by its id. */
async function choose(page, id) {
  await node(page, id).click();
  await expect(side(page).getByRole("heading", { name: `Node ${id}` })).toBeVisible();
}

/** Writes on what is chosen. */
async function write(page, words) {
  const field = page.locator("#design-label");
  await field.fill(words);
  await field.press("Enter");
}

test("the review tells the seed's flaws, mends them all, and measures what that buys", async ({ page }) => {
  test.setTimeout(180_000);
  const trouble = await goToDesign(page);
  const review = page.getByRole("region", { name: "Review" });
  await expect(review.getByText("6 findings")).toBeVisible();
  await expect(review.getByText(/nothing judges it in between/)).toBeVisible();
  await review.getByRole("button", { name: "Measure what they buy" }).click();
  const misses = review.getByRole("row", { name: /Misses/ });
  await expect(misses).toBeVisible();
  await expect(misses.locator(".is-better")).toBeVisible({ timeout: 90_000 });
  await review.getByRole("button", { name: "Mend all" }).click();
  await expect(review.getByText("Nothing to mend")).toBeVisible();
  await expect(node(page, "n22")).toHaveAccessibleName(/Healthy at 50%/);
  await page.getByRole("link", { name: "Simulate" }).click();
  await expect(await toTheEnd(page)).toContainText("Succeeded");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Design" }).click();
  await expect(code(page)).toHaveValue(SEED);
  expect(trouble).toEqual([]);
});

test("one finding is mended by one click", async ({ page }) => {
  await goToDesign(page);
  const review = page.getByRole("region", { name: "Review" });
  await review.getByRole("button", { name: "Give the rollback an end of its own" }).click();
  await expect(review.getByText("5 findings")).toBeVisible();
  await expect(code(page)).toHaveValue(/n21: circle label:"Rolled back"/);
});

test("a template takes the place of the project, and undo brings it back", async ({ page }) => {
  await goToDesign(page);
  await page.locator("#design-template").selectOption({ label: "Blue and green" });
  await page.getByRole("button", { name: "Use this one" }).click();
  await expect(code(page)).toHaveValue(/Deploy green to 100% of pods/);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(code(page)).toHaveValue(SEED);
});

test("a change of the drawing is a patch of the code, and the other way round", async ({ page }) => {
  await goToDesign(page);
  await choose(page, "n2");
  await write(page, "Build it");
  await expect(code(page)).toHaveValue(SEED.replace("Build container image", "Build it"));
  await code(page).fill(SEED.replace("Push to registry", "Ship it"));
  await expect(node(page, "n3")).toContainText("Ship it");
  await choose(page, "n3");
  await page.locator("#design-lane").selectOption({ label: "Monitoring" });
  await expect(code(page)).toHaveValue(/Monitoring \{ # Monitoring\n(.*\n)*n3: rectangle label:"Ship it"/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(code(page)).toHaveValue(SEED);
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await expect(node(page, "n2")).toContainText("Build it");
});

test("nodes are dragged to lanes, lines drawn from sides, several chosen by a frame", async ({ page }) => {
  await goToDesign(page);
  const from = await node(page, "n2").boundingBox();
  const lane = await drawing(page).getByRole("button", { name: "Lane MONITORING" }).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, lane.y + lane.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(code(page)).toHaveValue(/Trigger automatic rollback"\nn2: rectangle/);
  await node(page, "n1").press("Control+z");
  await expect(code(page)).toHaveValue(SEED);

  const one = await node(page, "n2").boundingBox();
  const other = await node(page, "n7").boundingBox();
  await node(page, "n2").hover();
  await page.mouse.move(one.x + one.width / 2, one.y + one.height - 5);
  await page.mouse.down();
  await page.mouse.move(other.x + other.width / 2, other.y + 8, { steps: 5 });
  await page.mouse.up();
  await expect(code(page)).toHaveValue(/n2\.handle\(bottom\) -> CanaryController\.n7\.handle\(top\)/);
});

/** Every statement of a text, without its ids: what is left when order and ids do not count. */
function meaning(text) {
  const labels = new Map([...text.matchAll(/^(n\d+): (\w+) label:"(.*)"$/gm)].map(([, id, shape, label]) => [id, `${shape} ${label}`]));
  const edges = [...text.matchAll(/^(?:\w+\.)?(n\d+)\.handle\((\w+)\) -> (?:\w+\.)?(n\d+)\.handle\((\w+)\)(.*)$/gm)];
  return {
    nodes: [...labels.values()].sort(),
    edges: edges.map(([, from, at, to, side, label]) => `${labels.get(from)} ${at} -> ${labels.get(to)} ${side}${label}`).sort(),
    lanes: [...text.matchAll(/# (.*)$/gm)].map(([, name]) => name),
  };
}

/** What the seed is made of: lanes with their nodes, and edges by labels. */
function parts(text) {
  const lanes = text.split("}\n").filter((part) => part.includes("{")).map((part) => ({
    name: part.match(/# (.*)/)[1],
    nodes: [...part.matchAll(/^(n\d+): (\w+) label:"(.*)"$/gm)].map(([, id, shape, label]) => ({ id, shape, label })),
  }));
  const edges = [...text.matchAll(/^(n\d+)\.handle\((\w+)\) -> (?:\w+\.)?(n\d+)\.handle\((\w+)\)(?: \[label="(.*)"\])?$/gm)];
  return { lanes, edges: edges.map(([, from, fromSide, to, toSide, label]) => ({ from, fromSide, to, toSide, label })) };
}

const SHAPES = { rectangle: "Step", diamond: "Gate", circle: "Start or end" };

/** Builds the seed's diagram from nothing; `press` activates a button, `set` a choice. */
async function build(page, press, choose, set) {
  const { lanes, edges } = parts(SEED);
  for (const [place, lane] of lanes.entries()) {
    await press(page.getByRole("group", { name: "New" }).getByRole("button", { name: "Lane", exact: true }));
    await choose(drawing(page).locator(".canvas-lane-head").nth(place));
    await write(page, lane.name);
    for (const { shape, label } of lane.nodes) {
      await choose(drawing(page).locator(".canvas-lane-head").nth(place));
      await press(page.getByRole("group", { name: "New" }).getByRole("button", { name: SHAPES[shape], exact: true }));
      await write(page, label);
    }
  }
  for (const { from, fromSide, to, toSide, label } of edges) {
    await choose(node(page, from));
    await set(page.locator("#design-connect"), to);
    await press(side(page).getByRole("button", { name: "Connect", exact: true }));
    await press(side(page).locator(".design-ways button").last());
    await set(page.locator("#design-from-side"), fromSide);
    await set(page.locator("#design-to-side"), toSide);
    if (label !== undefined) await write(page, label);
  }
}

const ways = {
  "the keyboard alone": {
    press: async (it) => {
      await it.focus();
      await it.press("Enter");
    },
    set: async (it, value) => {
      await it.focus();
      const found = await it.locator("option").allTextContents();
      const at = found.findIndex((words) => words === value || words.startsWith(`${value} `));
      await it.press("Home");
      for (let step = 0; step < at; step += 1) await it.press("ArrowDown");
    },
  },
  "the mouse alone": {
    press: (it) => it.click(),
    set: async (it, value) => {
      const found = await it.locator("option").allTextContents();
      await it.selectOption({ index: found.findIndex((words) => words === value || words.startsWith(`${value} `)) });
    },
  },
};

for (const [name, { press, set }] of Object.entries(ways)) {
  test(`the seed is built from an empty drawing with ${name}`, async ({ page }) => {
    // Some two hundred acts, one after the other.
    test.setTimeout(600_000);
    await goToDesign(page);
    await code(page).fill("");
    await expect(drawing(page).locator(".canvas-node")).toHaveCount(0);
    await build(page, press, press, set);
    expect(meaning(await code(page).inputValue())).toEqual(meaning(SEED));
  });
}

for (const theme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    test(`the designer is clean in ${theme} at ${width} pixels`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      await open(page);
      await page.goto("./#design");
      await node(page, "n9").focus();
      await page.keyboard.press("Enter");
      await expect(page.locator("#design-label")).toHaveValue("Metrics healthy?");
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations).toEqual([]);
    });
  }
}
