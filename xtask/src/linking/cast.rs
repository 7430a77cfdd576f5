//! The people and bodies of an invented world, and the names under which articles give them.
//!
//! Nothing here is taken from `data/en`: the names are made of syllables, and the ways of varying
//! them are written down a second time, so that what linking knows cannot leak into its truth.

use super::random::Random;

const GIVEN: [(&str, &[&str]); 40] = [
    ("Mykola", &["Nikolai", "Nikolay"]),
    ("Oleksandr", &["Alexander", "Aleksandr"]),
    ("Serhiy", &["Sergei", "Sergey"]),
    ("Volodymyr", &["Vladimir"]),
    ("Dmytro", &["Dmitry", "Dmitri"]),
    ("Andriy", &["Andrei", "Andrey"]),
    ("Yevhen", &["Evgeny", "Yevgeny"]),
    ("Olena", &["Elena", "Yelena"]),
    ("William", &["Bill"]),
    ("Robert", &["Bob"]),
    ("Thomas", &["Tom"]),
    ("Katherine", &["Kate"]),
    ("Mohammed", &["Muhammad"]),
    ("Yusuf", &["Youssef"]),
    ("Giorgi", &["George"]),
    ("Ada", &[]),
    ("Bruno", &[]),
    ("Celia", &[]),
    ("Dorian", &[]),
    ("Edda", &[]),
    ("Fabio", &[]),
    ("Greta", &[]),
    ("Hilmar", &[]),
    ("Ines", &[]),
    ("Jarl", &[]),
    ("Kaja", &[]),
    ("Linus", &[]),
    ("Mirela", &[]),
    ("Nadim", &[]),
    ("Odile", &[]),
    ("Priya", &[]),
    ("Quentin", &[]),
    ("Rania", &[]),
    ("Signe", &[]),
    ("Tarek", &[]),
    ("Ursula", &[]),
    ("Veit", &[]),
    ("Wanda", &[]),
    ("Ximena", &[]),
    ("Zoltan", &[]),
];
const HEADS: [&str; 24] = [
    "Bal", "Cor", "Dren", "Fal", "Gor", "Hal", "Ister", "Jan", "Kel", "Lor", "Mar", "Nev", "Or",
    "Pel", "Quil", "Ros", "Stan", "Tor", "Ulm", "Ver", "Wes", "Yar", "Zel", "Bryn",
];
const MIDDLES: [&str; 12] = ["a", "i", "o", "e", "an", "in", "ov", "el", "ar", "iv", "uk", "om"];
const TAILS: [&str; 16] = [
    "sky", "enko", "ov", "berg", "son", "ard", "ini", "escu", "vich", "well", "ström", "mann",
    "idze", "ova", "let", "ford",
];
const COUNTRIES: [(&str, &str); 12] = [
    ("Norland", "Norlandic"),
    ("Varnia", "Varnian"),
    ("Ostrelia", "Ostrelian"),
    ("Morvania", "Morvanian"),
    ("Sorrel", "Sorrelian"),
    ("Tarnovia", "Tarnovian"),
    ("Quillonia", "Quillonian"),
    ("Brask", "Braskian"),
    ("Ilmaria", "Ilmarian"),
    ("Zephyria", "Zephyrian"),
    ("Dolmany", "Dolmanian"),
    ("Keshet", "Kesheti"),
];
/// Offices that belong to a country, with a second way of saying each.
const OFFICES: [(&str, &str); 10] = [
    ("{n} Defense Minister", "defense minister of {c}"),
    ("President of {c}", "{n} President"),
    ("{n} Foreign Minister", "foreign minister of {c}"),
    ("{n} army general", "general of the {n} army"),
    ("chief of the {n} General Staff", "{n} chief of staff"),
    ("governor of the Central Bank of {c}", "{n} central bank governor"),
    ("{n} lawmaker", "member of the {n} parliament"),
    ("{n} Prime Minister", "prime minister of {c}"),
    ("economist at the Bank of {c}", "{n} economist"),
    ("{n} opposition leader", "leader of the opposition in {c}"),
];
/// Offices far from those above, for the second bearer of a name.
const OTHER: [&str; 8] = [
    "striker of {t} Rovers",
    "novelist",
    "geologist at the University of {t}",
    "surgeon at {t} Hospital",
    "bishop of {t}",
    "singer",
    "farmer near {t}",
    "coach of {t} United",
];
const BODIES: [(&str, &str); 6] = [
    ("Ministry of Defense of {c}", "{n} Defense Ministry"),
    ("Institute for the Study of {t}", ""),
    ("{c} Federation of Trade Unions", ""),
    ("Central Bank of {c}", "{c} Central Bank"),
    ("Observatory for Human Rights in {c}", ""),
    ("General Staff of {c}", "{c} General Staff"),
];

