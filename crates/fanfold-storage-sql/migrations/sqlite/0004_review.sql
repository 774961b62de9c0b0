-- What wants a person. `asks`: whether a work has something to ask (a finding to review, a hold, a suggestion, an
-- unknown label); works of older libraries are looked through once, so all of them do.
ALTER TABLE works ADD COLUMN asks INTEGER NOT NULL DEFAULT 1;
CREATE INDEX works_asks ON works (id) WHERE asks = 1;

-- What a person answered, for one source of works (`origin`: a site, or the folder that was given). Without
-- `through` it is a rule that every later import obeys; with it, it settles the works up to that number.
CREATE TABLE answers (
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  subject TEXT NOT NULL,
  choice TEXT NOT NULL,
  through INTEGER,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, origin, subject)
) STRICT, WITHOUT ROWID;
