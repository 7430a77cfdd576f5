//! News of an invented world, day by day, with the truth about it: who really spoke, on what, and
//! which reports are of one saying.

use std::collections::{BTreeMap, VecDeque};

use jiff::{ToSpan as _, civil::Date};
use sayso_model::{Article, Kind, LinkKind, Polarity, Published, SpeakerKind, Speech, Statement};

use super::{
    cast::{self, Person},
    draft::{Draft, Hedge, Told},
    random::Random,
};

/// What the generator knows of a statement and linking does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Truth {
    /// Who spoke; none where the article names nobody.
    pub(crate) person: Option<usize>,
    /// The event spoken of.
    pub(crate) question: usize,
    /// The saying that the statement reports.
    pub(crate) saying: usize,
}

/// One article with its statements.
pub(crate) struct Made {
    pub(crate) article: Article,
    pub(crate) statements: Vec<Statement>,
    pub(crate) truth: Vec<Truth>,
}

/// How large the world is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) people: usize,
    pub(crate) events: usize,
    pub(crate) sayings_a_day: usize,
    pub(crate) statements_an_article: usize,
}

struct Event {
    /// Class, the words for it, whether a statement of it says no to the question.
    sides: &'static [(&'static str, &'static str, bool)],
    actor: String,
    defender: String,
    /// Spellings.
    target: Vec<String>,
    threshold: Option<String>,
    country: usize,
}

struct Saying {
    id: usize,
    event: usize,
    /// Which of the event's sides, and whether it is denied.
    side: usize,
    denied: bool,
    speaker: Option<usize>,
    /// An unnamed source with the outlet that it spoke to.
    unnamed: Option<(String, usize)>,
    hedge: Option<usize>,
    day: Date,
    until: Option<Date>,
    wording: Vec<String>,
}

const OUTLETS: [&str; 18] = [
    "Harbour Courier",
    "Evening Lamp",
    "Northern Star",
    "Coastal Mirror",
    "Daily Anvil",
    "The Tern",
    "Valley Post",
    "Upland Herald",
    "City Ledger",
    "Morning Bell",
    "Free Quill",
    "Island Gazette",
    "Border Times",
    "Plain Dealer",
    "River News",
    "Hill Observer",
    "The Compass",
    "Market Watchman",
];
const AGENCIES: [&str; 3] = ["Vela", "Norpress", "Tern Wire"];
const TOWN: &[(&str, &str, bool)] =
    &[("capture", "{a} {w} capture {t}", false), ("defend", "{d} {w} hold {t}", true)];
const ADVANCE: &[(&str, &str, bool)] = &[("encircle", "{a} {w} encircle {t}", false)];
const TALKS: &[(&str, &str, bool)] = &[("join", "{a} {w} join {t}", false)];
const RATE: &[(&str, &str, bool)] = &[("raise_rate", "{a} {w} raise interest rates", false)];
const SANCTIONS: &[(&str, &str, bool)] =
    &[("impose_sanctions", "{a} {w} impose sanctions on {t}", false)];
/// What a speaker adds, in other words each time: reason, adjective, noun, verb, adverb.
const REASONS: [&str; 12] = [
    "because",
    "since",
    "now that",
    "as long as",
    "even though",
    "although",
    "unless",
    "while",
    "given that",
    "provided that",
    "seeing that",
    "until",
];
const ADJECTIVES: [&str; 20] = [
    "eastern", "frozen", "narrow", "costly", "private", "northern", "tired", "heavy", "foreign",
    "hidden", "yearly", "minor", "steady", "broken", "rural", "former", "spare", "urgent", "quiet",
    "second",
];
const NOUNS: [&str; 24] = [
    "bridges",
    "reserves",
    "envoys",
    "harvests",
    "roads",
    "convoys",
    "lenders",
    "garrisons",
    "pilots",
    "depots",
    "ministries",
    "railways",
    "elections",
    "shipments",
    "rivers",
    "factories",
    "treaties",
    "brigades",
    "markets",
    "reports",
    "budgets",
    "villages",
    "pipelines",
    "families",
];
const VERBS: [&str; 20] = [
    "hold", "arrive", "fail", "recover", "refuse", "shift", "vanish", "return", "matter",
    "collapse", "improve", "stall", "agree", "wait", "suffer", "expand", "shrink", "resume",
    "hesitate", "depend",
];
const ADVERBS: [&str; 16] = [
    "this winter",
    "before long",
    "in the south",
    "at last",
    "for weeks",
    "under pressure",
    "without notice",
    "on both banks",
    "against all advice",
    "after the talks",
    "by night",
    "in the capital",
    "beyond the hills",
    "over the summer",
    "once more",
    "in good order",
];
const CUES: [&str; 5] = ["said", "stated", "told reporters", "predicted", "argued"];

