-- AlterEnum
ALTER TYPE "moderation_action" ADD VALUE 'WEBHOOK_CREATED';
ALTER TYPE "moderation_action" ADD VALUE 'WEBHOOK_REVOKED';
ALTER TYPE "moderation_action" ADD VALUE 'INVITATION_REVOKED';
ALTER TYPE "moderation_action" ADD VALUE 'JOIN_REQUEST_APPROVED';
ALTER TYPE "moderation_action" ADD VALUE 'JOIN_REQUEST_DECLINED';

-- CreateTable
CREATE TABLE "member_restraint" (
    "room_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "is_read_only" BOOLEAN NOT NULL,
    "muted_at" TIMESTAMPTZ(3),
    "muted_until" TIMESTAMPTZ(3),
    "last_sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_restraint_pkey" PRIMARY KEY ("room_id","user_id")
);

-- CreateIndex
CREATE INDEX "member_restraint_user_id_idx" ON "member_restraint"("user_id");

-- CreateIndex
CREATE INDEX "room_ban_user_id_idx" ON "room_ban"("user_id");
