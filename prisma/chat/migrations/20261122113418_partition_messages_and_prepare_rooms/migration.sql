-- CreateEnum
CREATE TYPE "join_policy" AS ENUM ('OPEN', 'ON_REQUEST');

-- AlterEnum
ALTER TYPE "room_kind" ADD VALUE 'DIRECT';
ALTER TYPE "room_kind" ADD VALUE 'GROUP';

-- What grows with every message is partitioned by the hash of its room, which Prisma has no words for: sixteen tables with an
-- index each that is a sixteenth as large, and a key, the room, by which a distributed PostgreSQL can spread them. What there is
-- is copied. docs/decisions/0011-partitions-by-room.md says why by room and not by time.
ALTER TABLE "message" RENAME TO "message_before";
ALTER TABLE "room_event" RENAME TO "room_event_before";
CREATE TABLE "message" (LIKE "message_before" INCLUDING DEFAULTS) PARTITION BY HASH ("room_id");
CREATE TABLE "room_event" (LIKE "room_event_before" INCLUDING DEFAULTS) PARTITION BY HASH ("room_id");
DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE message_%s PARTITION OF message FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
    EXECUTE format('CREATE TABLE room_event_%s PARTITION OF room_event FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
  END LOOP;
END $$;
INSERT INTO "message" SELECT * FROM "message_before";
INSERT INTO "room_event" SELECT * FROM "room_event_before";
DROP TABLE "message_before";
DROP TABLE "room_event_before";
ALTER TABLE "message" ADD CONSTRAINT "message_pkey" PRIMARY KEY ("room_id", "seq");
ALTER TABLE "room_event" ADD CONSTRAINT "room_event_pkey" PRIMARY KEY ("room_id", "seq");
CREATE UNIQUE INDEX "message_room_id_author_id_client_message_id_key" ON "message"("room_id", "author_id", "client_message_id");
-- Without a default for what is there: it is not in the index of search yet.
ALTER TABLE "message" ADD COLUMN "words" BIGINT[];
ALTER TABLE "message" ALTER COLUMN "words" SET DEFAULT ARRAY[]::BIGINT[];

-- AlterTable
ALTER TABLE "message_mention" ADD COLUMN     "is_current" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "number" INTEGER;
UPDATE "message_mention" SET "number" = "message"."number" FROM "message"
WHERE "message"."room_id" = "message_mention"."room_id" AND "message"."seq" = "message_mention"."seq";
ALTER TABLE "message_mention" ALTER COLUMN "number" SET NOT NULL;

-- AlterTable
ALTER TABLE "room" ADD COLUMN     "client_room_id" TEXT,
ADD COLUMN     "creator_id" UUID,
ADD COLUMN     "expired_message_number" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "first_seq" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "join_policy" "join_policy" NOT NULL DEFAULT 'OPEN',
ADD COLUMN     "member_count" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "retention_days" INTEGER;
UPDATE "room" SET "member_count" = (SELECT count(*) FROM "room_member" WHERE "room_id" = "room"."id");

-- CreateTable
CREATE TABLE "message_word" (
    "room_id" UUID NOT NULL,
    "word" BIGINT NOT NULL,
    "message_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "message_word_pkey" PRIMARY KEY ("room_id","word","message_id")
) PARTITION BY HASH ("room_id");

-- CreateTable
CREATE TABLE "expired_message" (
    "room_id" UUID NOT NULL,
    "name_hash" BYTEA NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "expired_message_pkey" PRIMARY KEY ("room_id","name_hash")
) PARTITION BY HASH ("room_id");

DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE message_word_%s PARTITION OF message_word FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
    EXECUTE format('CREATE TABLE expired_message_%s PARTITION OF expired_message FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
  END LOOP;
END $$;

-- CreateTable
CREATE TABLE "room_mention" (
    "room_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,

    CONSTRAINT "room_mention_pkey" PRIMARY KEY ("room_id","number")
);

-- CreateTable
CREATE TABLE "account_block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "is_blocked" BOOLEAN NOT NULL,

    CONSTRAINT "account_block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE INDEX "account_block_blocked_id_blocker_id_idx" ON "account_block"("blocked_id", "blocker_id");

-- CreateIndex
CREATE INDEX "message_id_idx" ON "message"("id");

-- CreateIndex
CREATE INDEX "message_mention_user_id_room_id_number_idx" ON "message_mention"("user_id", "room_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "room_creator_id_client_room_id_key" ON "room"("creator_id", "client_room_id");
