//! The gazetteer: two sorted files that are searched where they lie in the binary.
//!
//! Why not a map built at the start: a run that reads one short article would pay for a hundred
//! and fifty thousand towns. A look-up is some seventeen comparisons of names instead.

use std::cmp::Ordering;

use super::sorted;

/// Sorted by the key of the name: `name,country,admin1,kind,lat,lon,population in hundreds,id`.
const PLACES: &str = include_str!("../../../../data/en/places.csv");
/// Sorted by key: `key,id:name,id:name …`: other spellings of places of the first file.
const ALIASES: &str = include_str!("../../../../data/en/place_aliases.csv");

/// Identifiers from here on are the project's own and leave no record.
const OWN_IDS: u64 = 4_000_000_000;

/// A row of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GazetteerPlace {
    /// `GeoNames` identifier; `None` for a region of the project's own list.
    pub geonameid: Option<u32>,
    /// Usual English name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2; empty for a region of several countries.
    pub country: &'static str,
    /// `GeoNames` code of the state or province; empty where there is none.
    pub admin1: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// In hundreds; 0 for a region.
    pub population: u32,
}

/// What a row of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A state, a province, a region.
    Region,
    /// A county of a state; its point is the state's.
    County,
    /// A capital.
    Capital,
    /// Another town.
    Town,
    /// A town too small for its bare name to say that it is meant.
    Small,
    /// A town whose name is more often an ordinary word or a person's name.
    Word,
}

/// All places that bear a name, whatever its spelling, in the order of the file.
pub fn named(name: &str) -> Vec<GazetteerPlace> {
    let key = place_key(name);
    if key.len() < 2 {
        return Vec::new();
    }
    let mut found = of_key(&key, None);
    if let Some(line) = sorted::equal(ALIASES, |line| first_cell(line).cmp(key.as_str())).next() {
        for cell in line.split(',').skip(1) {
            let Some((id, main)) = cell.split_once(':') else { continue };
            found.extend(of_key(&place_key(main), id.parse().ok()));
        }
    }
    found
}

/// The places whose main name has a key; one of them where an identifier is given.
fn of_key(key: &str, id: Option<u64>) -> Vec<GazetteerPlace> {
    sorted::equal(PLACES, |line| compare_key(first_cell(line), key))
        .filter_map(place)
        .filter(|(row, _)| id.is_none_or(|id| id == *row))
        .map(|(_, place)| place)
        .collect()
}

fn place(line: &'static str) -> Option<(u64, GazetteerPlace)> {
    let mut cells = line.split(',');
    let (name, country, admin1) = (cells.next()?, cells.next()?, cells.next()?);
    let kind = match cells.next()? {
        "n" => PlaceKind::Country,
        "r" => PlaceKind::Region,
        "y" => PlaceKind::County,
        "c" => PlaceKind::Capital,
        "w" => PlaceKind::Word,
        "s" => PlaceKind::Small,
        _ => PlaceKind::Town,
    };
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let population = cells.next()?.parse().ok()?;
    let id: u64 = cells.next()?.parse().ok()?;
    let geonameid = (id < OWN_IDS).then_some(id as u32);
    Some((id, GazetteerPlace { geonameid, name, country, admin1, kind, lat, lon, population }))
}

fn first_cell(line: &str) -> &str {
    line.split(',').next().unwrap_or_default()
}

/// Compares the key of a name with a key, without writing the first out where it is plain ASCII.
fn compare_key(name: &str, key: &str) -> Ordering {
    let saint = name.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("saint"));
    if saint || !name.is_ascii() {
        return place_key(name).as_str().cmp(key);
    }
    let mut last = 0;
    let letters = name.bytes().filter_map(|b| {
        let b = match b.to_ascii_lowercase() {
            b'y' | b'j' => b'i',
            b if b.is_ascii_alphanumeric() => b,
            _ => return None,
        };
        (std::mem::replace(&mut last, b) != b).then_some(b)
    });
    letters.cmp(key.bytes())
}

