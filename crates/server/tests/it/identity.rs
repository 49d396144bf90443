//! Signing in, hats, terms and passwords.

use std::{
    io::{Cursor, Read as _},
    process::Stdio,
};

use domain::permission::OfficeKind;
use jiff::civil::date;
use tokio::io::AsyncWriteExt as _;

use crate::{
    stories,
    world::{PASSWORD, World, code, county},
};

stories!(
    a_visitor_is_sent_to_sign_in_and_back,
    failures_are_delayed_and_do_not_tell_whether_the_name_exists,
    an_office_stops_with_its_term,
    a_first_password_must_be_changed,
    signing_out_everywhere_ends_other_sessions,
    another_site_cannot_post,
    elder_mode_is_remembered,
    a_second_factor_is_asked_for_and_each_code_is_good_once,
    a_lost_phone_does_not_lock_its_owner_out,
    a_telephone_number_is_one_however_it_is_written,
    the_first_administrator_needs_a_password_and_nothing_else,
);

async fn a_visitor_is_sent_to_sign_in_and_back(world: &World) {
    let (login, _) = world.swear_in(OfficeKind::CountyOrgDept, &county()).await;
    let mut client = world.visitor();
    let answer = client.get("/seasons").await.expect(303);
    assert_eq!(answer.location, "/sign-in?next=%2Fseasons");
    let fields = [("name", login.as_str()), ("password", PASSWORD), ("next", "/seasons")];
    assert_eq!(client.post("/sign-in", &fields).await.expect(303).location, "/seasons");
    client.get("/seasons").await.expect(200).says("还没有启动过评选");
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "/desk\r\nSet-Cookie: a=b"] {
        let fields = [("name", login.as_str()), ("password", PASSWORD), ("next", elsewhere)];
        assert_eq!(client.post("/sign-in", &fields).await.expect(303).location, "/desk", "{elsewhere:?}");
    }
    client.post("/sign-out", &[]).await.expect(303);
    client.get("/desk").await.expect(303);
}

async fn failures_are_delayed_and_do_not_tell_whether_the_name_exists(world: &World) {
    let (login, _) = world.swear_in(OfficeKind::Auditor, &county()).await;
    let mut client = world.visitor();
    let known = client.sign_in(&login, "wrong").await.expect(422).says("登录名或密码不对").words();
    let unknown = client.sign_in("nobody", "wrong").await.expect(422).words();
    assert_eq!(known, unknown, "the answers are alike");
    for _ in 0..4 {
        client.sign_in(&login, "wrong").await.expect(422);
    }
    client.sign_in(&login, PASSWORD).await.expect(422).says("密码错误次数过多");
    world.set_date(date(2022, 11, 8));
    client.sign_in(&login, PASSWORD).await.expect(303);
}

async fn an_office_stops_with_its_term(world: &World) {
    let (from, until) = (date(2022, 1, 1), date(2022, 12, 31));
    let (login, _) = world.swear_in_for(OfficeKind::CountyOrgDept, &county(), from, until).await;
    let mut client = world.visitor();
    world.set_date(date(2022, 12, 31));
    client.sign_in(&login, PASSWORD).await.expect(303);
    client.get("/desk").await.expect(200);
    world.set_date(date(2023, 1, 1));
    client.get("/desk").await.expect(303);
    client.sign_in(&login, PASSWORD).await.expect(422).says("没有在任期内的身份");
}

