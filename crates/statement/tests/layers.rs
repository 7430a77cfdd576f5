//! The modules at the root of each crate use each other one way: what a module needs is below it, so that it
//! can be read, tested and changed without what is above it. Read from the `use` lines and paths of the
//! source; what is inside one module may lean on its neighbours.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Modules by name, with those that they use.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn source(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let kept = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code = kept.lines().filter(|l| !l.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

fn gather(folder: &Path, module: Option<&str>, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of source").flatten() {
        let path = entry.path();
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            gather(&path, Some(module.unwrap_or(&stem)), found);
        } else if path.extension().is_some_and(|e| e == "rs") && stem != "tests" {
            found.entry(module.unwrap_or(&stem).to_owned()).or_default().push_str(&source(&path));
        }
    }
}

/// The first names behind `crate::`, also of `crate::{a::b, c}`.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(inside) = rest.strip_prefix('{') else {
            out.push(word(rest));
            continue;
        };
        let mut depth = 0_i32;
        let mut start = 0;
        for (i, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    out.push(word(&inside[start..i]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    out.push(word(&inside[start..i]));
                    start = i + 1;
                }
                _ => {}
            }
        }
    }
    out
}

/// Which module the root hands a name on from: `pub use context::{Attribution, Context}`.
fn handed_on(root: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for line in root.split(';') {
        let Some(at) = line.find("use ") else { continue };
        let Some((module, names)) = line[at + 4..].split_once("::") else { continue };
        for name in names.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if !name.is_empty() {
                out.insert(name.to_owned(), module.trim().to_owned());
            }
        }
    }
    out
}

fn uses(krate: &Path) -> Uses {
    let mut code = BTreeMap::new();
    gather(&krate.join("src"), None, &mut code);
    let root = code.remove("lib").unwrap_or_default();
    let names = handed_on(&root);
    let modules: BTreeSet<String> = code.keys().cloned().collect();
    let of = |name: String| {
        if modules.contains(&name) { Some(name) } else { names.get(&name).cloned() }
    };
    code.iter()
        .map(|(module, text)| {
            let used = named(text).into_iter().filter_map(of);
            (module.clone(), used.filter(|u| u != module && modules.contains(u)).collect())
        })
        .collect()
}

/// Takes away, again and again, what uses nothing that is left; what remains goes round in a circle.
fn circle(mut uses: Uses) -> Vec<String> {
    loop {
        let free: Vec<String> = uses
            .iter()
            .filter(|(_, used)| used.iter().all(|u| !uses.contains_key(u)))
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            return uses.into_keys().collect();
        }
        uses.retain(|module, _| !free.contains(module));
    }
}

#[test]
fn modules_use_each_other_one_way() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of crates");
    for name in ["fetch", "language", "model", "read", "score", "statement"] {
        let uses = uses(&crates.join(name));
        assert!(uses.len() > 1, "{name}: nothing was read");
        let round = circle(uses);
        assert!(round.is_empty(), "{name}: these modules use each other in a circle: {round:?}");
    }
}

#[test]
fn a_circle_is_seen() {
    let uses = |pairs: &[(&str, &str)]| {
        let mut out = Uses::new();
        for (a, b) in pairs {
            out.entry((*b).to_owned()).or_default();
            out.entry((*a).to_owned()).or_default().insert((*b).to_owned());
        }
        out
    };
    assert!(circle(uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(circle(uses(&[("a", "b"), ("b", "c"), ("c", "b")])), ["a", "b", "c"]);
    let code = "use crate::{a::{B, C}, d};\nfn f() { crate::e::g() }";
    assert_eq!(named(code), ["a", "d", "e"]);
}
