// The page from any folder of any static host, and without one once it has been there.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { toTheEnd } from "./page.mjs";

test.use({ serviceWorkers: "allow" });

const dist = new URL("../../../dist", import.meta.url).pathname;
const FOLDER = "/some/deep/folder/";

/** What any static host knows of names; nothing of Wasm. */
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** A static host that serves the page under a folder; `changed` are files of another build. */
async function host(port = 0) {
  const changed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const name = pathname.startsWith(FOLDER) ? pathname.slice(FOLDER.length) || "index.html" : "";
    const file = join(dist, name);
    if (name === "" || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const kind = KINDS[extname(name)];
    response.writeHead(200, kind === undefined ? {} : { "content-type": kind });
    if (changed.has(name)) response.end(changed.get(name));
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}${FOLDER}`, changed, stop };
}

/** Visits the page; returns what must stay empty. */
async function visit(page, address) {
  const trouble = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  await page.goto(address);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  return trouble;
}

/** The name of the build that answers this page, once it does. */
async function kept(page) {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys()).filter((name) => name !== "coalmine ledger");
  });
}

test("after one visit the page opens and runs without its host", async ({ page }) => {
  const at = await host();
  const trouble = await visit(page, at.address);
  const before = await toTheEnd(page);
  const hash = await page.locator("[data-trace]").getAttribute("data-trace");
  expect(await before.textContent()).not.toBe("");
  expect(await kept(page)).toHaveLength(1);
  await at.stop();

  await page.reload();
  await toTheEnd(page);
  await expect(page.locator("[data-trace]")).toHaveAttribute("data-trace", hash);
  // What loads only when somebody goes there was kept, too.
  await page.getByRole("link", { name: "Lab" }).click();
  await expect(page.locator("#lab")).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a new build is kept beside the old one and answers the next visit", async ({ page }) => {
  const at = await host();
  await visit(page, at.address);
  const [old] = await kept(page);
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const worker = readFileSync(join(dist, "sw.js"), "utf8");
  at.changed.set("index.html", html.replace(/<title>.*<\/title>/, "<title>Another build</title>"));
  at.changed.set("sw.js", worker.replace(/coalmine [0-9a-f]{16}/, "coalmine 0123456789abcdef"));

  // This visit is still answered from what was kept, and the browser learns of the new build.
  await page.reload();
  await expect(page).not.toHaveTitle("Another build");
  await expect.poll(() => kept(page)).toEqual([old, "coalmine 0123456789abcdef"]);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(async () => {
      await page.reload();
      return page.title();
    })
    .toBe("Another build");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await at.stop();
});

test("where nothing can be kept the page works all the same", async ({ page }) => {
  const at = await host();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "serviceWorker", { value: undefined });
  });
  const trouble = await visit(page, at.address);
  expect(trouble).toEqual([]);
  await at.stop();
});
