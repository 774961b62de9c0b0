-- What a reader keeps to find works by. `usual`: the filter narrows every list by itself.
CREATE TABLE saved_filters (
  reader TEXT NOT NULL REFERENCES actors (name),
  folded TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  usual INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (reader, folded)
) STRICT, WITHOUT ROWID;

-- What is left out of a reader's lists. `sort` and `key` name it; of a tag `kind` and `folded` are its key, of a work
-- or a creator `number`. `until`: the last day, in days since 1970-01-01.
CREATE TABLE mutes (
  reader TEXT NOT NULL REFERENCES actors (name),
  sort TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT,
  folded TEXT,
  number INTEGER,
  name TEXT NOT NULL,
  until INTEGER,
  at TEXT NOT NULL,
  PRIMARY KEY (reader, sort, key)
) STRICT, WITHOUT ROWID;
