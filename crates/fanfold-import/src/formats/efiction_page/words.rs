//! What eFiction's pages call things, in the languages that archives translated the program into. Sources: the program's
//! own language file, the templates of its translated skins, the translations that archives show.

use crate::text_work;
use fanfold_model::FieldKind;

/// What a label of the box is about; `None` for the names of an archive's own classes.
pub(super) fn kind_of(label: &str) -> Option<FieldKind> {
    let folded = fold(label);
    let family = LABELS.iter().find(|(_, words)| words.split('|').any(|word| word == folded));
    family.map(|(kind, _)| *kind)
}

/// Whose notes a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// The whole story's.
    Story,
    /// The chapter's, before it.
    Chapter,
    /// The chapter's, behind it.
    End,
}

/// The notes that a heading announces, in any language of the lists.
pub(super) fn notes(heading: &str) -> Option<Notes> {
    let folded = fold(heading);
    let names = |words: &str| words.split('|').any(|word| folded.contains(word));
    if !names(NOTE) {
        return None;
    }
    Some(match () {
        () if names(END) => Notes::End,
        () if names(STORY) => Notes::Story,
        () => Notes::Chapter,
    })
}

/// What a label of a reader's review is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfReview {
    /// Who wrote it.
    Reviewer,
    /// When.
    Day,
    /// About which chapter.
    Chapter,
    /// What the author answered.
    Reply,
}

/// What a label of a review is about.
pub(super) fn of_review(label: &str) -> Option<OfReview> {
    let folded = fold(label);
    let family = REVIEW.iter().find(|(_, words)| words.split('|').any(|word| word == folded));
    family.map(|(own, _)| *own)
}

/// Whether a word behind a reviewer's name only says whether a member wrote it.
pub(super) fn is_signature(word: &str) -> bool {
    let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    SIGNED.split('|').any(|word| word == folded)
}

/// Whether a value says that nothing was chosen.
pub(super) fn is_none(value: &str) -> bool {
    let folded = fold(value);
    folded.is_empty() || NONE.split('|').any(|word| word == folded)
}

/// A heading's title and names, parted by the word between them; the last such word counts.
pub(super) fn parted(heading: &str) -> Option<(&str, &str)> {
    let lower = heading.to_lowercase();
    // A letter whose lower case is longer would shift all places.
    if lower.len() != heading.len() {
        return heading.rsplit_once(" by ");
    }
    let cut = |word: &str| {
        let at = lower.rfind(word)?;
        let (title, names) = (heading.get(..at)?.trim(), heading.get(at + word.len()..)?.trim());
        let fits = !title.is_empty() && !names.is_empty() && names.split_whitespace().count() <= 6;
        fits.then_some((title, names))
    };
    BETWEEN.iter().find_map(|word| cut(word))
}

