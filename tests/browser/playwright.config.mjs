// The page as it ships: the release build in dist/, served as any static host would, under a folder of its own.
import { defineConfig } from "@playwright/test";

const port = 8123;

export default defineConfig({
  testDir: "specs",
  // The page is measured against a clock nowhere; generous, for slow and shared machines.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    // Each test meets the page for the first time; what is kept for visits without a network has a spec of its own.
    serviceWorkers: "block",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
  webServer: {
    command: `npx sirv ../../dist --port ${port} --host 127.0.0.1 --quiet`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
