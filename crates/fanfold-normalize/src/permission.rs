//! What the author says about keeping copies. A refusal holds the work; what is unclear is not taken for a yes.

use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::one_line;
use crate::phrase::{has_any, is_any};
use fanfold_model::{FieldKind, FindingCode};

/// Said outright: nobody need ask.
const NEED_NOT_ASK: &[&str] = &[
    "no need to ask",
    "don't need to ask",
    "no permission needed",
    "no permission required",
    "needn't ask",
    "without asking is fine",
    "permission not needed",
    "don't ask, just",
];

const ASK: &[&str] = &[
    "ask",
    "asking",
    "asked",
    "permission",
    "permission*",
    "e-mail me",
    "email me",
    "mail me",
    "contact me",
    "write me",
    "write to me",
    "drop me",
    "check with me",
    "by request",
    "on request",
    "with my ok",
    "my consent",
    "consent",
    "authorization",
    "erlaubnis",
    "fragen",
    "anfrage",
    "nachfragen",
    "demander",
    "demandez",
    "permission de",
    "autorisation",
    "chiedere",
    "chiedete",
    "permesso",
    "pedir",
    "preguntar",
    "preguntad",
    "permiso",
    "permissao",
    "perguntar",
    "pergunte",
    "peca",
    "разрешени*",
    "спрос*",
    "спраш*",
    "согласи*",
    "请询问",
    "询问",
    "授权",
    "许可",
    "許可",
];

/// Said to be given already.
const GRANTED: &[&str] =
    &["permission granted", "permission is granted", "permission is given", "permission given"];

/// Conditions on the use of a copy; their "not" refuses nothing.
const CONDITIONS: &[&str] = &[
    "not for money",
    "not for profit",
    "not for sale",
    "no money",
    "no profit",
    "not to be sold",
    "don't sell",
    "do not sell",
    "don't change",
    "do not change",
    "don't alter",
    "do not alter",
    "no changes",
    "no alterations",
    "without changes",
    "don't edit",
    "do not edit",
    "don't claim",
    "do not claim",
    "don't remove",
    "do not remove",
    "non commercial",
    "nicht kommerziell",
    "non a scopo di lucro",
    "sin fines de lucro",
    "sem fins lucrativos",
];

/// A negation that is a yes.
const DO_NOT_MIND: &[&str] = &[
    "no problem",
    "don't mind",
    "dont mind",
    "do not mind",
    "no objection",
    "no objections",
    "kein problem",
    "нет проблем",
];

/// To be told is a wish, not a condition, where a yes stands beside it.
const TELL: &[&str] = &[
    "let me know",
    "tell me",
    "just tell",
    "drop a note",
    "drop a line",
    "send a link",
    "send me a link",
    "bescheid",
    "prevenir",
    "prevenez",
    "avvisate",
    "avisad",
    "avise",
    "сообщ*",
];

const NO: &[&str] = &[
    "no",
    "do not",
    "don't",
    "dont",
    "not to be",
    "never",
    "nowhere",
    "may not",
    "please not",
    "none",
    "nobody",
    "not allowed",
    "forbidden",
    "not without",
    "no archiving",
    "not anywhere",
    "stop",
    "nein",
    "nicht",
    "keine",
    "kein",
    "niemals",
    "nirgends",
    "verboten",
    "non",
    "ne pas",
    "interdit",
    "interdite",
    "nulle part",
    "vietato",
    "vietata",
    "da nessuna parte",
    "prohibido",
    "prohibida",
    "nao",
    "proibido",
    "proibida",
    "нет",
    "не",
    "запрещ*",
    "нельзя",
    "никуда",
    "нигде",
    "禁止",
    "请勿",
    "勿",
    "不要",
    "无断",
    "無断",
    "谢绝",
    "严禁",
];

const YES: &[&str] = &[
    "anywhere",
    "yes",
    "sure",
    "wherever",
    "ok",
    "okay",
    "fine",
    "freely",
    "free",
    "go ahead",
    "feel free",
    "take it",
    "help yourself",
    "be my guest",
    "everywhere",
    "all",
    "any",
    "whoever",
    "if you want it",
    "if you want",
    "if you like",
    "you may",
    "may be archived",
    "may be copied",
    "may be distributed",
    "allowed",
    "welcome",
    "my pleasure",
    "please do",
    "ja",
    "uberall",
    "gern",
    "gerne",
    "erlaubt",
    "oui",
    "partout",
    "libre",
    "si",
    "ovunque",
    "dappertutto",
    "liberamente",
    "donde sea",
    "en cualquier",
    "libremente",
    "sim",
    "em qualquer",
    "livremente",
    "да",
    "где угодно",
    "куда угодно",
    "свободн*",
    "разрешено",
    "随意",
    "可以",
    "自由",
    "同意",
    "歓迎",
    "permitted",
    "with my name",
    "keep my name",
    "just spell",
];

