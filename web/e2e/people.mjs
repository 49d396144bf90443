// The people of a story: each signs in by typing, works in a browser of their own, and leaves a picture of every step.
import assert from "node:assert/strict";

import { DESK, PHONE, check_page, open_page, picture, screenshot } from "./support.mjs";

const PASSWORD = "hongqi2022";

// A story on the server at `address`; pictures are numbered in the order of its steps.
export function story(browser, address, folder) {
  let number = 0;

  // `guide` names what the picture of the user guide is to show: the page from its top, or from an element on.
  async function shown(page, name, { is_checked = true, guide } = {}) {
    number += 1;
    await screenshot(page, `${folder}/${String(number).padStart(2, "0")}-${name}`);
    if (guide) await picture(page, name, guide);
    if (is_checked) await check_page(page);
  }

  // A visitor with a phone or at a desk.
  async function visitor(options = {}) {
    const page = await open_page(browser, { viewport: DESK, ...options });
    await page.goto(address);
    return page;
  }

  // An officer who signs in by name and password.
  async function officer(login, options = {}) {
    const page = await visitor(options);
    await page.goto(`${address}/sign-in`);
    await page.fill("#f-name", login);
    await page.fill("#f-password", PASSWORD);
    await press(page, "登录");
    assert.equal(new URL(page.url()).pathname, "/desk", `${login} is signed in`);
    return page;
  }

  // The demo's own bar is how time passes.
  async function move_to(day) {
    const page = await visitor();
    await page.fill(".demo-date input[name=to]", day);
    await press(page, "前往");
    await leave(page);
  }

  return { shown, visitor, officer, move_to };
}

export const ON_PHONE = { viewport: PHONE, hasTouch: true };

export async function leave(page) {
  await page.context().close();
}

// Presses a button of the page and waits for what comes.
export async function press(page, words) {
  await Promise.all([page.waitForNavigation(), page.locator(`button:visible:has-text("${words}")`).last().click()]);
}

// Follows a link of the page.
export async function follow(page, words) {
  await Promise.all([page.waitForNavigation(), page.locator(`a:visible:has-text("${words}")`).first().click()]);
}

// Opens an entry of the menu, which is folded on a phone.
export async function menu(page, words) {
  const folded = page.locator(".menu-phone > summary");
  if (await folded.isVisible()) await folded.click();
  await Promise.all([page.waitForNavigation(), page.locator(`nav[aria-label="主菜单"] a:visible:has-text("${words}")`).first().click()]);
}

// Unfolds what stands behind a summary.
export async function unfold(page, words) {
  await page.locator(`summary:visible:has-text("${words}")`).first().click();
}

export async function says(page, words) {
  const text = await page.locator("body").innerText();
  assert.ok(text.includes(words), `${page.url()} does not say “${words}”:\n${text.slice(0, 1500)}`);
}
