// A year of one branch, from its catalogue to the report to the unit, clicked on a phone by everyone who has a part in it
// (R-PTS-01…09, R-MTG-01…07, R-DUTY-02). Time passes by the demo's own date.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ON_PHONE, follow, leave, menu, press, says, story, unfold } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

const SECRETARY = "zb0010010001-1";
const COMMITTEE = "zb0010010001-2";
const COMMUNITY = "sq001001";
const COUNTY = "zuzhibu";
const BRANCH = "5304270010010001";
const MEETING = "2023年第一季度支部党员大会";
const ACTIVITY = "春季敬老上门服务";

let demo;
let browser;
let people;
// The member whose year is followed: name, and the address of the page in the roll.
let member;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "year");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function officer(login) {
  return people.officer(login, ON_PHONE);
}

test("the branch drafts a catalogue, and the community checks it", async () => {
  await people.move_to("2023-01-04");
  let page = await officer(SECRETARY);
  await menu(page, "党员积分");
  await follow(page, "积分明细");
  await people.shown(page, "catalogue-in-effect");
  await press(page, "拟制新版本");
  await page.fill("[name='points.P04']", "9");
  await press(page, "保存");
  await says(page, "没有办成");
  await people.shown(page, "catalogue-refused");
  await page.fill("[name='points.P04']", "0.8");
  await press(page, "保存");
  await people.shown(page, "year-catalogue", { guide: "body" });
  await press(page, "提交社区审核");
  await says(page, "社区审核");
  await leave(page);

  page = await officer(COMMUNITY);
  await follow(page, "积分明细");
  await people.shown(page, "catalogue-check");
  await press(page, "审核通过");
  await leave(page);
});

test("a general meeting is announced, held and voted, and the catalogue takes effect", async () => {
  let page = await officer(SECRETARY);
  await menu(page, "支部会议");
  await follow(page, "召集会议");
  await page.check("input[name=kind][value=general]");
  await page.fill("#f-title", MEETING);
  await page.fill("#f-date", "2023-01-09");
  await page.fill("#f-time", "09:00");
  await page.fill("#f-venue", "党群活动室");
  await page.locator("[name='topic.0.title']").fill("通过2023年度党员积分明细");
  await page.locator("[name='topic.0.matter']").selectOption({ label: "积分明细" }, { force: true });
  await people.shown(page, "meeting-new");
  await press(page, "保存");
  await press(page, "发出通知");
  await leave(page);

  await people.move_to("2023-01-09");
  page = await officer(SECRETARY);
  await menu(page, "支部会议");
  await follow(page, MEETING);
  const present = await page.locator("td[data-label='到会情况'] select").count();
  await page.locator("input[name^='yes']").fill(String(present + 1));
  await page.locator("input[name^='no']").fill("0");
  await page.locator("input[name^='abstained']").fill("0");
  await page.fill("#f-summary", "逐项讨论积分明细，进行表决。");
  await press(page, "登记");
  await says(page, "没有办成");
  await people.shown(page, "meeting-too-many-votes");
  const [, voters] = /有表决权的 (\d+) 人/.exec(await page.locator("main").innerText());
  await page.locator("input[name^='yes']").fill(voters);
  await press(page, "登记");
  await says(page, "通过");
  await people.shown(page, "year-meeting", { guide: "body" });
  await menu(page, "党员积分");
  await follow(page, "积分明细");
  await page.locator("select[name=resolution]").selectOption(await page.locator("select[name=resolution] option:has-text('2023')").first().getAttribute("value"), { force: true });
  await people.shown(page, "catalogue-adopt");
  await press(page, "确定生效");
  await says(page, "起执行");
  await leave(page);
});

