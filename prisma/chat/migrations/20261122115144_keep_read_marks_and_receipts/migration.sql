-- AlterTable
ALTER TABLE "room_member" ADD COLUMN     "read_seq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "seen_seq" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "chat_settings" (
    "user_id" UUID NOT NULL,
    "sends_read_receipts" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "chat_settings_pkey" PRIMARY KEY ("user_id")
);

-- Where the read marks that there are stand in the log.
UPDATE "room_member" SET "read_seq" = "message"."seq" FROM "message"
WHERE "message"."room_id" = "room_member"."room_id" AND "message"."number" = "room_member"."read_message_number";
