//! Responses leave: in every format that the command has, under the same rule.

use super::office::{Office, kind_of};
use crate::exchange::Multiple;
use crate::exchange::release::{Release, may_leave};
use crate::exchange::responses_out::{Manner, ResponsesAs, files, left_out};
use crate::language::{Language, Words};
use crate::output::{Artifact, RelativePath, archive};
use crate::pipeline::rows;
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::survey::Survey;
use anyhow::ensure;

impl Office<'_> {
    /// The responses of a survey: one file as it is; several, or some with something to be said of them, in a zip.
    pub(super) fn export(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        // The page offers it only then; the rule is held here, too
        if !may_leave(survey, self.today) {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let format = form.get("format").unwrap_or_default();
        let manner = Manner {
            format: ResponsesAs::from_name(format),
            labels: form.get("labels").and_then(Language::from_code),
            multiple: Multiple::Columns,
            cp932: format == "csv-cp932",
        };
        let language = self.language(form.get("lang"));
        let own = self.store.status()?.surveys.get(&survey.id).cloned().unwrap_or_default();
        let batches = rows(self.store, survey)?;
        let release = Release::of(survey, &batches);
        // A batch that was closed between the two looks makes more rows, never fewer
        ensure!(
            (release.rows.len() + release.kept) as u64 >= own.closed - own.leaving,
            Words::new("保存されている人数と書き出す人数が合いません", "fewer rows would leave than are stored")
        );
        let made = files(&release, manner, language)?;
        let notes: Vec<String> =
            left_out(&release, own.waiting).into_iter().chain(made.notes).map(|words| words.in_language(language).to_owned()).collect();
        let mut made = made.files;
        if notes.is_empty()
            && let [_] = made.as_slice()
            && let Some((name, bytes)) = made.pop()
        {
            return self.file(kind_of(&name), &name, bytes);
        }
        if !notes.is_empty() {
            made.push((format!("{}-notes.txt", survey.id), format!("{}\r\n", notes.join("\r\n")).into_bytes()));
        }
        let artifacts = made
            .into_iter()
            .map(|(name, bytes)| Ok(Artifact { path: RelativePath::new(&name)?, bytes }))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let name = format!("{}-{}", survey.id, ResponsesAs::NAMES.into_iter().find(|known| *known == format).unwrap_or("csv"));
        self.file("application/zip", &format!("{name}.zip"), archive(&name, &artifacts)?)
    }
}
