-- The tag graph is changed by hand: what was decided, by whom, and what was there before.
-- `all_owner`, `all_public`: works under a tag with its synonyms, each work once; `elsewhere`: how many works carried
-- it in the archive whose wrangling was loaded.
ALTER TABLE tags ADD COLUMN unwrangleable BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN all_owner BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN all_public BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN elsewhere BIGINT NOT NULL DEFAULT 0;

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
  id BIGINT PRIMARY KEY,
  action TEXT COLLATE "C" NOT NULL,
  tag BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  other BIGINT,
  other_name TEXT COLLATE "C",
  actor TEXT COLLATE "C" NOT NULL REFERENCES actors (name),
  at TEXT COLLATE "C" NOT NULL,
  works BIGINT NOT NULL,
  undoes BIGINT,
  undone_by BIGINT,
  delta TEXT COLLATE "C" NOT NULL
);

CREATE TABLE tag_change_tags (
  tag BIGINT NOT NULL,
  change BIGINT NOT NULL REFERENCES tag_changes (id),
  PRIMARY KEY (tag, change)
);

-- What follows from a change and is not done yet. task: `works` (they are to be indexed again), `count`.
CREATE TABLE tag_tasks (
  change BIGINT NOT NULL REFERENCES tag_changes (id),
  place BIGINT NOT NULL,
  task TEXT COLLATE "C" NOT NULL,
  tag BIGINT NOT NULL,
  after BIGINT NOT NULL,
  through BIGINT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (change, place)
);

-- In the archive whose wrangling was loaded: the fandoms of most works under a tag, and how many these are.
CREATE TABLE tag_fandoms (
  tag BIGINT NOT NULL,
  fandom BIGINT NOT NULL,
  works BIGINT NOT NULL,
  PRIMARY KEY (tag, fandom)
);

INSERT INTO counters (name, value) VALUES ('tag_change', 0);