/// A heading without the words that part title and names.
pub(super) fn without_between(text: &str) -> &str {
    let text = text.trim();
    let lower = text.to_lowercase();
    let word = BETWEEN.iter().map(|word| word.trim()).find(|word| {
        lower.strip_prefix(*word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    word.and_then(|word| text.get(word.len()..)).unwrap_or(text).trim()
}

fn fold(text: &str) -> String {
    text_work::fold(text.trim().trim_end_matches([':', '\u{ff1a}']).trim())
}

/// Between a title and its authors; the commonest words of a language come last.
const BETWEEN: [&str; 11] = [
    " by ", " von ", " door ", " от ", " par ", " por ", " przez ", " od ", " av ", " di ", " de ",
];

const REVIEW: [(OfReview, &str); 4] = [
    (
        OfReview::Reviewer,
        "reviewer|rezensent|rezensentin|rezensent/in|kritiker|critiqueur|critique par|commentateur|critico|comentarista|comentador|revisor|recensore|recensito da|рецензент|автор отзыва|ertekelo|velemenyezo|recenzent|recenzentka|recensent|anmelder",
    ),
    (OfReview::Day, "date|datum|fecha|data|дата|dato"),
    (
        OfReview::Chapter,
        "title|chapter|titel|kapitel|titre|chapitre|titulo|capitulo|titolo|capitolo|название|глава|cim|fejezet|tytul|rozdzial|nazev|kapitola|hoofdstuk",
    ),
    (
        OfReview::Reply,
        "author's response|authors response|author's reply|response|antwort des autors|antwort der autorin|antwort des autors/der autorin|reponse de l'auteur|respuesta del autor|respuesta de la autora|risposta dell'autore|resposta do autor|resposta da autora|ответ автора|a szerzo valasza|odpowiedz autora|odpoved autora|antwoord van de auteur",
    ),
];

const SIGNED: &str = "signed|anonymous|unterzeichnet|angemeldet|anonym|signe|signee|anonyme|firmado|firmada|anonimo|anonima|assinado|assinada|firmato|firmata|подписано|подписан|аноним|анонимно|alairt|nevtelen|podpisany|podpisana|anonimowy|podepsano|anonymni|ondertekend|anoniem|report|this|like|liked";

const NOTE: &str = "note|anmerkung|bemerkung|notas|nota|remarque|opmerking|примечан|заметк|jegyzet|megjegyzes|poznamk|uwag|notatk|notiz";

const END: &str = "end note|endnote|end of chapter|abschluss|schluss|nachwort|endnotiz|notes de fin|note de fin|finales|finais|final|finali|slot|в конце|после|utolso|veg|zaver|koncow";

const STORY: &str =
    "story|geschichte|histoire|historia|storia|verhaal|истории|рассказ|tortenet|pribeh|opowiadan";

const NONE: &str = "none|keine|keiner|keines|aucun|aucune|ninguno|ninguna|nenhum|nenhuma|nessuno|nessuna|nessun|geen|нет|отсутствуют|nincs|nincsenek|zadne|zadna|zadny|brak|ingen|inga|ei|n/a";

/// Labels of the program itself, folded: lower case, no accents.
const LABELS: [(FieldKind, &str); 15] = [
    (
        FieldKind::Summary,
        "summary|story summary|zusammenfassung|inhalt|inhaltsangabe|resume|resumen|resumo|riassunto|introduzione|samenvatting|краткое содержание|саммари|содержание|osszefoglalo|leiras|tartalom|shrnuti|obsah|streszczenie|opis|sammanfattning|sammendrag",
    ),
    (
        FieldKind::Rating,
        "rated|rating|eingestuft|einstufung|altersfreigabe|altersempfehlung|alterseinstufung|classement|public|clasificacion|clasificado|classificacao|valutazione|beoordeling|leeftijd|рейтинг|korhatar|besorolas|pristupnost|hodnoceni|ograniczenie wiekowe",
    ),
    (
        FieldKind::Fandom,
        "categories|category|kategorie|kategorien|categorie|categorieen|categoria|categorias|категории|категория|фандом|fandom|fandoms|kategoria|kategoriak",
    ),
    (
        FieldKind::Character,
        "characters|character|charaktere|charakter|figuren|personen|personnages|personajes|personagens|personaggi|personages|персонажи|герои|szereplok|karakterek|postavy|postacie|bohaterowie|karaktarer",
    ),
    (
        FieldKind::Challenge,
        "challenges|challenge|herausforderung|herausforderungen|defis|defi|desafio|desafios|sfida|sfide|uitdaging|uitdagingen|вызовы|челлендж|kihivas|kihivasok|vyzvy|wyzwania",
    ),
    (
        FieldKind::Series,
        "series|serie|serien|reihe|serier|серия|серии|цикл|sorozat|sorozatok|seria|serij",
    ),
    (
        FieldKind::Chapters,
        "chapters|chapter|kapitel|chapitres|chapitre|capitulos|capitulo|capitoli|hoofdstukken|hoofdstuk|главы|глав|fejezetek|fejezet|kapitoly|rozdzialy|rozdzial",
    ),
    (
        FieldKind::Status,
        "completed|complete|finished|status|abgeschlossen|beendet|fertiggestellt|complet|complete?|termine|terminee|achevee|completo|completa|completado|completada|finalizado|finalizada|terminado|terminada|concluida|concluido|completata|conclusa|terminata|voltooid|compleet|завершен|завершено|закончен|закончено|befejezett|befejezve|kesz|dokonceno|ukonceno|zakonczone|ukonczone|avslutad|ferdig",
    ),
    (
        FieldKind::Words,
        "word count|wordcount|words|worter|woerter|wortanzahl|wortzahl|anzahl der worter|nombre de mots|mots|numero de palabras|palabras|palavras|numero de palavras|contagem de palavras|parole|numero parole|conteggio parole|woorden|aantal woorden|слов|количество слов|szavak szama|szavak|szoszam|pocet slov|slov|liczba slow|slow|antal ord|ord",
    ),
    (
        FieldKind::Hits,
        "read|reads|read count|gelesen|aufrufe|lu|lue|lectures|leido|leida|lecturas|lida|lido|leituras|letta|letto|letture|gelezen|прочитано|прочитали|просмотров|olvasva|olvastak|olvasasok|precteno|przeczytano|przeczytane|odslony|last",
    ),
    (
        FieldKind::Published,
        "published|veroffentlicht|publie|publiee|publicado|publicada|pubblicata|pubblicato|gepubliceerd|geplaatst|опубликовано|опубликован|publikalva|megjelent|publikovano|vydano|opublikowano|opublikowane|publicerad",
    ),
    (
        FieldKind::Updated,
        "updated|last updated|aktualisiert|mis a jour|mise a jour|actualizado|actualizada|atualizado|atualizada|aggiornata|aggiornato|bijgewerkt|обновлено|обновлен|frissitve|frissitett|aktualizovano|aktualizacja|zaktualizowano|uppdaterad",
    ),
    (
        FieldKind::Genre,
        "genre|genres|genere|generi|genero|generos|жанр|жанры|mufaj|mufajok|zanr|zanry|gatunek|gatunki",
    ),
    (
        FieldKind::Warning,
        "warning|warnings|story warnings|warnung|warnungen|avertissement|avertissements|advertencia|advertencias|aviso|avisos|avvertimento|avvertimenti|avvertenze|waarschuwing|waarschuwingen|предупреждение|предупреждения|figyelmeztetes|figyelmeztetesek|varovani|upozorneni|ostrzezenia|ostrzezenie",
    ),
    (
        FieldKind::Relationship,
        "pairing|pairings|paarung|paarungen|couple|couples|pareja|parejas|casal|casais|coppia|coppie|пейринг|пейринги|paros|parositas|par|pary|paring|parings",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_translated_archives_say_what_they_are_about() {
        for (label, kind) in [
            ("Rated:", FieldKind::Rating),
            ("Eingestuft:", FieldKind::Rating),
            ("Wörter:", FieldKind::Words),
            ("Befejezett:", FieldKind::Status),
            ("Résumé :", FieldKind::Summary),
            ("Dokončeno", FieldKind::Status),
            ("Герои:", FieldKind::Character),
            ("Catégorie", FieldKind::Fandom),
        ] {
            assert_eq!(kind_of(label), Some(kind), "{label}");
        }
        assert_eq!(kind_of("Type of Lamp"), None);
    }

    #[test]
    fn a_heading_is_parted_at_the_last_word_between_title_and_names() {
        assert_eq!(parted("Stand by Me by Wren"), Some(("Stand by Me", "Wren")));
        assert_eq!(parted("Wind von Westen von Wren"), Some(("Wind von Westen", "Wren")));
        assert_eq!(parted("The Lamp"), None);
        assert_eq!(without_between("by Wren, Ash"), "Wren, Ash");
        assert_eq!(without_between("Byron"), "Byron");
    }

    #[test]
    fn notes_are_told_apart_by_their_headings() {
        assert_eq!(notes("Story Notes:"), Some(Notes::Story));
        assert_eq!(notes("Kapitel Abschlussbemerkung:"), Some(Notes::End));
        assert_eq!(notes("Author's Chapter Notes:"), Some(Notes::Chapter));
        assert_eq!(notes("Chapter End Notes:"), Some(Notes::End));
        assert_eq!(notes("Dorothy said:"), None);
    }
}
