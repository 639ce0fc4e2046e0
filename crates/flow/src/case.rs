//! Small and capital letters, for the scripts that diagrams are written in.
//!
//! The standard library knows every script, and its tables would weigh more in the page than the layout does. Latin
//! up to Extended A, Greek and Cyrillic letters have their counterparts at regular distances; all others stay.

use alloc::string::String;

/// A small letter's capital; any other character is its own.
pub fn capital(letter: char) -> char {
    shifted(
        letter,
        match letter {
            'a'..='z' | 'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => -32,
            'ѐ'..='џ' => -80,
            'ÿ' => 121,
            'ς' => -31,
            'ά' => -38,
            'έ'..='ί' => -37,
            'ό' => -64,
            'ύ' | 'ώ' => -63,
            _ if is_pair(letter) && !is_first(letter) => -1,
            _ => 0,
        },
    )
}

/// A capital's small letter; any other character is its own.
pub fn small(letter: char) -> char {
    shifted(
        letter,
        match letter {
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
            'Ѐ'..='Џ' => 80,
            'Ÿ' => -121,
            'Ά' => 38,
            'Έ'..='Ί' => 37,
            'Ό' => 64,
            'Ύ' | 'Ώ' => 63,
            _ if is_pair(letter) && is_first(letter) => 1,
            _ => 0,
        },
    )
}

/// A text in capitals; a sharp s becomes two letters.
pub fn capitals(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == 'ß' {
            said.push_str("SS");
        } else {
            said.push(capital(letter));
        }
    }
    said
}

/// A text in small letters.
pub fn smalls(text: &str) -> String {
    text.chars().map(small).collect()
}

/// In these ranges each capital stands before its small letter.
fn is_pair(letter: char) -> bool {
    matches!(letter, 'Ā'..='į' | 'Ĳ'..='ķ' | 'Ĺ'..='ň' | 'Ŋ'..='ŷ' | 'Ź'..='ž' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӂ'..='ӎ' | 'Ӑ'..='ӿ')
}

/// Whether a letter of a pair is the capital.
fn is_first(letter: char) -> bool {
    let begins_odd = matches!(letter, 'Ĺ'..='ň' | 'Ź'..='ž' | 'Ӂ'..='ӎ');
    (u32::from(letter) % 2 == 1) == begins_odd
}

fn shifted(letter: char, by: i32) -> char {
    u32::from(letter)
        .checked_add_signed(by)
        .and_then(char::from_u32)
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    /// All letters of the scripts that are named above.
    fn letters() -> impl Iterator<Item = char> {
        let known = ['\0'..='ſ', 'Ͱ'..='ώ', 'Ѐ'..='ӿ'];
        // Letters whose counterpart is elsewhere, or two letters.
        let odd = "ßµıİĸŉſΐΰϏͰͱͲͳͶͷͺͻͼͽͿӀӏ";
        known.into_iter().flatten().filter(|c| !odd.contains(*c))
    }

    #[test]
    fn letters_have_the_counterparts_that_unicode_gives_them() {
        for letter in letters() {
            let (capital, small) = (capital(letter), small(letter));
            assert_eq!(
                capital.to_string(),
                letter.to_uppercase().to_string(),
                "{letter}"
            );
            assert_eq!(
                small.to_string(),
                letter.to_lowercase().to_string(),
                "{letter}"
            );
        }
    }

    #[test]
    fn texts_of_other_scripts_stay_as_they_are() {
        assert_eq!(capitals("straße 東京"), "STRASSE 東京");
        assert_eq!(smalls("ÉTAPE 2"), "étape 2");
    }
}
