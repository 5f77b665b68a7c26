-- CreateIndex
-- For the sessions of an account that have not ended, which each sign-in counts, and for the number of all of them, which each
-- look at the metrics wants: it reads no more than this index, however many have ended.
CREATE INDEX "session_live_idx" ON "session"("account_id", "id") INCLUDE ("expires_at") WHERE "revoked_at" IS NULL;
