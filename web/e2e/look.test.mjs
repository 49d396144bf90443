// Looks at the page with every macro on it (written by `cargo test -p platform`) at a desk, on phones, in 长辈版 and on paper.
import assert from "node:assert/strict";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";

import { DESK, NARROW, PHONE, check_page, launch_browser, no_sideways_scroll, open_page, output, root, screenshot } from "./support.mjs";

const KINDS = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
// The policy that the server sends.
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

let server;
let browser;
let address;

// The sample page may be older than the bundle: its names are taken without their hash.
function asset_of(path) {
  const manifest = JSON.parse(readFileSync(join(root, "web/dist/manifest.json"), "utf8"));
  return join(root, "web/dist", manifest[path.slice(8).replace(/-[0-9a-f]{10}\./, ".")] || "missing");
}

function serve_files(request, response) {
  const path = normalize(new URL(request.url, "http://x").pathname);
  const file = path.startsWith("/assets/") ? asset_of(path) : join(output, "look", path);
  if (!existsSync(file) || !extname(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": KINDS[extname(file)], "content-security-policy": POLICY });
  createReadStream(file).pipe(response);
}

before(async () => {
  assert.ok(existsSync(join(output, "look/plain.html")), "no sample page: run cargo test -p platform first");
  server = createServer(serve_files);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await launch_browser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const mode of ["plain", "elder", "elder-xl"]) {
  for (const [name, viewport] of Object.entries({ desk: DESK, phone: PHONE, narrow: NARROW })) {
    test(`${mode} at ${name}`, async () => {
      const page = await open_page(browser, { viewport, hasTouch: viewport !== DESK });
      await page.goto(`${address}/${mode}.html`);
      await screenshot(page, `look/${mode}-${name}`);
      await check_page(page);
      await page.context().close();
    });
  }
}

test("nothing is lost without scripts", async () => {
  const page = await open_page(browser, { javaScriptEnabled: false, viewport: PHONE });
  await page.goto(`${address}/plain.html`);
  await page.click(".menu-phone > summary");
  assert.ok(await page.isVisible(".menu-phone a"), "the menu unfolds");
  assert.ok(await page.isVisible(".chart-table td"), "the numbers of the charts are there");
  assert.ok(!(await page.isVisible("[data-print]")), "what needs scripts is away");
  await screenshot(page, "look/plain-without-scripts");
  await page.context().close();
});

// Targets: 44 px on a phone, 60 px in 长辈版. Links within sentences and boxes within their label are measured by those.
for (const [mode, least] of [["plain", 44], ["elder", 60]]) {
  test(`targets of ${mode} are ${least} px`, async () => {
    const page = await open_page(browser, { viewport: PHONE, hasTouch: true });
    await page.goto(`${address}/${mode}.html`);
    const small = await page.evaluate((least) => {
      const targets = document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea, label.choice");
      const is_inline = (target) => target.matches("p a, dd a, .skip, [type=checkbox], [type=radio], .ts-control *, .ts-wrapper select, .tomselected, .sort");
      return Array.from(targets)
        .filter((target) => !is_inline(target) && target.offsetParent && target.getBoundingClientRect().height < least - 0.5)
        .map((target) => `${Math.round(target.getBoundingClientRect().height)} px: ${target.outerHTML.slice(0, 120)}`);
    }, least);
    assert.deepEqual(small, []);
    await page.context().close();
  });
}

test("it prints", async () => {
  const page = await open_page(browser, { viewport: DESK });
  await page.goto(`${address}/plain.html`);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.isVisible(".top")), "the frame stays on the screen");
  await screenshot(page, "look/plain-print");
  await no_sideways_scroll(page, { width: 700, height: 1000 });
  await page.context().close();
});

test("drafts are saved and told", async () => {
  const page = await open_page(browser);
  let sent;
  await page.route("**/x", (route) => (sent = route.request().postData()) && route.fulfill({ status: 200, contentType: "application/json", body: '{"version":4}' }));
  await page.goto(`${address}/plain.html`);
  await page.fill("#f-brand", "红色议事亭");
  await page.waitForSelector(".saved:has-text('已保存')");
  assert.match(sent, /^autosave=on&.*brand=/);
  assert.equal(await page.inputValue("input[name=version]"), "4");
  await page.context().close();
});

test("a file over the limit is told before it is sent", async () => {
  const page = await open_page(browser);
  await page.goto(`${address}/plain.html`);
  await page.evaluate(() => (document.querySelector("#f-photo").dataset.most = String(1024 * 1024)));
  await page.setInputFiles("#f-photo", { name: "大图.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(2 * 1024 * 1024) });
  const words = await page.textContent("#f-photo + .field-error");
  assert.match(words, /“大图.jpg”有 2.0 MB，超过 1 MB 的上限/);
  await page.context().close();
});