test("a member comes in by a link, signs up, serves, and the points are approved", async () => {
  let page = await officer(SECRETARY);
  await menu(page, "活动");
  await follow(page, "组织活动");
  await page.locator("select[name=kind]").selectOption("service", { force: true });
  await page.fill("#f-title", ACTIVITY);
  await page.fill("#f-date", "2023-02-18");
  await page.fill("#f-time", "09:00");
  await page.fill("#f-hours", "2.5");
  await page.fill("#f-venue", "3栋活动室");
  await people.shown(page, "activity-new");
  await press(page, "保存");
  await press(page, "发布");
  await leave(page);

  page = await officer(SECRETARY);
  await menu(page, "党员名册");
  await page.selectOption("#f-service", "in_service", { force: true });
  await press(page, "查询");
  const first = page.locator("td[data-label='姓名'] a").nth(4);
  member = { name: (await first.innerText()).trim(), href: await first.getAttribute("href") };
  await Promise.all([page.waitForNavigation(), first.click()]);
  member.unit = (await page.locator("dt:has-text('单位党支部') + dd").innerText()).replace(/党支部$/, "");
  await press(page, "发放一次性登录链接");
  const link = (await page.locator(".poster .small").innerText()).trim();
  await leave(page);

  const own = await people.visitor(ON_PHONE);
  await own.goto(new URL(new URL(link).pathname, demo.address).href);
  await press(own, "进入");
  await says(own, member.name);
  await people.shown(own, "year-home", { guide: "body" });
  await follow(own, ACTIVITY);
  await press(own, "我要报名");
  await people.shown(own, "member-signed-up");

  await people.move_to("2023-02-20");
  page = await officer(SECRETARY);
  await follow(page, ACTIVITY);
  const line = page.getByLabel(`${member.name}到场`, { exact: true });
  if (!(await line.isChecked())) await line.check();
  await page.fill("#f-text", "上门慰问独居老人 6 户。");
  await people.shown(page, "year-sum-up", { guide: "form[data-guard]" });
  await press(page, "总结并提出计分");
  await leave(page);

  page = await officer(COMMITTEE);
  await menu(page, "党员积分");
  await says(page, member.name);
  await people.shown(page, "points-waiting");
  await press(page, "审核通过");
  await leave(page);

  await own.goto(`${demo.address}/me/points`);
  await says(own, "1 分");
  await people.shown(own, "year-points", { guide: "body" });
  await unfold(own, "有异议，提出申诉");
  await own.locator("details[open] textarea").fill("当天实际服务了 4 小时，请核对签到表。");
  await press(own, "提交申诉");
  await says(own, "申诉");
  await leave(own);
});

test("the community decides the appeal and what the committee may not, and the unit gives its score", async () => {
  let page = await officer(COMMUNITY);
  await follow(page, "申诉");
  await people.shown(page, "appeal");
  await page.locator("input[name=outcome]").last().check();
  await page.fill("#f-points", "1.6");
  await page.fill("#f-answer", "签到表为 4 小时，予以调整。");
  await press(page, "确定处理结果");
  await says(page, "予以调整");
  // What the committee member proposed or gains by is the community's to approve (R-PTS-06).
  await page.goto(`${demo.address}/points/2023/places/${BRANCH}`);
  await people.shown(page, "points-waiting-above");
  await press(page, "审核通过");
  await leave(page);

  page = await people.officer(COUNTY);
  await menu(page, "单位积分");
  await follow(page, "2023");
  await follow(page, member.unit);
  await page.locator(`tr:has(input[aria-label="${member.name}的得分"]) input[name^='max']`).fill("120");
  await page.getByLabel(`${member.name}的得分`, { exact: true }).fill("130");
  await press(page, "登记");
  await says(page, "超过满分");
  await page.getByLabel(`${member.name}的得分`, { exact: true }).fill("90");
  await press(page, "登记");
  await people.shown(page, "year-unit-scores", { guide: "body" });
  await leave(page);
});

test("the county closes, settles and reports the year", async () => {
  await people.move_to("2024-01-16");
  const page = await people.officer(COUNTY);
  await page.goto(`${demo.address}/points-years/2023`);
  await people.shown(page, "points-year-open");
  await unfold(page, "截止本年度计分");
  await press(page, "确认截止");
  await unfold(page, "结算");
  await press(page, "开始结算");
  for (let tries = 0; (await page.locator("button:has-text('反馈各单位和支部')").count()) === 0; tries += 1) {
    assert.ok(tries < 60, "the year is settled within a minute");
    await page.waitForTimeout(1_000);
    await page.reload();
  }
  await people.shown(page, "year-settled", { guide: "body" });
  await press(page, "反馈各单位和支部");
  await leave(page);

  const secretary = await officer(SECRETARY);
  await secretary.goto(`${demo.address}${member.href.replace(/^\/memberships\//, "/points/2023/members/")}`);
  await says(secretary, "历次结算");
  await says(secretary, "90");
  await people.shown(secretary, "member-settled");
  await leave(secretary);
});
