//! Notice, objections and award.

use app::notices;
use domain::{ids::SeasonId, permission::OfficeKind};
use jiff::civil::date;

use super::{at_once, one_is_told, owned};
use crate::{
    notices::{notice_fields, with},
    review::borrowed,
    season::{decided, id, recommended},
    stories,
    world::{World, county},
};

stories!(a_notice_is_published_corrected_and_extended_once, an_objection_is_judged_once_and_an_award_given_once);

/// The fields of a form.
type Posted<'a> = &'a [(&'a str, &'a str)];

async fn a_notice_is_published_corrected_and_extended_once(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut one = decided(world, &season, &applications).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let desk = format!("/notice-desk/{}", id(&season));
    let (draft, fields) = (format!("{desk}/draft"), notice_fields());
    let fields = borrowed(&fields);
    one_is_told("drafting", at_once(world, one.post(&draft, &fields), two.post(&draft, &fields)).await);
    let page = two.get(&desk).await.expect(200);
    let notice = format!("/notice-desk/notices/{}", page.between("action=\"/notice-desk/notices/", "/publish"));
    let seen = page.between("name=\"seen\" value=\"", "\"");
    let again = with(notice_fields(), "seen", &seen);
    let (again, publish) = (borrowed(&again), format!("{notice}/publish"));
    // What is published is what was seen, not what somebody else has just written.
    let seen = [("seen", seen.as_str())];
    let version = match at_once(world, one.post(&publish, &seen), two.post(&draft, &again)).await {
        (published, drafted) if published.status == 303 => {
            assert!(matches!(drafted.status.as_u16(), 409 | 422), "{}", drafted.words());
            None
        }
        (published, drafted) => {
            assert_eq!((published.status.as_u16(), drafted.status.as_u16()), (409, 303), "{}", published.words());
            Some(two.get(&desk).await.expect(200).between("name=\"seen\" value=\"", "\""))
        }
    };
    if let Some(version) = version {
        one.post(&publish, &[("seen", &version)]).await.expect(303);
    }
    world.set_date(date(2022, 11, 9));
    let corrected = with(with(notice_fields(), "phone", "0877-7011111"), "reason", "受理电话有误");
    let (corrected, correct) = (borrowed(&corrected), format!("{notice}/correct"));
    one_is_told("correcting", at_once(world, one.post(&correct, &corrected), two.post(&correct, &corrected)).await);
    let season: SeasonId = id(&season).parse().expect("an id");
    let current = notices::season_notice(world.floor.db.reader(), season).await.expect("read").expect("a notice");
    assert_eq!(current.number, 2);
    world.set_date(date(2022, 11, 10));
    let extend = format!("/notice-desk/notices/{}/extend", current.id.0);
    let outage = [
        ("from", "2022-11-09"),
        ("from_time", "08:30"),
        ("until", "2022-11-09"),
        ("until_time", "12:31"),
        ("outage_reason", "机房停电"),
    ];
    one_is_told("extending", at_once(world, one.post(&extend, &outage), two.post(&extend, &outage)).await);
}

async fn an_objection_is_judged_once_and_an_award_given_once(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut one = decided(world, &season, &applications).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let notice = crate::season::published(&mut one, &season).await;
    let (season, first, second) = (id(&season), id(&applications[0]), id(&applications[1]));
    let object = format!("/notices/{notice}/object");
    let words = owned(&[("application", second), ("is_named", "no"), ("text", "议事会次数不实。")]);
    let (words, mut others) = (borrowed(&words), [world.visitor(), world.visitor()]);
    let [resident, neighbour] = &mut others;
    let (mine, theirs) = at_once(world, resident.post(&object, &words), neighbour.post(&object, &words)).await;
    let codes = [mine.expect(200), theirs.expect(200)].map(|it| it.between("class=\"code\">", "<"));
    assert_ne!(codes[0], codes[1], "two objections are two objections");

    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let mut colleague = world.officer(OfficeKind::Verifier, &county()).await;
    let page = verifier.get("/objection-desk").await.expect(200);
    let objection = format!("/objection-desk/objections/{}", page.between("href=\"/objection-desk/objections/", "\""));
    let upheld = [("finding", "upheld"), ("grounds", "查阅纪要，反映属实。")];
    let refused = [("finding", "not_upheld"), ("grounds", "走访住户，与事实不符。")];
    let answer = [("answer", "已核实。")];
    let steps: [(&str, Posted<'_>, Posted<'_>); 4] =
        [("acknowledge", &[], &[]), ("verify", &[], &[]), ("decide", &upheld, &refused), ("answer", &answer, &answer)];
    for (step, mine, theirs) in steps {
        let path = format!("{objection}/{step}");
        one_is_told(step, at_once(world, verifier.post(&path, mine), colleague.post(&path, theirs)).await);
    }
    world.set_date(date(2022, 11, 15));
    let (confirm, chosen) = (format!("/awards/{season}/confirm"), [("chosen", first)]);
    one_is_told("confirming", at_once(world, one.post(&confirm, &chosen), two.post(&confirm, &chosen)).await);
    let circular = format!("/awards/{season}/circular");
    let number = |number| [("number", number), ("issued_on", "2022-11-15")];
    let (thirty, other) = (number("新组通〔2022〕30号"), number("新组通〔2022〕31号"));
    one_is_told("commending", at_once(world, one.post(&circular, &thirty), two.post(&circular, &other)).await);
    let revoke = format!("/awards/applications/{first}/revoke");
    let fields = with(with(notice_fields(), "reason", "弄虚作假"), "source_document", "新纪处〔2022〕9号");
    let fields = borrowed(&fields);
    one_is_told("revoking", at_once(world, one.post(&revoke, &fields), two.post(&revoke, &fields)).await);
    let awards = notices::season_awards(world.floor.db.reader(), season.parse().expect("an id")).await.expect("read");
    assert_eq!(awards.len(), 1);
}
