import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-background-networking"] });
for (const scheme of (process.argv[2]||"light,dark").split(",")) for (const [w,h] of [[1440,900],[390,844]]) {
  const ctx = await b.newContext({ viewport: { width:w, height:h }, colorScheme: scheme });
  const p = await ctx.newPage();
  p.on("console", m => { if (m.type()==="error"||m.type()==="warning") console.log("console", m.text()); });
  p.on("pageerror", e => console.log("pageerror", String(e)));
  await p.goto("http://127.0.0.1:8201/");
  await p.getByRole("link", { name: "Lab" }).click();
  const t0=Date.now();
  await p.locator(".lab-progress p").filter({ hasText: "rollouts" }).first().waitFor({timeout:60000});
  console.log("first", Date.now()-t0);
  await p.waitForTimeout(1000);
  const n = `${scheme}-${w}`;
  await p.screenshot({ path: `/tmp/shots/lab-${n}-0run.png` });
  await p.locator(".lab-progress p").filter({ hasText: / in / }).waitFor({timeout:120000});
  console.log(await p.locator(".lab-progress p").innerText());
  await p.waitForTimeout(200);
  await p.screenshot({ path: `/tmp/shots/lab-${n}-1done.png` });
  await p.locator(".lab-found").evaluate(e => e.scrollTo(0, 10000)); await p.evaluate(()=>window.scrollTo(0,1200));
  await p.waitForTimeout(200);
  await p.screenshot({ path: `/tmp/shots/lab-${n}-2down.png` });
  await ctx.close();
}
await b.close();
