//! `sayso annotate`: the layers of language and meaning, for programs.

mod record;

use std::io::{self, Write as _};

use super::sources::{Tally, named, options};
use crate::{
    cli::{Annotate, AnnotateFormat, AnnotateInput, InputFormat, Layer},
    error::CommandError,
    input::{self, Outcome},
    screen::{Screen, count},
};

/// Annotates what the flags name.
pub(crate) fn run(flags: &Annotate, screen: Screen) -> Result<(), CommandError> {
    let layers = if flags.layers.is_empty() { &Layer::ALL[..] } else { &flags.layers };
    let mut tally = Tally::new(screen);
    let format = match flags.input_format {
        AnnotateInput::Auto => InputFormat::Auto,
        AnnotateInput::Text => InputFormat::Text,
        AnnotateInput::Html => InputFormat::Html,
        AnnotateInput::Jsonl => InputFormat::Jsonl,
        AnnotateInput::Conllu => InputFormat::Text,
    };
    let sources = named(&flags.paths, &["conllu"], &mut tally);
    let options = options(format, flags.published, flags.jobs);
    let mut out = screen.out();
    let mut annotated = 0;
    // Records are made where the articles are read, side by side: what is passed on is a line.
    let line = |article: &sayso_model::Article| {
        serde_json::to_vec(&record::of(article, layers)).unwrap_or_default()
    };
    input::each(&sources, &options, screen, line, |outcome| {
        match outcome {
            Outcome::Failed(words) => {
                out.flush()?;
                tally.fail(&words);
            }
            Outcome::Done(article, line) => {
                out.write_all(&line)?;
                out.write_all(b"\n")?;
                annotated += 1;
                tally.note(&article);
            }
        }
        Ok::<(), CommandError>(())
    })?;
    out.flush()?;
    drop(out);
    let _ = (AnnotateFormat::Conllu, io::stdout());
    tally.finish(&format!("{}.", count(annotated, "article")))
}
