-- CreateTable
CREATE TABLE "account_block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "is_blocked" BOOLEAN NOT NULL,

    CONSTRAINT "account_block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE INDEX "account_block_blocked_id_idx" ON "account_block"("blocked_id");
