-- Links of works as they are shown ("sequel to", "continued in"), and the keys under which the works that they name
-- are looked for: `creator TAB title`, or `@address`. Works of older libraries are read for them once (`marks`).
CREATE TABLE work_links (
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  rel TEXT NOT NULL,
  part INTEGER,
  title TEXT,
  url TEXT,
  PRIMARY KEY (work, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE link_keys (
  key TEXT NOT NULL,
  work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  PRIMARY KEY (key, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_keys_work ON link_keys (work);
INSERT INTO marks (name, at) SELECT 'links', '0' WHERE EXISTS (SELECT 1 FROM works);

-- Series that no source states: works that such links chain. Made anew whenever one of them changes; numbers come
-- from the counter of series. `anchor` is the oldest work of the chain.
CREATE TABLE chains (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  anchor INTEGER NOT NULL UNIQUE REFERENCES works (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE chain_works (
  chain INTEGER NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  work INTEGER NOT NULL UNIQUE REFERENCES works (id) ON DELETE CASCADE,
  PRIMARY KEY (chain, place)
) STRICT, WITHOUT ROWID;
