-- What a reader keeps to find works by. `usual`: the filter narrows every list by itself.
CREATE TABLE saved_filters (
  reader TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  folded TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  query TEXT COLLATE "C" NOT NULL,
  usual BIGINT NOT NULL,
  at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (reader, folded)
);

-- What is left out of a reader's lists. `sort` and `key` name it; of a tag `kind` and `folded` are its key, of a work
-- or a creator `number`. `until`: the last day, in days since 1970-01-01.
CREATE TABLE mutes (
  reader TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  sort TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C",
  folded TEXT COLLATE "C",
  number BIGINT,
  name TEXT COLLATE "C" NOT NULL,
  until BIGINT,
  at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (reader, sort, key)
);
