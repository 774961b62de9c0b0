//! The fields of a form or of an address.

/// Names and values as they came.
pub(crate) type Pairs = Vec<(String, String)>;

/// The first value under this name that is not blank, without the white space around it.
pub(crate) fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let values = pairs.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim());
    values.into_iter().find(|value| !value.is_empty())
}

/// The same, or nothing as an empty text.
pub(crate) fn text<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    value(pairs, name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_field_is_none_and_the_next_of_its_name_counts() {
        let pairs = [("name", "  "), ("name", " Wren "), ("other", "")];
        let pairs: Pairs = pairs.map(|(name, value)| (name.into(), value.into())).into();
        assert_eq!(value(&pairs, "name"), Some("Wren"));
        assert_eq!((value(&pairs, "other"), text(&pairs, "none")), (None, ""));
    }
}
