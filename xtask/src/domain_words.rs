//! The field's own words in types, tables and URLs: a work is no "story", a relationship no "ship", a tag no "genre".

use crate::lexer::take_apart;
use crate::repository::Repository;

const FOREIGN: [&str; 6] = ["story", "stories", "genre", "genres", "ship", "ships"];

/// Every type, table and address that uses a foreign word.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for path in repository.files("crates", &[".rs"]) {
        let source = take_apart(&repository.read(&path));
        faults.extend(types(&source.code).into_iter().map(|name| format!("{path}: type `{name}`")));
        for (line, string) in &source.strings {
            faults.extend(
                tables(string).into_iter().map(|name| format!("{path}:{line}: table `{name}`")),
            );
            if path.starts_with("crates/fanfold-web/src") && is_foreign_address(string) {
                faults.push(format!("{path}:{line}: address `{string}`"));
            }
        }
    }
    for path in repository.files("crates", &[".sql"]) {
        faults.extend(
            tables(&repository.read(&path))
                .into_iter()
                .map(|name| format!("{path}: table `{name}`")),
        );
    }
    for path in
        repository.files("", &[".html"]).into_iter().filter(|path| path.contains("templates/"))
    {
        let addresses = addresses(&repository.read(&path));
        faults.extend(addresses.into_iter().map(|address| format!("{path}: address `{address}`")));
    }
    faults
}

fn is_foreign(word: &str) -> bool {
    FOREIGN.contains(&word.to_lowercase().as_str())
}

fn types(code: &str) -> Vec<String> {
    let words: Vec<&str> = code
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let declares = |word: &str| ["struct", "enum", "trait", "type", "union"].contains(&word);
    words
        .windows(2)
        .filter(|pair| {
            declares(pair[0]) && camel_words(pair[1]).iter().any(|word| is_foreign(word))
        })
        .map(|pair| pair[1].to_owned())
        .collect()
}

fn camel_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for character in name.chars() {
        if character.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(character);
        }
    }
    words
}

fn tables(sql: &str) -> Vec<String> {
    let words: Vec<&str> = sql
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        if !words[at].eq_ignore_ascii_case("table") {
            continue;
        }
        let name = words[at + 1..]
            .iter()
            .find(|word| !["if", "not", "exists"].contains(&word.to_lowercase().as_str()));
        if let Some(name) = name
            && name.split('_').any(is_foreign)
        {
            found.push((*name).to_owned());
        }
    }
    found
}

fn is_foreign_address(text: &str) -> bool {
    text.starts_with('/') && text.split(['/', '?', '&', '=', '-', '{', '}']).any(is_foreign)
}

fn addresses(html: &str) -> Vec<String> {
    ["href=\"", "action=\"", "src=\""]
        .iter()
        .flat_map(|start| html.split(start).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| is_foreign_address(address))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn types_tables_and_addresses_use_the_words_of_the_field() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn foreign_words_are_found_where_they_last_and_free_elsewhere() {
        let (_folder, repository) = planted(&[
            (
                "crates/fanfold-web/src/routes.rs",
                "struct StoryPage; struct Relationship; struct Shipped; const A: &str = \"/story/{id}\"; const B: &str = \"the story\";",
            ),
            (
                "crates/fanfold-sql/1.sql",
                "CREATE TABLE IF NOT EXISTS work_genre (ship TEXT); create table relationship (id);",
            ),
            ("templates/a.html", "<a href=\"/ships/1\">ship</a> <a href=\"/works?q=ship:x\">"),
        ]);
        let found = faults(&repository);
        assert_eq!(found.len(), 4, "{found:#?}");
    }
}
