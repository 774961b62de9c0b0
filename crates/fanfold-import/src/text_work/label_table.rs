//! The words that stand before a colon in fan-fiction headers, by family, in English, German, French,
//! Italian, Spanish, Portuguese, Russian, Chinese and Japanese. Folded: lower case, no accents.

use fanfold_model::FieldKind as K;

/// How much a label says about the line it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// Hardly ever the start of a line of a story.
    Strong,
    /// Also a common word; it needs company.
    Weak,
}

use Strength::{Strong, Weak};

/// One family: what it is about, how strong, and its spellings separated by bars.
pub(super) type Family = (K, Strength, &'static str);

/// Every family.
pub(super) const FAMILIES: &[Family] = &[
    (
        K::Title,
        Strong,
        "title|story title|story name|name of story|titel|titre|titolo|titulo|titulo del fic|titulo da fic|titulo da fanfic|nome da fic|nome da fanfic|nombre del fic|titre de la fic|titolo della storia|篇名|название|заголовок|标题|題名|题目|书名|文名|タイトル|題",
    ),
    (K::Title, Weak, "fic|fic title|story"),
    (
        K::Creator,
        Strong,
        "author|author's name|author name|writer|written by|writen by|pen name|penname|verfasser|verfasserin|ecrivain|escritora|escritor|scrittrice|scrittore|autoria|autor|autorin|autorin|autoren|auteur|auteure|auteurs|autore|autrice|autora|autores|автор|авторы|автор(ы)|作者|原著|著者|作家|escrita por|escrito por|geschrieben von|ecrit par|scritto da|scritta da",
    ),
    (K::Creator, Weak, "by|von|par|от|作|written and posted by|creator|co-author|coauthor"),
    (K::Poster, Weak, "posted by|poster|submitted by|submitter|uploaded by|from"),
    (K::Recipient, Weak, "recipient|gift for|written for|for|giftee|fur|pour|para|получатель"),
    (
        K::Fandom,
        Strong,
        "fandom|fandom/s|fandoms|crossover with|crossover|фандом|原作|源著|同人|fandom/universe|фэндом",
    ),
    (
        K::Fandom,
        Weak,
        "show|universe|serie tv|canon|movie|原著作品|ジャンル作品|原作品|based on|サークル",
    ),
    (
        K::Relationship,
        Strong,
        "pairing|pairings|paring|parings|pairing code|relationship|relationships|ship|ships|couple|couples|coppie|coppia|couple(s)|pareja|parejas|casal|casais|shipper|shippers|paarung|paarungen|paar|par|pares|пейринг|пэйринг|пейринг и персонажи|пейринги|配对|cp|カップリング|romance pairing|pairing/characters|p",
    ),
    (
        K::Character,
        Strong,
        "character|characters|characters included|main character|cast|personaggi|personaggi principali|personnages|personnage|personajes|personagens|charaktere|personen|hauptpersonen|персонажи|основные персонажи|герои|人物|角色|主角|登場人物",
    ),
    (K::Character, Weak, "starring|costarring|co-starring|featuring|focus"),
    (K::Category, Strong, "tipo di coppia|направленность|orientation"),
    (
        K::Classification,
        Strong,
        "category|categories|classification|classifications|categorie|categories|kategorie|kategorien|categoria|categorias|категория|категории|keywords|keyword|分类|类别",
    ),
    (
        K::Genre,
        Strong,
        "genre|genres|genere|generi|genero|generos|жанр|жанры|类型|ジャンル|stilrichtung",
    ),
    (K::Genre, Weak, "type|tipo|тип|art"),
    (
        K::Warning,
        Strong,
        "warning|warnings|content warning|content warnings|content note|content notes|trigger|triggers|trigger warning|trigger warnings|avvertimenti|avvertimento|avvertenze|warnung|warnungen|advertencia|advertencias|aviso|avisos|предупреждение|предупреждения|警告|注意|注意事項|archive warning|archive warnings|squick|squicks|cw|tw",
    ),
    (K::Freeform, Strong, "tags|tag|additional tags|метки|标签|タグ|etiquetas|schlagworte"),
    (
        K::Rating,
        Strong,
        "rating|ratings|rateing|rated|rating/warning|altersfreigabe|alterseinstufung|altersempfehlung|freigabe|public|classificacao|classificacao etaria|clasificacion|clasificacion por edad|valutazione|рейтинг|分级|级别|レーティング|対象年齢|对象|classement|raiting|einstufung|censura|faixa etaria|calificacion|restriction",
    ),
    (
        K::Summary,
        Strong,
        "summary|summery|sumary|summaries|synopsis|teaser|blurb|resume|resumen|resumo|inhalt|inhaltsangabe|zusammenfassung|kurzbeschreibung|riassunto|trama|sinossi|sinopsis|sinopse|описание|саммари|саммери|аннотация|краткое содержание|简介|摘要|提要|文案|argumento|sumario|introduzione|introduccion|klappentext|内容简介|あらすじ|概要|story summary",
    ),
    (K::Summary, Weak, "about|description|plot"),
    (
        K::Notes,
        Strong,
        "author's note|author's notes|authors note|authors notes|author note|author notes|author's chapter notes|authors chapter notes|story notes|chapter notes|a/n|a/ns|an|aa/nn|additional notes|webhost's note|archivist's note|writer's note|note from the author|notes from the author|anmerkung|anmerkungen|anmerkung der autorin|anmerkung des autors|bem.|bem|bemerkung|bemerkungen|vorwort|n/a|nota|notas|nota da autora|nota do autor|nota de la autora|nota del autor|notas de la autora|notas del autor|notas da autora|notas do autor|note dell'autrice|note dell'autore|nota dell'autrice|note de l'auteur|notes de l'auteur|note de l'auteure|notes de l'auteure|note d'auteur|notes d'auteur|nda|ndla|примечание|примечания|примечания автора|от автора|доп. информация|авторские заметки|备注|作者的话|作者按|前言|まえがき|作者より|注|header note|opening note|foreword|preface|comments",
    ),
    (K::Notes, Weak, "note|notes|nb|n.b.|comment|remarks|notas iniciais"),
    (
        K::EndNotes,
        Strong,
        "end notes|end note|endnotes|endnote|author's end notes|closing notes|notas finales|notas finais|notes de fin|nachwort|あとがき|后记|послесловие|afterword|postscript",
    ),
    (
        K::Disclaimer,
        Strong,
        "disclaimer|disclaimers|disclamer|disclaimer sw|my disclaimer|discl.|discl|dis|legal stuff|legal disclaimer|standard disclaimer|the usual disclaimer|copyright statement|copyright|copyrights|avertissement|avertissements|decharge|haftungsausschluss|rechtliches|descargo|descargo de responsabilidad|renuncia|дисклеймер|дисклэймер|отказ|отказ от прав|声明|免责声明|免責",
    ),
    (K::Disclaimer, Weak, "legal|legalese|ownership|rechte|diritti|credits|credit"),
    (K::Language, Strong, "language|sprache|langue|lingua|idioma|язык|语言|言語"),
    (
        K::Status,
        Strong,
        "status|statut|stato|estado|статус|complete|completed|complete?|abgeschlossen|concluida|concluido|terminada|terminado|finished|状态|完成度|work status|завершен|закончен|завершён",
    ),
    (
        K::Chapters,
        Weak,
        "chapters|chapter count|kapitelanzahl|capitoli|capitulos|chapitres|главы|kapitel|章节",
    ),
    (
        K::Words,
        Strong,
        "word count|wordcount|words|number of words|worter|woerter|wortanzahl|palabras|palavras|mots|parole|lunghezza|размер|字数|文字数|approx. word count",
    ),
    (K::Words, Weak, "length|size|filesize|file size|lange|laenge|longueur|taille"),
    (
        K::Published,
        Strong,
        "published|date published|publication date|originally published|first published|originally posted|first posted|date posted|posted|posted on|erschienen|veroffentlicht|publie|publie le|pubblicata|publicado|publicada|опубликовано|дата публикации|发表日期|投稿日|posting date|archived",
    ),
    (K::Published, Weak, "date|datum|data|fecha|дата|日期|日付"),
    (
        K::Updated,
        Strong,
        "updated|last updated|last update|date updated|revised|revision date|aktualisiert|mise a jour|aggiornata|actualizado|actualizada|atualizado|обновлено|更新|last revised",
    ),
    (
        K::Written,
        Strong,
        "written|date written|completion date|date completed|written in|geschrieben|ecrit|scritta|escrito|escrita|написано|дата написания",
    ),
    (
        K::Series,
        Strong,
        "series|series/sequel|series title|series name|in series|serie|reihe|saga|ciclo|цикл|серия|系列|シリーズ|sequel to|sequel|prequel to",
    ),
    (
        K::Permission,
        Strong,
        "archive|archiving|archive permission|archived at|distribution|distribution statement|dist|distribution/archive|archival|archivierung|archivage|archiviazione|distribucion|размещение|permission|permission to archive|转载|授权|転載",
    ),
    (
        K::Spoilers,
        Strong,
        "spoiler|spoilers|spoiler warning|spoilers for|спойлеры|spoilers and timing|剧透|ネタバレ|season/spoilers|episode references",
    ),
    (K::Spoilers, Weak, "episode|episodes|episode tag"),
    (
        K::Timeline,
        Strong,
        "timeline|time line|timeframe|time frame|chronology|chronologie|saison|season|staffel|stagione|temporada|события|сезон|contesto|zeitlinie|contexto|时间线",
    ),
    (K::Timeline, Weak, "setting|set|era|period|continuity|takes place|time|zeit"),
    (
        K::Feedback,
        Strong,
        "feedback|email/feedback|feed back|feedback to|send feedback to|comments to|reviews|kritik|ruckmeldung|отзывы|コメント|feedback/email",
    ),
    (
        K::Email,
        Strong,
        "e-mail|email|email address|e-mail address|author's email|author's e-mail|e-mail de l'auteur|e-mail de l'auteure|mail|courriel|correo|correo electronico|почта|邮箱|メール",
    ),
    (K::Email, Weak, "address|contact"),
    (
        K::Thanks,
        Strong,
        "thanks|thanks to|special thanks|special thanks to|many thanks to|thank you's to|thank you|thank yous|thank-yous|acknowledgements|acknowledgments|acknowledgement|beta|betas|beta'd by|betaed by|beta read by|beta reader|beta readers|beta-reader|beta by|betaleser|betaleserin|betareader|gamma|бета|беты|беты и соавторы|соавтор|спасибо|благодарности|danke|danke an|dank|remerciements|merci|ringraziamenti|agradecimientos|agradecimentos|致谢|感谢",
    ),
    (
        K::Challenge,
        Strong,
        "challenge|challenges|prompt|prompts|written for challenge|in response to|вызов|заявка|herausforderung|défi|defi|desafio|reto|お題",
    ),
    (
        K::Dedication,
        Strong,
        "dedication|dedicated to|dedications|widmung|gewidmet|fur wen|dedicace|dedie a|dedica|dedicado a|dedicatoria|посвящение|献给",
    ),
    (K::Collection, Strong, "collection|collections|sammlung|recueil|raccolta|coleccion"),
    (
        K::SourceUrl,
        Strong,
        "story url|url|web site|website|web page|webpage|homepage|home page|author's url|author's website|site|site web|сайт|originally from|source url|author url|permalink",
    ),
    (K::SourceUrl, Weak, "web|link|source|quelle"),
    (K::Kudos, Strong, "kudos"),
    (K::Hits, Strong, "hits|views|read count"),
    (K::Comments, Weak, "comment count"),
    (K::Bookmarks, Strong, "bookmarks"),
];

/// Labels that say which part this is; their values are part marks.
pub(super) const PART_LABELS: &[&str] = &[
    "part",
    "parts",
    "part number",
    "teil",
    "partie",
    "parte",
    "часть",
    "chapter",
    "chapter number",
    "chapitre",
    "capitolo",
    "capitulo",
    "глава",
    "section",
    "instalment",
    "installment",
];

/// Labels we know and keep as they stand, with no field of their own.
pub(super) const KEPT_LABELS: &[&str] = &[
    "newsgroups",
    "path",
    "message-id",
    "lines",
    "sender",
    "organization",
    "organisation",
    "nntp-posting-host",
    "reply-to",
    "references",
    "xref",
    "to",
    "cc",
    "x-mailer",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "followup-to",
    "approved",
    "distribution list",
    "subject",
    "subj",
    "re",
    "artist",
    "art by",
    "translator",
    "translation",
    "translated by",
    "ubersetzer",
    "traduction",
    "traduccion",
    "traduzione",
    "перевод",
    "переводчик",
    "翻译",
    "翻訳",
    "pov",
    "point of view",
    "soundtrack",
    "song",
    "lyrics",
    "rating reason",
    "icon",
    "cover",
    "banner",
    "team",
    "publisher",
    "packaged",
];

/// Words before a label that say whose or which one it is and change nothing about its family.
pub(super) const QUALIFIERS: &[&str] = &[
    "additional",
    "author's",
    "authors",
    "chapter",
    "story",
    "main",
    "major",
    "minor",
    "other",
    "overall",
    "general",
    "my",
    "the",
    "extra",
    "further",
    "more",
    "standard",
    "original",
    "today's",
    "fic",
    "primary",
    "secondary",
    "weitere",
    "основной",
    "approximate",
    "approx.",
    "estimated",
    "possible",
    "potential",
    "current",
    "part",
];
