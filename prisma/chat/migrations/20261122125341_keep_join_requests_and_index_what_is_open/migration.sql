-- DropIndex
DROP INDEX "join_request_room_id_id_idx";

-- AlterTable
ALTER TABLE "join_request" DROP CONSTRAINT "join_request_pkey",
ADD COLUMN     "client_request_id" TEXT,
ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD CONSTRAINT "join_request_pkey" PRIMARY KEY ("room_id", "id");

-- No client has named the requests that there are: their ids are names that nobody will think of.
UPDATE "join_request" SET "client_request_id" = "id"::text;
ALTER TABLE "join_request" ALTER COLUMN "client_request_id" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "join_request_room_id_user_id_client_request_id_key" ON "join_request"("room_id", "user_id", "client_request_id");

-- One person has one open request, and the open ones are listed in their order: those that have ended cost nothing.
CREATE UNIQUE INDEX "join_request_open_key" ON "join_request"("room_id", "user_id") WHERE "ended_at" IS NULL;
CREATE INDEX "join_request_open_idx" ON "join_request"("room_id", "id") WHERE "ended_at" IS NULL;

-- Open invitations are counted with each new one, and looked through whenever somebody leaves or loses a role.
CREATE INDEX "invitation_open_idx" ON "invitation"("room_id", "expires_at")
WHERE "revoked_at" IS NULL AND "declined_at" IS NULL AND ("max_uses" IS NULL OR "use_count" < "max_uses");
