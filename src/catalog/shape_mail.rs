//! What `mail:` of `content/project.yaml` may look like.

use crate::content::shape::{Record, Shape, optional, required, word};

/// The server that letters go through.
pub(super) const MAIL: Record = Record {
    name: "mail",
    fields: &[
        required("host", Shape::Line, "サーバーの名前", "The server’s name"),
        optional(
            "port",
            Shape::Integer(1, 65_535),
            "ポート。書かなければ starttls は 587、implicit は 465、ほかは 25",
            "Its port; if absent 587 for starttls, 465 for implicit, else 25",
        ),
        optional(
            "tls",
            Shape::Word(&[
                word("starttls", "STARTTLS で暗号化する（できなければ送らない）", "encrypted by STARTTLS, or nothing is sent"),
                word("implicit", "はじめから TLS で暗号化する", "TLS from the first byte"),
                word("none", "暗号化しない（このコンピューターの中だけ）", "not encrypted, on this machine only"),
                word(
                    "insecure",
                    "暗号化しないでネットワークを通る（途中でリンクを読まれうる）",
                    "not encrypted over a network, where links can be read",
                ),
            ]),
            "暗号化のしかた。書かなければ starttls",
            "How it is encrypted; starttls if absent",
        ),
        required("from", Shape::Line, "差出人のメールアドレス", "The sender’s mail address"),
        optional("reply_to", Shape::Line, "返信先のメールアドレス", "Where replies go"),
        optional(
            "ca_file",
            Shape::Line,
            "サーバーの証明書を確かめるための証明書（PEM）。書けば、これだけを信じる",
            "Certificates (PEM) that vouch for the server; when given, only they do",
        ),
    ],
};
