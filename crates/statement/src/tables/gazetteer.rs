//! The gazetteer: two sorted files that are searched where they lie in the binary.
//!
//! Why not a map built at the start: a run that reads one short article would pay for twenty
//! thousand towns. A look-up is some fifteen comparisons of lines instead.

use std::cmp::Ordering;

/// Sorted by identifier: `id,name,country,kind,lat,lon,population in thousands`.
const PLACES: &str = include_str!("../../../../data/en/places.csv");
/// Sorted by key: `key,id id …`.
const KEYS: &str = include_str!("../../../../data/en/place_keys.csv");

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
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// In thousands; 0 for a region.
    pub population: u32,
}

/// What a row of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A region.
    Region,
    /// A capital.
    Capital,
    /// Another town.
    Town,
    /// A town whose name is more often an ordinary word or a person's name.
    Word,
}

/// All places that bear a name, whatever its spelling, in the order of their identifiers.
pub fn named(name: &str) -> Vec<GazetteerPlace> {
    let key = place_key(name);
    let Some(line) = find(KEYS, |line| first_cell(line).cmp(key.as_str())) else {
        return Vec::new();
    };
    let ids = line.split_once(',').map_or("", |(_, ids)| ids);
    ids.split(' ').filter_map(|id| id.parse().ok()).filter_map(place).collect()
}

fn place(id: u64) -> Option<GazetteerPlace> {
    let line = find(PLACES, |line| first_cell(line).parse::<u64>().unwrap_or_default().cmp(&id))?;
    let mut cells = line.split(',').skip(1);
    let (name, country) = (cells.next()?, cells.next()?);
    let kind = match cells.next()? {
        "n" => PlaceKind::Country,
        "r" => PlaceKind::Region,
        "c" => PlaceKind::Capital,
        "w" => PlaceKind::Word,
        _ => PlaceKind::Town,
    };
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let population = cells.next()?.parse().ok()?;
    let geonameid = (id < OWN_IDS).then_some(id as u32);
    Some(GazetteerPlace { geonameid, name, country, kind, lat, lon, population })
}

fn first_cell(line: &str) -> &str {
    line.split(',').next().unwrap_or_default()
}

/// Binary search among the lines of a sorted text.
fn find(text: &'static str, compare: impl Fn(&str) -> Ordering) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end =
            bytes[middle..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| middle + at);
        let line = text.get(start..end)?;
        match compare(line) {
            Ordering::Equal => return Some(line),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
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
    fn both_files_are_sorted_and_every_key_leads_to_a_place() {
        let keys: Vec<&str> = KEYS.lines().map(first_cell).collect();
        assert!(keys.windows(2).all(|w| w[0] < w[1]), "place_keys.csv is not sorted");
        let ids: Vec<u64> =
            PLACES.lines().map(|l| first_cell(l).parse().expect("an identifier")).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]), "places.csv is not sorted");
        for line in KEYS.lines() {
            for id in line.split_once(',').expect("identifiers").1.split(' ') {
                let id = id.parse().expect("an identifier");
                assert!(place(id).is_some(), "place_keys.csv: {line}: no such place");
            }
        }
        assert!(PLACES.len() + KEYS.len() < 1_500_000, "the gazetteer has grown too large");
    }

    #[test]
    fn names_are_found_under_several_spellings() {
        let ids = |name: &str| named(name).iter().filter_map(|p| p.geonameid).collect::<Vec<_>>();
        assert!(ids("Kiev").contains(&703_448) && ids("Kyiv").contains(&703_448));
        assert!(ids("Gulyaipole").contains(&707_898) && ids("Huliaipole").contains(&707_898));
        assert_eq!(named("Ukraine")[0].kind, PlaceKind::Country);
        assert!(named("Vexley Sands").is_empty() && named("").is_empty());
    }
}
