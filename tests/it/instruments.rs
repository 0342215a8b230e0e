//! Whose words an instrument is made of, and that nobody has validated it, stand where it is listed and before its first question.

use crate::loop_project::Project;
use crate::serve::{run, said};

const SCALE: &str = "
scales:
  - {id: feel, label: {ja: 気分, en: Mood}, items: [mood], min_answered: 1}
";

/// The row of the survey in the list of instruments, and what its form promises, in Japanese and English.
fn told(head: &str, scale: bool) -> [(Option<String>, bool); 2] {
    let project = Project::small();
    project.edit("content/surveys/every.yaml", "minutes: 3\n", &format!("minutes: 3\n{head}"));
    if scale {
        let text = project.read("content/surveys/every.yaml");
        project.write("content/surveys/every.yaml", text + SCALE);
    }
    let built = run(&project, &["build", "--quiet"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    [("", "尺度の妥当性は、検証していません。"), ("en/", "The scales have not been validated.")].map(|(folder, not_validated)| {
        let page = project.read(&format!("output/small/{folder}sources.html"));
        let (_, list) = page.split_once("<h2 id=\"instruments\">").unzip();
        let row = list.map(|list| list.split("<td>").nth(1).expect("a cell").split("</td>").next().expect("its end").to_owned());
        (row, project.read(&format!("output/small/{folder}surveys/every.html")).contains(not_validated))
    })
}

#[test]
fn what_nobody_has_validated_says_so() {
    let (ja, en) = ("この教材のために書いたもの。", "Written for these courses.");
    let cell = |words: &str, unproven: &str| Some(if unproven.is_empty() { words.to_owned() } else { format!("{words} {unproven}") });
    assert_eq!(
        told("licence: own\n", true),
        [(cell(ja, "尺度の妥当性は、検証していません。"), true), (cell(en, "The scales have not been validated."), true)]
    );
    assert_eq!(told("licence: own\nvalidated: true\n", true), [(cell(ja, ""), false), (cell(en, ""), false)]);
    // Without a scale nothing is measured
    assert_eq!(told("licence: own\n", false), [(cell(ja, ""), false), (cell(en, ""), false)]);
    // Without a licence it is an ordinary survey: it stands in no list, and nothing is said of it
    assert_eq!(told("", true), [(None, false), (None, false)]);
}
