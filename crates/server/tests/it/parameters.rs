//! The editor of parameters through HTTP: the score sheet grows and shrinks without scripts.

use domain::permission::OfficeKind;

use crate::{
    review::borrowed,
    selection::parameter_fields,
    stories,
    world::{World, county},
};

stories!(items_are_added_and_removed_and_the_sum_is_kept);

async fn items_are_added_and_removed_and_the_sum_is_kept(world: &World) {
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/parameters/2022").await.expect(200).says("合计").says("name=\"new_code.1\"");
    // A2 has 5 points: without it the sheet has 95.
    let mut fields = parameter_fields();
    fields.retain(|(name, _)| name != "item.A2");
    fields.extend([("item.A2".to_owned(), String::new()), ("item_name.A2".to_owned(), String::new())]);
    let refused = officer.post("/parameters/2022", &borrowed(&fields)).await.expect(422);
    refused.says("满分之和应为 100 分，现在是 95 分");
    let with = |extra: &[(&str, &str)]| {
        let extra = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        [fields.clone(), extra.collect()].concat()
    };
    let half = with(&[("new_code.1", "X1"), ("new_name.1", "志愿服务")]);
    let refused = officer.post("/parameters/2022", &borrowed(&half)).await.expect(422);
    refused.says("编号应为 A、B 或 C").says("请填写新增项目的满分").says("value=\"志愿服务\"");
    let twice = with(&[("new_code.1", "A1"), ("new_name.1", "志愿服务"), ("new_item.1", "5")]);
    officer.post("/parameters/2022", &borrowed(&twice)).await.expect(422).says("评分项目编号有重复");
    let good =
        with(&[("new_code.2", "A8"), ("new_name.2", "志愿服务"), ("new_item.2", "5"), ("new_evidence.2", "时长")]);
    officer.post("/parameters/2022", &borrowed(&good)).await.expect(303);
    let page = officer.get("/parameters/2022").await.expect(200).says("志愿服务").says("name=\"item.A8\"");
    page.does_not_say("name=\"item.A2\"");
}
