//! CoNLL-U in and out.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
};

use sayso_language::{Language, conllu};
use sayso_model::{Article, Published};

use super::record;
use crate::{
    cli::{Annotate, AnnotateFormat, Layer},
    engine,
    error::CommandError,
    input::Source,
    screen::{Screen, count},
    verb::sources::{Tally, named},
};

/// Longest input in bytes: a treebank is held as a whole.
const LIMIT: u64 = 1 << 30;

/// Annotates the sentences and tokens that CoNLL-U files give.
pub(super) fn run(flags: &Annotate, screen: Screen) -> Result<(), CommandError> {
    let layers = if flags.layers.is_empty() { &Layer::ALL[..] } else { &flags.layers };
    let mut tally = Tally::new(screen);
    let mut out = screen.out();
    let mut annotated = 0;
    for source in named(&flags.paths, &["conllu", "conll"], &mut tally) {
        let (name, text) = match whole(&source) {
            Ok(text) => text,
            Err(words) => {
                tally.fail(&words);
                continue;
            }
        };
        let (documents, problems) = conllu::read(&text);
        for problem in &problems {
            tally.fail(&format!(
                "{name}: line {}: {} The other lines were read. Fix the line.",
                problem.line, problem.message
            ));
        }
        if documents.is_empty() && problems.is_empty() {
            tally.fail(&format!("{name}: there is no sentence in this file. Give CoNLL-U."));
        }
        for (i, document) in documents.iter().enumerate() {
            let id = document.id.clone().unwrap_or_else(|| format!("doc{}", i + 1));
            let bytes = engine::guarded(|| {
                let language = document.language();
                match flags.output {
                    AnnotateFormat::Conllu => conllu::write(document, &language).into_bytes(),
                    AnnotateFormat::Jsonl => {
                        let published = flags.published.map(Published::day);
                        record::line(&article(&id, &document.text, published), &language, layers)
                    }
                }
            });
            match bytes {
                Ok(bytes) => {
                    out.write_all(&bytes)?;
                    annotated += 1;
                }
                Err(words) => tally.fail(&format!("{name}: sayso broke down over {id}: {words}.")),
            }
        }
    }
    out.flush()?;
    drop(out);
    tally.finish(&format!("{}.", count(annotated, "document")))
}

/// The whole of a source as text, with its name.
fn whole(source: &Source) -> Result<(String, String), String> {
    let (name, mut bytes) = (source.to_string(), Vec::new());
    let read = match source {
        Source::Stdin => std::io::stdin().lock().take(LIMIT).read_to_end(&mut bytes),
        Source::File(path) => {
            std::fs::File::open(path).and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
        }
    };
    match read {
        Ok(_) => match String::from_utf8(bytes) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(format!(
                "{name}: byte {} is not UTF-8. CoNLL-U is UTF-8: convert the file.",
                error.utf8_error().valid_up_to()
            )),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(format!("{name}: there is no such file. Check the path."))
        }
        Err(error) => {
            Err(format!("{name}: it could not be read: {error}. Check that you may read it."))
        }
    }
}

fn article(key: &str, text: &str, published: Option<Published>) -> Article {
    Article { published, ..Article::of_text(key, text) }
}

/// An article's sentences and tokens as CoNLL-U.
pub(super) fn printed(article: &Article) -> String {
    let language = sayso_language::read(&article.text);
    let mut out = format!("# newdoc id = {}\n", one_line(&article.key));
    let mut paragraph = None;
    for (i, sentence) in language.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let text = sentence.span.of(language.text);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "# sent_id = {}-{}", one_line(&article.key), i + 1);
        let _ = writeln!(out, "# text = {}", one_line(text));
        for token in sentence.tokens.clone() {
            push_word(&mut out, &language, token, sentence.tokens.start);
        }
        out.push('\n');
    }
    out
}

fn push_word(out: &mut String, language: &Language<'_>, at: usize, first: usize) {
    let token = &language.tokens[at];
    let known = |word: &str| if word.is_empty() { "_".to_owned() } else { one_line(word) };
    // A head of 0 is the root; no parser ran where there is no relation either.
    let head = match token.head {
        Some(head) if head >= first => (head - first + 1).to_string(),
        _ if token.deprel.is_empty() => "_".to_owned(),
        _ => "0".to_owned(),
    };
    let touches = language.tokens.get(at + 1).is_some_and(|next| next.span.start == token.span.end);
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{}",
        at - first + 1,
        one_line(token.span.of(language.text)),
        known(&token.lemma),
        token.upos.word(),
        known(token.xpos),
        known(token.deprel),
        if touches { "SpaceAfter=No" } else { "_" },
    );
}

/// Tabs and line ends would break the format.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
