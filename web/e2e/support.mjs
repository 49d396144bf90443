// What the browser tests stand on: a server of their own, a browser, and what must hold on every page.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const output = join(root, "test-output");

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN"];
// The first start of the demo plays two seasons and a year in every branch.
const START_LIMIT = 600_000;

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };
// What 400 % zoom leaves of a desk (WCAG 1.4.10).
export const NARROW = { width: 320, height: 640 };

export async function launch_browser() {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), `no browser at ${executablePath}: apt-get install chromium, or set CHROMIUM`);
  return chromium.launch({ executablePath, args: FLAGS });
}

// Starts the built binary and waits for its address; `stop` ends it.
async function start(data, flags, env) {
  const child = spawn(binary(), ["demo", "--data", data, "--listen", "127.0.0.1:0", ...flags], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address within ${START_LIMIT / 1000} s:\n${said}`)), START_LIMIT);
    const listen = (chunk) => {
      said += chunk;
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("exit", (code) => reject(new Error(`ended with ${code}:\n${said}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  return { address, stop };
}

function binary() {
  const path = process.env.HONGQI_BIN || join(root, "target/debug/hongqi");
  assert.ok(existsSync(path), `no binary at ${path}: cargo build -p server, or set HONGQI_BIN`);
  return path;
}

// The demo county as it is on `today`: made once for each build of the binary, because playing its years takes a minute.
async function county(today) {
  const folder = join(root, "target/e2e-demo", today);
  const mark = join(folder, "made-by");
  const build = String((await stat(binary())).mtimeMs);
  if ((await readFile(mark, "utf8").catch(() => "")) === build) return folder;
  await rm(folder, { recursive: true, force: true });
  const { stop } = await start(folder, ["--today", today], {});
  await stop();
  await writeFile(mark, build);
  return folder;
}

// Starts the built binary on a copy of the demo county and a free port; `stop` ends it and removes the copy.
export async function start_demo({ today = "2022-12-20", env = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), "hongqi-e2e-"));
  await cp(await county(today), data, { recursive: true });
  const { address, stop } = await start(data, [], env);
  return { address, stop: () => stop().then(() => rm(data, { recursive: true, force: true })) };
}

// A page that remembers what the browser complained about: errors of scripts and refusals by the content policy.
export async function open_page(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESK, locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

// A refused form answers 422 and a hidden thing 404, which the browser also logs as errors; those are answers, not complaints.
const ANSWERED = /status of 4\d\d/;

export function no_complaints(page) {
  assert.deepEqual(page.complaints.filter((text) => !ANSWERED.test(text)), [], page.url());
}

export async function no_violations(page) {
  await page.evaluate(await readFile(axe, "utf8"));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), tags);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary}`).join("\n")}`);
  assert.deepEqual(told, [], page.url());
}

export async function no_sideways_scroll(page, viewport = NARROW) {
  const before = page.viewportSize();
  await page.setViewportSize(viewport);
  const { wide, culprits } = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const is_beyond = (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !element.closest(".scroll, .visually-hidden");
    const culprits = wide > 0 ? Array.from(document.querySelectorAll("body *")).filter(is_beyond).slice(0, 5) : [];
    return { wide, culprits: culprits.map((element) => element.outerHTML.slice(0, 160)) };
  });
  await page.setViewportSize(before);
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide at ${viewport.width} px:\n${culprits.join("\n")}`);
}

// Everything that must hold on every page.
export async function check_page(page) {
  await no_violations(page);
  await no_sideways_scroll(page);
  no_complaints(page);
}

export async function screenshot(page, name, { is_full = true } = {}) {
  const path = join(output, `${name}.png`);
  await mkdir(join(path, ".."), { recursive: true });
  await page.screenshot({ path, fullPage: is_full });
}

// A picture of the user guide: what the reader has before the eyes, from `from` on. Written anew with UPDATE_DOCS=1 only.
export async function picture(page, name, from) {
  if (!process.env.UPDATE_DOCS) return;
  const path = join(root, "docs/guide/images", `${name}.png`);
  await mkdir(join(path, ".."), { recursive: true });
  await page.locator(from).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
  await page.screenshot({ path });
  await page.evaluate(() => window.scrollTo(0, 0));
}