/// Somebody who speaks.
pub(crate) struct Person {
    /// Unique in the truth.
    pub(crate) id: usize,
    /// True for a body.
    pub(crate) body: bool,
    /// Names that articles give, the usual one first.
    pub(crate) names: Vec<String>,
    /// Roles, as worded; none for a body.
    pub(crate) roles: Vec<String>,
    /// The country whose matters they speak of; none for those who speak of other things.
    pub(crate) country: Option<usize>,
}

/// A word of syllables.
pub(crate) fn word(random: &mut Random) -> String {
    let middle = if random.chance(0.6) { *random.pick(&MIDDLES) } else { "" };
    format!("{}{middle}{}", random.pick(&HEADS), random.pick(&TAILS))
}

/// The countries' names.
pub(crate) fn countries() -> Vec<&'static str> {
    COUNTRIES.iter().map(|(country, _)| *country).collect()
}

/// Everybody: nine people in ten, some of them with a namesake, and bodies.
pub(crate) fn cast(random: &mut Random, size: usize) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    while people.len() < size {
        let id = people.len();
        let country = random.below(COUNTRIES.len());
        let town = word(random);
        if random.chance(0.12) {
            people.push(body(random, id, country, &town));
            continue;
        }
        let given = random.pick(&GIVEN);
        let surname = word(random);
        let names = aliases(random, given, &surname);
        let roles = offices(random, country);
        let full = names[0].clone();
        people.push(Person { id, body: false, names, roles, country: Some(country) });
        // A namesake of quite another trade.
        if random.chance(0.03) {
            let role = random.pick(&OTHER).replace("{t}", &town);
            people.push(Person {
                id: id + 1,
                body: false,
                names: vec![full],
                roles: vec![role],
                country: None,
            });
        }
    }
    people
}

fn offices(random: &mut Random, country: usize) -> Vec<String> {
    let (name, people) = COUNTRIES[country];
    let mut roles = Vec::new();
    for _ in 0..=random.below(2) {
        let (one, other) = random.pick(&OFFICES);
        for role in [one, other] {
            roles.push(role.replace("{c}", name).replace("{n}", people));
        }
        let former = format!("former {}", roles[0]);
        if random.chance(0.3) {
            roles.push(former);
        }
    }
    roles
}

fn aliases(random: &mut Random, (given, forms): &(&str, &[&str]), surname: &str) -> Vec<String> {
    let mut names = vec![format!("{given} {surname}")];
    for form in *forms {
        if random.chance(0.6) {
            names.push(format!("{form} {surname}"));
        }
    }
    if random.chance(0.4) {
        names.push(format!("{given} {}. {surname}", char::from(b'A' + random.below(26) as u8)));
    }
    if random.chance(0.3) {
        names.push(format!("{}. {surname}", &given[..1]));
    }
    if random.chance(0.4) {
        names.push(surname.to_owned());
    }
    let spelt = respelt(surname);
    if spelt != surname && random.chance(0.7) {
        names.push(format!("{given} {spelt}"));
    }
    names
}

/// Another transliteration.
fn respelt(name: &str) -> String {
    for (from, to) in [
        ("sky", "skyi"),
        ("ström", "stroem"),
        ("vich", "vič"),
        ("Y", "J"),
        ("idze", "idse"),
        ("ks", "x"),
        ("mann", "man"),
    ] {
        if name.contains(from) {
            return name.replace(from, to);
        }
    }
    name.to_owned()
}

fn body(random: &mut Random, id: usize, country: usize, town: &str) -> Person {
    let (name, people) = COUNTRIES[country];
    let fill = |text: &str| text.replace("{c}", name).replace("{n}", people).replace("{t}", town);
    let (one, other) = random.pick(&BODIES);
    let mut names = vec![fill(one)];
    if !other.is_empty() {
        names.push(fill(other));
    }
    let initials: String = names[0]
        .split(' ')
        .filter(|word| word.starts_with(char::is_uppercase))
        .filter_map(|word| word.chars().next())
        .collect();
    if initials.len() >= 3 && random.chance(0.5) {
        names.push(initials);
    }
    Person { id, body: true, names, roles: Vec::new(), country: Some(country) }
}
