-- A tag is known by `folded`: its folded name, of a relationship with its members in one order, so that "A/B" and "B/A" are
-- one tag. Where that is not the folded name of what is shown, `listed` is: lists are sorted by what readers see. Tags of
-- older libraries are gone through once, by their numbers (`marks`), and those that are one now are joined.
ALTER TABLE tags ADD COLUMN listed TEXT;
DROP INDEX tags_kind;
CREATE INDEX tags_kind ON tags (kind, COALESCE(listed, folded));
INSERT INTO marks (name, at) SELECT 'pairs', '0' WHERE EXISTS (SELECT 1 FROM tags WHERE kind = 'relationship')
  OR EXISTS (SELECT 1 FROM mutes WHERE kind = 'relationship');
