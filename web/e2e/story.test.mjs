// The yearly selection from the first draft to the money, clicked and typed by everyone who has a part in it
// (R-SEL-01…19, R-NOT-01…08). Time passes by the demo's own date.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assess, attach, begin, fill_draft, withdraw } from "./application.mjs";
import { ON_PHONE, follow, leave, menu, press, says, story, unfold } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

// A branch of 五桂社区 that has not applied in 2022, and one more that will come too late.
const BRANCH = { login: "zb0010010003-1", name: "凤鸣小区联合党支部" };
const LATE = "zb0010010005-1";
const UNITS = ["jiwei", "zhengfawei", "xuanchuanbu", "pxzhujian", "chengguan", "pxzuzhibu"];

let demo;
let browser;
let people;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "story");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("the branch applies, thinks again, and applies", async () => {
  const page = await people.officer(BRANCH.login);
  await people.shown(page, "branch-desk", { guide: "body" });
  await begin(page);
  await says(page, "已按台账填好支部情况");
  await press(page, "提交给社区");
  await says(page, "没有办成，请看下面的提示");
  await people.shown(page, "branch-refused");
  await fill_draft(page);
  await page.fill("[name='score.A1']", "99");
  await press(page, "保存草稿");
  assert.equal(await page.inputValue("[name='score.A1']"), "99", "what was typed stays");
  await fill_draft(page);
  await press(page, "保存草稿");
  await attach(page);
  await people.shown(page, "branch-draft", { guide: "form[data-autosave]" });
  await press(page, "提交给社区");
  await says(page, "已提交，待社区把关");
  await withdraw(page, "材料要补充");
  await says(page, "已撤回");
  await press(page, "重新申报");
  await fill_draft(page);
  await press(page, "提交给社区");
  await says(page, "第 2 次提交");
  await people.shown(page, "branch-submitted");
  await leave(page);
});

test("the community returns with a reason, then passes on", async () => {
  let page = await people.officer("sq001001");
  await people.shown(page, "community-desk");
  await follow(page, `核查${BRANCH.name}`);
  await press(page, "退回支部");
  await says(page, "没有办成");
  await page.fill("#f-reason", "请补充三方议事会纪要。");
  await people.shown(page, "community-return");
  await press(page, "退回支部");
  await leave(page);

  page = await people.officer(BRANCH.login, ON_PHONE);
  await follow(page, "修改后重新提交");
  await says(page, "请补充三方议事会纪要。");
  await page.fill("[name='evidence.B5']", "三方议事会纪要 4 份");
  await people.shown(page, "branch-phone", { guide: "body" });
  await press(page, "提交给社区");
  await leave(page);

  page = await people.officer("sq001001");
  await follow(page, `核查${BRANCH.name}`);
  for (const box of await page.locator("input[name=materials]").all()) await box.check();
  await page.fill("#f-reason", "材料齐全，情况属实，同意上报。");
  await people.shown(page, "community-check", { guide: "#deed" });
  await press(page, "通过，报街道");
  await says(page, "社区通过，待街道审核");
  await leave(page);
});

test("two assessors look for themselves, and the street screens and ranks", async () => {
  let page = await people.officer("jd001-2");
  await assess(page, BRANCH.name, { lost: 1 });
  await people.shown(page, "street-assess", { guide: "body" });
  await press(page, "保存评估");
  await leave(page);

  page = await people.officer("jd001-1");
  await assess(page, BRANCH.name);
  await press(page, "保存评估");
  await page.fill("#f-reason", "评估扎实，同意初选通过。");
  await people.shown(page, "street-screen");
  await press(page, "初选通过");
  await menu(page, "推荐排名");
  await follow(page, "按建议顺序填入");
  await page.fill("#f-met_on", "2022-12-20");
  await page.fill("#f-record", "党工委会议听取评估汇报，集体研究，一致同意推荐。");
  const empty = page.locator("input[name^='rank.']").nth(11);
  await empty.fill("12");
  await press(page, "核对并上报推荐名单");
  await says(page, "没有办成");
  assert.equal(await page.locator("input[name^='rank.']").nth(11).inputValue(), "12", "what was typed stays");
  await people.shown(page, "street-over-quota");
  await page.locator("input[name^='rank.']").nth(11).fill("");
  await press(page, "核对并上报推荐名单");
  await says(page, "还没有上报");
  await people.shown(page, "street-confirm", { guide: "body" });
  await press(page, "确认上报");
  await says(page, BRANCH.name);
  await people.shown(page, "street-summary", { guide: "body" });
  await leave(page);

  page = await people.officer("jd002-1");
  await menu(page, "推荐排名");
  await follow(page, "按建议顺序填入");
  await page.fill("#f-met_on", "2022-12-20");
  await page.fill("#f-record", "党工委会议研究，一致同意推荐。");
  await press(page, "核对并上报推荐名单");
  await press(page, "确认上报");
  await leave(page);
});

