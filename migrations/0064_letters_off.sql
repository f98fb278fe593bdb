-- Of which kind a letter is that its reader may turn off, from the letter itself; none: it is always sent.
ALTER TABLE letters ADD COLUMN stops TEXT CHECK (stops IN ('purchases', 'membership', 'gifts', 'news'));
