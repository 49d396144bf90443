// What residents have to say: without scripts, on a phone, in 长辈版; and up the four levels by time alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ON_PHONE, leave, press, says, story } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

const PLAIN = { ...ON_PHONE, javaScriptEnabled: false };
const POSTER = "/voices/at/5304270010010001";
const SECRETARY = "zb0010010001-1";

let demo;
let browser;
let people;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0", HONGQI_QUERIES_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "voices");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// Without scripts nothing can be run in the page, axe included; officers open the same pages with scripts.
const shown = (page, name) => people.shown(page, name, { is_checked: false });

async function enlarge(page) {
  await Promise.all([page.waitForNavigation(), page.locator("form[action='/elder'] button:visible").first().click()]);
}

// Speaks as a resident who scanned the poster; answers with the code.
async function speak(page, text) {
  await page.goto(demo.address + POSTER);
  await page.fill("#f-text", text);
  await page.check("input[name=kind][value=help]");
  await page.selectOption("#f-topic", "facilities");
  await press(page, "提交");
  await says(page, "已收到您反映的情况");
  return page.locator("strong.code").textContent();
}

// The officer's page of what begins with `text`.
async function open_voice(page, text) {
  await page.goto(`${demo.address}/voice-desk?show=all`);
  await Promise.all([page.waitForNavigation(), page.locator("td a", { hasText: text }).first().click()]);
}

test("a resident without scripts speaks, is not content and has it done again", async () => {
  const resident = await people.visitor(PLAIN);
  await enlarge(resident);
  const code = await speak(resident, "三栋楼道灯坏了，老人上下楼看不见。");
  await shown(resident, "receipt");
  await press(resident, "查看办理进度");
  await says(resident, "已收到，等待受理");

  let officer = await people.officer(SECRETARY, ON_PHONE);
  await people.shown(officer, "desk");
  await open_voice(officer, "三栋楼道灯坏了");
  await people.shown(officer, "voice");
  await press(officer, "受理");
  await says(officer, "办理中");
  await officer.fill("#f-proof", "换了新灯。");
  await press(officer, "办结");
  await people.shown(officer, "done");
  await leave(officer);

  await resident.goto(`${demo.address}/voices/follow`);
  await resident.fill("#f-code", code);
  await press(resident, "查询");
  await says(resident, "办得怎么样，您说了算");
  await shown(resident, "rate");
  await resident.check("input[name=solved][value=no]");
  await resident.check("input[name=satisfaction][value=bad]");
  await press(resident, "提交评价");
  await says(resident, "居民不满意");
  await resident.fill("#f-reason", "还是不亮");
  await press(resident, "要求重办");
  await says(resident, "居民要求重办，已交上一级");
  await says(resident, "五桂社区");
  await shown(resident, "reopened");

  officer = await people.officer("sq001001", ON_PHONE);
  await open_voice(officer, "三栋楼道灯坏了");
  await press(officer, "签收，本级办理");
  await says(officer, "办理中");
  await leave(officer);
});

test("a voice goes up through all four levels by time alone", async () => {
  const resident = await people.visitor(ON_PHONE);
  const code = await speak(resident, "下水道堵了，没有人管。");
  // 20 December 2022 is a Tuesday: each level has until 24:00 of the next working day.
  for (const [day, desk] of [["2022-12-22", "五桂社区"], ["2022-12-24", "桂山街道"], ["2022-12-27", "新平彝族傣族自治县"]]) {
    await people.move_to(day);
    await resident.goto(`${demo.address}/voices/follow`);
    const is_there = async () => {
      await resident.fill("#f-code", code);
      await press(resident, "查询");
      return (await resident.locator("dl.facts dd").first().textContent()) === desk;
    };
    let tries = 0;
    while (!(await is_there())) {
      tries += 1;
      assert.ok(tries < 15, `on ${day} it should lie at ${desk}: ${await resident.locator("main").textContent()}`);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await resident.goto(`${demo.address}/voices/follow`);
    }
  }
  await says(resident, "逾期未办，已交上一级");
  await people.shown(resident, "escalated");
  await resident.goto(`${demo.address}${POSTER}/list`);
  await people.shown(resident, "neighbours");
  const officer = await people.officer("zuzhibu");
  await officer.goto(`${demo.address}/voice-desk/rates`);
  await people.shown(officer, "rates");
});
