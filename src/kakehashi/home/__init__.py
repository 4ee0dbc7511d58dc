"""Each role's first page, the reader's letters, imports and exports, the trail; owns no facts."""
