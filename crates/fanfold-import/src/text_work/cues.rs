//! What a paragraph above the story speaks of when it carries no label: a disclaimer, thanks, an
//! archiving wish, a rating; and the signs that a paragraph is the story itself.

use fanfold_model::FieldKind;

use super::lines::fold;

/// What an unlabelled line or paragraph is about, if it speaks about the story and not in it.
pub(super) fn cue(text: &str) -> Option<FieldKind> {
    let folded = fold(text);
    CUES.iter()
        .find(|(_, phrases)| phrases.split('|').any(|phrase| contains_phrase(&folded, phrase)))
        .map(|(kind, _)| *kind)
}

/// Whether a paragraph says what may be done with the text.
pub(super) fn forbids_or_permits(text: &str) -> bool {
    let folded = fold(text);
    CUES.iter()
        .filter(|(kind, _)| *kind == FieldKind::Permission)
        .any(|(_, phrases)| phrases.split('|').any(|phrase| folded.contains(phrase)))
}

/// Whether an unlabelled paragraph right above the story speaks about it: it has a cue and names the
/// text, its people or its writer as such. "The house was owned by nobody" has the cue alone.
pub(super) fn speaks_about(text: &str) -> bool {
    let Some(kind) = cue(text) else { return false };
    let folded =
        format!(" {} ", fold(text).replace(|c: char| !c.is_alphanumeric() && c != '\'', " "));
    let named = ABOUT.split('|').any(|word| folded.contains(word));
    let own =
        kind == FieldKind::Disclaimer && FIRST_PERSON.split('|').any(|word| folded.contains(word));
    named || (own && telling_share(text) < 12)
}

const ABOUT: &str = " for profit | no profit | not for money | story | stories | fic | fics | fanfic| fan fic| disclaim| copyright| infringement| feedback| review| beta | betas | archiv| spoiler| rated | rating | chapter | characters | author | repost | geschichte | figuren | charaktere | personnages | histoire | personaggi | storia | personajes | historia | personagens | фик | персонаж| герои |版权|不属于";
const FIRST_PERSON: &str = " i | i'm | i've | me | we | we've | ich | mir | wir | je | moi | nous | io | me | yo | eu | мне | я | мои ";

/// A phrase at the start of a word.
fn contains_phrase(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
}

/// First match wins; phrases are folded.
const CUES: &[(FieldKind, &str)] = &[
    (
        FieldKind::Disclaimer,
        "disclaim|copyright infringement|no infringement|infringement is intended|infringement intended|don't own|do not own|does not belong to me|do not belong to me|doesn't belong to me|don't belong to me|belongs to someone|belong to the ballads|not mine|aren't mine|isn't mine|are the property of|is the property of|property of|no profit|making any money|making no money|make any money|don't sue|only borrow|just borrow|i have only borrowed|borrowed them|owns the characters|own the characters|own nothing|owned by|belongs to|belong to their|gehoren nicht mir|gehort nicht mir|gehoren mir nicht|verdiene kein geld|verdiene damit|kein geld|ne m'appartien|appartiennent|ne sont pas a moi|non mi appartengono|non sono miei|non e a scopo di lucro|no me pertenecen|no son mios|pertenecen a|nao me pertencem|nao sao meus|не принадлежат|принадлежат|не мои|不属于我|版权",
    ),
    (
        FieldKind::Permission,
        "do not archive|don't archive|please ask before archiving|may be archived|archive anywhere|archive freely|feel free to archive|permission to archive|not to be archived|do not repost|don't repost|do not distribute|may be distributed|do not post this|please do not post",
    ),
    (
        FieldKind::Spoilers,
        "spoilers for|spoiler for|contains spoilers|spoilers through|potential spoilers",
    ),
    (
        FieldKind::Thanks,
        "thanks to|thank you to|thanx to|many thanks|special thanks|beta read|beta-read|my beta|betaed by|beta'd by|danke an|merci a|gracias a|grazie a|obrigada a|спасибо",
    ),
    (
        FieldKind::Feedback,
        "feedback|send comments|comments welcome|comments are welcome|reviews are|please review|read and review|r&r|let me know what you think|ruckmeldung|kritik ist|kommentare|все отзывы",
    ),
    (
        FieldKind::Notes,
        "my first fic|my first story|my first fan|first story for|this story takes place|this takes place|takes place after|takes place before|is set in|is set after|set during season|sequel to|continuation of|follow-up to|author's note|this is my|this fic|this story|this chapter|this part|in this part|fan fiction|fanfiction|fanfic|diese geschichte|meine erste|mon premier|ma premiere|cette histoire|la mia prima|questa storia|questa fic|mi primer|esta historia|minha primeira|esta fic|этот фик|written for|was written|in response to|challenge|episode tag|alternate universe|be gentle|hope you enjoy|hope you like|enjoy!|viel spass|bonne lecture|buona lettura|formerly",
    ),
];

