//! What the server says when it does not do what was asked: a status and a small page that people can read.

use crate::language::Words;

/// Why a request is not answered with what it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not one clear request: 400, with the part that is wrong in a word of the standard.
    Malformed(&'static str),
    /// A method other than GET, HEAD and POST: 405.
    Method,
    /// Head or body did not come in time: 408.
    TooSlow,
    /// A POST that does not say how long it is: 411.
    NoLength,
    /// A body beyond the limit: 413.
    TooLarge,
    /// More form fields than any survey has: 413.
    TooManyFields,
    /// A body that is no urlencoded form: 415.
    NoForm,
    /// An `Expect` header: 417.
    Expectation,
    /// A host name that is not ours, as in DNS rebinding: 421.
    Misdirected,
    /// Too many connections from one address: 429.
    TooMany,
    /// A head beyond the limit, in bytes or lines: 431.
    HeadTooLarge,
    /// The handler failed: 500.
    Fault,
    /// A transfer encoding: 501. Browsers send none.
    Encoding,
    /// Everybody is busy: 503.
    Full,
    /// The handler did not answer in time: 504.
    Late,
    /// A version of HTTP that is not 1.0 or 1.1: 505.
    Version,
}

impl Refusal {
    /// One of each, for tests and for looking at the pages.
    pub const ALL: [Refusal; 16] = [
        Refusal::Malformed("request"),
        Refusal::Method,
        Refusal::TooSlow,
        Refusal::NoLength,
        Refusal::TooLarge,
        Refusal::TooManyFields,
        Refusal::NoForm,
        Refusal::Expectation,
        Refusal::Misdirected,
        Refusal::TooMany,
        Refusal::HeadTooLarge,
        Refusal::Fault,
        Refusal::Encoding,
        Refusal::Full,
        Refusal::Late,
        Refusal::Version,
    ];

    /// The status code.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Refusal::Malformed(_) => 400,
            Refusal::Method => 405,
            Refusal::TooSlow => 408,
            Refusal::NoLength => 411,
            Refusal::TooLarge | Refusal::TooManyFields => 413,
            Refusal::NoForm => 415,
            Refusal::Expectation => 417,
            Refusal::Misdirected => 421,
            Refusal::TooMany => 429,
            Refusal::HeadTooLarge => 431,
            Refusal::Fault => 500,
            Refusal::Encoding => 501,
            Refusal::Full => 503,
            Refusal::Late => 504,
            Refusal::Version => 505,
        }
    }

    /// The standard's phrase for the status.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::Malformed(_) => "Bad Request",
            Refusal::Method => "Method Not Allowed",
            Refusal::TooSlow => "Request Timeout",
            Refusal::NoLength => "Length Required",
            Refusal::TooLarge | Refusal::TooManyFields => "Content Too Large",
            Refusal::NoForm => "Unsupported Media Type",
            Refusal::Expectation => "Expectation Failed",
            Refusal::Misdirected => "Misdirected Request",
            Refusal::TooMany => "Too Many Requests",
            Refusal::HeadTooLarge => "Request Header Fields Too Large",
            Refusal::Fault => "Internal Server Error",
            Refusal::Encoding => "Not Implemented",
            Refusal::Full => "Service Unavailable",
            Refusal::Late => "Gateway Timeout",
            Refusal::Version => "HTTP Version Not Supported",
        }
    }

    /// What happened, in a line.
    #[must_use]
    pub fn title(self) -> Words {
        match self {
            Refusal::Malformed(_) | Refusal::Expectation | Refusal::Encoding | Refusal::NoLength | Refusal::Version => {
                Words::new("送られた内容を読み取れませんでした", "The request could not be read")
            }
            Refusal::Method => Words::new("この操作には対応していません", "This kind of request is not answered here"),
            Refusal::TooSlow => Words::new("通信に時間がかかりすぎました", "The connection was too slow"),
            Refusal::TooLarge => Words::new("送られた内容が長すぎます", "What was sent is too long"),
            Refusal::TooManyFields => Words::new("入力欄の数が多すぎます", "The form has too many fields"),
            Refusal::NoForm => Words::new("フォームの形式ではありません", "What was sent is not a form"),
            Refusal::Misdirected => Words::new("このアドレスでは開けません", "This address is not known here"),
            Refusal::TooMany => Words::new("同じ場所からの接続が多すぎます", "There are too many connections from your network"),
            Refusal::HeadTooLarge => Words::new("ブラウザーからの情報が長すぎます", "The browser sent too much about itself"),
            Refusal::Fault => Words::new("サーバーで問題が起きました", "Something went wrong on the server"),
            Refusal::Full => Words::new("ただいま混み合っています", "The server is busy"),
            Refusal::Late => Words::new("時間内に処理が終わりませんでした", "The server did not finish in time"),
        }
    }

    /// What the reader can do now.
    #[must_use]
    pub fn advice(self) -> Words {
        match self {
            Refusal::Malformed(_) | Refusal::Method | Refusal::Expectation | Refusal::Encoding | Refusal::Version => {
                Words::new("ブラウザーでページを開き直してください。", "Open the page in a browser again.")
            }
            Refusal::NoLength | Refusal::NoForm => Words::new(
                "ページを開き直し、フォームの送信ボタンから送ってください。",
                "Open the page again and send the form with its button.",
            ),
            Refusal::TooSlow => Words::new(
                "何も保存していません。通信の状態を確かめて、もう一度お試しください。",
                "Nothing was stored. Check the connection and try again.",
            ),
            Refusal::TooLarge | Refusal::TooManyFields => Words::new(
                "何も保存していません。前のページに戻り、文章を短くしてから送ってください。",
                "Nothing was stored. Go back, shorten your texts and send the form again.",
            ),
            Refusal::Misdirected => Words::new(
                "案内されたアドレスをそのまま開いてください。運営の方は、このホスト名を設定に加えられます。",
                "Open the address exactly as you were given it. If you run this server, add the host name to its settings.",
            ),
            Refusal::TooMany | Refusal::Full => Words::new(
                "何も保存していません。数秒待って、もう一度お試しください。",
                "Nothing was stored. Wait a few seconds and try again.",
            ),
            Refusal::HeadTooLarge => Words::new(
                "このサイトのクッキーを消して、ページを開き直してください。",
                "Delete this site's cookies and open the page again.",
            ),
            Refusal::Fault | Refusal::Late => Words::new(
                "少し待って、もう一度お試しください。続くときは、運営の方にお知らせください。",
                "Wait a moment and try again. If it goes on, tell the people who run this site.",
            ),
        }
    }
}