async fn a_first_password_must_be_changed(world: &World) {
    let mut admin = world.officer(OfficeKind::Administrator, &county()).await;
    let fields = [("login", "xinren"), ("name", "新人"), ("phone", "13900000009"), ("new_password", "chushi2022")];
    let account = admin.post("/accounts/new", &fields).await.expect(303).location;
    // Until it has an office it stands apart in the list, where it is found again.
    admin.get("/accounts?q=新人").await.expect(200).says("还没有身份的账号").says(&account);
    let office = [
        ("kind", "street_officer"),
        ("place", "530427001"),
        ("organ", "桂山街道党工委"),
        ("title", "桂山街道党工委 组织委员"),
        ("starts_on", "2022-01-01"),
        ("ends_on", "2024-12-31"),
    ];
    let wrong = [&office[..1], &[("place", "530427")], &office[2..]].concat();
    admin.post(&format!("{account}/offices"), &wrong).await.expect(422).says("街道一级");
    // A place by its name, from the list that the form offers.
    let nowhere = [&office[..1], &[("place", "530427099")], &office[2..]].concat();
    admin.post(&format!("{account}/offices"), &nowhere).await.expect(422).says("没有“530427099”这个街道");
    let page = admin.get(&account).await.expect(200).says("桂山街道（530427001）");
    page.does_not_say("地点代码");
    let office = [&office[..1], &[("place", "桂山街道（530427001）")], &office[2..]].concat();
    admin.post(&format!("{account}/offices"), &office).await.expect(303);
    admin.post(&format!("{account}/offices"), &office).await.expect(422).says("已有这个身份");
    admin.get("/accounts").await.expect(200).does_not_say("还没有身份的账号");
    // Who looks after the system does not audit it.
    let office_of = |kind: &'static str| {
        let county = [("kind", kind), ("place", "新平彝族傣族自治县"), ("organ", "县委办"), ("title", "县委办 干事")];
        [&county[..], &office[4..]].concat()
    };
    admin.post(&format!("{account}/offices"), &office_of("auditor")).await.expect(303);
    let both = admin.post(&format!("{account}/offices"), &office_of("administrator")).await.expect(422);
    both.says("不能由同一人担任");
    admin.get("/accounts?q=xinren").await.expect(200).says("href=\"/accounts.xlsx?q=xinren\"");
    let table = admin.get("/accounts.xlsx?q=xinren").await.expect(200).body;
    let mut words = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(table)).expect("a workbook");
    archive.by_name("xl/sharedStrings.xml").expect("its words").read_to_string(&mut words).expect("text");
    assert!(words.contains(">xinren<") && words.contains("桂山街道党工委 组织委员"), "{words}");
    assert!(!words.contains("13900000009"), "{words}");
    world.officer(OfficeKind::CountyOrgDept, &county()).await.get("/accounts.xlsx").await.expect(404);
    let mut client = world.visitor();
    client.sign_in("13900000009", "chushi2022").await.expect(303);
    assert_eq!(client.get("/desk").await.expect(303).location, "/account/password");
    let weak = [("old_password", "chushi2022"), ("new_password", "12345678"), ("again", "12345678")];
    client.post("/account/password", &weak).await.expect(422).says("同时包含字母和数字");
    let new = [("old_password", "chushi2022"), ("new_password", "hongqi2023"), ("again", "hongqi2023")];
    client.post("/account/password", &new).await.expect(303);
    client.get("/desk").await.expect(200).says("桂山街道党工委 组织委员");
}

async fn signing_out_everywhere_ends_other_sessions(world: &World) {
    let (login, _) = world.swear_in(OfficeKind::StreetOfficer, &code("530427001")).await;
    let (mut one, mut two) = (world.visitor(), world.visitor());
    one.sign_in(&login, PASSWORD).await.expect(303);
    two.sign_in(&login, PASSWORD).await.expect(303);
    two.get("/desk").await.expect(200);
    one.post("/account/sign-out-everywhere", &[]).await.expect(303);
    two.get("/desk").await.expect(303);
}

async fn another_site_cannot_post(world: &World) {
    let mut client = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let request = axum::http::Request::post("/sign-out").header("sec-fetch-site", "cross-site");
    let answer = client.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    answer.expect(403).says("请求来自别的网站");
    client.get("/desk").await.expect(200);
}

async fn elder_mode_is_remembered(world: &World) {
    let mut client = world.visitor();
    client.post("/elder", &[("mode", "1"), ("back", "/sign-in")]).await.expect(303);
    client.get("/sign-in").await.expect(200).says("class=\"elder\"");
    client.post("/elder", &[("mode", "0"), ("back", "/sign-in")]).await.expect(303);
    client.get("/sign-in").await.expect(200).says("class=\"\"");
}

/// The codes of an authenticator app, counted from this half minute on.
struct Phone {
    app: totp_rs::Totp,
    now: u64,
}

impl Phone {
    /// What the app makes of the secret on the page, by the time of the world.
    fn of(secret: &str) -> Self {
        let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
        let name = Some("红旗").to_owned();
        let app = totp_rs::Builder::new().with_secret(secret).with_account_name("x").with_issuer(name).build();
        let now = platform::clock::Clock::system().now().as_micros() / 1_000_000;
        Self { app: app.expect("an app"), now: u64::try_from(now).expect("after 1970") }
    }

    fn code(&self, later: u64) -> String {
        self.app.generate(self.now + 30 * later).to_string()
    }

    /// Six digits that are none of the codes of these minutes.
    fn wrong(&self) -> String {
        let near: Vec<String> = (0..4).map(|later| self.code(later)).collect();
        ["000000", "111111", "222222", "333333", "444444"]
            .into_iter()
            .find(|it| !near.contains(&(*it).to_owned()))
            .expect("one")
            .to_owned()
    }
}

