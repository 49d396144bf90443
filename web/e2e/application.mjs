// The steps of an application from the branch to the street, as people click and type them.
import { follow, menu, press, says, unfold } from "./people.mjs";

// One black point; what an attachment is, is decided by its content.
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

export async function begin(page) {
  await menu(page, "申报列表");
  await press(page, "开始申报");
}

// Fills the form as far as the reader of it wants; `lost` points are taken off the first item.
export async function fill_draft(page, { lost = 0 } = {}) {
  const rows = page.locator("form[data-autosave] tbody tr");
  for (let index = 0; index < (await rows.count()); index += 1) {
    const most = Number(await rows.nth(index).locator("td[data-label='满分']").innerText());
    await rows.nth(index).locator("input.cell").fill(String(index === 0 ? most - lost : most));
  }
  await page.fill("[name='evidence.A4']", "全年组织活动 14 次，有记录和签到表");
  await page.fill("#f-deeds", "支部牵头，业委会、物业和居民共同商议，全年解决漏水、停车等问题 23 件，件件有回音。");
  for (const box of await page.locator("input[type=checkbox][name^='veto.']").all()) await box.check();
  await page.fill("#f-opinion", "经支部党员大会讨论，同意申报。");
  await page.fill("#f-contact", "支部书记");
  await page.selectOption("#f-appraisal", { label: "优秀" });
}

export async function attach(page, item = "A4") {
  await page.selectOption("select[name=item]", item, { force: true });
  await page.setInputFiles("input[type=file]", { name: "签到表.png", mimeType: "image/png", buffer: PICTURE });
  await press(page, "上传附件");
  await says(page, "签到表.png");
}

export async function withdraw(page, reason) {
  await unfold(page, "撤回申报");
  await page.fill("details[open] [name=reason]", reason);
  await press(page, "确认撤回");
}

// One assessor's sheet: full points, less `lost` on the first item.
export async function assess(page, name, { lost = 0 } = {}) {
  await menu(page, "申报列表");
  await follow(page, name);
  await follow(page, "填写实地评估");
  const rows = page.locator("form tbody tr");
  for (let index = 0; index < (await rows.count()); index += 1) {
    const most = Number(await rows.nth(index).locator("td[data-label='满分']").innerText());
    await rows.nth(index).locator("input.cell").fill(String(index === 0 ? most - lost : most));
  }
  await page.fill("#f-notes", "实地查看公共区域，走访居民五户，查阅台账和议事会纪要。");
}
