//! Registers of owners through HTTP: imported, typed in, sent back, and what is wrong with them.

use domain::permission::OfficeKind;
use jiff::civil::date;
use office::workbook::Workbook;

use crate::{
    client::Client,
    owner_votes::{BRANCH, COMMUNITY, ROWS, compound, do_it, fields, import, prepared, workbook},
    stories,
    world::{World, code},
};

stories!(what_is_wrong_with_a_register_is_told_at_its_cells, a_register_is_typed_in_and_sent_back);

async fn what_is_wrong_with_a_register_is_told_at_its_cells(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let compound = compound(&mut secretary).await;
    let refused = secretary.post("/owner-polls/new", &[("title", "换电梯")]).await.expect(422);
    refused.says("请选择“小区”").says("请填写“表决内容”").says("value=\"换电梯\"");
    let backwards = fields(&compound, &[("closes_on", "2022-11-01")]);
    secretary.post("/owner-polls/new", &backwards).await.expect(422).says("不能早于");
    let register = secretary.post("/owner-polls/new", &fields(&compound, &[])).await.expect(303).location;
    let poll = register.trim_end_matches("/register");
    let template = secretary.get(&format!("{register}/template.xlsx")).await.expect(200);
    Workbook::read(&template.body).expect("a workbook");
    secretary.post(&format!("{register}/import"), &[]).await.expect(422).says("请选择名册");
    let upload = async |secretary: &mut Client, rows: &[[&str; 7]]| {
        let file = ("file", "名册.xlsx", &workbook(rows)[..]);
        secretary.upload(&format!("{register}/import"), &[], file).await
    };
    let wrong = [
        ["3栋", "101", "住宅", "一百", "李小明", "个人", ""],
        ["3栋", "", "别墅", "100", "", "个人", "139"],
        ["3栋", "102", "住宅", "-5", "赵六一", "集体", ""],
    ];
    let refused = upload(&mut secretary, &wrong).await.expect(422);
    refused.says("不是数字").says("别墅").says("没有填").says("面积应大于 0").says("集体").says("没有导入");
    let doubtful = [
        ["3栋", "101", "住宅", "100", "李小明", "个人", "13900000001"],
        ["3栋", "102", "住宅", "100", "李小明", "个人", ""],
        ["3栋", "101", "住宅", "100", "赵六一", "个人", ""],
    ];
    upload(&mut secretary, &doubtful).await.expect(422).says("分不清是不是同一人").says("出现了两次");
    secretary.get(&register).await.expect(200).says("名册还是空的");
    secretary.post(&format!("{poll}/freeze"), &[]).await.expect(422).says("请先录入或导入名册");

    // Areas that do not add up.
    let preview = upload(&mut secretary, &ROWS[..6]).await.expect(200).says("将要导入").says("5 <small>人");
    preview.does_not_say("李小明").does_not_say("面积合计和应有的");
    let preview = upload(&mut secretary, &ROWS[..5]).await.expect(200).says("少 100.00 平方米");
    let version = preview.between("name=\"version\" value=\"", "\"");
    let confirm = format!("{register}/import/confirm");
    secretary.post(&confirm, &[("version", "0")]).await.expect(409);
    secretary.post(&confirm, &[("version", &version)]).await.expect(303);
    secretary.post(&confirm, &[("version", &version)]).await.expect(422).says("请重新上传");
    let refused = secretary.post(&format!("{poll}/freeze"), &[]).await.expect(422);
    refused.says("面积合计 500.00 平方米，应为 600.00 平方米，少 100.00 平方米");
    import(&mut secretary, poll, ROWS).await;
    world.set_date(date(2022, 11, 8));
    secretary.post(&format!("{poll}/freeze"), &[]).await.expect(422).says("最早 2022年11月24日");
}

async fn a_register_is_typed_in_and_sent_back(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let poll = prepared(&mut secretary, &[]).await;
    let typed = |room: &'static str, area: &'static str, names: &'static str, phone: &'static str| {
        let (building, usage, kind) = (("building", "3栋"), ("usage", "home"), ("kind", "person"));
        vec![building, ("room", room), usage, ("area", area), kind, ("names", names), ("phone", phone), ("key", "")]
    };
    let add = format!("{poll}/register/units");
    secretary.post(&add, &typed("101", "90", "吴九", "")).await.expect(422).says("出现了两次").says("value=\"吴九\"");
    secretary.post(&add, &typed("301", "0", "吴九", "")).await.expect(422).says("大于 0");
    secretary.post(&add, &typed("301", "x", "吴九", "12")).await.expect(422).says("最多两位小数").says("联系电话");
    secretary.post(&add, &typed("301", "90", "吴九", "")).await.expect(303);
    let page = secretary.get(&poll).await.expect(200).says("690.00").says("应有 600.00");
    page.does_not_say("吴九");
    let register = secretary.get(&format!("{poll}/register")).await.expect(200).says("吴*");
    let drop =
        register.text().rsplit("/register/units/").next().and_then(|it| it.split('"').next()).expect("it").to_owned();
    secretary.post(&format!("{add}/{drop}"), &[]).await.expect(303);
    let edit = secretary.get(&format!("{poll}/edit")).await.expect(200);
    let version = edit.between("name=\"version\" value=\"", "\"");
    let compound = compound(&mut secretary).await;
    let mut changed = fields(&compound, &[("title", "更换两部电梯")]);
    changed.push(("version", "0"));
    secretary.post(&format!("{poll}/edit"), &changed).await.expect(409);
    changed.pop();
    changed.push(("version", &version));
    secretary.post(&format!("{poll}/edit"), &changed).await.expect(303);

    do_it(&mut secretary, &poll, "freeze", &[]).await;
    secretary.post(&add, &typed("401", "90", "吴九", "")).await.expect(422).says("名册已经冻结");
    secretary.post(&format!("{poll}/announce"), &[]).await.expect(403);
    world.visitor().get(&poll.replace("owner-polls", "owner-votes")).await.expect(404);
    community.get("/messages").await.expect(200).says("更换两部电梯");
    community.get("/desk").await.expect(200).says("核对业主表决：更换两部电梯");
    community.post(&format!("{poll}/return"), &[("back", "")]).await.expect(422).says("请填写“退回原因”");
    do_it(&mut community, &poll, "return", &[("back", "5栋102面积有误")]).await;
    secretary.get(&poll).await.expect(200).says("社区退回：5栋102面积有误").says("准备中");
    do_it(&mut secretary, &poll, "freeze", &[]).await;
    // The community is late: fewer than fifteen days are left.
    world.set_date(date(2022, 11, 9));
    community.post(&format!("{poll}/announce"), &[]).await.expect(422).says("至少满 15 天");
}
