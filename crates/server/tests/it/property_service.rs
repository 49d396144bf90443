//! Supervision of the property company: its contract, checks of its duties, and the appraisal of a year by three voices.

use app::voices::{NewVoice, file_voice};
use domain::{
    permission::OfficeKind,
    voice::{VoiceKind, VoiceTopic},
};
use jiff::civil::date;

use crate::{
    points::{client, keepers},
    stories,
    world::{World, code},
};

stories!(a_company_is_checked_and_appraised, what_cannot_be_is_refused_in_words);

const BRANCH: &str = "5304270010010001";
const PAGE: &str = "/property-service/places/5304270010010001";
const YEAR: &str = "/property-service/2022/places/5304270010010001";
const HALL: &str = "/property-hall/5304270010010001";

const CONTRACT: [(&str, &str); 4] = [
    ("company", "新平安居物业服务有限公司"),
    ("starts_on", "2022-01-01"),
    ("ends_on", "2022-12-31"),
    ("duties", "每日清扫楼道\r\n\r\n  门岗 24 小时值守\r\n电梯故障 30 分钟到场"),
];

async fn a_company_is_checked_and_appraised(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let mut community = client(world, &keepers.community).await;
    secretary.get("/property-service").await.expect(303);
    secretary.get(PAGE).await.expect(200).says("还没有登记物业服务合同");
    world.visitor().get(HALL).await.expect(200).says("还没有登记物业服务合同");
    secretary.post(&format!("{PAGE}/contract"), &CONTRACT).await.expect(303);
    secretary.get(PAGE).await.expect(200).says("门岗 24 小时值守").says("2022年1月1日至2022年12月31日");
    secretary.get("/desk").await.expect(200).says("物业服务合同快到期");

    // What is checked stands beside what was promised, and everybody reads it.
    let contract = secretary.get(PAGE).await.expect(200).between("name=\"contract\" value=\"", "\"");
    let check = |on: &'static str, result: &'static str, words: &'static str| {
        [("contract", contract.as_str()), ("duty", "1"), ("checked_on", on), ("result", result), ("words", words)]
    };
    let checks = format!("{PAGE}/checks");
    secretary.post(&checks, &check("2022-11-06", "unmet", "夜间门岗无人")).await.expect(303);
    secretary.post(&checks, &check("2022-11-07", "partly", "只有一人值守")).await.expect(303);
    // The next contract waits for its day; what was checked stays with this one.
    let mut next = CONTRACT;
    (next[0].1, next[1].1, next[2].1, next[3].1) = ("新平安和物业", "2023-01-01", "2024-12-31", "清扫");
    secretary.post(&format!("{PAGE}/contract"), &next).await.expect(303);
    secretary.get("/desk").await.expect(200).does_not_say("物业服务合同快到期");
    secretary.get(PAGE).await.expect(200).says("新平安和物业，2023年1月1日至2024年12月31日").says("门岗 24 小时值守");
    secretary.get(PAGE).await.expect(200).says("夜间门岗无人").says("只有一人值守");
    world.visitor().get(HALL).await.expect(200).says("基本达标").says("只有一人值守").does_not_say("夜间门岗无人");
    let list = community.get("/property-service/places/530427001001").await.expect(200);
    list.says("新平安居物业服务有限公司").says("没有登记合同");
    community.get("/property-service/places/530427001001/companies.xlsx").await.expect(200);
    community.get(PAGE).await.expect(200).does_not_say("登记检查</summary>");

    // What is said of the company is counted when its time is over, and nothing else.
    let branch = code(BRANCH);
    for topic in [VoiceTopic::Property, VoiceTopic::Noise] {
        let new = NewVoice {
            branch: branch.clone(),
            compound: None,
            spot: "3栋".to_owned(),
            kind: VoiceKind::Complaint,
            topic,
            text: "门岗睡觉".to_owned(),
            name: String::new(),
            phone: String::new(),
            same: None,
            photos: Vec::new(),
            once: String::new(),
        };
        file_voice(&world.system(), new).await.expect("taken in");
    }
    secretary.get(PAGE).await.expect(200).says("物业服务类诉求应办结 0 件");

    // The year is appraised: residents over the net and at the window, the branch, the owners' committee.
    let open = [("year", "2022"), ("rates_until", "2022-11-20")];
    secretary.post(&format!("{PAGE}/appraisals"), &open).await.expect(303);
    secretary.post(&format!("{PAGE}/appraisals"), &open).await.expect(422).says("考评已经开始");
    let last = [("year", "2021"), ("rates_until", "2022-11-20")];
    secretary.post(&format!("{PAGE}/appraisals"), &last).await.expect(422).says("2022 年的考评还没有公布");
    world.visitor().get(HALL).await.expect(200).says("我来评价").says("到 2022年11月20日 为止");
    for said in ["very_good", "good", "good", "fair"] {
        let saying = [("year", "2022"), ("said", said), ("remark", "电梯还是老坏")];
        world.visitor().post(HALL, &saying).await.expect(303);
    }
    let told = [("said", "bad"), ("channel", "window"), ("remark", "")];
    secretary.post(&format!("{YEAR}/saying"), &told).await.expect(303);
    let sayings = "收到 5 份：很满意 1，满意 2，基本满意 1，不太满意 0，不满意 1；不足 30 份，不计满意度指数";
    secretary.get(PAGE).await.expect(200).says(sayings).says("电梯还是老坏");
    community.get(PAGE).await.expect(200).says(sayings).does_not_say("电梯还是老坏");
    secretary.post(&format!("{YEAR}/publish"), &[]).await.expect(422).says("截止以后再公布");
    world.set_date(date(2022, 11, 21));
    world.visitor().post(HALL, &[("year", "2022"), ("said", "bad")]).await.expect(422).says("现在不是居民评价的时间");
    secretary.get("/desk").await.expect(200).says("公布2022年物业服务考评结果");
    secretary.post(&format!("{YEAR}/publish"), &[]).await.expect(422).says("小区党支部的考评等次");
    let finding = |version: &'static str, committee: &'static str| {
        [
            ("version", version),
            ("branch_grade", "good"),
            ("branch_words", "门岗值守要加强"),
            ("committee_grade", committee),
            ("committee_words", "清扫及时"),
        ]
    };
    let find = format!("{YEAR}/finding");
    // The committee's paper may come later.
    let [version, grade, words, ..] = finding("0", "");
    secretary.post(&find, &[version, grade, words, ("committee_grade", "")]).await.expect(303);
    let publish = format!("{YEAR}/publish");
    secretary.post(&publish, &[("version", "1")]).await.expect(422).says("请先登记业主委员会的考评等次");
    secretary.post(&find, &finding("1", "none")).await.expect(303);
    secretary.get(PAGE).await.expect(200).says("没有业主委员会");
    secretary.post(&find, &finding("0", "excellent")).await.expect(409);
    secretary.post(&find, &finding("2", "excellent")).await.expect(303);
    world.visitor().get(HALL).await.expect(200).does_not_say("门岗值守要加强");
    secretary.post(&publish, &[("version", "2")]).await.expect(409);
    secretary.post(&publish, &[("version", "3")]).await.expect(303);
    let public = world.visitor().get(HALL).await.expect(200).says("门岗值守要加强").says("优秀").says(sayings);
    public.says("物业服务类诉求应办结 1 件，按时办结 0 件；请物业协办应答复 0 次").does_not_say("电梯还是老坏");
    secretary.post(&find, &finding("4", "bad")).await.expect(422).says("考评结果已经公布");
    community.get("/property-service/places/530427001001").await.expect(200).says("2022年：支部良好，业委会优秀");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn what_cannot_be_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let contract = format!("{PAGE}/contract");
    let with = |field: &'static str, value: &'static str| {
        CONTRACT.map(|(name, was)| (name, if name == field { value } else { was }))
    };
    secretary.post(&contract, &with("ends_on", "2021-12-31")).await.expect(422).says("应晚于开始日期").says("新平安居");
    secretary.post(&contract, &with("duties", "  ")).await.expect(422).says("每行一项");
    secretary.post(&contract, &with("duties", "清扫\n清扫")).await.expect(422).says("“清扫”写了两次");
    secretary.post(&contract, &with("company", "")).await.expect(422).says("请填写“物业服务企业”").says("每日清扫楼道");
    let open = [("year", "2022"), ("rates_until", "2022-11-20")];
    secretary.post(&format!("{PAGE}/appraisals"), &open).await.expect(422).says("请先登记");
    secretary.post(&contract, &CONTRACT).await.expect(303);
    let of = secretary.get(PAGE).await.expect(200).between("name=\"contract\" value=\"", "\"");
    let check = |duty: &'static str, on: &'static str| {
        [("contract", of.as_str()), ("duty", duty), ("checked_on", on), ("result", "met"), ("words", "")]
    };
    secretary.post(&format!("{PAGE}/checks"), &check("0", "2022-11-08")).await.expect(422).says("不晚于今天");
    secretary.post(&format!("{PAGE}/checks"), &check("", "2022-11-06")).await.expect(422).says("请选择“检查哪一项”");
    secretary.post(&format!("{PAGE}/checks"), &check("9", "2022-11-06")).await.expect(404);
    let early = [("year", "2020"), ("rates_until", "2022-11-20")];
    secretary.post(&format!("{PAGE}/appraisals"), &early).await.expect(422).says("只能考评 2022 年或上一年");
    let short = [("year", "2022"), ("rates_until", "2022-11-09")];
    secretary.post(&format!("{PAGE}/appraisals"), &short).await.expect(422).says("2022年11月14日 到");
    secretary.post(&format!("{YEAR}/publish"), &[]).await.expect(422).says("还没有开始");
    world.visitor().post(HALL, &[("year", "2022"), ("said", "good")]).await.expect(422).says("还没有开始");
    world.visitor().post(HALL, &[("year", "二零"), ("said", "good")]).await.expect(404);
    let mut stranger = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    stranger.get(PAGE).await.expect(404);
    stranger.post(&contract, &CONTRACT).await.expect(404);
    let mut community = client(world, &keepers.community).await;
    community.post(&contract, &CONTRACT).await.expect(403);
}
