//! The same header in ten languages.

use fanfold_model::FieldKind as K;

use super::{reading, values};

#[test]
fn headers_of_many_languages_are_read_alike() {
    for (header, story) in [
        (
            "Titel: T\nAutorin: Wren\nKurzbeschreibung: S\nAltersfreigabe: P12\nWarnungen: W\nDisclaimer: D",
            "Es regnete seit dem Mittag, und niemand sprach.",
        ),
        (
            "Titre : T\nAuteur : Wren\nRésumé : S\nPublic : P12\nAvertissement : D",
            "Il pleuvait depuis midi, et personne ne parlait.",
        ),
        (
            "Titolo: T\nAutrice: Wren\nRiassunto: S\nRating: P12\nAvvertimenti: W\nDisclaimer: D",
            "Pioveva da mezzogiorno, e nessuno parlava.",
        ),
        (
            "Título: T\nAutora: Wren\nResumen: S\nClasificación: P12\nAdvertencias: W\nDescargo: D",
            "Llovía desde el mediodía, y nadie hablaba.",
        ),
        (
            "Título: T\nAutora: Wren\nResumo: S\nClassificação: P12\nAvisos: W\nDisclaimer: D",
            "Chovia desde o meio-dia, e ninguém falava.",
        ),
        (
            "Название: T\nАвтор: Wren\nОписание: S\nРейтинг: P12\nПредупреждения: W\nДисклеймер: D",
            "Дождь шёл с полудня, и никто не говорил ни слова.",
        ),
        (
            "标题：T\n作者：Wren\n简介：S\n分级：P12\n警告：W\n声明：D",
            "从中午起就一直在下雨，谁也没有说话。他走到门口。",
        ),
        (
            "タイトル：T\n作者：Wren\nあらすじ：S\n対象年齢：P12\n注意：W\n免責：D",
            "昼から雨が降っていた。誰も何も言わなかった。彼は戸口へ行った。",
        ),
    ] {
        let text = format!("{header}\n\n{story}\n");
        let read = reading(&text);
        for (kind, value) in [
            (K::Title, "T"),
            (K::Creator, "Wren"),
            (K::Summary, "S"),
            (K::Rating, "P12"),
            (K::Disclaimer, "D"),
        ] {
            assert_eq!(values(&read, kind), [value], "{kind:?} of {header}");
        }
        assert_eq!(text[read.chapters[0].start..read.chapters[0].end].trim(), story);
    }
}

#[test]
fn by_lines_of_other_languages_name_the_creator_and_leave_the_title() {
    for (by, name) in [
        ("von Hilde Spatz", "Hilde Spatz"),
        ("par Capucine", "Capucine"),
        ("di Ofelia Castagna", "Ofelia Castagna"),
        ("escrita por Inés", "Inés"),
        ("por Inés", "Inés"),
        ("от Рябинки", "Рябинки"),
        ("Автор: Рябинка", "Рябинка"),
    ] {
        let text = format!(
            "Die Ente von Bodenwerder\n{by}\n\nEs regnete seit dem Mittag, und niemand sprach. Sie stellte die Tasse ab.\n"
        );
        let read = reading(&text);
        assert_eq!(
            (values(&read, K::Title), values(&read, K::Creator)),
            (vec!["Die Ente von Bodenwerder"], vec![name]),
            "{by}"
        );
    }
}
