//! Holes in a copy: a converter or a mailer that dropped short lines leaves empty paragraphs in a row in the middle of a
//! talk, paragraphs that end in the middle of a sentence, or a talk in which nobody ever says a short word. One such
//! place is an author's habit; many are damage that a reader wants to know of. Nothing is filled in.

use crate::decode::DecodedText;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_text::CleanHtml;

/// Says where a work's copy seems to lack lines.
pub(crate) fn settle(decoded: Option<&DecodedText>, extracted: &mut Extracted) {
    if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) {
        return;
    }
    let gaps = decoded.and_then(|decoded| gaps_in_talk(&decoded.text)).map(|count| {
        format!("In {count} places of a talk paragraphs are empty where somebody may have spoken.")
    });
    let found = gaps.or_else(|| {
        let html = extracted.chapters.iter().map(|own| own.html.as_str());
        let paragraphs: Vec<String> = html.flat_map(paragraphs).collect();
        cut_sentences(&paragraphs).or_else(|| no_short_word(&paragraphs))
    });
    extracted.findings.extend(found.map(|what| Finding::new(FindingCode::TEXT_HOLES, what)));
}

/// How many wide gaps stand between two speeches, if they are so many that no scenes end there.
fn gaps_in_talk(text: &str) -> Option<usize> {
    let lines = lines_of(text);
    let gaps = gaps(&lines);
    let usual = usual(&gaps)?;
    let count = |least: usize, of: &dyn Fn(&Gap<'_>) -> bool| {
        gaps.iter().filter(|gap| gap.blank >= least && of(gap)).count()
    };
    let talk = |gap: &Gap<'_>| is_speech(gap.before) && is_speech(gap.behind);
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    // Two paragraphs and more in a row; of single ones it takes more.
    [(usual + 3, 3), (usual + 2, 6)].into_iter().find_map(|(least, enough)| {
        let (inside, all) = (count(least, &talk), count(least, &|_| true));
        let dense = words < inside * 250;
        (inside >= enough && inside * 3 >= all * 2 && dense).then_some(inside)
    })
}

/// Two lines with words and how many empty ones are between.
struct Gap<'a> {
    before: &'a str,
    blank: usize,
    behind: &'a str,
}

fn gaps(lines: &[String]) -> Vec<Gap<'_>> {
    let filled: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (at, line.trim()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let pairs = filled.iter().zip(filled.iter().skip(1));
    pairs
        .map(|((at, before), (next, behind))| Gap { before, blank: next - at - 1, behind })
        .collect()
}

/// What mostly stands between two paragraphs; texts without empty lines have none.
fn usual(gaps: &[Gap<'_>]) -> Option<usize> {
    const MOST: usize = 8;
    let count = |blank: usize| gaps.iter().filter(|gap| gap.blank == blank).count();
    let most = (1..MOST).max_by_key(|blank| (count(*blank), MOST - blank))?;
    (count(most) >= 8).then_some(most)
}

/// Lines as a reader sees them; of a page each paragraph and break is one.
fn lines_of(text: &str) -> Vec<String> {
    let lower = text.get(..text.len().min(200_000)).unwrap_or(text);
    let is_page = ["<p>", "<P>", "<br", "<BR", "<p ", "<P "].iter().any(|tag| lower.contains(tag));
    if !is_page {
        return text.lines().map(str::to_owned).collect();
    }
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        push_white(before, &mut seen);
        let Some((tag, after)) = behind.split_once('>') else { return split(&seen) };
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect();
        if matches!(name.to_ascii_lowercase().as_str(), "p" | "/p" | "br" | "br/" | "div" | "/div")
        {
            seen.push('\n');
        }
        rest = after;
    }
    push_white(rest, &mut seen);
    split(&seen)
}

fn split(seen: &str) -> Vec<String> {
    seen.lines().map(str::to_owned).collect()
}

/// Text of a page: ends of lines are blanks there, and blanks that do not break are none.
fn push_white(text: &str, seen: &mut String) {
    let text = text.replace("&nbsp;", " ").replace("&#160;", " ");
    seen.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
}

fn is_speech(line: &str) -> bool {
    const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '—', '「', '」'];
    let line = line.replace("&quot;", "\"").replace("&ldquo;", "“").replace("&rdquo;", "”");
    line.trim().starts_with(MARKS) || line.trim().ends_with(MARKS)
}

/// The paragraphs of a clean chapter as text; those with lines of their own are verse, letters or addresses, and those
/// without a letter part scenes.
fn paragraphs(html: &str) -> Vec<String> {
    let text = CleanHtml::trusted_from_store(html.to_owned()).text();
    let pieces = text.split("\n\n").map(str::trim);
    let told = pieces.filter(|own| !own.contains('\n') && own.contains(char::is_alphanumeric));
    told.map(str::to_owned).collect()
}

/// Many long paragraphs that break off in a sentence, the next beginning a new one: their last lines are gone.
fn cut_sentences(paragraphs: &[String]) -> Option<String> {
    let long = |text: &&String| text.chars().count() >= 60;
    let all = paragraphs.iter().filter(long).count();
    let begins = |text: &String| text.chars().next().is_some_and(|c| !c.is_lowercase());
    let pairs = paragraphs.iter().zip(paragraphs.iter().skip(1));
    let cut = pairs.filter(|(own, next)| long(own) && breaks_off(own) && begins(next)).count();
    // Where nearly all are so, the author writes no full stops.
    let many = cut >= 6 && cut * 4 >= all && cut * 10 <= all * 8;
    many.then(|| {
        format!("{cut} of {all} long paragraphs end in the middle of a sentence; their last lines seem to be lost.")
    })
}

fn breaks_off(text: &str) -> bool {
    text.chars().next_back().is_some_and(|last| last.is_alphabetic() || last == ',')
}

/// A long talk in which every paragraph is long: the short ones were dropped.
fn no_short_word(paragraphs: &[String]) -> Option<String> {
    const LEAST: usize = 100;
    const SHORT: usize = 22;
    let speeches = paragraphs.iter().filter(|text| is_speech(text)).count();
    let shortest = paragraphs.iter().map(|text| text.chars().count()).min()?;
    (speeches >= LEAST && shortest >= SHORT).then(|| {
        format!("Among {speeches} paragraphs of talk none is shorter than {shortest} letters; short lines seem to be lost.")
    })
}

#[cfg(test)]
mod tests;