/// The stream of news.
pub(crate) struct World {
    random: Random,
    size: Size,
    people: Vec<Person>,
    events: Vec<Event>,
    day: Date,
    sayings: usize,
    articles: usize,
    /// What later articles will report: saying, days from now.
    pending: VecDeque<Vec<(usize, usize)>>,
    known: Vec<Saying>,
    /// When somebody spoke last on an event: who says the same again on the next day has said
    /// nothing new, and the contract calls it one origin.
    spoke: BTreeMap<(usize, usize), Date>,
    ready: VecDeque<Made>,
}

/// Days over which a saying is reported.
const ECHO: usize = 3;
/// Days for which nobody speaks again on an event.
const QUIET: i32 = 8;
/// Sayings kept to be restated.
const MEMORY: usize = 4000;

impl World {
    pub(crate) fn new(seed: u64, size: Size) -> Self {
        let mut random = Random::new(seed);
        let people = cast::cast(&mut random, size.people);
        let countries = cast::countries();
        let mut events: Vec<Event> = Vec::new();
        for _ in 0..size.events {
            let country = random.below(countries.len());
            let other = (country + 1 + random.below(countries.len() - 1)) % countries.len();
            let town = cast::word(&mut random);
            let sides = *random.pick(&[TOWN, TOWN, ADVANCE, TALKS, RATE, SANCTIONS]);
            let target = if sides == RATE {
                Vec::new()
            } else if sides == TALKS {
                vec![format!("{town} League")]
            } else if town.contains('y') {
                vec![town.clone(), town.replace('y', "i")]
            } else {
                vec![town.clone()]
            };
            let threshold =
                (sides == RATE).then(|| format!("above {} percent", 2 + random.below(6)));
            events.push(Event {
                sides,
                actor: countries[country].to_owned(),
                defender: countries[other].to_owned(),
                target,
                threshold,
                country,
            });
        }
        // Two events with the same sentence are one.
        let key =
            |e: &Event| (e.sides[0].0, e.actor.clone(), e.target.clone(), e.threshold.clone());
        events.sort_by_key(key);
        events.dedup_by_key(|e| key(e));
        let pending = (0..=ECHO).map(|_| Vec::new()).collect();
        Self {
            random,
            size,
            people,
            events,
            day: jiff::civil::date(2031, 1, 1),
            sayings: 0,
            articles: 0,
            pending,
            known: Vec::new(),
            spoke: BTreeMap::new(),
            ready: VecDeque::new(),
        }
    }

    fn next_day(&mut self) {
        for _ in 0..self.size.sayings_a_day {
            self.say();
        }
        let mut reports = self.pending.pop_front().unwrap_or_default();
        self.pending.push_back(Vec::new());
        // Mixed, so that an article tells of several sayings.
        for i in (1..reports.len()).rev() {
            reports.swap(i, self.random.below(i + 1));
        }
        for chunk in reports.chunks(self.size.statements_an_article.max(1)) {
            let made = self.article(chunk);
            self.ready.push_back(made);
        }
        self.day = self.day.checked_add(1.day()).unwrap_or(self.day);
    }

