// Every page that a menu leads to, and the first thing listed on each, seen by one of each kind of office: each page must
// answer, be accessible, fit a narrow phone and load without a complaint of the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESK, PHONE, check_page, launch_browser, open_page, screenshot, start_demo } from "./support.mjs";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([start_demo(), launch_browser()]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// One click per office, as the sign-in page of the demo offers it.
async function enter(page, office) {
  await page.goto(`${demo.address}/sign-in`);
  await Promise.all([page.waitForURL((url) => url.pathname === "/desk"), page.click(`.demo-office[value="${office}"]`)]);
}

// One office of each kind, in the order of the sign-in page.
async function offices_of(page) {
  await page.goto(`${demo.address}/sign-in`);
  const all = await page.$$eval(".demo-office", (buttons) => buttons.map((button) => ({ id: button.value, kind: button.querySelector(".muted").textContent, title: button.textContent.trim() })));
  return all.filter(({ kind }, index) => all.findIndex((other) => other.kind === kind) === index);
}

// Addresses within the site; what is fetched as a file is not a page.
function links(page, selector) {
  return page.$$eval(selector, (found) => [...new Set(found.filter((link) => !/\.(xlsx|docx)|export|template/.test(link.href)).map((link) => link.getAttribute("href")))].filter((href) => href.startsWith("/")));
}

async function visit(page, path, name) {
  const answer = await page.goto(demo.address + path);
  assert.equal(answer.status(), 200, `${path} answered ${answer.status()}`);
  assert.ok(await page.title(), `${path} has no title`);
  assert.equal(await page.locator("main h1").count(), 1, `${path} has not one h1`);
  await screenshot(page, `walk/${name}${path.replaceAll(/[0-9a-f-]{36}/g, "one").replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60)}`);
  await check_page(page);
}

// The menu, then the first thing of each list; without the pages that were `seen` before.
async function walk(page, name, seen = new Set()) {
  // Everybody's own desk is another one.
  seen.delete("/desk");
  for (const path of ["/desk", "/messages", "/account", ...(await links(page, ".menu a"))]) {
    if (seen.has(path)) continue;
    seen.add(path);
    await visit(page, path, name);
    const [first] = (await links(page, "main table tbody a, main .list a, main .todo a")).filter((href) => !seen.has(href));
    if (!first) continue;
    seen.add(first);
    await visit(page, first, name);
  }
}

test("every office can walk its menu", async (suite) => {
  const page = await open_page(browser, { viewport: DESK });
  const offices = await offices_of(page);
  assert.ok(offices.length > 5, "the demo offers its offices");
  for (const [index, { id, title }] of offices.entries()) {
    await suite.test(title, async () => {
      const own = await open_page(browser, { viewport: DESK });
      await enter(own, id);
      await walk(own, `office-${index + 1}`);
      await own.context().close();
    });
  }
});

// 长辈版, by the switch on the page.
async function enlarge(page) {
  await Promise.all([page.waitForNavigation(), page.click("form[action='/elder'] button")]);
  assert.match(await page.getAttribute("html", "class"), /\belder\b/);
}

test("every office walks its menu on a phone, in large letters", async (suite) => {
  const page = await open_page(browser, { viewport: PHONE, hasTouch: true });
  // What an earlier office has walked looks the same to the next one; what is listed first on it does not.
  const seen = new Set();
  for (const [index, { id, title }] of (await offices_of(page)).entries()) {
    await suite.test(title, async () => {
      const own = await open_page(browser, { viewport: PHONE, hasTouch: true });
      await enter(own, id);
      await enlarge(own);
      await walk(own, `elder-${index + 1}`, seen);
      await own.context().close();
    });
  }
});

async function walk_portal(page, name) {
  await visit(page, "/sign-in", name);
  for (const path of await links(page, ".portal-menu a")) {
    await visit(page, path, name);
    const [first] = await links(page, "main table tbody a, main .list a");
    if (first) await visit(page, first, name);
  }
}

test("the sign-in page, and what its menu leads to, need no sign-in", async () => {
  const page = await open_page(browser, { viewport: PHONE, hasTouch: true });
  await walk_portal(page, "public");
  await page.context().close();
});

test("the portal can be read in large letters", async () => {
  const page = await open_page(browser, { viewport: PHONE, hasTouch: true });
  await page.goto(demo.address);
  await enlarge(page);
  await walk_portal(page, "public-elder");
  await page.context().close();
});
