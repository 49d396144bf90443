// A quarrel between neighbours: from the window to the agreement on a secretary's phone, seen from above without a word of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ON_PHONE, follow, leave, menu, press, says, story, unfold } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

const SECRETARY = "zb0010010001-1";
const COMMUNITY = "sq001001";
const COUNTY = "zuzhibu";
const MATTER = "三楼阳台滴水，打湿二楼晾晒的被子，两家吵了几次。";

let demo;
let browser;
let people;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0", HONGQI_QUERIES_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "disputes");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function enlarge(page) {
  await Promise.all([page.waitForNavigation(), page.locator("form[action='/elder'] button:visible").first().click()]);
}

test("neighbours come to an agreement on a secretary's phone, and nobody above reads a word of it", async () => {
  const secretary = await people.officer(SECRETARY, ON_PHONE);
  await menu(secretary, "矛盾调解");
  await people.shown(secretary, "list-phone");
  await enlarge(secretary);
  await follow(secretary, "登记矛盾纠纷");
  await press(secretary, "登记");
  await says(secretary, "请选择“纠纷类别”");
  await people.shown(secretary, "refused-elder");
  await secretary.selectOption("#f-kind", "neighbours");
  await secretary.check("input[name=origin][value=application]");
  await secretary.locator("[id='f-party.0.name']").fill("何玉兰");
  await secretary.locator("[id='f-party.0.phone']").fill("13900000001");
  await secretary.locator("[id='f-party.1.name']").fill("马建国");
  await secretary.fill("#f-matter", MATTER);
  await press(secretary, "登记");
  await says(secretary, "何**");
  const file = secretary.url();
  await people.shown(secretary, "opened-elder");
  await secretary.check("input[name=consent]");
  await press(secretary, "受理");
  await secretary.fill("#f-venue", "红色议事厅");
  await secretary.fill("#f-present", "何玉兰、马建国、楼栋长");
  await secretary.fill("#f-course", "两家各说了经过，到阳台看了现场。");
  await secretary.fill("#f-result", "马建国愿意接好排水管。");
  await people.shown(secretary, "mediating-elder");
  await press(secretary, "登记这次调解");
  await unfold(secretary, "达成协议");
  await secretary.check("input[name=form][value=written]");
  await secretary.fill("#f-terms", "马建国接好阳台排水管，不再滴水；何玉兰不再追究被子的事。");
  await secretary.locator("[id='f-item.0.text']").fill("马建国接好阳台排水管");
  await people.shown(secretary, "agreement-elder");
  await press(secretary, "登记协议");
  await says(secretary, "请填写“履行事项1的期限”");
  await secretary.locator("[id='f-item.0.due_on']").fill("2023-01-05");
  await press(secretary, "登记协议");
  await says(secretary, "已达成协议，履行中");
  await people.shown(secretary, "agreed-elder");
  const downloading = secretary.waitForEvent("download");
  await secretary.locator("button:has-text('下载调解协议书')").click();
  assert.match((await downloading).suggestedFilename(), /调解协议书.*\.docx/);
  await press(secretary, "查看当事人");
  await says(secretary, "马建国");
  await people.shown(secretary, "parties-elder");
  await leave(secretary);

  const community = await people.officer(COMMUNITY);
  await community.goto(file);
  await says(community, MATTER);
  await people.shown(community, "file-desk");
  await community.goto(`${demo.address}/disputes?show=open`);
  await people.shown(community, "list-desk");
  await leave(community);

  const county = await people.officer(COUNTY);
  await county.goto(file);
  await says(county, "调解内容保密");
  assert.ok(!(await county.locator("body").innerText()).includes("滴水"), "the county reads no word of it");
  await people.shown(county, "file-county");
  await county.goto(`${demo.address}/disputes`);
  await people.shown(county, "list-county");
  await county.goto(`${demo.address}/disputes/counts`);
  await people.shown(county, "counts-county");
  await leave(county);
});
