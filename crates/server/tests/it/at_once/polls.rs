//! Two officers enter ballots of owners.

use domain::permission::OfficeKind;

use super::{at_once, both_or_one, one_is_told};
use crate::{
    owner_votes::{ballot, open, owner},
    stories,
    world::{World, code},
};

stories!(an_owner_has_one_ballot_that_counts);

async fn an_owner_has_one_ballot_that_counts(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    let flat = owner(&mut secretary, &poll, "3栋201").await;
    let path = format!("{flat}/ballot");
    let (yes, no) = (ballot("for", "赵六一"), ballot("against", "赵六一"));
    let entered = at_once(world, secretary.post(&path, &yes), community.post(&path, &no)).await;
    both_or_one("two ballots of one owner", entered);
    let page = secretary.get(&flat).await.expect(200).text();
    assert_eq!(page.matches("tone-good\">有效").count(), 1, "one counts");
    // Two owners have two, whoever enters them.
    let mut committee = world.officer(OfficeKind::BranchCommittee, &code("5304270010010001")).await;
    let (one, two) = (owner(&mut secretary, &poll, "5栋101").await, owner(&mut secretary, &poll, "5栋102").await);
    let (one, two) = (format!("{one}/ballot"), format!("{two}/ballot"));
    let (first, second) = (ballot("for", "钱七一"), ballot("for", "孙八一"));
    let entered = at_once(world, secretary.post(&one, &first), committee.post(&two, &second)).await;
    assert_eq!(both_or_one("two owners", entered), 2);
    world.set_date(jiff::civil::date(2022, 12, 8));
    let draw = format!("{poll}/calls/draw");
    let mut other = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    one_is_told("drawing", at_once(world, community.post(&draw, &[]), other.post(&draw, &[])).await);
}
