-- AlterEnum
ALTER TYPE "member_role" ADD VALUE 'ADMIN' AFTER 'OWNER';
ALTER TYPE "member_role" ADD VALUE 'MODERATOR' AFTER 'ADMIN';
ALTER TYPE "member_role" ADD VALUE 'READ_ONLY' AFTER 'MEMBER';

-- AlterTable
ALTER TABLE "room_event" ADD COLUMN     "data" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
-- What is there already stays readable until chat, which has the keys, has sealed it: it does so when it starts.
ALTER TABLE "room" RENAME COLUMN "name" TO "plain_name";
ALTER TABLE "room" ADD COLUMN     "key_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "sealed_name" BYTEA,
ALTER COLUMN "plain_name" DROP NOT NULL;

-- AlterTable
ALTER TABLE "message" RENAME COLUMN "text" TO "plain_text";
ALTER TABLE "message" ADD COLUMN     "sealed_text" BYTEA,
ALTER COLUMN "plain_text" DROP NOT NULL;

-- CreateTable
CREATE TABLE "room_key" (
    "room_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "key_encryption_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_key_pkey" PRIMARY KEY ("room_id","version")
);
