-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "room_event_kind" ADD VALUE 'MESSAGE_EDITED';
ALTER TYPE "room_event_kind" ADD VALUE 'MESSAGE_DELETED';
ALTER TYPE "room_event_kind" ADD VALUE 'REACTION_ADDED';
ALTER TYPE "room_event_kind" ADD VALUE 'REACTION_REMOVED';
ALTER TYPE "room_event_kind" ADD VALUE 'MESSAGE_PINNED';
ALTER TYPE "room_event_kind" ADD VALUE 'MESSAGE_UNPINNED';

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "edit_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "forwarded_from_id" UUID,
ADD COLUMN     "reply_to_seq" INTEGER,
ADD COLUMN     "root_seq" INTEGER,
ADD COLUMN     "sealed_attachments" BYTEA;

-- CreateTable
CREATE TABLE "message_edit" (
    "room_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed_text" BYTEA NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_edit_pkey" PRIMARY KEY ("room_id","seq","version")
);

-- CreateTable
CREATE TABLE "message_mention" (
    "room_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "message_mention_pkey" PRIMARY KEY ("room_id","seq","user_id")
);

-- CreateTable
CREATE TABLE "thread" (
    "room_id" UUID NOT NULL,
    "root_seq" INTEGER NOT NULL,
    "reply_count" INTEGER NOT NULL,
    "participant_count" INTEGER NOT NULL,
    "last_reply_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("room_id","root_seq")
);

-- CreateTable
CREATE TABLE "thread_reply" (
    "room_id" UUID NOT NULL,
    "root_seq" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "thread_reply_pkey" PRIMARY KEY ("room_id","root_seq","seq")
);

-- CreateTable
CREATE TABLE "thread_participant" (
    "room_id" UUID NOT NULL,
    "root_seq" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "thread_participant_pkey" PRIMARY KEY ("room_id","root_seq","user_id")
);

-- CreateTable
CREATE TABLE "reaction" (
    "room_id" UUID NOT NULL,
    "message_seq" INTEGER NOT NULL,
    "emoji" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "reacted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("room_id","message_seq","emoji","user_id")
);

-- CreateTable
CREATE TABLE "reaction_count" (
    "room_id" UUID NOT NULL,
    "message_seq" INTEGER NOT NULL,
    "emoji" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_seq" INTEGER NOT NULL,

    CONSTRAINT "reaction_count_pkey" PRIMARY KEY ("room_id","message_seq","emoji")
);

-- CreateTable
CREATE TABLE "pin" (
    "room_id" UUID NOT NULL,
    "message_seq" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "pinned_by_id" UUID NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pin_pkey" PRIMARY KEY ("room_id","message_seq")
);