test("who comes after the deadline is told so", async () => {
  await people.move_to("2023-01-04");
  const page = await people.officer(LATE);
  await menu(page, "申报列表");
  await says(page, "街道已于2022年12月20日上报推荐名单");
  assert.equal(await page.locator("button:has-text('开始申报')").count(), 0, "nobody is led into a form for nothing");
  await people.shown(page, "branch-too-late");
  await leave(page);
});

test("the panel's units answer one by one", async () => {
  for (const [index, unit] of UNITS.entries()) {
    const page = await people.officer(unit);
    await menu(page, "评选组意见");
    if (index === 0) {
      await page.locator("label:has-text('不同意')").first().click();
      await press(page, "没有选择的都填“同意”并保存");
      await says(page, "没有办成");
      await page.locator("textarea[name^='reason.']").first().fill("该小区有一件信访事项正在处理，建议再核实。");
      await people.shown(page, "panel-unit", { guide: "body" });
    }
    await press(page, "没有选择的都填“同意”并保存");
    await leave(page);
  }
});

test("the county checks vetoes, gives its opinions and consults", async () => {
  await people.move_to("2023-01-05");
  let page = await people.officer("zuzhibu");
  await people.shown(page, "county-desk", { guide: "body" });
  await menu(page, "评选总览");
  await people.shown(page, "county-overview", { guide: "body" });
  await menu(page, "初步意见");
  await people.shown(page, "county-preliminary");
  const waiting = await page.locator("main tbody tr td:nth-child(2) a").allInnerTexts();
  assert.equal(waiting.length, 20, "eleven and nine were recommended");
  let explained = 0;
  for (const [index, name] of waiting.entries()) {
    await menu(page, "初步意见");
    await follow(page, name);
    await press(page, "没有选择的都记“未发现”并保存");
    await page.locator("label.choice:has-text('通过')").first().click();
    if (index === 0) await people.shown(page, "county-opinion", { guide: "body" });
    await press(page, "提出初步意见");
    // Whoever passes over a unit that is against says what the panel found.
    if (await page.locator("text=提出“通过”的意见要写明").count()) {
      explained += 1;
      await people.shown(page, "county-opinion-unexplained");
      await page.fill("#f-reason", "信访事项已办结，经研究不影响评选。");
      await press(page, "提出初步意见");
    }
  }
  assert.equal(explained, 1, "one unit was against one branch");
  await menu(page, "征求意见");
  await press(page, "登记发出征求意见");
  await people.shown(page, "county-consultation");
  await leave(page);

  await people.move_to("2023-01-09");
  page = await people.officer("zuzhibu");
  await menu(page, "征求意见");
  const asked = await page.locator("summary:has-text('登记回复')").count();
  assert.ok(asked > 5, "the members of the standing committee were asked");
  for (let index = 0; index < asked; index += 1) {
    await unfold(page, "登记回复");
    await page.locator("details[open] main label:has-text('无意见'), main details[open] label:has-text('无意见')").first().click();
    await page.locator("main details[open] [name=replied_on]").fill("2023-01-09");
    await press(page, "保存");
  }
  await says(page, "全部登记完毕");
  await leave(page);
});

test("the standing committee decides, and the notice goes out", async () => {
  await people.move_to("2023-01-10");
  let page = await people.officer("changwei");
  await menu(page, "常委会审定");
  for (const choice of await page.locator("input[value=approve]").all()) await choice.check();
  await page.fill("#f-meeting_on", "2023-01-10");
  await press(page, "登记审定结果");
  await says(page, "没有办成");
  await page.fill("#f-minutes_number", "新常纪〔2023〕1号");
  await people.shown(page, "committee-decision", { guide: "body" });
  await press(page, "登记审定结果");
  await says(page, "新常纪〔2023〕1号");
  await leave(page);

  page = await people.officer("zuzhibu");
  await menu(page, "公示");
  await page.fill("#f-phone", "");
  await press(page, "保存草稿");
  await page.fill("#f-phone", "0877-7011234");
  await press(page, "保存草稿");
  await says(page, "2023年1月17日 24:00 结束");
  await people.shown(page, "county-notice", { guide: "body" });
  await press(page, "发布公示");
  await people.shown(page, "county-published");
  await leave(page);
});

test("residents read the notice on a phone and object without an account", async () => {
  const page = await people.visitor(ON_PHONE);
  await people.shown(page, "portal-home", { guide: "body" });
  await follow(page, "2022年度县级");
  await people.shown(page, "portal-notice", { guide: "body" });
  await object(page, 3, "申报的议事会次数与实际不符，去年只开过一次，请核实。", { name: "王女士", contact: "13900000001" });
  const code = await page.locator("strong.code").innerText();
  await people.shown(page, "portal-receipt", { guide: "main" });
  await follow(page, "查询办理进度");
  await page.fill("#f-code", "AAAA-BBBB-CCCC-DDDD");
  await press(page, "查询");
  await says(page, "没有查到这个查询码");
  await page.fill("#f-code", code);
  await press(page, "查询");
  await says(page, "收到");
  await people.shown(page, "portal-query");
  await page.goto(demo.address);
  await follow(page, "2022年度县级");
  await object(page, 8, "小区北门垃圾清运不及时，请核实环境卫生得分。");
  await leave(page);
});

