//! What a full build costs, beside the floor of the same work: read the files, parse the Markdown, write the files, nothing else.
//!
//! `cargo bench --bench build`. Builds and floors take turns within each round, because a machine's speed changes from one
//! minute to the next: only the ratio of neighbours says something. Goals for 1,000 pages on a RAM disk (two cores): 0.25 s,
//! and ten times the pages in ten times the time.
#![allow(clippy::print_stdout, missing_docs)]

use anyhow::{Result, ensure};
use rayon::prelude::*;
use shirube::language::{Day, Today};
use shirube::pipeline;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const SIZES: [usize; 2] = [100, 1_000];
const GOAL: Duration = Duration::from_millis(250);

fn main() -> Result<()> {
    // In memory where the system has such a place, so that the disk does not hide the program
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
    println!("{} threads, below {}", rayon::current_num_threads(), folder.path().parent().unwrap_or(memory).display());
    println!("{:>6}  {:>9}  {:>9}  {:>9}  {:>9}  {:>7}", "pages", "full", "one edit", "floor", "1 thread", "ratio");
    let mut medians = Vec::new();
    for pages in SIZES {
        let project = folder.path().join(pages.to_string());
        generate(&project, pages)?;
        let mut turns = Turns::default();
        for round in 0..ROUNDS {
            turns.take(&project, pages, round)?;
        }
        let [full, edit, floor, alone] = turns.medians();
        let ratio = full.as_secs_f64() / floor.as_secs_f64();
        println!("{pages:>6}  {:>9}  {:>9}  {:>9}  {:>9}  {ratio:>6.1}×", ms(full), ms(edit), ms(floor), ms(alone));
        medians.push(full);
    }
    if let [few, many] = medians[..] {
        println!("ten times the pages: {:.1} times the time", many.as_secs_f64() / few.as_secs_f64());
        println!("{}: {} for {} pages, goal {}", if many <= GOAL { "met" } else { "missed" }, ms(many), SIZES[1], ms(GOAL));
    }
    Ok(())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

#[derive(Default)]
struct Turns {
    full: Vec<Duration>,
    edit: Vec<Duration>,
    floor: Vec<Duration>,
    alone: Vec<Duration>,
}

impl Turns {
    fn take(&mut self, project: &Path, pages: usize, round: usize) -> Result<()> {
        let sources = sources(&project.join("content/pages"))?;
        ensure!(sources.len() == pages, "{} pages were generated", sources.len());

        clear(&project.join("output"))?;
        let start = Instant::now();
        let files = build(project)?;
        self.full.push(start.elapsed());
        ensure!(files > pages, "only {files} files were written");

        // A sentence more in one page: the whole build again, with one page to write
        let edited = &sources[round * 7 % pages];
        std::fs::write(edited, format!("{}\nOne sentence more.\n", std::fs::read_to_string(edited)?))?;
        let start = Instant::now();
        let files = build(project)?;
        self.edit.push(start.elapsed());
        ensure!(files == 1, "{files} files were written, and not only the page");

        for parallel in [true, false] {
            let floor = project.join("floor");
            clear(&floor)?;
            let start = Instant::now();
            let write = |(number, source): (usize, &PathBuf)| page_alone(source, &floor.join(format!("{number}.html")));
            if parallel {
                sources.par_iter().enumerate().try_for_each(write)?;
                self.floor.push(start.elapsed());
            } else {
                sources.iter().enumerate().try_for_each(write)?;
                self.alone.push(start.elapsed());
            }
        }
        Ok(())
    }

    fn medians(self) -> [Duration; 4] {
        [self.full, self.edit, self.floor, self.alone].map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
    }
}

/// The whole road from the files of the content to the files of the site; how many were written.
fn build(project: &Path) -> Result<usize> {
    let mut loaded = pipeline::load(project)?;
    let themes = pipeline::read_themes(project, &mut loaded)?;
    ensure!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    let day = Day::parse("2026-11-20").unwrap_or_default();
    let today = Today { day, now: day.begins("Asia/Tokyo").unwrap_or_default() };
    let answers = pipeline::nothing_collected(&loaded.catalog, today);
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let written = pipeline::write(&project.join("output"), &built)?;
    Ok(written.values().map(|site| site.created.len() + site.changed.len()).sum())
}

/// The floor for one page.
fn page_alone(source: &Path, target: &Path) -> Result<()> {
    let text = std::fs::read_to_string(source)?;
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, options));
    Ok(std::fs::write(target, html)?)
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    all.sort();
    Ok(all)
}

/// A project of so many pages, half of them Japanese and half English.
fn generate(project: &Path, pages: usize) -> Result<()> {
    let content = project.join("content");
    std::fs::create_dir_all(content.join("sites"))?;
    std::fs::create_dir_all(content.join("pages"))?;
    std::fs::write(
        content.join("project.yaml"),
        "languages: [ja, en]\ntime_zone: Asia/Tokyo\nhome: many\norganisation: {ja: 多, en: Many}\ncontact: {ja: 係, en: Desk}\n",
    )?;
    let mut site = String::from(
        "title: {ja: 多くのページ, en: Many pages}\nlead: {ja: 測るため。, en: To measure.}\nvisibility: public\n\
         navigation:\n  - {to: \"page:page-0\", label: {ja: はじめ, en: First}}\n\
         home: {title: {ja: ここ, en: Here}, lead: {ja: 測る。, en: Measure.}}\nfooter: {ja: 終わり。, en: End.}\npages:\n",
    );
    for number in 0..pages / 2 {
        writeln!(site, "  - page-{number}")?;
        let others = [(number + 1) % (pages / 2), (number * 7 + 3) % (pages / 2)];
        std::fs::write(content.join(format!("pages/page-{number}.md")), japanese(number, others))?;
        std::fs::write(content.join(format!("pages/page-{number}.en.md")), english(number, others))?;
    }
    Ok(std::fs::write(content.join("sites/many.yaml"), site)?)
}

fn japanese(number: usize, others: [usize; 2]) -> String {
    let mut text = format!("---\ntitle: 働き方を考える {number}\nlead: {number} 番目の文章です。\n---\n\n");
    for section in 1..=3 {
        let sentence = format!("**{section} 年**ごとに立ち止まり、これまでに得たものと、これから試すことを、自分のことばで書き出します。");
        let [one, other] = others;
        let _ = write!(
            text,
            "## 第{section}節　立ち止まって見る {number}\n\n{}\n\n- 得意なこと、[次の文章](page:page-{one})\n- 大事にしたいこと、*{section}つまで*\n- \
             来月ためすこと、[別の文章](page:page-{other})\n\n| 年 | すること | 分 |\n|---|---|---:|\n| 3 | 書き出す | {section}0 |\n| 5 | 話す | 45 |\n\n",
            sentence.repeat(3)
        );
    }
    text
}

fn english(number: usize, others: [usize; 2]) -> String {
    let mut text = format!("---\ntitle: Thinking about work {number}\nlead: Text number {number}.\n---\n\n");
    for section in 1..=3 {
        let sentence =
            format!("Every **{section} years** we stop, look at what we have gained, and write down in our own words what to try next. ");
        let [one, other] = others;
        let _ = write!(
            text,
            "## Part {section}: stopping to look {number}\n\n{}\n\n- What comes easily, [the next text](page:page-{one})\n- What matters, *{section} at \
             most*\n- What to try next month, [another text](page:page-{other})\n\n| Year | What | Minutes |\n|---|---|---:|\n| 3 | Write it down | \
             {section}0 |\n| 5 | Talk about it | 45 |\n\n",
            sentence.repeat(7)
        );
    }
    text
}
