-- AlterEnum
ALTER TYPE "room_event_kind" ADD VALUE 'WEBHOOK_CREATED';
ALTER TYPE "room_event_kind" ADD VALUE 'WEBHOOK_REVOKED';

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "webhook_id" UUID;

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "client_webhook_id" TEXT NOT NULL,
    "sealed_name" BYTEA NOT NULL,
    "sealed_avatar_url" BYTEA,
    "secret_hash" BYTEA NOT NULL,
    "sealed_secret" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_room_id_id_idx" ON "webhook"("room_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_room_id_created_by_id_client_webhook_id_key" ON "webhook"("room_id", "created_by_id", "client_webhook_id");
