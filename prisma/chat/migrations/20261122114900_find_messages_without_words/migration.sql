-- CreateIndex
-- For the messages from before there was search, which chat looks for when it starts: it has only those, and so nothing once they
-- have their words. Prisma has no words for an index of a part of a table.
CREATE INDEX "message_without_words_idx" ON "message"("room_id", "seq") WHERE "words" IS NULL;
