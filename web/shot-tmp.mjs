import { chromium } from 'playwright-core';
const [,, base, kind, out, width, ...paths] = process.argv;
const b = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args:['--no-sandbox'] });
const c = await b.newContext({ viewport: { width: +width, height: 900 } });
const p = await c.newPage();
await p.goto(base + '/sign-in');
const html = await p.content();
if (kind !== '-') { await p.click(`button:has-text("${kind}")`); await p.waitForLoadState(); }
let i = 0;
for (const path of paths) { await p.goto(base + path); await p.screenshot({ path: `${out}-${i++}.png`, fullPage: true }); console.log(p.url(), await p.title()); }
await b.close();
