-- CreateEnum
CREATE TYPE "scheduled_message_state" AS ENUM ('WAITING', 'SENDING', 'SENT', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "scheduled_message" (
    "id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "client_message_id" TEXT NOT NULL,
    "state" "scheduled_message_state" NOT NULL DEFAULT 'WAITING',
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt_at" TIMESTAMPTZ(3),
    "sealed_text" BYTEA,
    "sealed_attachments" BYTEA,
    "reply_to_message_id" UUID,
    "failure_code" TEXT,
    "message_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scheduled_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "room_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "device_id" TEXT NOT NULL,
    "sealed_text" BYTEA NOT NULL,
    "reply_to_message_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("room_id","user_id","device_id")
);

-- CreateIndex
CREATE INDEX "scheduled_message_attempt_at_idx" ON "scheduled_message"("attempt_at");

-- Those that their author still sees. Prisma has no words for an index of some rows.
CREATE INDEX "scheduled_message_kept_idx" ON "scheduled_message"("room_id", "author_id", "send_at", "id") WHERE "sealed_text" IS NOT NULL;

-- CreateIndex
CREATE INDEX "scheduled_message_author_id_idx" ON "scheduled_message"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "scheduled_message_room_id_author_id_client_message_id_key" ON "scheduled_message"("room_id", "author_id", "client_message_id");

-- CreateIndex
CREATE INDEX "draft_user_id_room_id_device_id_idx" ON "draft"("user_id", "room_id", "device_id");
