//! The name of every kind of fault. `tests/cases/` holds at least one faulty file for each.

/// The name of a kind of fault, stable between versions: `unknown-key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)+
        /// Every code.
        pub const ALL: &[Code] = &[$($name),+];
    };
}

codes! {
    /// The file is larger than any file of its kind should be.
    FILE_TOO_LARGE = "file-too-large";
    /// The file is neither UTF-8 nor (for tables) CP932.
    ENCODING = "encoding";
    /// A file that nobody reads stands among the content.
    UNKNOWN_FILE = "unknown-file";
    /// A name that cannot be a file name on every system.
    FILE_NAME = "file-name";
    /// Not well-formed YAML.
    YAML_SYNTAX = "yaml-syntax";
    /// The same key twice in one mapping.
    DUPLICATE_KEY = "duplicate-key";
    /// A document that unfolds into too much: nesting, aliases, nodes.
    YAML_BUDGET = "yaml-budget";
    /// A key that nobody asked for.
    UNKNOWN_KEY = "unknown-key";
    /// A required key is absent.
    MISSING_KEY = "missing-key";
    /// A value of the wrong shape: a list where a text is asked.
    WRONG_TYPE = "wrong-type";
    /// A number outside its range, a list too short or too long, a text too long.
    OUT_OF_RANGE = "out-of-range";
    /// Not one of the values that are offered.
    UNKNOWN_VALUE = "unknown-value";
    /// An id that cannot be one.
    INVALID_ID = "invalid-id";
    /// An id that is taken.
    DUPLICATE_ID = "duplicate-id";
    /// A text lacks a language of the project.
    MISSING_TRANSLATION = "missing-translation";
    /// A reference to something that does not exist.
    UNKNOWN_REFERENCE = "unknown-reference";
    /// A condition that cannot be read, or whose parts do not fit together.
    CONDITION = "condition";
    /// A condition that speaks of a question that has not been asked yet.
    LATER_ANSWER = "later-answer";
    /// Front matter that is never closed.
    FRONT_MATTER = "front-matter";
    /// A character that shirube uses for itself.
    RESERVED_CHARACTER = "reserved-character";
    /// A link to somewhere that links may not lead.
    UNSAFE_LINK = "unsafe-link";
    /// An image that would have to be fetched from the network.
    REMOTE_IMAGE = "remote-image";
    /// A chart among words instead of in a paragraph of its own.
    CHART_PLACE = "chart-place";
    /// A heading of level 1, or one that skips a level.
    HEADING_LEVEL = "heading-level";
    /// A mark on a heading that means nothing.
    HEADING_CLASS = "heading-class";
    /// Marks of emphasis that would be printed as they are.
    LITERAL_MARK = "literal-mark";
    /// A footnote without a text.
    FOOTNOTE = "footnote";
    /// A quoted cell that is not closed, or goes on after its closing quote.
    TABLE_QUOTE = "table-quote";
    /// A row with more or fewer cells than the head.
    RAGGED_ROW = "ragged-row";
    /// A table without rows or a column without a name.
    TABLE_HEAD = "table-head";
    /// A file that has to be there is not.
    MISSING_FILE = "missing-file";
    /// Figures that do not add up.
    SUM = "sum";
    /// Something internal inside something public.
    VISIBILITY = "visibility";
    /// Two pages claim one address.
    ADDRESS_TAKEN = "address-taken";
    /// A template of a theme is faulty.
    TEMPLATE = "template";
    /// HTML in a text of a site that shows it as text.
    RAW_HTML = "raw-html";
    /// A row of an import that a form would not have taken.
    REFUSED_ROW = "refused-row";
    /// A test case of a survey that comes out otherwise.
    TEST_FAILED = "test-failed";
    /// A condition that no sheet can meet.
    NEVER_HOLDS = "never-holds";
    /// A condition that every sheet meets.
    ALWAYS_HOLDS = "always-holds";
    /// A survey that can end without having asked anything.
    NOTHING_ASKED = "nothing-asked";
    /// An answer in a text that cannot be filled in: unreadable, without words to stand in, or where no answer may stand.
    PIPING = "piping";
    /// A random order that would put a question before the one it depends on.
    ORDER = "order";
    /// A workbook that cannot be read, or a cell of it.
    WORKBOOK = "workbook";
    /// Something that another format cannot say, or says otherwise.
    LOST = "lost";
    /// A file of another program that is no JSON, or not the JSON that was asked for.
    JSON = "json";
    /// Answers that are kept under an id that the survey no longer has.
    GONE_ID = "gone-id";
    /// A mail server or a mail address that nothing can be sent with.
    MAIL = "mail";
    /// A site shows figures that the ledger does not know.
    UNKNOWN_PUBLICATION = "unknown-publication";
    /// Answers that would be kept for ever, although it is said for how long.
    NEVER_DUE = "never-due";
    /// A survey takes its content from another one that cannot give it, or waves cannot be put in order.
    SAME_AS = "same-as";
    /// Invented answers on their way to where real ones are kept.
    INVENTED = "invented";
    /// A plan of invented answers that cannot be followed.
    PLAN = "plan";
    /// Figures that cannot be held against each other, or groups that a survey does not count.
    NOT_COMPARABLE = "not-comparable";
    /// What was decided of a text that nobody wrote, or whose words were changed.
    REVIEW = "review";
    /// A personal result that has nothing to say to somebody, or too much.
    RESULT = "result";
    /// Rules of a plan of which none holds, or two at once, or that change with the day.
    PLAN_RULES = "plan-rules";
    /// A consultant who cannot be offered: without a licence that holds, or not bound to silence.
    LICENCE = "licence";
    /// A template of a report asks for what its survey does not have.
    NOTHING_TO_SHOW = "nothing-to-show";
    /// A colour that cannot be read on its ground.
    CONTRAST = "contrast";
    /// A logo that cannot be shown.
    LOGO = "logo";
    /// Months of cohorts that are said nowhere, or that a survey says already.
    COHORT_DATES = "cohort-dates";
    /// A worksheet with money or with the jobs of a life that would be carried over into a survey.
    PRIVATE_SHEET = "private-sheet";
    /// A survey or a question that cannot take what a worksheet gives.
    TOTALS = "totals";
    /// Known numbers of people that leave out a value of their attribute, or do not count the same people.
    MARGINS = "margins";
}
