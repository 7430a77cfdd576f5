//! States and provinces with what stands for them behind a comma ("Harlow, Ky.").

use std::collections::BTreeMap;

use super::{TableError, comma};

const FILE: &str = "data/en/divisions.csv";
const TEXT: &str = include_str!("../../../../data/en/divisions.csv");
const COLUMNS: &str = "iso,admin1,name,short,geonameid,lat,lon";

/// A state or a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Division {
    /// ISO 3166-1 alpha-2.
    pub iso: &'static str,
    /// `GeoNames` code within the country.
    pub admin1: &'static str,
    /// Name as the gazetteer has it.
    pub name: &'static str,
}

/// All of them, by name and short form.
#[derive(Debug, Clone)]
pub struct Divisions(BTreeMap<String, Division>);

impl Divisions {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let mut all = BTreeMap::new();
        for row in comma::read(FILE, TEXT, COLUMNS)? {
            let [iso, admin1, name, short, ..] = row.cells[..] else { continue };
            if iso.len() != 2 || admin1.is_empty() || name.is_empty() {
                let problem = "a division needs a country, a code and a name";
                return Err(TableError::new(FILE, row.line, problem));
            }
            let division = Division { iso, admin1, name };
            for form in short.split('|').chain([name]).filter(|f| !f.is_empty()) {
                // A form that two divisions share stays with the first.
                all.entry(form.to_lowercase()).or_insert(division);
            }
        }
        Ok(Self(all))
    }

    /// The division of a name or a short form in lower case, without a full stop at its end.
    pub fn of(&self, form: &str) -> Option<Division> {
        self.0.get(form.trim_end_matches('.')).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_lead_to_their_division() {
        let divisions = Divisions::shipped().expect("the shipped table");
        assert_eq!(divisions.of("n.y.").map(|d| d.admin1), Some("NY"));
        assert_eq!(divisions.of("british columbia").map(|d| d.iso), Some("CA"));
        assert_eq!(divisions.of("vexley"), None);
    }
}
