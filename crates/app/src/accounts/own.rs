//! One's own account.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use platform::{
    act::Op,
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{LINKS, Problems, Shell},
};
use tower_sessions::Session;

use super::urls;
use crate::{desk::Desk, identity};

#[derive(Template)]
#[template(path = "accounts/own.html")]
struct OwnPage {
    shell: Shell,
    has_second_factor: bool,
}

impl OwnPage {
    fn password(&self) -> &'static str {
        urls::PASSWORD
    }

    fn second_factor(&self) -> &'static str {
        urls::SECOND_FACTOR
    }

    fn drop_second_factor(&self) -> &'static str {
        urls::DROP_SECOND_FACTOR
    }

    fn everywhere(&self) -> &'static str {
        urls::SIGN_OUT_EVERYWHERE
    }
}

/// One's own account.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    let has_second_factor = identity::has_second_factor(&desk.op).await?;
    page(&OwnPage { shell: desk.shell("我的账号").await?, has_second_factor })
}

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    shell: Shell,
    problems: Problems,
}

/// The form for a new password.
pub async fn show_password(desk: Desk) -> Result<Response, Stop> {
    page(&PasswordPage { shell: desk.shell("修改密码").await?, problems: Problems::default() })
}

/// Changes the password; this session goes on, every other one ends.
pub async fn change_password(desk: Desk, session: Session, form: Form) -> Result<Response, Stop> {
    let changed = if form.value("new_password") == form.value("again") {
        let (old, new) = (form.value("old_password").to_owned(), form.value("new_password").to_owned());
        identity::change_password(&desk.op, old, new).await
    } else {
        Err(Stop::refused_at("again", "两次填写的新密码不一致，请重新填写。"))
    };
    match changed {
        Ok(epoch) => {
            identity::stay_signed_in(&desk.op, &session, epoch).await?;
            Ok(done(LINKS.home, "密码已修改，其他设备上的登录已全部退出。"))
        }
        Err(Stop::Refused(problems)) => {
            refused(&PasswordPage { shell: desk.shell("修改密码").await?, problems: Problems(problems) })
        }
        Err(stop) => Err(stop),
    }
}

/// Ends every session of the account, this one included.
pub async fn sign_out_everywhere(op: Op) -> Result<Response, Stop> {
    identity::sign_out_everywhere(&op).await?;
    Ok(Redirect::to(LINKS.sign_in).into_response())
}

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct SecondFactorPage {
    shell: Shell,
    problems: Problems,
    secret: String,
    address: String,
}

impl SecondFactorPage {
    fn action(&self) -> &'static str {
        urls::SECOND_FACTOR
    }
}

/// A fresh secret to be typed into an authenticator app.
pub async fn show_second_factor(desk: Desk) -> Result<Response, Stop> {
    let (secret, address) = identity::new_second_factor(&desk.op)?;
    let shell = desk.shell("设置动态口令").await?;
    page(&SecondFactorPage { shell, problems: Problems::default(), secret, address })
}

/// Switches the second factor on, once the app has shown the right code.
pub async fn confirm_second_factor(desk: Desk, form: Form) -> Result<Response, Stop> {
    let secret = form.value("secret").trim().to_owned();
    match identity::confirm_second_factor(&desk.op, &secret, form.value("code").trim()).await {
        Ok(()) => Ok(done(urls::ACCOUNT, "动态口令已启用，下次登录时需要填写。")),
        Err(Stop::Refused(problems)) => {
            let shell = desk.shell("设置动态口令").await?;
            let address = String::new();
            refused(&SecondFactorPage { shell, problems: Problems(problems), secret, address })
        }
        Err(stop) => Err(stop),
    }
}

/// Switches the second factor off.
pub async fn drop_second_factor(op: Op) -> Result<Response, Stop> {
    identity::drop_second_factor(&op).await?;
    Ok(done(urls::ACCOUNT, "动态口令已停用。"))
}
