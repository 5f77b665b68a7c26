-- CreateEnum
CREATE TYPE "report_reason" AS ENUM ('SPAM', 'HARASSMENT', 'VIOLENCE', 'SEXUAL', 'SELF_HARM', 'OTHER');

-- CreateEnum
CREATE TYPE "report_state" AS ENUM ('OPEN', 'RESOLVED', 'DISMISSED');

-- CreateEnum
CREATE TYPE "moderation_action" AS ENUM ('MEMBER_KICKED', 'MEMBER_BANNED', 'MEMBER_UNBANNED', 'MEMBER_MUTED', 'MEMBER_UNMUTED', 'ROLE_CHANGED', 'OWNERSHIP_TRANSFERRED', 'MESSAGE_DELETED', 'ROOM_UPDATED', 'ROOM_ARCHIVED', 'ROOM_RESTORED', 'REPORT_RESOLVED', 'REPORT_DISMISSED');

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "message_seq" INTEGER NOT NULL,
    "message_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "reporter_id" UUID,
    "client_report_id" TEXT NOT NULL,
    "reason" "report_reason" NOT NULL,
    "sealed_content" BYTEA,
    "sealed_comment" BYTEA,
    "state" "report_state" NOT NULL DEFAULT 'OPEN',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "decision_id" UUID,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "moderation_entry" (
    "room_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "action" "moderation_action" NOT NULL,
    "actor_id" UUID NOT NULL,
    "target_id" UUID,
    "message_id" UUID,
    "event_seq" INTEGER,
    "report_id" UUID,
    "data" JSONB NOT NULL,
    "sealed_reason" BYTEA,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "moderation_entry_pkey" PRIMARY KEY ("room_id","number")
);

-- CreateIndex
CREATE INDEX "report_room_id_id_idx" ON "report"("room_id", "id");

-- CreateIndex
CREATE INDEX "report_reporter_id_id_idx" ON "report"("reporter_id", "id");

-- CreateIndex
CREATE INDEX "report_room_id_state_id_idx" ON "report"("room_id", "state", "id");

-- CreateIndex
CREATE INDEX "report_state_id_idx" ON "report"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "report_reporter_id_client_report_id_key" ON "report"("reporter_id", "client_report_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_room_id_message_seq_reporter_id_key" ON "report"("room_id", "message_seq", "reporter_id");

-- CreateIndex
CREATE UNIQUE INDEX "moderation_entry_id_key" ON "moderation_entry"("id");

-- The record of what moderators do only grows, until the room that it belongs to is deleted.
CREATE FUNCTION refuse_change_of_moderation_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM "room" WHERE "id" = OLD."room_id" AND "deleted_at" IS NOT NULL) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'entries of the moderation record are never changed, and deleted only with their room';
END
$$;
CREATE TRIGGER moderation_entry_is_append_only BEFORE UPDATE OR DELETE ON "moderation_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_moderation_entry();
CREATE TRIGGER moderation_entry_is_not_truncated BEFORE TRUNCATE ON "moderation_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_moderation_entry();
