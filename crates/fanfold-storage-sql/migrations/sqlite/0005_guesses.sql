-- What the library's own tags suggest for works that do not say it: shown as guesses, never as facts.
CREATE TABLE guesses (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  percent INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (work, field, value)
) STRICT, WITHOUT ROWID;
