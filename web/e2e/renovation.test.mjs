// A renovation goes the whole way on a secretary's phone: raised, talked over, voted on by the owners in vain, voted on again, done.
import { after, before, test } from "node:test";

import { ON_PHONE, follow, leave, press, says, story, unfold } from "./people.mjs";
import { launch_browser, start_demo } from "./support.mjs";

const SECRETARY = "zb0010010001-1";
const COMMUNITY = "sq001001";
const TITLE = "3栋外墙保温改造";
const OWNERS = [
  ["101", "李小明"],
  ["102", "王芳"],
  ["201", "赵六一"],
];
const PARTIES = [
  ["branch", "李书记、王委员"],
  ["committee", "赵主任"],
  ["property", "钱经理"],
  ["residents", "孙桂芳、周大勇、吴小妹"],
];

let demo;
let browser;
let people;
let thread;

before(async () => {
  [demo, browser] = await Promise.all([start_demo({ env: { HONGQI_SIGN_INS_PER_MINUTE: "0", HONGQI_QUERIES_PER_MINUTE: "0" } }), launch_browser()]);
  people = story(browser, demo.address, "renovation");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function as(login, work) {
  const page = await people.officer(login, ON_PHONE);
  await work(page);
  await leave(page);
}

const go = (page, path) => page.goto(path.startsWith("http") ? path : demo.address + path);

// The public page of the matter, for whoever lives there.
async function neighbours_read(words) {
  const page = await people.visitor(ON_PHONE);
  await page.goto(thread.replace("/deliberations/threads/", "/deliberation-hall/"));
  await says(page, words);
  await leave(page);
}

// Neighbours say what they think of what was done, as visitors on their phones.
async function neighbours_rate() {
  const page = await people.visitor(ON_PHONE);
  for (const said of ["good", "good", "good", "fair", "bad"]) {
    await page.goto(thread.replace("/deliberations/threads/", "/deliberation-hall/"));
    await page.check(`input[name=rating][value=${said}]`);
    await press(page, "提交评价");
  }
  await people.shown(page, "rated-phone");
  await leave(page);
}

// Every owner's ballot, taken at the door; who says nothing votes otherwise.
async function vote(page, poll, choices) {
  for (const [index, [room, name]] of OWNERS.entries()) {
    if (!choices[index]) continue;
    await go(page, `${poll}/owners?words=${room}`);
    await Promise.all([page.waitForNavigation(), page.locator("main td a").first().click()]);
    await page.check(`input[name=choice][value=${choices[index]}]`);
    await page.fill("#f-signed_name", name);
    await page.check("input[name=channel][value=door_to_door]");
    await page.fill("#f-collector", "楼栋长老周");
    await press(page, "登记");
  }
}

// An owner shows a card, gets a code, and votes over the net on a phone in large letters.
async function vote_online(poll, [room, name], choice) {
  let code;
  await as(COMMUNITY, async (page) => {
    await go(page, `${poll}/owners?words=${room}`);
    await Promise.all([page.waitForNavigation(), page.locator("main td a").first().click()]);
    await unfold(page, "发放网上投票码");
    await page.check("input[name=proof][value=id_card]");
    await press(page, "已核验，发放投票码");
    code = await page.locator(".poster .code").innerText();
    await people.shown(page, "slip-phone");
  });
  const page = await people.visitor(ON_PHONE);
  await go(page, `/owner-votes/${poll.split("/").pop()}`);
  await Promise.all([page.waitForNavigation(), page.locator("form[action^='/elder'] button:visible").first().click()]);
  await follow(page, "凭投票码网上投票");
  await page.check(`input[name=choice][value=${choice}]`);
  await page.fill("#f-code", code.toLowerCase());
  await page.fill("#f-name", "别的人");
  await press(page, "下一步");
  await says(page, "投票码和姓名对不上");
  await page.fill("#f-name", name);
  await press(page, "下一步");
  await says(page, "请看清楚再投");
  await people.shown(page, "confirm-ballot-phone");
  await press(page, "投出这一票");
  await says(page, "您的选票已收到");
  await leave(page);
}

// The community calls back who was drawn; then the branch counts and publishes.
async function count(poll, result) {
  await as(COMMUNITY, async (page) => {
    await go(page, `${poll}/calls`);
    await press(page, "随机抽取");
    const waiting = page.locator("section:has(.badge:has-text('待回访'))");
    while (await waiting.count()) {
      await waiting.first().locator("input[name=result][value=confirmed]").check();
      await Promise.all([page.waitForNavigation(), waiting.first().locator("button").click()]);
    }
    await people.shown(page, "calls-phone");
  });
  await as(SECRETARY, async (page) => {
    await go(page, poll);
    await press(page, "计票");
    await says(page, result);
    await people.shown(page, "counted-phone");
    await press(page, "公布结果");
  });
}

// Ties the vote to the matter and goes by its result.
async function go_by(page, poll) {
  await go(page, thread);
  await page.check(`input[name=poll][value="${poll.split("/").pop()}"]`);
  await press(page, "关联这次表决");
  await press(page, "按业主表决结果办理");
}

test("a renovation is raised, and the branch has its opinion", async () => {
  await as(SECRETARY, async (page) => {
    await go(page, "/deliberations/new");
    await page.fill("#f-title", TITLE);
    await page.fill("#f-text", "外墙渗水，用维修资金加做保温层，预算 30 万元。");
    if (await page.locator("#f-compound").count()) await page.selectOption("#f-compound", { index: 1 });
    await page.selectOption("#f-topic", "fund");
    await page.selectOption("#f-vote", "fund_use");
    await page.check("input[name=origin][value=residents]");
    await press(page, "提出议题");
    thread = page.url();
    await page.fill("#f-until", "2022-12-24");
    await press(page, "受理，开始征集意见");
    await people.shown(page, "views-phone");
    await go(page, "/meetings/places/5304270010010001");
    await follow(page, "召集会议");
    await page.check("input[name=kind][value=general]");
    await page.fill("#f-title", "讨论外墙改造的支部党员大会");
    await page.fill("#f-date", "2022-12-26");
    await page.fill("#f-time", "09:00");
    await page.fill("#f-venue", "党群活动室");
    await page.locator("[name='topic.0.title']").fill(TITLE);
    await page.locator("[name='topic.0.matter']").selectOption("compound", { force: true });
    await press(page, "保存");
    await press(page, "发出通知");
  });
  await neighbours_read("征集");
  await people.move_to("2022-12-26");
  await as(SECRETARY, async (page) => {
    await go(page, "/meetings/places/5304270010010001");
    await follow(page, "讨论外墙改造");
    // More votes than voters are refused with their number.
    await page.locator("input[name^='yes']").fill("999");
    await page.locator("input[name^='no']").fill("0");
    await page.locator("input[name^='abstained']").fill("0");
    await page.fill("#f-summary", "同意改造，按规定由业主表决。");
    await press(page, "登记");
    const [, voters] = /有表决权的 (\d+) 人/.exec(await page.locator("main").innerText());
    await page.locator("input[name^='yes']").fill(voters);
    await press(page, "登记");
    await says(page, "通过");
    await go(page, thread);
    await page.locator("input[name=resolution]").last().check();
    await press(page, "登记支部意见");
    await page.fill("#f-session_on", "2022-12-30");
    await page.fill("#f-session_time", "下午3点");
    await page.fill("#f-venue", "红色议事厅");
    await people.shown(page, "announce-phone");
    await press(page, "公示议题");
  });
});

test("the parties agree, and the owners vote it down", async () => {
  await people.move_to("2022-12-30");
  let poll;
  await as(SECRETARY, async (page) => {
    await go(page, thread);
    await page.fill("#f-chair", "李书记");
    for (const [party, names] of PARTIES) {
      await page.locator(`[name='${party}.names']`).fill(names);
      await page.locator(`input[name='${party}.stance'][value=for]`).check();
      await page.locator(`[name='${party}.words']`).fill("同意");
    }
    await page.check("input[name=agreed][value=true]");
    await page.fill("#f-result", "加做外墙保温层，使用维修资金 30 万元。");
    await page.fill("#f-dissent", "无");
    await page.fill("#f-next_owner", "业主委员会");
    await press(page, "登记议事记录");
    await says(page, "待业主表决");
    await people.shown(page, "agreed-phone");
    await go(page, "/owner-polls/new");
    await page.selectOption("#f-compound", { index: 1 });
    await page.fill("#f-title", TITLE);
    await page.selectOption("#f-matter", "fund_use", { force: true });
    await page.fill("#f-text", "同意使用维修资金 30 万元加做外墙保温层。");
    await page.fill("#f-convener", "阳光里小区业主委员会");
    await page.check("input[name=nature][value=named]");
    await page.check("input[name=parking][value=not_counted]");
    await page.fill("#f-declared_area", "300");
    await page.fill("#f-opens_on", "2023-01-16");
    await page.fill("#f-closes_on", "2023-01-22");
    await press(page, "保存");
    poll = page.url().replace(/\/register$/, "");
    for (const [room, name] of OWNERS) {
      await unfold(page, "录入一套");
      await page.fill("#f-building", "3栋");
      await page.fill("#f-room", room);
      await page.fill("#f-area", "100");
      await page.fill("#f-names", name);
      await press(page, "录入");
    }
    await go(page, poll);
    await press(page, "冻结名册，提交社区");
  });
  await as(COMMUNITY, async (page) => {
    await go(page, poll);
    await press(page, "核对无误，公告");
  });
  await people.move_to("2023-01-17");
  await as(SECRETARY, (page) => vote(page, poll, ["against", "against", "for"]));
  await people.move_to("2023-01-23");
  await count(poll, "未通过");
  await as(SECRETARY, async (page) => {
    await go_by(page, poll);
    await says(page, "业主表决的结果是“未通过”");
    await people.shown(page, "voted-down-phone");
    await go(page, poll);
    await press(page, "准备再次表决");
  });
});

test("the owners vote again, it passes, and it is done in sight of everybody", async () => {
  let poll;
  await as(SECRETARY, async (page) => {
    await go(page, "/owner-polls");
    await follow(page, TITLE);
    poll = page.url();
    await go(page, `${poll}/edit`);
    await page.fill("#f-opens_on", "2023-02-08");
    await page.fill("#f-closes_on", "2023-02-20");
    await press(page, "保存");
    await go(page, poll);
    await press(page, "冻结名册，提交社区");
  });
  await as(COMMUNITY, async (page) => {
    await go(page, poll);
    await press(page, "核对无误，公告");
  });
  await people.move_to("2023-02-09");
  await as(SECRETARY, (page) => vote(page, poll, [null, "for", "against"]));
  await vote_online(poll, OWNERS[0], "for");
  await people.move_to("2023-02-21");
  await count(poll, "通过");
  await as(SECRETARY, async (page) => {
    await go_by(page, poll);
    await says(page, "待公布");
    await page.fill("#f-accounts", "小区公示栏和县维修资金管理中心窗口");
    await press(page, "公布决定");
    await page.fill("#f-progress", "脚手架搭好，开始施工。");
    await press(page, "登记进展");
    await people.shown(page, "under-way-phone");
  });
  await neighbours_read("脚手架搭好");
  await people.move_to("2023-03-20");
  await as(SECRETARY, async (page) => {
    await go(page, thread);
    await page.fill("#f-accepted_by", "业委会和居民代表");
    await page.fill("#f-acceptance", "质量合格，墙面不再渗水。");
    await press(page, "登记验收");
    await says(page, "请居民评价");
  });
  await neighbours_rate();
  await people.move_to("2023-03-28");
  await as(SECRETARY, async (page) => {
    await go(page, thread);
    await says(page, "满意率（满意和基本满意）80.0%");
    await page.fill("#f-closing", "以后由物业服务企业管护。");
    await press(page, "办结");
    await says(page, "已办结");
    await people.shown(page, "done-phone");
  });
  await neighbours_read("由业委会和居民代表验收");
});
