"""Statements out of many articles, on a cluster: Spark 4, or Sail.

    spark-submit --master spark://HOST:7077 engines/spark/job.py INPUT OUTPUT
    python engines/spark/job.py --remote sc://localhost:50051 INPUT OUTPUT

INPUT is a folder of Parquet tables of articles (`text` or `html`, and any of `id`, `published`, `url`, `outlet`, `title`), or with
`--warc` of WARC files, each one task. OUTPUT/read gets statements, articles and problems by day of publication, OUTPUT/questions
which statements bear on which question. `sayso add --from-parquet OUTPUT/read` makes a ledger of it.

Nothing here depends on the order of rows: engines reorder them, and Sail drops a sort that precedes `mapInArrow`.
"""

import argparse
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import SparkSession, functions as f
from pyspark.sql.pandas.types import from_arrow_schema

import sayso

#: Rows that a worker is given at a time: a page has some kilobytes, a batch some megabytes.
BATCH = 512


def read(batches):
    """Pages to statements: a pure function, whatever a task was given."""
    for batch in batches:
        made = sayso.read_batch(batch, texts=True)
        # Metadata is no part of what an engine compares.
        yield made.replace_schema_metadata(None)


def link(key: tuple[pa.Scalar, ...], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The statements of one key, batch by batch, to questions. By its types the engine knows this form."""
    rows = pa.Table.from_batches(list(batches))
    yield from sayso.link_group(rows, key[0].as_py()).replace_schema_metadata(None).to_batches()


def schema(table):
    """The types of a table of ours, as Spark has them."""
    return from_arrow_schema(pa.schema(pa.table(table).schema.remove_metadata()))


def main():
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("input")
    flags.add_argument("output")
    flags.add_argument("--warc", action="store_true", help="the input is a folder of WARC files")
    flags.add_argument("--remote", help="a Spark Connect server (sc://host:port)")
    flags = flags.parse_args()
    builder = SparkSession.builder.appName("sayso")
    spark = (builder.remote(flags.remote) if flags.remote else builder).getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)

    reader = spark.read
    if flags.warc:
        # One file is one row: a batch of many would be held in memory at once.
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1)
        pages = reader.format("binaryFile").load(flags.input).select("path", "content")
    else:
        pages = reader.parquet(flags.input)
    nothing = sayso.read_batch(pa.table({"text": pa.array([], pa.string())}))
    rows = pages.mapInArrow(read, schema(nothing))
    rows = rows.withColumn("day", f.coalesce(f.substring("article.published", 1, 10), f.lit("unknown")))
    rows.write.mode("overwrite").partitionBy("day").parquet(f"{flags.output}/read")

    said = spark.read.parquet(f"{flags.output}/read").where("row = 'statement'").drop("text", "problems", "day")
    keyed = said.withColumn("key", f.explode("groups"))
    questions = keyed.groupBy("key").applyInArrow(link, schema(sayso.link_group(nothing)))
    questions.write.mode("overwrite").parquet(f"{flags.output}/questions")


if __name__ == "__main__":
    main()
