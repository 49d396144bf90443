// The core flows without scripts, on a phone, in 长辈版: every form is a form, every step a page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { attach, begin, fill_draft } from "./application.mjs";
import { ON_PHONE, follow, leave, menu, press, says, story } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

const PLAIN = { ...ON_PHONE, javaScriptEnabled: false };
// A branch of 五桂社区 that has not applied in 2022.
const BRANCH = { login: "zb0010010005-1", name: "祥和公馆党支部" };

let demo;
let browser;
let people;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "plain");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// Without scripts nothing can be run in the page, axe included; the same pages are checked in the other stories.
const shown = (page, name) => people.shown(page, name, { is_checked: false });

// In large letters from here on.
async function enlarge(page) {
  await Promise.all([page.waitForNavigation(), page.locator("form[action='/elder'] button:visible").first().click()]);
  assert.match(await page.locator("html").getAttribute("class"), /\belder\b/);
}

test("a secretary applies and a community passes on", async () => {
  let page = await people.officer(BRANCH.login, PLAIN);
  await enlarge(page);
  await shown(page, "desk");
  await begin(page);
  await fill_draft(page, { lost: 2 });
  await press(page, "保存草稿");
  await attach(page);
  await page.fill("[name='score.A2']", "一百");
  await press(page, "提交给社区");
  await says(page, "没有办成");
  assert.equal(await page.inputValue("[name='score.A2']"), "一百", "what was typed stays");
  await shown(page, "refused");
  await page.fill("[name='score.A2']", "５");
  await press(page, "提交给社区");
  await says(page, "已提交，待社区把关");
  await shown(page, "submitted");
  await leave(page);

  page = await people.officer("sq001001", PLAIN);
  await menu(page, "待办");
  await follow(page, `核查${BRANCH.name}`);
  for (const box of await page.locator("input[name=materials]").all()) await box.check();
  await page.fill("#f-reason", "材料齐全，同意上报。");
  await press(page, "通过，报街道");
  await says(page, "社区通过，待街道审核");
  await leave(page);
});

test("a resident objects and asks how it stands", async () => {
  const later = await start_demo({ today: "2023-01-16" });
  const there = story(browser, later.address, "plain-resident");
  const page = await there.visitor(PLAIN);
  await enlarge(page);
  await follow(page, "2022年度县级");
  await follow(page, "我要提出异议");
  await press(page, "提交");
  await says(page, "没有办成");
  await there.shown(page, "refused", { is_checked: false });
  await page.fill("#f-text", "小区北门垃圾清运不及时 🙏 <b>请核实</b>");
  await page.locator("input[name=is_named][value=no]").check();
  await press(page, "提交");
  await says(page, "异议已收到");
  const code = await page.locator("strong.code").innerText();
  await there.shown(page, "receipt", { is_checked: false });
  await follow(page, "查询办理进度");
  await page.fill("#f-code", code.toLowerCase());
  await press(page, "查询");
  await says(page, "收到时间");
  await there.shown(page, "query", { is_checked: false });
  await leave(page);
  await later.stop();
});
