//! The form to which posters lead, and the receipt with its code.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    place::PlaceCode,
    voice::{Elsewhere, VoiceKind, VoiceTopic},
};
use platform::{
    error::{Problem, Stop},
    forms::{Form, Query, QueryForm},
    pages::{page, page_for_one, refused, too_often},
    pictures::pictures,
    shell::{PortalShell, Problems},
    throttle::ClientAddress,
};

use crate::{
    branches::options,
    places::{self, BranchOfTree, Compound},
    portal::frame::Reader,
    voices::{
        NAME, NewVoice, PHOTOS, PublicVoice, Receipt, SPOT, TEXT, are_sent, chosen_same, file_voice, open_voices,
        read_voice, same_choices, terms_at, urls,
    },
};

#[derive(Template)]
#[template(path = "portal/voices/speak.html")]
struct SpeakPage {
    shell: PortalShell,
    problems: Problems,
    form: Form,
    branch: BranchOfTree,
    compounds: Vec<Compound>,
    /// What is worked on there already, the newest first.
    open: Vec<PublicVoice>,
    sends_texts: bool,
}

impl SpeakPage {
    /// The compound chosen, or the only one.
    fn compound(&self) -> Option<&Compound> {
        let chosen = self.form.value("compound");
        let found = self.compounds.iter().find(|compound| compound.id.0.to_string() == chosen);
        found.or_else(|| self.compounds.first().filter(|_| self.compounds.len() == 1))
    }

    fn heading(&self) -> &str {
        self.compound().map_or(&self.branch.place.name, |compound| &compound.name)
    }

    fn choices(&self) -> Vec<(String, String)> {
        self.compounds.iter().map(|compound| (compound.id.0.to_string(), compound.name.clone())).collect()
    }

    /// The compound, when the branch has no other to choose.
    fn sole_compound(&self) -> Option<String> {
        self.compounds.first().filter(|_| self.compounds.len() == 1).map(|compound| compound.id.0.to_string())
    }

    /// The kinds, each with what it is for.
    fn kinds(&self) -> Vec<(String, String)> {
        let words = |kind: &VoiceKind| match kind {
            VoiceKind::Consult => "咨询：想问一件事",
            VoiceKind::Help => "求助：有难处要帮忙",
            VoiceKind::Complaint => "投诉：对服务、管理不满意",
            VoiceKind::Report => "举报：有人违规，直接交社区，小区支部看不到",
            VoiceKind::Suggestion => "建议：出个主意",
        };
        VoiceKind::ALL.iter().map(|kind| (kind.code().to_owned(), words(kind).to_owned())).collect()
    }

    fn topics(&self) -> Vec<(String, String)> {
        options!(VoiceTopic)
    }

    /// What is worked on already, and that it is none of it.
    fn same(&self) -> Vec<(String, String)> {
        same_choices(&self.open)
    }

    fn chosen_same(&self) -> &str {
        chosen_same(&self.form)
    }

    fn elsewhere(&self) -> &'static [Elsewhere] {
        Elsewhere::ALL
    }

    fn words_hint(&self) -> String {
        format!("说清什么事、在哪里、希望怎么办；最多 {TEXT} 字")
    }

    const fn most(&self) -> (usize, usize) {
        (SPOT, NAME)
    }

    // R-PRI-01: told before anything is collected.
    /// What the name and the telephone are for, who sees them, for how long, and whom to ask.
    fn privacy(&self) -> String {
        format!(
            "称呼和电话可以不填。填写的，由{}和办理这件事的社区、街道、县级部门用于核实、回访{}，加密保存，只有正在办理和最先收到的单位能查看，每次查看都有记录，物业服务企业看不到，结案一年后删除。要查询、更正或提前删除，请凭查询码补充说明，或到社区当面提出。",
            self.branch.place.name,
            if self.sends_texts { "和短信告知进展" } else { "" }
        )
    }

    /// What a mobile number is for besides.
    fn phone_hint(&self) -> &'static str {
        if self.sends_texts { "填手机号的，查询码和办理进展会发短信给您" } else { "" }
    }

    fn neighbours(&self) -> String {
        urls::neighbours(&self.branch.place.code.0)
    }

    fn follow(&self) -> &'static str {
        urls::FOLLOW
    }
}

/// An active branch with its compounds.
async fn speak_page(reader: &Reader, branch: &PlaceCode, form: Form, problems: Problems) -> Result<SpeakPage, Stop> {
    let db = reader.op.reader();
    let found = places::branch(db, branch).await?.filter(|found| found.place.is_active).ok_or(Stop::Missing)?;
    let compounds = places::compounds_of(db, std::slice::from_ref(branch)).await?;
    let open = open_voices(&reader.op, branch).await?;
    Ok(SpeakPage {
        sends_texts: are_sent(&reader.op),
        open,
        shell: reader.shell("我要反映"),
        problems,
        form,
        branch: found,
        compounds,
    })
}

fn code_of(branch: &str) -> Result<PlaceCode, Stop> {
    branch.parse().map_err(|_| Stop::Missing)
}

/// The form; the poster's address fills in compound and building. Posters hang on when a branch has moved.
pub async fn show(reader: Reader, Path(branch): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let branch = code_of(&branch)?;
    let known = |name: &str| query.value(name).chars().take(SPOT).collect::<String>();
    let form = Form::of([("compound", known("compound")), ("spot", known("spot"))]);
    if let Some(to) = places::moved_to(reader.op.reader(), &branch).await? {
        let address = Query::at(urls::speak_at(&to)).with("compound", form.value("compound"));
        return Ok(Redirect::to(&address.with("spot", form.value("spot")).address()).into_response());
    }
    page_for_one(&speak_page(&reader, &branch, form, Problems::default()).await?)
}

#[derive(Template)]
#[template(path = "portal/voices/receipt.html")]
struct ReceiptPage {
    shell: PortalShell,
    code: String,
    received: String,
    /// Within how long it is acknowledged.
    acknowledge: String,
    is_report: bool,
}

impl ReceiptPage {
    fn follow(&self) -> &'static str {
        urls::FOLLOW
    }
}

/// Takes the voice in and shows the receipt with its code, this once.
pub async fn submit(
    reader: Reader,
    client: ClientAddress,
    Path(branch): Path<String>,
    form: Form,
) -> Result<Response, Stop> {
    let branch = code_of(&branch)?;
    let filed = match read_voice(&form, branch.clone()) {
        Ok(new) => {
            // Counted only now: mending what one typed is no further voice.
            if let Err(wait) = reader.op.floor.throttles.objections.take(client) {
                let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
                return too_often(&speak_page(&reader, &branch, form, problems).await?, wait);
            }
            file(&reader, new, &form).await
        }
        Err(stop) => Err(stop),
    };
    match filed {
        Ok((receipt, is_report)) => page(&ReceiptPage {
            shell: reader.shell("已收到"),
            code: receipt.code.to_string(),
            received: receipt.received_at.to_string(),
            acknowledge: terms_at(reader.op.reader(), &branch, receipt.received_at).await?.acknowledge.words(),
            is_report,
        }),
        Err(Stop::Refused(problems)) => refused(&speak_page(&reader, &branch, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

async fn file(reader: &Reader, new: NewVoice, form: &Form) -> Result<(Receipt, bool), Stop> {
    let is_report = new.kind == VoiceKind::Report;
    let photos = pictures(form, "photos", PHOTOS).await?;
    file_voice(&reader.op, NewVoice { photos, ..new }).await.map(|receipt| (receipt, is_report))
}
