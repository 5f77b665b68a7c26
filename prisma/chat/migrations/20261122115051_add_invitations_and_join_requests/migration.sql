-- CreateTable
CREATE TABLE "invitation" (
    "room_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "client_invitation_id" TEXT NOT NULL,
    "invitee_id" UUID,
    "code_hash" BYTEA,
    "sealed_code" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "max_uses" INTEGER,
    "use_count" INTEGER NOT NULL DEFAULT 0,
    "revoked_at" TIMESTAMPTZ(3),
    "declined_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("room_id","id")
);

-- CreateTable
CREATE TABLE "join_request" (
    "room_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed_text" BYTEA,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "join_request_pkey" PRIMARY KEY ("room_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_hash_key" ON "invitation"("code_hash");

-- CreateIndex
CREATE INDEX "invitation_id_idx" ON "invitation"("id");

-- CreateIndex
CREATE INDEX "invitation_invitee_id_id_idx" ON "invitation"("invitee_id", "id");

-- CreateIndex
CREATE INDEX "invitation_created_by_id_idx" ON "invitation"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_room_id_created_by_id_client_invitation_id_key" ON "invitation"("room_id", "created_by_id", "client_invitation_id");

-- CreateIndex
CREATE INDEX "join_request_room_id_id_idx" ON "join_request"("room_id", "id");

-- CreateIndex
CREATE INDEX "join_request_user_id_idx" ON "join_request"("user_id");