// Against the `index`-th of the list; named when a reporter is given.
async function object(page, index, text, reporter) {
  await follow(page, "我要提出异议");
  const [value] = await page.locator("select[name=application] option").nth(index).evaluateAll((options) => options.map((option) => option.value));
  await page.selectOption("select[name=application]", value, { force: true });
  await page.fill("#f-text", text);
  await page.locator(`input[name=is_named][value=${reporter ? "yes" : "no"}]`).check();
  if (reporter) {
    await page.fill("#f-reporter_name", reporter.name);
    await page.fill("#f-reporter_contact", reporter.contact);
  }
  await press(page, "提交");
  await says(page, "异议已收到");
}

test("the verifier finds one objection true and the other not", async () => {
  await people.move_to("2023-01-12");
  const page = await people.officer("hecha");
  await people.shown(page, "verifier-desk");
  for (const finding of ["upheld", "not_upheld"]) {
    await menu(page, "异议");
    await Promise.all([page.waitForNavigation(), page.locator("main tbody tr:has-text('已收到') a, main tbody tr:has-text('待受理') a").last().click()]);
    await press(page, "受理");
    await press(page, "开始核实");
    await page.locator(`input[name=finding][value=${finding}]`).check();
    await page.fill("#f-grounds", "经查阅纪要、现场查看和走访居民五户核实。");
    await people.shown(page, `verifier-${finding}`, finding === "upheld" ? { guide: "body" } : {});
    await press(page, "登记核实结论");
    await page.fill("#f-answer", "感谢反映，核实结果已按规定处理。");
    await press(page, "答复");
  }
  await leave(page);
});

test("the awards take effect after the period, without the one that was disqualified", async () => {
  let page = await people.officer("zuzhibu");
  await menu(page, "红旗小区");
  await follow(page, "2022年度");
  await says(page, "期满后才能认定");
  await leave(page);
  await people.move_to("2023-01-18");
  page = await people.officer("zuzhibu");
  await menu(page, "红旗小区");
  await follow(page, "2022年度");
  assert.equal(await page.locator("input[name=chosen]").count(), 19, "the place of the disqualified stays empty (R-SEL-16)");
  await people.shown(page, "county-confirm", { guide: "body" });
  await press(page, "认定勾选的小区");
  await page.fill("#f-number", "新组通〔2023〕3号");
  await page.fill("#f-issued_on", "2023-01-18");
  await press(page, "登记通报");
  await says(page, "新组通〔2023〕3号");
  await people.shown(page, "county-circular");
  await leave(page);

  page = await people.visitor();
  await follow(page, "评选结果");
  await says(page, "2022年度红旗小区");
  await says(page, "共 19 个");
  await says(page, BRANCH.name);
  await people.shown(page, "portal-results", { guide: "body" });
  await leave(page);
});

test("the money is prepared, approved, paid and received by four people", async () => {
  let page = await people.officer("zuzhibu");
  await menu(page, "补助资金");
  await unfold(page, "安排预算的其他用途");
  const other = page.locator("details[open] input[inputmode=decimal]").first();
  await other.fill("300000.01");
  await press(page, "保存安排");
  await says(page, "没有办成");
  await people.shown(page, "funds-over-budget");
  await menu(page, "补助资金");
  await press(page, "编制并送审");
  await people.shown(page, "funds-prepared");
  await leave(page);

  page = await people.officer("buzhang");
  await menu(page, "补助资金");
  for (const box of await page.locator("input[name=commitment]").all()) await box.check();
  await page.fill("#f-minutes", "部务会〔2023〕2号");
  await people.shown(page, "funds-approve", { guide: "body" });
  await press(page, "审批通过");
  await leave(page);

  page = await people.officer("caiwu");
  await menu(page, "补助资金");
  for (const box of await page.locator("input[name=commitment]").all()) await box.check();
  await page.fill("#f-voucher", "记-2023-0118");
  await page.fill("#f-paid_on", "2023-01-18");
  await press(page, "登记支付");
  await people.shown(page, "funds-paid");
  await leave(page);

  page = await people.officer(BRANCH.login);
  await menu(page, "补助资金");
  await follow(page, BRANCH.name);
  await page.fill("#f-voucher", "收-0001");
  await page.fill("#f-received_on", "2023-01-18");
  await press(page, "确认到账");
  await says(page, "已到账");
  await people.shown(page, "funds-received");
  await leave(page);
});
