//! The property company for everybody: what its contract promises, whether it is kept, what was found of it; and the form to say
//! what one thinks. Nobody's name, nobody's words.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, place::PlaceCode, property::Saying};
use jiff::civil::Date;
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{done, refused, too_often},
    shell::{Crumb, PortalShell, Problems},
    throttle::ClientAddress,
};

use super::{
    frame::{Reader, public_page},
    urls,
};
use crate::{
    branches::options,
    places,
    property::{Contract, PublicService, WORDS, give_saying, public_service, read_saying, urls as company},
};

#[derive(Template)]
#[template(path = "portal/property/show.html")]
struct CompanyPage {
    shell: PortalShell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    branch: String,
    service: PublicService,
}

impl CompanyPage {
    fn day(&self, day: &Date) -> String {
        chinese_date(*day)
    }

    fn term(&self, contract: &Contract) -> String {
        format!("{}至{}", chinese_date(contract.starts_on.0), chinese_date(contract.ends_on.0))
    }

    fn sayings(&self) -> Vec<(String, String)> {
        options!(Saying)
    }

    const fn most(&self) -> usize {
        WORDS
    }
}

async fn company_page(
    reader: &Reader,
    branch: &PlaceCode,
    form: Form,
    problems: Problems,
) -> Result<CompanyPage, Stop> {
    let found = places::branch(reader.op.reader(), branch).await?.ok_or(Stop::Missing)?;
    Ok(CompanyPage {
        shell: reader.shell("物业监督"),
        crumbs: vec![Crumb { label: found.place.name.clone(), href: reader.scope.at(&urls::branch(branch)) }],
        problems,
        form,
        branch: found.place.name,
        service: public_service(&reader.op, branch).await?,
    })
}

fn branch_of(typed: &str) -> Result<PlaceCode, Stop> {
    typed.parse().map_err(|_| Stop::Missing)
}

/// A branch's company.
pub async fn show(reader: Reader, Path(branch): Path<String>) -> Result<Response, Stop> {
    public_page(&company_page(&reader, &branch_of(&branch)?, Form::default(), Problems::default()).await?)
}

/// Takes in what somebody says of it.
pub async fn say(
    reader: Reader,
    client: ClientAddress,
    Path(branch): Path<String>,
    form: Form,
) -> Result<Response, Stop> {
    let branch = branch_of(&branch)?;
    let said = match read_saying(&form) {
        Ok(new) => {
            if let Err(wait) = reader.op.floor.throttles.objections.take(client) {
                let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
                return too_often(&company_page(&reader, &branch, form, problems).await?, wait);
            }
            let year = form.value("year").parse().map_err(|_| Stop::Missing)?;
            give_saying(&reader.op, &branch, year, new).await
        }
        Err(stop) => Err(stop),
    };
    match said {
        Ok(()) => Ok(done(&reader.scope.at(&company::public(&branch)), "您的评价已收到，谢谢您。")),
        Err(Stop::Refused(problems)) => refused(&company_page(&reader, &branch, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
