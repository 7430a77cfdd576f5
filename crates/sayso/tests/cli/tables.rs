//! Parquet: what `read` writes, what `add` takes, and what a sayso without it says.

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_says_so() {
    use crate::{examples, sayso};

    let folder = tempfile::tempdir().unwrap();
    let shards = folder.path().join("parts");
    let ledger = folder.path().join("a.db");
    for arguments in [
        &["read", "-o", "parquet", &examples()] as &[&str],
        &["read", "--shards", shards.to_str().unwrap(), &examples()],
        &["add", "--from-parquet", "--ledger", ledger.to_str().unwrap(), "x.parquet"],
    ] {
        sayso(arguments).run().code(2).says(&["without Parquet", "--features parquet"]);
    }
}

#[cfg(feature = "parquet")]
mod with_parquet {
    use std::{
        fs::{self, File},
        path::{Path, PathBuf},
        time::{Duration, SystemTime},
    };

    use sayso_arrow::{Row, Writer, unpacked};
    use sayso_model::{Article, Statement};
    use serde_json::Value;

    use crate::{examples, sayso};

    fn rows(path: &Path) -> (Vec<Article>, Vec<Statement>, Vec<String>) {
        let (mut articles, mut statements, mut failures) = (Vec::new(), Vec::new(), Vec::new());
        for table in sayso_arrow::read(File::open(path).unwrap()).unwrap() {
            let one = unpacked(&table.unwrap()).unwrap();
            articles.extend(one.articles);
            statements.extend(one.statements);
            failures.extend(one.failures);
        }
        (articles, statements, failures)
    }

    fn tables(folder: &Path) -> Vec<PathBuf> {
        let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut all: Vec<PathBuf> =
            all.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect();
        all.sort();
        all
    }

