//! `sayso annotate`: the layers of language and meaning, for programs.

mod conllu;
mod record;

use std::io::Write as _;

use sayso_model::Article;
use sayso_read::Raw;

use super::sources::{Tally, named, options};
use crate::{
    cli::{Annotate, AnnotateFormat, AnnotateInput, InputFormat, Layer},
    error::CommandError,
    input::{self, Outcome},
    interrupt,
    screen::{Screen, count},
};

/// Annotates what the flags name.
pub(crate) fn run(flags: &Annotate, screen: Screen) -> Result<(), CommandError> {
    if flags.input_format == AnnotateInput::Conllu {
        return conllu::run(flags, screen);
    }
    interrupt::listen();
    let layers = if flags.layers.is_empty() { &Layer::ALL[..] } else { &flags.layers };
    let mut tally = Tally::new(screen);
    let format = match flags.input_format {
        AnnotateInput::Auto | AnnotateInput::Conllu => InputFormat::Auto,
        AnnotateInput::Text => InputFormat::Text,
        AnnotateInput::Html => InputFormat::Html,
        AnnotateInput::Jsonl => InputFormat::Jsonl,
    };
    let sources = named(&flags.paths, &[], &mut tally);
    let options = options(format, flags.published, flags.jobs);
    let mut out = screen.out();
    let mut annotated = 0;
    // Records are made where the articles are read, side by side: what is passed on is bytes.
    let line = |article: &Article, _: Option<&Raw>| match flags.output {
        AnnotateFormat::Jsonl => {
            record::line(article, &sayso_language::read(&article.text), layers)
        }
        AnnotateFormat::Conllu => conllu::printed(article).into_bytes(),
    };
    let ended = input::each(&sources, &options, screen, line, |outcome| {
        match outcome {
            Outcome::Failed(words, n) => {
                out.flush()?;
                tally.fail_all(&words, n);
            }
            Outcome::Reached(..) => {}
            Outcome::Done(article, line) => {
                out.write_all(&line)?;
                annotated += 1;
                tally.note(&article);
            }
        }
        Ok(())
    })?;
    tally.end(ended);
    out.flush()?;
    drop(out);
    tally.finish(&format!("{}.", count(annotated, "article")))
}
