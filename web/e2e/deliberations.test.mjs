// A matter of a compound: raised on a secretary's phone, and residents say what they think on a narrow phone without scripts.
import { after, before, test } from "node:test";

import { ON_PHONE, follow, leave, menu, press, says, story } from "./people.mjs";
import { NARROW, launch_browser, start_demo } from "./support.mjs";

const SECRETARY = "zb0010010001-1";
const COMMUNITY = "sq001001";
const TITLE = "儿童游乐区更换地垫";

let demo;
let browser;
let people;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0", HONGQI_QUERIES_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "deliberations");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function enlarge(page) {
  await Promise.all([page.waitForNavigation(), page.locator("form[action='/elder'] button:visible").first().click()]);
}

test("a matter is raised on a phone, and a resident without scripts says what they think", async () => {
  const secretary = await people.officer(SECRETARY, ON_PHONE);
  await menu(secretary, "议事");
  await people.shown(secretary, "list-phone");
  await enlarge(secretary);
  await follow(secretary, "提出议题");
  await secretary.fill("#f-title", TITLE);
  await press(secretary, "提出议题");
  await says(secretary, "请选择“类别”");
  await people.shown(secretary, "refused-elder");
  await secretary.fill("#f-text", "地垫老化开裂，孩子容易绊倒。");
  if (await secretary.locator("#f-compound").count()) await secretary.selectOption("#f-compound", { index: 1 });
  await secretary.selectOption("#f-topic", "facilities");
  await secretary.selectOption("#f-vote", "none");
  await secretary.check("input[name=origin][value=residents]");
  await press(secretary, "提出议题");
  await says(secretary, "待受理");
  await people.shown(secretary, "raised-elder");
  await press(secretary, "受理，开始征集意见");
  await says(secretary, "征集居民意见");
  const thread = secretary.url();
  const hall = thread.replace("/deliberations/threads/", "/deliberation-hall/");

  const resident = await people.visitor({ viewport: NARROW, hasTouch: true, javaScriptEnabled: false });
  await resident.goto(hall);
  await press(resident, "提交意见");
  await says(resident, "请填写“您的意见”");
  await resident.fill("#f-words", "换软一点的，边角要压牢。");
  await resident.fill("#f-name", "白阿姨");
  await press(resident, "提交意见");
  await says(resident, "1 条");
  await leave(resident);

  const reader = await people.visitor({ viewport: NARROW, hasTouch: true });
  await reader.goto(hall);
  await people.shown(reader, "hall-narrow");
  await leave(reader);

  await secretary.goto(thread);
  await says(secretary, "换软一点的");
  await press(secretary, "查看是谁提的");
  await says(secretary, "白阿姨");
  await people.shown(secretary, "givers-elder");
  await leave(secretary);

  const community = await people.officer(COMMUNITY);
  await community.goto(thread);
  await says(community, "换软一点的");
  await people.shown(community, "thread-desk");
  await leave(community);
});