    /// Somebody says something new, or says again what they said some weeks ago.
    fn say(&mut self) {
        let id = self.sayings;
        self.sayings += 1;
        let event = self.random.skewed(self.events.len());
        let old = self.random.below(self.known.len().max(1));
        let restated = self.known.get(old).filter(|s| {
            s.day.until(self.day).is_ok_and(|span| span.get_days() > 12) && s.speaker.is_some()
        });
        let restated = restated.map(|s| (s.event, s.side, s.denied, s.speaker));
        let restate = self.random.chance(0.15);
        let (event, side, denied, speaker) = if let Some(before) = restated.filter(|_| restate) {
            before
        } else {
            let country = self.events[event].country;
            let speaker = (!self.random.chance(0.15)).then(|| self.speaker(country));
            let side = self.random.below(self.events[event].sides.len());
            (event, side, self.random.chance(0.3), speaker)
        };
        let outlet = self.random.below(OUTLETS.len());
        let voice = (event, speaker.unwrap_or(usize::MAX - outlet));
        let lately = self.spoke.get(&voice).and_then(|day| day.until(self.day).ok());
        if lately.is_some_and(|span| span.get_days() < QUIET) {
            return;
        }
        self.spoke.insert(voice, self.day);
        let body = self.random.pick(&["official", "representative", "senior official", "source"]);
        let unnamed =
            speaker.is_none().then(|| (format!("{} {body}", self.events[event].actor), outlet));
        let hedge = self.random.chance(0.6).then(|| self.random.below(Hedge::ALL.len()));
        let until = self.random.chance(0.4).then(|| {
            let days = *self.random.pick(&[7_i64, 14, 30, 90]);
            self.day.checked_add(days.days()).unwrap_or(self.day)
        });
        // Different wordings of one saying share hardly a run of words.
        let wording = (0..3)
            .map(|_| {
                let reason = self.reason();
                if self.random.chance(0.5) {
                    format!("{{c}} {reason}")
                } else {
                    format!("{reason}, {{c}}")
                }
            })
            .collect();
        let saying = Saying {
            id,
            event,
            side,
            denied,
            speaker,
            unnamed,
            hedge,
            day: self.day,
            until,
            wording,
        };
        let slot = if self.known.len() < MEMORY {
            self.known.push(saying);
            self.known.len() - 1
        } else {
            // Not one that is still being reported.
            let slot = id % MEMORY;
            self.known[slot] = saying;
            slot
        };
        let echoes = 1 + self.random.skewed(9);
        for echo in 0..echoes {
            let delay = if echo == 0 { 0 } else { self.random.below(ECHO) };
            let style = if echo == 0 { 0 } else { 1 + self.random.below(4) };
            self.pending[delay].push((slot, style));
        }
    }

    fn reason(&mut self) -> String {
        let random = &mut self.random;
        let (one, two) = (random.pick(&ADJECTIVES), random.pick(&ADJECTIVES));
        let (who, whom) = (random.pick(&NOUNS), random.pick(&NOUNS));
        format!(
            "{} the {one} {who} of the {two} {whom} {} {}",
            random.pick(&REASONS),
            random.pick(&VERBS),
            random.pick(&ADVERBS)
        )
    }

    /// Those of a country speak of it; some speak of other things.
    fn speaker(&mut self, country: usize) -> usize {
        for _ in 0..60 {
            let who = self.random.skewed(self.people.len());
            if self.people[who].country == Some(country)
                || (self.people[who].country.is_none() && self.random.chance(0.02))
            {
                return who;
            }
        }
        self.random.below(self.people.len())
    }

    fn article(&mut self, reports: &[(usize, usize)]) -> Made {
        let outlet = self.random.below(OUTLETS.len());
        let mut draft = Draft::new(OUTLETS[outlet], self.articles, self.day);
        self.articles += 1;
        let mut truth = Vec::new();
        for (slot, style) in reports {
            let told = self.told(*slot, *style, outlet);
            let saying = &self.known[*slot];
            truth.push(Truth {
                person: saying.speaker.map(|who| self.people[who].id),
                question: saying.event,
                saying: saying.id,
            });
            draft.tell(told);
        }
        let article = Article {
            outlet: Some(OUTLETS[outlet].to_owned()),
            title: Some(format!("News of {}", self.day)),
            published: Some(Published::day(self.day)),
            language: Some("en".to_owned()),
            ..Article::of_text(&format!("made-{}", self.articles), &draft.text)
        };
        let statements = draft.statements(&article);
        Made { article, statements, truth }
    }

