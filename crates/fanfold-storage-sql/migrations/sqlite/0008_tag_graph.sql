-- The tag graph is changed by hand: what was decided, by whom, and what was there before.
-- `all_owner`, `all_public`: works under a tag with its synonyms, each work once; `elsewhere`: how many works carried
-- it in the archive whose wrangling was loaded.
ALTER TABLE tags ADD COLUMN unwrangleable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN all_owner INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN all_public INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;

-- What stands above another tag is canonical, and a synonym is not.
UPDATE tags SET canonical = 1 WHERE EXISTS (SELECT 1 FROM tag_edges e WHERE e.parent = tags.id)
  OR EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = tags.id AND e.kind = 'metatag');
UPDATE tags SET canonical = 0
  WHERE EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = tags.id AND e.kind = 'synonym');
UPDATE tags SET all_owner = works_owner, all_public = works_public;
UPDATE tags SET
  all_owner = (SELECT COUNT(DISTINCT w.id) FROM works w JOIN work_tags wt ON wt.work = w.id WHERE w.removed = 0
    AND (wt.tag = tags.id OR wt.tag IN (SELECT e.child FROM tag_edges e WHERE e.parent = tags.id AND e.kind = 'synonym'))),
  all_public = (SELECT COUNT(DISTINCT w.id) FROM works w JOIN work_tags wt ON wt.work = w.id WHERE w.removed = 0
    AND w.held IS NULL AND w.visibility = 'public'
    AND (wt.tag = tags.id OR wt.tag IN (SELECT e.child FROM tag_edges e WHERE e.parent = tags.id AND e.kind = 'synonym')))
  WHERE EXISTS (SELECT 1 FROM tag_edges e WHERE e.parent = tags.id AND e.kind = 'synonym');
CREATE INDEX tags_use ON tags (kind, all_owner DESC, id);
CREATE INDEX tags_undecided ON tags (all_owner DESC, id)
  WHERE canonical = 0 AND unwrangleable = 0 AND works_owner > 0;

-- `delta`: rows before and after, as JSON; taking a change back applies it the other way round and is a change again.
CREATE TABLE tag_changes (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL,
  tag INTEGER NOT NULL,
  name TEXT NOT NULL,
  other INTEGER,
  other_name TEXT,
  actor TEXT NOT NULL REFERENCES actors (name),
  at TEXT NOT NULL,
  works INTEGER NOT NULL,
  undoes INTEGER,
  undone_by INTEGER,
  delta TEXT NOT NULL
) STRICT;

CREATE TABLE tag_change_tags (
  tag INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES tag_changes (id),
  PRIMARY KEY (tag, change)
) STRICT, WITHOUT ROWID;

-- What follows from a change and is not done yet. task: `works` (they are to be indexed again), `count`.
CREATE TABLE tag_tasks (
  change INTEGER NOT NULL REFERENCES tag_changes (id),
  place INTEGER NOT NULL,
  task TEXT NOT NULL,
  tag INTEGER NOT NULL,
  after INTEGER NOT NULL,
  through INTEGER NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (change, place)
) STRICT, WITHOUT ROWID;

-- In the archive whose wrangling was loaded: the fandoms of most works under a tag, and how many these are.
CREATE TABLE tag_fandoms (
  tag INTEGER NOT NULL,
  fandom INTEGER NOT NULL,
  works INTEGER NOT NULL,
  PRIMARY KEY (tag, fandom)
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) VALUES ('tag_change', 0);
