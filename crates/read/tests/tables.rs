//! Parquet tables. Without the feature they are told as what they are.

use std::io::Cursor;

use sayso_read::{Input, Options, articles};

#[cfg(not(feature = "parquet"))]
#[test]
fn a_table_is_told_with_its_cure() {
    let mut items =
        articles(Input::new("a.parquet", Cursor::new(b"PAR1....PAR1")), &Options::default());
    let failure = items.next().unwrap().unwrap_err();
    assert_eq!(
        failure.to_string(),
        "a.parquet: byte 0 shows that this is not text but a Parquet table."
    );
    assert!(failure.hint().contains("--features parquet"));
    assert!(items.next().is_none());
}

#[cfg(feature = "parquet")]
mod tables {
    use std::sync::Arc;

    use parquet::{
        basic::{Compression, GzipLevel},
        data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };
    use proptest::prelude::*;
    use sayso_model::Article;
    use sayso_read::Failure;

    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Vec<Result<Article, Failure>> {
        let options = Options { keep_raw: true, ..Options::default() };
        articles(Input::new(name, Cursor::new(bytes)), &options).collect()
    }

    /// A table of three rows, the second of which has no text.
    fn table(compression: Compression, text: &str) -> Vec<u8> {
        let schema = format!(
            "message table {{ OPTIONAL BYTE_ARRAY title (UTF8); OPTIONAL BYTE_ARRAY {text} (UTF8);
             REQUIRED INT32 date (DATE); OPTIONAL INT64 modified (TIMESTAMP(MILLIS,true));
             REQUIRED INT64 size; }}"
        );
        let properties = WriterProperties::builder().set_compression(compression).build();
        let schema = Arc::new(parse_message_type(&schema).unwrap());
        let mut out = Vec::new();
        let mut file = SerializedFileWriter::new(&mut out, schema, Arc::new(properties)).unwrap();
        let mut group = file.next_row_group().unwrap();
        let words = |list: &[&str]| list.iter().map(|w| ByteArray::from(*w)).collect::<Vec<_>>();
        let mut column = 0;
        while let Some(mut writer) = group.next_column().unwrap() {
            match column {
                0 => writer.typed::<ByteArrayType>().write_batch(
                    &words(&["Bridge", "Mill"]),
                    Some(&[1, 1, 0]),
                    None,
                ),
                1 => writer.typed::<ByteArrayType>().write_batch(
                    &words(&["The mayor said the bridge may close.", "It is open, she said."]),
                    Some(&[1, 0, 1]),
                    None,
                ),
                2 => writer.typed::<Int32Type>().write_batch(&[22_372, 22_373, -1], None, None),
                3 => writer.typed::<Int64Type>().write_batch(
                    &[1_932_970_500_000],
                    Some(&[1, 0, 0]),
                    None,
                ),
                _ => writer.typed::<Int64Type>().write_batch(&[1, 2, 3], None, None),
            }
            .unwrap();
            writer.close().unwrap();
            column += 1;
        }
        group.close().unwrap();
        file.close().unwrap();
        out
    }

    #[test]
    fn rows_are_articles_however_they_are_packed() {
        let gzip = Compression::GZIP(GzipLevel::default());
        for packing in [Compression::UNCOMPRESSED, Compression::SNAPPY, gzip, Compression::LZ4_RAW]
        {
            let items = read("news/all.parquet", &table(packing, "text"));
            let first = items[0].as_ref().unwrap();
            assert_eq!(first.text, "The mayor said the bridge may close.");
            assert_eq!((first.key.as_str(), first.title.as_deref()), ("all:1", Some("Bridge")));
            assert_eq!(first.published.as_ref().unwrap().printed(), "2031-04-03");
            assert_eq!(first.modified.as_ref().unwrap().printed(), "2031-04-03T08:15Z");
            let told = items[1].as_ref().unwrap_err().to_string();
            assert_eq!(
                told,
                "news/all.parquet: row 2: it has no field named `text`, `maintext`, `main_text`, `body`, \
             `content`, `html` or `raw_html`."
            );
            assert_eq!(
                items[2].as_ref().unwrap().published.as_ref().unwrap().printed(),
                "1969-12-31"
            );
            assert_eq!(items.len(), 3);
        }
    }

    #[test]
    fn a_file_is_read_where_it_lies_and_its_rows_are_kept() {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("some.parquet");
        std::fs::write(&path, table(Compression::SNAPPY, "body")).unwrap();
        let options = Options { keep_raw: true, ..Options::default() };
        let mut items = articles(Input::open(path.to_str().unwrap()).unwrap(), &options);
        items.next().unwrap().unwrap();
        let raw = items.take_raw().unwrap();
        assert_eq!(raw.media, "application/json");
        let record: serde_json::Value = serde_json::from_slice(&raw.bytes).unwrap();
        assert_eq!(record["date"], "2031-04-03");
        assert!(record.get("size").is_none(), "{record}");
    }

    #[test]
    fn what_is_no_table_of_articles_is_told() {
        for (bytes, words) in [
            (table(Compression::UNCOMPRESSED, "words"), "no column is named `text`, `maintext`"),
            (b"PAR1 and no more".to_vec(), "a.parquet: "),
            (b"PAR1".to_vec(), "a.parquet: "),
        ] {
            let items = read("a.parquet", &bytes);
            let told = items[0].as_ref().unwrap_err().to_string();
            assert!(items.len() == 1 && told.contains(words), "{told}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_tables_are_read_or_refused(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = table(Compression::SNAPPY, "text");
            for (at, value) in damage {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            prop_assert!(read("a.parquet", &bytes).len() < 10_000);
        }
    }
}
