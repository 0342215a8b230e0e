//! What is said when nothing can be written.

use crate::language::Words;
use std::path::Path;

/// What to say when the root cannot be written.
pub(super) fn cannot_write(path: &Path) -> Words {
    Words::new(
        format!("{} に書き込めません。フォルダーの権限と空き容量を確かめてください", path.display()),
        format!("cannot write to {}; check the folder's permissions and the free space", path.display()),
    )
}

/// What to say of something that shirube did not write and that stands in the way.
pub(super) fn foreign(path: &Path) -> anyhow::Error {
    anyhow::Error::new(Words::new(
        format!(
            "{} はshirubeが作ったものではないため、上書きしません。移動するか名前を変えてください。何も書き出していません",
            path.display()
        ),
        format!("{} was not made by shirube and is not overwritten; move or rename it. Nothing was written", path.display()),
    ))
}