/// Reads the permission fields; the strictest statement stands.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let values = draft.values(FieldKind::Permission);
    let mut strictest: Option<&'static str> = None;
    let mut words: Vec<String> = Vec::new();
    for value in &values {
        words.push(one_line(&crate::private::masked(&value.text)));
        let Some(said) = says(&value.text) else { continue };
        if rank(Some(said)) > rank(strictest) {
            strictest = Some(said);
        }
        draft.evidence("permissions", value.field);
        if said != "yes" {
            draft.finding(
                FindingCode::PERMISSION,
                format!("the author says about archiving: “{}”", one_line(&value.text)),
                value.field,
            );
        }
    }
    words.dedup();
    draft.work.permissions.archiving = strictest.map(str::to_owned);
    draft.work.permissions.as_read = (!words.is_empty()).then(|| words.join("\n"));
    if strictest == Some("no") && draft.work.held.is_none() {
        draft.work.held = Some("permission".to_owned());
    }
}

fn rank(said: Option<&str>) -> u8 {
    match said {
        Some("no") => 3,
        Some("ask") => 2,
        Some("yes") => 1,
        _ => 0,
    }
}

/// `yes`, `ask`, `no`, or `None` where it is not clear (a list of archives).
pub(crate) fn says(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let bare = CONDITIONS.iter().fold(folded.clone(), |text, words| text.replace(words, ""));
    let refuses = has_any(&bare, NO) && !is_any(&folded, &["no preference"]);
    if has_any(&folded, NEED_NOT_ASK) || (has_any(&folded, GRANTED) && !refuses) {
        return Some("yes");
    }
    if has_any(&folded, ASK) && !has_any(&folded, &["无断", "無断"]) {
        return Some("ask");
    }
    if has_any(&folded, DO_NOT_MIND) {
        return Some("yes");
    }
    if refuses {
        return Some("no");
    }
    let told = has_any(&folded, TELL).then_some("ask");
    if has_any(&folded, YES) { Some("yes") } else { told }
}

#[cfg(test)]
mod tests {
    use super::says;
    use crate::samples::{codes, field, work};
    use fanfold_model::FieldKind;

    #[test]
    fn permissions_are_read_in_many_languages() {
        for (said, statements) in [
            (
                Some("yes"),
                "archive anywhere|Anywhere! Take it! Just spell my name right.|wherever you like|anywhere, with my name on it|Yes, just let me know|Sure|no need to ask|May be copied for love, not for money.|Anywhere, but do not change a word|I don't mind|überall|partout, avec mon nom|ovunque|где угодно|随意转载|feel free",
            ),
            (
                Some("ask"),
                "Ask first, please.|nur mit Erlaubnis|with permission only|Do not archive without permission|please e-mail me|demandez d'abord|chiedere prima|pedir permiso|только с разрешения автора|let me know|Yes, but ask first|Please do not repost without asking",
            ),
            (
                Some("no"),
                "do not archive|please don't repost|NO. Please do not archive this story anywhere. Not even with a link.|No|nicht archivieren|ne pas archiver|vietato|не выкладывать|禁止转载|无断転載禁止|请勿转载|never",
            ),
            (None, "Gossamer|the Greenwood list|"),
        ] {
            for statement in statements.split('|') {
                assert_eq!(says(statement), said, "{statement}");
            }
        }
    }

    #[test]
    fn a_refusal_holds_the_work_and_a_wish_to_be_asked_is_remarked() {
        let refused = work([
            field(FieldKind::Permission, "Archive", "Anywhere"),
            field(FieldKind::Permission, "", "do not repost"),
        ]);
        assert_eq!(refused.held.as_deref(), Some("permission"));
        assert_eq!(refused.permissions.archiving.as_deref(), Some("no"));
        let asks =
            work([field(FieldKind::Permission, "Archive", "Ask first: wren@example.invalid")]);
        assert_eq!(asks.held, None);
        assert!(codes(&asks).contains(&"permission"));
        assert_eq!(asks.permissions.as_read.as_deref(), Some("Ask first: [e-mail address]"));
    }

    #[test]
    fn underage_stays_the_reason_when_both_hold() {
        let work = work([
            field(FieldKind::Warning, "Warning", "underage"),
            field(FieldKind::Permission, "Archive", "no"),
        ]);
        assert_eq!(work.held.as_deref(), Some("underage"));
    }
}
