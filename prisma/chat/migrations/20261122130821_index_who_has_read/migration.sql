-- Written at each send and each move of a read mark, `seen_at` is no good for an index: the row would change in all its indexes
-- each time. Whether it is there changes once.
ALTER TABLE "room_member" ADD COLUMN     "has_seen" BOOLEAN GENERATED ALWAYS AS ("seen_at" IS NOT NULL) STORED;

-- Receipts are paged by member: those who have read nothing cost nothing.
CREATE INDEX "room_member_seen_idx" ON "room_member"("room_id", "user_id") WHERE "has_seen";
