//! Signing in, hats, terms and passwords.

use domain::permission::OfficeKind;
use jiff::civil::date;

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
    admin.post(&format!("{account}/offices"), &office).await.expect(303);
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
