import { chromium } from "@playwright/test";
import { readdirSync } from "node:fs";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--allow-file-access-from-files"] });
const p = await b.newPage({ viewport:{width:1800,height:1130}});
const fs=readdirSync("/tmp/appshots/gallery").sort();
const {writeFileSync}=await import("node:fs");
for(let k=0;k<24;k+=6){ writeFileSync("/tmp/appshots/s.html", `<body style="margin:0;display:grid;grid-template-columns:1fr 1fr 1fr;gap:4px">`+fs.slice(k,k+6).map(f=>`<img style="width:100%" src="gallery/${f}">`).join("")+`</body>`); await p.goto("file:///tmp/appshots/s.html"); await p.waitForTimeout(500); await p.screenshot({path:`/tmp/appshots/sheet${k/6}.png`}); }
await b.close();