/// A name without what transliterations differ in: accents, apostrophes, hyphens and blanks, `y`
/// and `j` for `i`, doubled letters ("Kupyansk" and "Kupiansk", "Huliaipole" and "Hulyay-Pole").
pub fn place_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut push = |c: char| {
        if !key.ends_with(c) {
            key.push(c);
        }
    };
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'y' | 'j' => push('i'),
            c if c.is_ascii_alphanumeric() => push(c),
            c if c.is_ascii() => {}
            c => plain(c).chars().for_each(|c| push(if c == 'y' { 'i' } else { c })),
        }
    }
    // "St." and "Saint" are one word.
    match key.strip_prefix("saint") {
        Some(rest) if !rest.is_empty() => format!("st{rest}"),
        _ => key,
    }
}

/// The ASCII letters of a Latin letter with marks; nothing for a mark, the letter itself for
/// another script.
fn plain(c: char) -> String {
    let letters = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ə' | 'ạ' | 'ả' | 'ấ' | 'ầ' => {
            "a"
        }
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ế' | 'ệ' => "e",
        'ğ' | 'ģ' | 'ġ' => "g",
        'ħ' | 'ḩ' | 'ḥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ý' | 'ÿ' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ồ' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' | 'ß' => "s",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ừ' => "u",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        '’' | '‘' | 'ʼ' | 'ʻ' | '´' | '\u{2010}'..='\u{2015}' | '\u{300}'..='\u{36f}' => "",
        other => return if other.is_alphabetic() { other.to_string() } else { String::new() },
    };
    letters.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_share_a_key() {
        for (a, b) in [
            ("Kupyansk", "Kupiansk"),
            ("Huliaipole", "Hulyay-Pole"),
            ("Kostiantynivka", "Kostyantynivka"),
            ("São Paulo", "Sao Paulo"),
            ("Saint Petersburg", "St. Petersburg"),
        ] {
            assert_eq!(place_key(a), place_key(b));
        }
        assert_ne!(place_key("Odesa"), place_key("Odense"));
    }

    #[test]
    fn both_files_are_sorted_and_every_alias_leads_to_a_place() {
        let keys: Vec<String> = PLACES.lines().map(|l| place_key(first_cell(l))).collect();
        assert!(keys.windows(2).all(|w| w[0] <= w[1]), "places.csv is not sorted");
        for (line, key) in PLACES.lines().zip(&keys) {
            assert!(place(line).is_some(), "places.csv: {line}");
            assert_eq!(compare_key(first_cell(line), key), Ordering::Equal, "places.csv: {line}");
        }
        let keys: Vec<&str> = ALIASES.lines().map(first_cell).collect();
        assert!(keys.windows(2).all(|w| w[0] < w[1]), "place_aliases.csv is not sorted");
        for line in ALIASES.lines() {
            for cell in line.split(',').skip(1) {
                let (id, main) = cell.split_once(':').expect("an identifier and a name");
                let found = of_key(&place_key(main), id.parse().ok());
                assert_eq!(found.len(), 1, "place_aliases.csv: {line}: {cell}");
            }
        }
        assert!(PLACES.len() + ALIASES.len() < 9_000_000, "the gazetteer has grown too large");
    }

    #[test]
    fn names_are_found_under_several_spellings() {
        let ids = |name: &str| named(name).iter().filter_map(|p| p.geonameid).collect::<Vec<_>>();
        assert!(ids("Kiev").contains(&703_448) && ids("Kyiv").contains(&703_448));
        assert!(ids("Gulyaipole").contains(&707_898) && ids("Huliaipole").contains(&707_898));
        assert_eq!(named("Ukraine")[0].kind, PlaceKind::Country);
        let states = |name: &str| named(name).iter().filter(|p| p.admin1 == "TX").count();
        assert!(states("Paris") == 1 && states("Texas") == 1);
        assert!(named("Vexley Sands").is_empty() && named("").is_empty());
    }
}
