-- The first form of a library (format 1). Migrations go forward only and are never edited once released.
-- The PostgreSQL file beside this one says the same in its own types.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO meta (key, value) VALUES ('format', '1');

-- Numbers are taken from here inside the writing transaction: a rollback gives them back, nothing
-- is ever used twice, and the row's lock makes the order of `change` the order of commits.
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO counters (name, value) VALUES
  ('change', 0), ('work', 0), ('creator', 0), ('series', 0), ('tag', 0), ('import', 0),
  ('item', 0), ('edit', 0), ('history', 0);

-- Who changes things. The owner of a laptop is an account like any other.
CREATE TABLE actors (name TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT;
INSERT INTO actors (name, kind) VALUES ('owner', 'owner');

CREATE TABLE marks (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL REFERENCES actors (name),
  started TEXT NOT NULL,
  touched TEXT NOT NULL,
  finished TEXT,
  undone TEXT,
  roots TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  merged INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a list needs, then the shown record (normalised layer with the edits, without chapters).
CREATE TABLE works (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  site TEXT NOT NULL,
  visibility TEXT NOT NULL,
  held TEXT,
  removed INTEGER NOT NULL,
  needs_person INTEGER NOT NULL,
  lone_part INTEGER NOT NULL,
  words INTEGER NOT NULL,
  chapters INTEGER NOT NULL,
  shown_version INTEGER NOT NULL,
  import INTEGER NOT NULL REFERENCES imports (id),
  imported TEXT NOT NULL,
  changed INTEGER NOT NULL,
  shown BLOB NOT NULL
) STRICT;
CREATE INDEX works_import ON works (import, id);
CREATE INDEX works_folded ON works (folded);
CREATE INDEX works_held ON works (id) WHERE held IS NOT NULL;
CREATE INDEX works_needs_person ON works (id) WHERE needs_person = 1;
CREATE INDEX works_removed ON works (id) WHERE removed = 1;

-- A version is a change at the source. One that is known by name only has no text here.
CREATE TABLE versions (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  words INTEGER NOT NULL,
  has_text INTEGER NOT NULL,
  was_shown INTEGER NOT NULL,
  import INTEGER NOT NULL,
  stored TEXT NOT NULL,
  PRIMARY KEY (work, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX versions_import ON versions (import);

-- `extracted`: what the importer saw. `normalised`: what was made of it.
CREATE TABLE layers (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  layer TEXT NOT NULL,
  rules TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (work, version, layer)
) STRICT;

-- Chapter texts by their BLAKE3, so that versions share what did not change.
CREATE TABLE texts (hash TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE chapters (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  uid TEXT,
  number TEXT,
  title TEXT,
  words INTEGER NOT NULL,
  text_hash TEXT NOT NULL REFERENCES texts (hash),
  meta TEXT,
  PRIMARY KEY (work, version, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX chapters_text ON chapters (text_hash);

-- `place` counts inside a version: evidence points to it.
CREATE TABLE sources (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  member TEXT,
  format TEXT NOT NULL,
  encoding TEXT,
  blake3 TEXT NOT NULL,
  stored INTEGER NOT NULL,
  url TEXT,
  tail TEXT,
  import INTEGER NOT NULL,
  PRIMARY KEY (work, version, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_blake3 ON sources (blake3);
CREATE INDEX sources_url ON sources (url) WHERE url IS NOT NULL;
CREATE INDEX sources_tail ON sources (tail) WHERE tail IS NOT NULL;
CREATE INDEX sources_import ON sources (import);

-- Other places where the same bytes were seen.
CREATE TABLE seen_at (
  blake3 TEXT NOT NULL,
  path TEXT NOT NULL,
  member TEXT NOT NULL,
  import INTEGER NOT NULL,
  PRIMARY KEY (blake3, path, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at_import ON seen_at (import);

-- A row for each import that brought it: taking one back leaves the others'.
CREATE TABLE identities (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  import INTEGER NOT NULL,
  PRIMARY KEY (kind, value, work, import)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_work ON identities (work);

-- A creator is (folded name, site or ''): one name on two sites is two creators.
CREATE TABLE creators (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  site TEXT NOT NULL,
  UNIQUE (folded, site)
) STRICT;

CREATE TABLE work_creators (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  creator INTEGER NOT NULL REFERENCES creators (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (work, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_creators_creator ON work_creators (creator, work);

-- A tag is (kind, folded name). The two counts are kept with each change, so that no page counts.
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  canonical INTEGER NOT NULL,
  works_owner INTEGER NOT NULL DEFAULT 0,
  works_public INTEGER NOT NULL DEFAULT 0,
  UNIQUE (folded, kind)
) STRICT;
CREATE INDEX tags_kind ON tags (kind, folded);

-- kind: synonym (child means parent), metatag (parent is wider), parent (a character's fandom).
CREATE TABLE tag_edges (
  child INTEGER NOT NULL REFERENCES tags (id),
  parent INTEGER NOT NULL REFERENCES tags (id),
  kind TEXT NOT NULL,
  PRIMARY KEY (child, kind, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_edges_parent ON tag_edges (parent, kind, child);

-- The creator's words stand: the link keeps the written form and its place.
CREATE TABLE work_tags (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  place INTEGER NOT NULL,
  tag INTEGER NOT NULL REFERENCES tags (id),
  written TEXT NOT NULL,
  PRIMARY KEY (work, kind, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_tags_tag ON work_tags (tag, work);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  creator TEXT,
  url TEXT
) STRICT;

CREATE TABLE series_works (
  series INTEGER NOT NULL REFERENCES series (id),
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  part INTEGER,
  total INTEGER,
  PRIMARY KEY (series, work, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_works_work ON series_works (work);

CREATE TABLE findings (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  PRIMARY KEY (work, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_code ON findings (code, work);

-- A curator's hand, apart from what was read; never touched by an import.
CREATE TABLE edits (
  number INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  op TEXT NOT NULL,
  value TEXT,
  against TEXT,
  actor TEXT NOT NULL REFERENCES actors (name),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX edits_work ON edits (work, number);

-- Things that are not works, kept with why.
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  read_as TEXT NOT NULL,
  path TEXT NOT NULL,
  member TEXT NOT NULL,
  format TEXT,
  blake3 TEXT NOT NULL,
  stored INTEGER NOT NULL,
  reason TEXT NOT NULL,
  record TEXT NOT NULL,
  import INTEGER NOT NULL,
  UNIQUE (blake3, path, member)
) STRICT;
CREATE INDEX items_import ON items (import);

CREATE TABLE import_items (
  import INTEGER NOT NULL REFERENCES imports (id),
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  member TEXT,
  blake3 TEXT,
  format TEXT,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  work INTEGER,
  PRIMARY KEY (import, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_items_work ON import_items (work) WHERE work IS NOT NULL;

-- Who changed what from what to what. The change log below is for the index only.
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  work INTEGER,
  import INTEGER,
  actor TEXT NOT NULL REFERENCES actors (name),
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX history_work ON history (work, id);

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY,
  work INTEGER NOT NULL,
  kind TEXT NOT NULL
) STRICT;

-- state: hidden (can come back), erased (its bytes are not taken again), undone (only the number is spent).
CREATE TABLE tombstones (
  work INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (name),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX tombstones_uid ON tombstones (uid);

CREATE TABLE tombstone_hashes (
  hash TEXT NOT NULL,
  work INTEGER NOT NULL REFERENCES tombstones (work) ON DELETE CASCADE,
  PRIMARY KEY (hash, work)
) STRICT, WITHOUT ROWID;
