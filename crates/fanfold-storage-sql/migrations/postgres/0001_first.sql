-- The first form of a library (format 1). Migrations go forward only and are never edited once released.
-- The SQLite file beside this one says the same in its own types.

CREATE TABLE meta (key TEXT COLLATE "C" PRIMARY KEY, value TEXT COLLATE "C" NOT NULL);
INSERT INTO meta (key, value) VALUES ('format', '1');

-- Numbers are taken from here inside the writing transaction: a rollback gives them back, nothing
-- is ever used twice, and the row's lock makes the order of `change` the order of commits.
CREATE TABLE counters (name TEXT COLLATE "C" PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES
  ('change', 0), ('work', 0), ('creator', 0), ('series', 0), ('tag', 0), ('import', 0),
  ('item', 0), ('edit', 0), ('history', 0);

-- Who changes things. The owner of a laptop is an account like any other.
CREATE TABLE actors (name TEXT COLLATE "C" PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL);
INSERT INTO actors (name, kind) VALUES ('owner', 'owner');

CREATE TABLE marks (name TEXT COLLATE "C" PRIMARY KEY, at TEXT COLLATE "C" NOT NULL);

CREATE TABLE imports (
  id BIGINT PRIMARY KEY,
  actor TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  started TEXT COLLATE "C" NOT NULL,
  touched TEXT COLLATE "C" NOT NULL,
  finished TEXT COLLATE "C",
  undone TEXT COLLATE "C",
  roots TEXT COLLATE "C" NOT NULL,
  taken BIGINT NOT NULL DEFAULT 0,
  merged BIGINT NOT NULL DEFAULT 0,
  unchanged BIGINT NOT NULL DEFAULT 0,
  held BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0
);

-- What a list needs, then the shown record (normalised layer with the edits, without chapters).
CREATE TABLE works (
  id BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL UNIQUE,
  title TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL,
  site TEXT COLLATE "C" NOT NULL,
  visibility TEXT COLLATE "C" NOT NULL,
  held TEXT COLLATE "C",
  removed BIGINT NOT NULL,
  needs_person BIGINT NOT NULL,
  lone_part BIGINT NOT NULL,
  words BIGINT NOT NULL,
  chapters BIGINT NOT NULL,
  shown_version BIGINT NOT NULL,
  import BIGINT NOT NULL REFERENCES imports (id),
  imported TEXT COLLATE "C" NOT NULL,
  changed BIGINT NOT NULL,
  shown BYTEA NOT NULL
);
CREATE INDEX works_import ON works (import, id);
CREATE INDEX works_folded ON works (folded);
CREATE INDEX works_held ON works (id) WHERE held IS NOT NULL;
CREATE INDEX works_needs_person ON works (id) WHERE needs_person = 1;
CREATE INDEX works_removed ON works (id) WHERE removed = 1;

-- A version is a change at the source. One that is known by name only has no text here.
CREATE TABLE versions (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  text_hash TEXT COLLATE "C" NOT NULL,
  words BIGINT NOT NULL,
  has_text BIGINT NOT NULL,
  was_shown BIGINT NOT NULL,
  import BIGINT NOT NULL,
  stored TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (work, number)
);
CREATE INDEX versions_import ON versions (import);

-- `extracted`: what the importer saw. `normalised`: what was made of it.
CREATE TABLE layers (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  layer TEXT COLLATE "C" NOT NULL,
  rules TEXT COLLATE "C" NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (work, version, layer)
);

-- Chapter texts by their BLAKE3, so that versions share what did not change.
CREATE TABLE texts (hash TEXT COLLATE "C" PRIMARY KEY, body BYTEA NOT NULL);

CREATE TABLE chapters (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  position BIGINT NOT NULL,
  uid TEXT COLLATE "C",
  number TEXT COLLATE "C",
  title TEXT COLLATE "C",
  words BIGINT NOT NULL,
  text_hash TEXT COLLATE "C" NOT NULL REFERENCES texts (hash),
  meta TEXT COLLATE "C",
  PRIMARY KEY (work, version, position)
);
CREATE INDEX chapters_text ON chapters (text_hash);

-- `place` counts inside a version: evidence points to it.
CREATE TABLE sources (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  place BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C",
  format TEXT COLLATE "C" NOT NULL,
  encoding TEXT COLLATE "C",
  blake3 TEXT COLLATE "C" NOT NULL,
  stored BIGINT NOT NULL,
  url TEXT COLLATE "C",
  tail TEXT COLLATE "C",
  import BIGINT NOT NULL,
  PRIMARY KEY (work, version, place)
);
CREATE INDEX sources_blake3 ON sources (blake3);
CREATE INDEX sources_url ON sources (url) WHERE url IS NOT NULL;
CREATE INDEX sources_tail ON sources (tail) WHERE tail IS NOT NULL;
CREATE INDEX sources_import ON sources (import);

-- Other places where the same bytes were seen.
CREATE TABLE seen_at (
  blake3 TEXT COLLATE "C" NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C" NOT NULL,
  import BIGINT NOT NULL,
  PRIMARY KEY (blake3, path, member)
);
CREATE INDEX seen_at_import ON seen_at (import);

-- A row for each import that brought it: taking one back leaves the others'.
CREATE TABLE identities (
  kind TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  import BIGINT NOT NULL,
  PRIMARY KEY (kind, value, work, import)
);
CREATE INDEX identities_work ON identities (work);

-- A creator is (folded name, site or ''): one name on two sites is two creators.
CREATE TABLE creators (
  id BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL,
  site TEXT COLLATE "C" NOT NULL,
  UNIQUE (folded, site)
);

CREATE TABLE work_creators (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  creator BIGINT NOT NULL REFERENCES creators (id),
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (work, place)
);
CREATE INDEX work_creators_creator ON work_creators (creator, work);

-- A tag is (kind, folded name). The two counts are kept with each change, so that no page counts.
CREATE TABLE tags (
  id BIGINT PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL,
  canonical BIGINT NOT NULL,
  works_owner BIGINT NOT NULL DEFAULT 0,
  works_public BIGINT NOT NULL DEFAULT 0,
  UNIQUE (folded, kind)
);
CREATE INDEX tags_kind ON tags (kind, folded);

-- kind: synonym (child means parent), metatag (parent is wider), parent (a character's fandom).
CREATE TABLE tag_edges (
  child BIGINT NOT NULL REFERENCES tags (id),
  parent BIGINT NOT NULL REFERENCES tags (id),
  kind TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (child, kind, parent)
);
CREATE INDEX tag_edges_parent ON tag_edges (parent, kind, child);

-- The creator's words stand: the link keeps the written form and its place.
CREATE TABLE work_tags (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  kind TEXT COLLATE "C" NOT NULL,
  place BIGINT NOT NULL,
  tag BIGINT NOT NULL REFERENCES tags (id),
  written TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (work, kind, place)
);
CREATE INDEX work_tags_tag ON work_tags (tag, work);

CREATE TABLE series (
  id BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL UNIQUE,
  title TEXT COLLATE "C" NOT NULL,
  creator TEXT COLLATE "C",
  url TEXT COLLATE "C"
);

CREATE TABLE series_works (
  series BIGINT NOT NULL REFERENCES series (id),
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  part BIGINT,
  total BIGINT,
  PRIMARY KEY (series, work, place)
);
CREATE INDEX series_works_work ON series_works (work);

CREATE TABLE findings (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  level TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (work, place)
);
CREATE INDEX findings_code ON findings (code, work);

-- A curator's hand, apart from what was read; never touched by an import.
CREATE TABLE edits (
  number BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL UNIQUE,
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  field TEXT COLLATE "C" NOT NULL,
  op TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C",
  against TEXT COLLATE "C",
  actor TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX edits_work ON edits (work, number);

-- Things that are not works, kept with why.
CREATE TABLE items (
  id BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL,
  read_as TEXT COLLATE "C" NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C" NOT NULL,
  format TEXT COLLATE "C",
  blake3 TEXT COLLATE "C" NOT NULL,
  stored BIGINT NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  record TEXT COLLATE "C" NOT NULL,
  import BIGINT NOT NULL,
  UNIQUE (blake3, path, member)
);
CREATE INDEX items_import ON items (import);

CREATE TABLE import_items (
  import BIGINT NOT NULL REFERENCES imports (id),
  place BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C",
  blake3 TEXT COLLATE "C",
  format TEXT COLLATE "C",
  outcome TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  work BIGINT,
  PRIMARY KEY (import, place)
);
CREATE INDEX import_items_work ON import_items (work) WHERE work IS NOT NULL;

-- Who changed what from what to what. The change log below is for the index only.
CREATE TABLE history (
  id BIGINT PRIMARY KEY,
  work BIGINT,
  import BIGINT,
  actor TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  at TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C",
  before TEXT COLLATE "C",
  after TEXT COLLATE "C"
);
CREATE INDEX history_work ON history (work, id);

CREATE TABLE changes (
  seq BIGINT PRIMARY KEY,
  work BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL
);

-- state: hidden (can come back), erased (its bytes are not taken again), undone (only the number is spent).
CREATE TABLE tombstones (
  work BIGINT PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX tombstones_uid ON tombstones (uid);

CREATE TABLE tombstone_hashes (
  hash TEXT COLLATE "C" NOT NULL,
  work BIGINT NOT NULL REFERENCES tombstones (work) ON DELETE CASCADE,
  PRIMARY KEY (hash, work)
);

-- Lists travel as one JSON text, which SQLite opens with `json_each(text)`. The same name and the
-- same column here let both engines share one statement.
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT)
  LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 50
  AS 'SELECT json_array_elements_text(list::json)';
