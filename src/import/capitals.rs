//! Names that a publisher writes in capitals throughout, as people write them: `Melton, Syston and Vale PCN`.

/// Words that stay in capitals.
const CAPITALS: [&str; 15] = ["PCN", "GP", "GPS", "NHS", "ICB", "UHL", "PMS", "APMS", "UK", "II", "III", "IV", "CIC", "HMP", "MOD"];
/// Words that are small unless they come first.
const SMALL: [&str; 13] = ["and", "of", "the", "in", "on", "at", "by", "for", "with", "le", "de", "la", "upon"];

/// A name with capitals only where people write them; one that has small letters already stays as it is.
///
/// Initials keep their capitals: letters without a vowel, one letter alone, and what stands between `Dr` or a bracket and a surname.
#[must_use]
pub fn as_people_write(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words: Vec<&str> = name.split(' ').collect();
    let written = words.iter().enumerate().map(|(at, word)| {
        let before = at.checked_sub(1).map(|before| words[before]);
        written(word, before, words.get(at + 1).copied())
    });
    written.collect::<Vec<_>>().join(" ")
}

fn written(word: &str, before: Option<&str>, after: Option<&str>) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    if word == "C/O" {
        return "c/o".to_owned();
    }
    if CAPITALS.contains(&letters.as_str()) || word.chars().any(|c| c.is_ascii_digit()) || are_initials(word, &letters, before, after) {
        return word.to_owned();
    }
    let small = word.to_lowercase();
    if before.is_some_and(|before| !before.ends_with(['(', '-'])) && SMALL.contains(&small.as_str()) {
        return small;
    }
    let mut first = true;
    let mut text = String::with_capacity(word.len());
    for c in small.chars() {
        if first && c.is_alphabetic() {
            text.extend(c.to_uppercase());
        } else {
            text.push(c);
        }
        // A letter after an apostrophe is not the start of a name (`Lewis's`); one after a hyphen, a stroke or a bracket is.
        first = !(c.is_alphanumeric() || c == '\'' || c == '’' || c == '.') || (first && !c.is_alphanumeric());
    }
    text
}

fn are_initials(word: &str, letters: &str, before: Option<&str>, after: Option<&str>) -> bool {
    const ABBREVIATED: [&str; 8] = ["DR", "ST", "MR", "CTR", "RD", "MRS", "STR", "LTD"];
    if letters.is_empty() || ABBREVIATED.contains(&letters) || letters == "A" && before.is_none() {
        return false;
    }
    let short = letters.chars().count() <= 3;
    let without_vowel = short && !letters.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    let in_front_of_a_surname =
        short && after.is_some_and(|after| after.chars().filter(|c| c.is_alphabetic()).count() > 1) && (word.starts_with('(') || before == Some("DR"));
    let alone = letters.chars().count() == 1;
    without_vowel || in_front_of_a_surname && !SMALL.contains(&letters.to_lowercase().as_str()) || alone
}

#[cfg(test)]
mod tests {
    use super::as_people_write;

    #[test]
    fn capitals_become_what_people_write_and_initials_stay() {
        for (published, written) in [
            ("LATHAM HOUSE MEDICAL PRACTICE", "Latham House Medical Practice"),
            ("MELTON, SYSTON AND VALE PCN", "Melton, Syston and Vale PCN"),
            ("THE SURGERY @ AYLESTONE", "The Surgery @ Aylestone"),
            ("GROBY ROAD MEDICAL CENTRE (ID PATCHETT)", "Groby Road Medical Centre (ID Patchett)"),
            ("DR AM LEWIS' PRACTICE", "Dr AM Lewis' Practice"),
            ("DR MK LAKHANI'S PRACTICE", "Dr MK Lakhani's Practice"),
            ("DR U K ROY", "Dr U K Roy"),
            ("ST ELIZABETH'S MEDICAL CENTRE (JA WOOD)", "St Elizabeth's Medical Centre (JA Wood)"),
            ("WESTCOTES GP SURGERY (ONE)", "Westcotes GP Surgery (One)"),
            ("AR-RAZI MEDICAL CENTRE", "Ar-Razi Medical Centre"),
            ("C/O THE LIMES MEDICAL CENTRE", "c/o the Limes Medical Centre"),
            ("MAPLES FAMILY MED.PRACT.", "Maples Family Med.pract."),
            ("G3 PCN", "G3 PCN"),
            ("Leicester Royal Infirmary", "Leicester Royal Infirmary"),
        ] {
            assert_eq!(as_people_write(published), written);
        }
    }
}