    /// How one article words a saying: 0 in full and quoted, 1 and 2 copied and cut, 3 and 4 in
    /// other words.
    fn told(&mut self, slot: usize, style: usize, outlet: usize) -> Told {
        let saying = &self.known[slot];
        let event = &self.events[saying.event];
        let (class, words, against) = event.sides[saying.side];
        let hedge = saying.hedge.map(|hedge| &Hedge::ALL[hedge]);
        let verb = match (hedge, saying.denied) {
            (Some(hedge), false) => format!("will {}", hedge.term),
            (Some(hedge), true) => format!("will {} not", hedge.term),
            (None, false) => "will".to_owned(),
            (None, true) => "will not".to_owned(),
        };
        let target = if event.target.is_empty() {
            None
        } else {
            Some(self.random.pick(&event.target).clone())
        };
        let doer = if against { &event.defender } else { &event.actor };
        let mut clause = words.replace("{a}", doer).replace("{d}", doer).replace("{w}", &verb);
        if let Some(target) = &target {
            clause = clause.replace("{t}", target);
        }
        if let Some(threshold) = &event.threshold {
            clause = format!("{clause} {threshold}");
        }
        let pattern = if style < 3 { &saying.wording[0] } else { &saying.wording[style - 2] };
        let mut content = pattern.replace("{c}", &clause);
        if style == 1 || style == 2 {
            content = edited(&mut self.random, &content, &clause);
        }
        let mut chain = Vec::new();
        let (name, kind, role) = match (saying.speaker, &saying.unnamed) {
            (Some(who), _) => {
                let person = &self.people[who];
                let usual = self.random.chance(0.6);
                let name = if usual { &person.names[0] } else { self.random.pick(&person.names) };
                let said = !person.roles.is_empty() && self.random.chance(0.6);
                let role = said.then(|| self.random.pick(&person.roles).clone());
                let kind =
                    if person.body { SpeakerKind::Organization } else { SpeakerKind::Person };
                (name.clone(), kind, role)
            }
            (None, Some((role, first))) => {
                if *first != outlet {
                    chain.push((OUTLETS[*first].to_owned(), LinkKind::Outlet));
                }
                (role.clone(), SpeakerKind::Anonymous, None)
            }
            (None, None) => ("the author".to_owned(), SpeakerKind::Author, None),
        };
        if style == 2 && chain.is_empty() && self.random.chance(0.5) {
            chain.push(((*self.random.pick(&AGENCIES)).to_owned(), LinkKind::Agency));
        }
        let silent = class != "defend" && target.is_some() && self.random.chance(0.06);
        Told {
            speaker: name,
            kind_of_speaker: kind,
            role,
            chain,
            cue: (*self.random.pick(&CUES)).to_owned(),
            speech: if style < 3 { Speech::Direct } else { Speech::Indirect },
            kind: Kind::Forecast,
            polarity: if saying.denied { Polarity::No } else { Polarity::Yes },
            hedge: hedge.copied(),
            until: saying.until.map(|until| (saying.day, until)),
            class: class.to_owned(),
            actor: (!silent).then(|| doer.clone()),
            target,
            threshold: event.threshold.clone(),
            content,
        }
    }
}

/// What an outlet does to a wire text: cuts it, or changes a word here and there; the clause itself
/// stays.
fn edited(random: &mut Random, content: &str, clause: &str) -> String {
    let (before, after) = content.split_once(clause).unwrap_or(("", ""));
    let mut words: Vec<String> = after.split(' ').map(str::to_owned).collect();
    if words.len() > 3 && random.chance(0.5) {
        let keep = words.len() - 1 - random.below(words.len() / 2);
        words.truncate(keep);
    } else if words.len() > 3 {
        let at = 1 + random.below(words.len() - 1);
        "indeed".clone_into(&mut words[at]);
    }
    let before = if random.chance(0.3) { "" } else { before };
    format!("{before}{clause}{}", words.join(" "))
}

impl Iterator for World {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        while self.ready.is_empty() {
            self.next_day();
        }
        self.ready.pop_front()
    }
}
