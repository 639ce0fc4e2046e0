import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-background-networking"] });
for (const [scheme,w,h] of [["light",1440,900],["dark",1440,900],["light",390,844]]) {
  const ctx = await b.newContext({ viewport: { width:w, height:h }, colorScheme: scheme });
  const p = await ctx.newPage();
  p.on("console", m => { if (m.type()==="error") console.log("console", m.text()); });
  p.on("pageerror", e => console.log("pageerror", String(e)));
  await p.goto("http://127.0.0.1:8211/");
  await p.getByRole("button", { name: "Play", exact: true }).waitFor();
  await p.waitForTimeout(600);
  const n = `/tmp/appshots/${scheme}-${w}`;
  if (w<800) await p.getByRole("button", { name: "Break it", exact: true }).last().click();
  await p.getByRole("button", { name: "Failure library" }).click();
  await p.waitForTimeout(400);
  await p.screenshot({ path: `${n}-lib.png` });
  await p.getByRole("button", { name: "One-endpoint bug" }).click();
  await p.waitForTimeout(300);
  await p.locator(".fault-row summary").first().click();
  await p.waitForTimeout(300);
  await p.screenshot({ path: `${n}-row.png` });
  if (w>800) {
  const t = p.getByRole("button", { name: "Truth" });
  if (await t.count()) await t.click();
  } else { await p.getByRole("button", { name: "Run", exact: true }).last().click(); const t = p.getByRole("button", { name: "Truth" }); if (await t.count()) await t.click(); }
  await p.getByRole("button", { name: "Jump to the end" }).click();
  await p.waitForTimeout(1200);
  await p.screenshot({ path: `${n}-truth.png`, fullPage: false });
  await ctx.close();
}
await b.close();
