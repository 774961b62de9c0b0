//! The fuzz entry points over seeded mutations of damaged samples.

use fanfold_testkit::mutate;

use crate::fuzz;

/// Runs of each entry point; CI can afford them in a debug build.
const RUNS: usize = 20_000;

fn seeds() -> Vec<Vec<u8>> {
    let texts: &[&[u8]] = &[
        b"Title: The Lamp\nby A Friend\n\nThe fog came down upon the river, and nobody could see the far\nbank any more; only the lamp of the old inn burned on.\n\n* * *\n\n\"*Who* is there?\" said Alice.\n\n    Indented\n1. one\n2. two\n",
        b"caf\xC3\xA9 \xE2\x80\x94 it\x92s \x93ok\x94 \xEF\xBB\xBF\0\x1A\x08_\x08a",
        b"\xFF\xFET\0h\0e\0 \0f\0o\0g\0",
        b"\x82\xA0\x82\xA2\x82\xA4 caf\x82 \xC9\xCD\xBB \xD0\xD1\xD2",
        b"<p>one<br><br>two <i>three<p>four</i> <a href=\"https://example.org/\" name=n>x</a><ul><li>a<li>b</ul><table><tr><td>c</table>",
        b"<center><font size=2>a</font></center><script>x</script><pre>\n\na</pre>&amp;#8217;&lt;i&gt;<dl><dd>d</dl><svg><p>",
        b"# One\n\n*a* **b** `c`\n\n> q\n\n- x\n- y\n\n| a | b |\n|---|---|\n| c | d |\n\n<u>raw</u> [l](https://example.org/)",
    ];
    texts.iter().map(|t| t.to_vec()).collect()
}

#[test]
fn no_mutated_bytes_break_the_decoder() {
    mutate::run("decode", &seeds(), RUNS, 1, fuzz::fuzz_decode);
}

#[test]
fn no_mutated_page_breaks_the_sanitiser() {
    mutate::run("sanitize", &seeds(), RUNS, 2, fuzz::fuzz_sanitize);
}

#[test]
fn no_mutated_text_breaks_the_paragraphs() {
    mutate::run("paragraphs", &seeds(), RUNS, 3, fuzz::fuzz_paragraphs);
}

#[test]
fn no_mutated_markdown_breaks_the_reader() {
    mutate::run("markdown", &seeds(), RUNS, 4, fuzz::fuzz_markdown);
}

#[test]
fn no_mutated_page_breaks_its_paragraphs() {
    mutate::run("html_paragraphs", &seeds(), RUNS, 5, fuzz::fuzz_html_paragraphs);
}
