"""The tables of the index, all in a schema of their own: made by a rebuild, in no migration and no model.

A change here or in `lexemes` is another format: raise LAYOUT, and every index made before is rebuilt.

Whoever takes part, to search or to write, reads the one row of `state` first. So a switch, which locks that table
before any other, waits for those who are at work and holds nothing meanwhile that they could need.
"""

LAYOUT = 6
SCHEMA = "archive_search"
NEXT = "archive_search_next"

# Scanning touches `coded` only: what is wide lies out of line (`rows.MOST_IN_LINE`), so that a page holds 80 rows.
# No place for updates in pending lists (`fastupdate`): they would be read through by every search.
CREATE = f"""
CREATE SCHEMA {NEXT};
CREATE TABLE {NEXT}.state (
    layout integer NOT NULL,
    generation bigint NOT NULL,
    places integer NOT NULL
);
CREATE TABLE {NEXT}.document (
    place integer NOT NULL,
    coded bytea NOT NULL,
    words tsvector NOT NULL,
    shown text NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE {NEXT}.document ALTER coded SET STORAGE PLAIN;
ALTER TABLE {NEXT}.document ALTER words SET STORAGE EXTERNAL;
ALTER TABLE {NEXT}.document ALTER shown SET STORAGE EXTERNAL;
CREATE TABLE {NEXT}.facet_set (
    number integer NOT NULL,
    held text NOT NULL
);
CREATE TABLE {NEXT}.common (
    word text COLLATE "C" NOT NULL
);
CREATE TABLE {NEXT}.word (
    word text COLLATE "C" NOT NULL,
    documents integer NOT NULL,
    forms text[] COLLATE "C" NOT NULL
)
"""
FINISH = f"""
ALTER TABLE {NEXT}.document ADD PRIMARY KEY (place);
CREATE INDEX ON {NEXT}.document USING gin (words) WITH (fastupdate = off);
ALTER TABLE {NEXT}.facet_set ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX ON {NEXT}.facet_set (md5(held));
ALTER TABLE {NEXT}.word ADD PRIMARY KEY (word);
CREATE INDEX ON {NEXT}.word USING gin (forms) WITH (fastupdate = off);
ANALYZE {NEXT}.document;
ANALYZE {NEXT}.word
"""
SWITCH = f"""
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
ALTER SCHEMA {NEXT} RENAME TO {SCHEMA}
"""
LOCK = f"LOCK TABLE {SCHEMA}.state IN ACCESS EXCLUSIVE MODE"
EXISTS = f"SELECT to_regclass('{SCHEMA}.state') IS NOT NULL"
