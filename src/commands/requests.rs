//! What commands tell of requests for talks: how many and until when, never whose.

use crate::catalog::Catalog;
use crate::language::{Day, Language, Words, count};
use crate::store::Store;
use crate::survey::nomination::Stage;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// How the requests for talks stand.
pub(super) struct Requests {
    /// How many are at each stage.
    stages: BTreeMap<Stage, u64>,
    /// The last day of the one that is kept longest.
    last: Option<Day>,
    /// How many are over and still there.
    pub(super) over: u64,
}

/// How they stand; `None` where no site takes any and none is kept.
pub(super) fn requests(catalog: &Catalog, store: &dyn Store, today: Day) -> anyhow::Result<Option<Requests>> {
    let kept = store.nominations()?;
    if kept.is_empty() && catalog.sites.values().all(|site| site.consultants.is_none()) {
        return Ok(None);
    }
    let mut stages: BTreeMap<Stage, u64> = Stage::ALL.into_iter().map(|stage| (stage, 0)).collect();
    for one in &kept {
        *stages.entry(one.stage).or_default() += 1;
    }
    let over = kept.iter().filter(|one| one.until < today).count() as u64;
    Ok(Some(Requests { stages, last: kept.iter().map(|one| one.until).max(), over }))
}

impl Requests {
    fn kept(&self) -> u64 {
        self.stages.values().sum()
    }

    /// For programs.
    pub(super) fn to_json(&self) -> Json {
        let stages: serde_json::Map<String, Json> = self.stages.iter().map(|(stage, n)| (stage.word().to_owned(), json!(n))).collect();
        json!({"requests": {"kept": self.kept(), "stages": stages, "kept_until": self.last.map(|day| day.to_string()), "over": self.over}})
    }

    /// For people.
    pub(super) fn line(&self, language: Language) -> String {
        let (kept, new) = (count(self.kept()), count(self.stages.get(&Stage::New).copied().unwrap_or(0)));
        let words = match self.last {
            None => Words::new("相談の申し込み: いま残っているものはありません", "requests for talks: none is kept"),
            Some(day) => Words::new(
                format!("相談の申し込み: {kept} 件（新しいもの {new} 件）、遅くとも {day} のあとに消します"),
                format!("requests for talks: {kept} ({new} new), all deleted after {day} at the latest"),
            ),
        };
        words.in_language(language).to_owned()
    }
}