/// A line of copyright: "(c) 1999 by N", "© N", "Copyright, 1989 by N".
pub(super) fn is_copyright(text: &str) -> bool {
    let folded = fold(text);
    folded.chars().count() < 200
        && (folded.starts_with("(c)")
            || folded.starts_with('©')
            || folded.starts_with("copyright")
            || (folded.contains('©') && folded.len() < 120)
            || folded.starts_with("all rights reserved"))
}

/// A line that is an address: e-mail or web.
pub(super) fn is_address(text: &str) -> bool {
    let bare = text.trim_matches(['<', '>', '(', ')', '[', ']', '*']);
    let one_word =
        !bare.contains(' ') || fold(bare).starts_with("e-mail") || fold(bare).starts_with("email");
    one_word
        && bare.len() < 200
        && (bare.contains("://")
            || bare.starts_with("www.")
            || (bare.contains('@') && bare.contains('.')))
        || fanfold_text::addresses::is_address(text)
}

/// How many opening signs of speech a paragraph holds.
pub(super) fn speech(text: &str) -> usize {
    let opens = text.chars().filter(|c| matches!(c, '“' | '„' | '«' | '「' | '『')).count();
    let straight = text.matches('"').count() / 2;
    let dash = usize::from(text.starts_with(['—', '–', '―']) || text.starts_with("- "));
    opens + straight + dash
}

/// Words that tell what somebody did or said, folded, with blanks on both sides.
const TELLING: &str = " said | asked | looked | was | were | had | went | came | turned | thought | stood | sat | walked | could | did | took | knew | felt | saw | put | he | she | him | her | sagte | war | hatte | ging | kam | stand | sah | fragte | sie | er | ihm | etait | avait | dit | fut | regarda | demanda | il | elle | disse | era | aveva | chiese | guardo | lui | lei | dijo | habia | estaba | pregunto | miro | ella | ele | ela | estava | perguntou | был | была | было | сказал | сказала | он | она | его | ее | стоял | пошел | 了 | の ";

/// Share of telling words in a paragraph, in hundredths.
pub(super) fn telling_share(text: &str) -> usize {
    let folded = fold(text);
    let mut words = 0_usize;
    let mut telling = 0_usize;
    for word in
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
    {
        words += 1;
        if TELLING_WORDS.with(|set| set.contains(word)) || word.len() > 4 && word.ends_with("ed") {
            telling += 1;
        }
    }
    telling * 100 / words.max(1)
}

thread_local! {
    static TELLING_WORDS: std::collections::HashSet<&'static str> =
        TELLING.split('|').map(str::trim).filter(|word| !word.is_empty()).collect();
}

/// Whether a paragraph reads as the story: speech, or telling, and does not speak of the story.
pub(super) fn is_story(text: &str) -> bool {
    reads_as_story(text, 160)
}

/// The same of a paragraph of the body, where fewer letters are enough.
pub(super) fn tells(text: &str) -> bool {
    reads_as_story(text, 60)
}

/// `fewest`: letters that telling words alone need.
fn reads_as_story(text: &str, fewest: usize) -> bool {
    let speech = speech(text);
    let long = text.chars().count() >= fewest;
    if speech >= 2 || (speech == 0 && !long) {
        return speech >= 2;
    }
    let share = telling_share(text);
    (speech >= 1 && share >= 10) || (long && share >= 12)
}
