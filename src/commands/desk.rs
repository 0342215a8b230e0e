//! `shirube desk password`: a new password for using the operator's desk from other machines.

use super::console::{Console, Exit};
use super::project::private;
use super::serve::tell_password;
use crate::language::Words;
use crate::server::password::Password;
use anyhow::ensure;
use std::path::Path;

/// Runs the command: makes a password, keeps its sum, shows it once. A server that runs goes on with the old one.
///
/// # Errors
///
/// When this is no project, the system has no randomness, or the disk refuses.
pub fn password(root: &Path, console: &Console) -> anyhow::Result<Exit> {
    ensure!(
        root.join("content").is_dir(),
        Words::new(format!("{} に content/ がありません", root.display()), format!("there is no content/ in {}", root.display()))
    );
    let private = private(root);
    let again = Password::read(&private).map_or(true, |password| password.is_some());
    tell_password(&Password::renew(&private)?, console);
    if again {
        console.note(&Words::new(
            "前のパスワードは、動いているサーバーを止めて始め直すと使えなくなります。",
            "The password before it ends when the server is stopped and started again.",
        ));
    }
    Ok(Exit::Done)
}