/// Sets the second factor up by the page, and answers with the phone.
async fn with_phone(client: &mut crate::client::Client) -> Phone {
    let page = client.get("/account/second-factor").await.expect(200);
    let secret = page.between("name=\"secret\" value=\"", "\"");
    let phone = Phone::of(&secret);
    let wrong = [("secret", secret.as_str()), ("code", &phone.wrong())];
    let again = client.post("/account/second-factor", &wrong).await.expect(422).says("动态口令不对");
    assert_eq!(again.between("name=\"secret\" value=\"", "\""), secret, "the app need not be set up once more");
    let right = [("secret", secret.as_str()), ("code", &phone.code(0))];
    client.post("/account/second-factor", &right).await.expect(303);
    client.get("/account").await.expect(200).says("停用");
    phone
}

// The county's date is in 2022, the phone's is today's: codes are by the phone.
async fn a_second_factor_is_asked_for_and_each_code_is_good_once(world: &World) {
    let (login, _) = world.swear_in(OfficeKind::FinanceOfficer, &county()).await;
    let mut client = world.visitor();
    client.sign_in(&login, PASSWORD).await.expect(303);
    let phone = with_phone(&mut client).await;
    let mut other = world.visitor();
    let fields = |code: &str| {
        [
            ("name".to_owned(), login.clone()),
            ("password".to_owned(), PASSWORD.to_owned()),
            ("code".to_owned(), code.to_owned()),
        ]
    };
    let mut try_code = async |code: &str| {
        let fields = fields(code);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        other.post("/sign-in", &fields).await
    };
    try_code("").await.expect(422).says("请填写动态口令");
    try_code(&phone.wrong()).await.expect(422).says("请填写动态口令");
    // The code that set it up is used up.
    try_code(&phone.code(0)).await.expect(422);
    try_code(&phone.code(1)).await.expect(303);
    try_code(&phone.code(1)).await.expect(422).says("请填写动态口令");
    client.post("/account/second-factor/drop", &[]).await.expect(303);
    try_code("").await.expect(303);
}

async fn a_lost_phone_does_not_lock_its_owner_out(world: &World) {
    let mut admin = world.officer(OfficeKind::Administrator, &county()).await;
    let (login, officer) = world.swear_in(OfficeKind::Verifier, &county()).await;
    let mut client = world.visitor();
    client.sign_in(&login, PASSWORD).await.expect(303);
    with_phone(&mut client).await;
    let account = format!("/accounts/{}", officer.account);
    admin.get(&account).await.expect(200).says("动态口令也一并停用");
    admin.post(&format!("{account}/password"), &[("new_password", "chushi2022")]).await.expect(303);
    client.get("/desk").await.expect(303);
    client.sign_in(&login, "chushi2022").await.expect(303);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get(&format!("/audit?subject={}", officer.account)).await.expect(200).says("动态口令：否");
}

async fn a_telephone_number_is_one_however_it_is_written(world: &World) {
    let mut admin = world.officer(OfficeKind::Administrator, &county()).await;
    let opened = |login: &'static str, phone: &'static str| {
        [("login", login), ("name", "新人"), ("phone", phone), ("new_password", "chushi2022")]
    };
    admin.post("/accounts/new", &opened("xinren", "138 0000 0009")).await.expect(303);
    admin.post("/accounts/new", &opened("xinren2", "+86 13800000009")).await.expect(422).says("已经绑定了另一个账号");
    admin.post("/accounts/new", &opened("xinren2", "138")).await.expect(422).says("手机号");
    for written in ["13800000009", "138 0000 0009", "138-0000-0009"] {
        let answer = world.visitor().sign_in(written, "chushi2022").await;
        answer.expect(422).says("没有在任期内的身份");
    }
}

async fn the_first_administrator_needs_a_password_and_nothing_else(world: &World) {
    let create = async || {
        let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_hongqi"))
            .arg("create-admin")
            .env("HONGQI_DATA_DIR", &world.floor.config.data_dir)
            .env("HONGQI_DATABASE_URL", &world.floor.config.database_url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("its input");
        input.write_all(b"chushi2022\n").await.expect("typed");
        drop(input);
        let output = child.wait_with_output().await.expect("it ends");
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).expect("text"))
    };
    let (is_done, told) = create().await;
    assert!(is_done && told.contains("请输入密码") && told.contains("系统管理员 admin 已建好"), "{told}");
    let (is_done, told) = create().await;
    assert!(!is_done && told.contains("已经有人使用"), "{told}");
    // The command goes by the time of the world.
    world.set_date(platform::clock::Clock::system().now().date());
    let mut client = world.visitor();
    client.sign_in("admin", "chushi2022").await.expect(303);
    let own =
        client.get("/accounts").await.expect(200).says("系统管理员").between("data-label=\"姓名\"><a href=\"", "\"");
    // Whoever is the last to grant offices stays.
    let end = client.get(&own).await.expect(200).between("action=\"/offices/", "\"");
    client.post(&format!("/offices/{end}"), &[]).await.expect(422).says("最后一位在任的系统管理员");
    client.get("/accounts").await.expect(200);
}