    #[test]
    fn a_table_has_what_json_lines_have_and_the_articles() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("said.parquet");
        let ran = sayso(&["read", "-o", "parquet", &examples()]).run().code(0);
        fs::write(&path, &ran.out).unwrap();
        let (articles, statements, failures) = rows(&path);
        let records: Vec<Value> =
            statements.iter().map(|one| serde_json::to_value(one).unwrap()).collect();
        assert_eq!(records, sayso(&["read", "-o", "jsonl", &examples()]).run().records());
        let printed = sayso(&["read", "--articles", "-o", "jsonl", &examples()]).run().records();
        assert_eq!(articles.len(), printed.len());
        assert!(
            articles.iter().zip(&printed).all(|(one, other)| other["text"] == one.text.as_str())
        );
        assert!(failures.is_empty());
        // Threads change nothing.
        let again = sayso(&["read", "-j", "1", "-o", "parquet", &examples()]).run().code(0);
        assert!(again.out == ran.out);
    }

    #[test]
    fn a_shard_is_made_once_for_each_file() {
        let folder = tempfile::tempdir().unwrap();
        let (input, parts) = (folder.path().join("in"), folder.path().join("parts"));
        fs::create_dir_all(input.join("sub")).unwrap();
        fs::write(input.join("a.txt"), "The dam will hold, Ada Quill said.").unwrap();
        fs::write(
            input.join("sub/a.txt"),
            "The ferry will sail, Bo Tarn said. The ferry is safe, he said.",
        )
        .unwrap();
        fs::write(
            input.join("b.jsonl"),
            "{broken\n{\"text\": \"The dam is safe, Ada Quill said.\"}\n",
        )
        .unwrap();
        let run = || sayso(&["read", "--shards", "parts", "in"]).within(folder.path()).run();
        run().code(3).says(&["parts: 3 shards written", "b.jsonl"]);
        assert_eq!(tables(&parts).len(), 3);
        let bytes: Vec<Vec<u8>> =
            tables(&parts).iter().map(|path| fs::read(path).unwrap()).collect();
        // A broken line is a row, too.
        let broken =
            tables(&parts).into_iter().find(|path| path.to_string_lossy().contains("b.jsonl"));
        let (articles, statements, failures) = rows(&broken.unwrap());
        assert_eq!((articles.len(), statements.len(), failures.len()), (1, 1, 1));

        run().code(0).says(&["0 shards written, 3 there before", "0 articles"]);
        // A run that was killed leaves a file that is not taken for a shard, or a shard without a marker.
        let lost = tables(&parts)[0].clone();
        fs::write(parts.join(".x.1.begun"), "PAR1").unwrap();
        fs::remove_file(&lost).unwrap();
        let marker =
            fs::read_dir(&parts).unwrap().map(|entry| entry.unwrap().path()).find(|path| {
                path.to_string_lossy().contains("b.jsonl")
                    && path.to_string_lossy().ends_with(".done.json")
            });
        fs::remove_file(marker.unwrap()).unwrap();
        run().says(&["2 shards written, 1 there before"]);
        // What has changed is read again, and so is all under other flags.
        let file = File::options().append(true).open(input.join("a.txt")).unwrap();
        // A day in 2001.
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
        run().says(&["1 shard written, 2 there before"]);
        let other = sayso(&["read", "--shards", "parts", "--published", "2031-04-03", "in"]);
        other.within(folder.path()).run().says(&["3 shards written."]);
        run().says(&["3 shards written."]);
        assert_eq!(
            tables(&parts).iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>(),
            bytes
        );
    }

    #[test]
    fn a_table_fills_a_ledger_as_adding_does() {
        let folder = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| sayso(arguments).within(folder.path()).run();
        let all = |ledger: &str| {
            let find = ["find", "", "--limit", "9999", "-o", "jsonl", "--ledger", ledger];
            let questions = ["questions", "-o", "jsonl", "--ledger", ledger];
            (run(&find).code(0).records(), run(&questions).code(0).records())
        };
        run(&["add", "--ledger", "a.db", &examples()]).code(0);
        let table = run(&["read", "-o", "parquet", &examples()]).code(0).out;
        fs::create_dir(folder.path().join("t")).unwrap();
        let path = folder.path().join("t/said.parquet");
        fs::write(&path, table).unwrap();
        run(&["add", "--from-parquet", "--ledger", "b.db", "t"])
            .code(0)
            .says(&["17 articles added"]);
        assert_eq!(all("a.db"), all("b.db"));
        run(&["add", "--from-parquet", "--ledger", "b.db", "t"])
            .code(0)
            .says(&["17 known already"]);
        assert_eq!(all("a.db"), all("b.db"));

        // Backwards, each row twice, and one article gone.
        let (articles, statements, _) = rows(&path);
        let mut writer = Writer::new(Vec::new()).unwrap();
        for _ in 0..2 {
            let said = statements.iter().rev().map(|one| Row::Statement(one, &[]));
            let told = articles.iter().rev().skip(1).map(Row::Article);
            writer.push(&said.chain(told).collect::<Vec<_>>()).unwrap();
        }
        fs::write(&path, writer.finish().unwrap()).unwrap();
        let ran = run(&["add", "--from-parquet", "--ledger", "b.db", "t"]);
        ran.code(3).says(&["16 known already", "without their article"]);
        run(&["add", "--from-parquet", "--ledger", "c.db", "t"])
            .code(3)
            .says(&["16 articles added"]);
        assert!(all("b.db") == all("a.db"));

        fs::write(&path, "PAR1 and no more").unwrap();
        run(&["add", "--from-parquet", "--ledger", "c.db", "t"]).code(3).says(&["said.parquet"]);
    }

    /// Statements that another program changed are refused article by article.
    #[test]
    fn what_does_not_fit_its_text_stays_out() {
        let folder = tempfile::tempdir().unwrap();
        let table = sayso(&["read", "-o", "parquet", &examples()]).run().code(0).out;
        let path = folder.path().join("said.parquet");
        fs::write(&path, table).unwrap();
        let (articles, mut statements, _) = rows(&path);
        statements[0].content[0].text.push('!');
        let mut writer = Writer::new(Vec::new()).unwrap();
        let told = articles.iter().map(Row::Article);
        let said = statements.iter().map(|one| Row::Statement(one, &[]));
        writer.push(&told.chain(said).collect::<Vec<_>>()).unwrap();
        fs::write(&path, writer.finish().unwrap()).unwrap();
        let ran = sayso(&["add", "--from-parquet", "said.parquet"]).within(folder.path()).run();
        ran.code(3).says(&["said.parquet: ", "16 articles added"]);
    }
}
