-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('PERSON', 'SERVICE');

-- CreateEnum
CREATE TYPE "account_status" AS ENUM ('ACTIVE', 'DEACTIVATED', 'SUSPENDED', 'DELETED');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('USER', 'MODERATOR', 'ADMIN');

-- CreateEnum
CREATE TYPE "ticket_purpose" AS ENUM ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'UNDO_EMAIL_CHANGE', 'SECOND_FACTOR', 'TOTP_ENROLMENT', 'PASSKEY_REGISTRATION', 'PASSKEY_LOGIN', 'PASSKEY_CONFIRMATION', 'OAUTH_LOGIN', 'OAUTH_LINK');

-- DropIndex
DROP INDEX "refresh_token_session_id_idx";

-- DropIndex
DROP INDEX "session_account_id_idx";

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "access_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3),
ADD COLUMN     "kind" "account_kind" NOT NULL DEFAULT 'PERSON',
ADD COLUMN     "last_login_at" TIMESTAMPTZ(3),
ADD COLUMN     "role" "role" NOT NULL DEFAULT 'USER',
ADD COLUMN     "status" "account_status" NOT NULL DEFAULT 'ACTIVE',
ADD COLUMN     "suspended_until" TIMESTAMPTZ(3),
ADD COLUMN     "suspension_reason" TEXT,
ALTER COLUMN "email" DROP NOT NULL,
ALTER COLUMN "email_normalized" DROP NOT NULL,
ALTER COLUMN "password_hash" DROP NOT NULL;

-- AlterTable
-- A token that was used before is of an older generation than its session.
ALTER TABLE "refresh_token" ADD COLUMN "generation" INTEGER;
UPDATE "refresh_token" SET "generation" = CASE WHEN "used_at" IS NULL THEN 0 ELSE -1 END;
ALTER TABLE "refresh_token" DROP COLUMN "used_at",
ALTER COLUMN "generation" SET NOT NULL;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "address" TEXT,
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3),
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "methods" TEXT[],
ADD COLUMN     "rotated_at" TIMESTAMPTZ(3),
ADD COLUMN     "user_agent" TEXT;
-- Sessions from before there was an absolute end get the one that a new session has by default.
UPDATE "session" SET "authenticated_at" = "created_at", "last_used_at" = "created_at", "rotated_at" = "created_at",
  "expires_at" = "created_at" + interval '30 days', "methods" = '{password}';
ALTER TABLE "session" ALTER COLUMN "authenticated_at" SET NOT NULL,
ALTER COLUMN "expires_at" SET NOT NULL,
ALTER COLUMN "last_used_at" SET NOT NULL,
ALTER COLUMN "rotated_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "signing_key" ADD COLUMN     "active_at" TIMESTAMPTZ(3),
ADD COLUMN     "retired_at" TIMESTAMPTZ(3);
UPDATE "signing_key" SET "active_at" = "created_at";
ALTER TABLE "signing_key" ALTER COLUMN "active_at" SET NOT NULL;

-- CreateTable
CREATE TABLE "ticket" (
    "hash" BYTEA NOT NULL,
    "purpose" "ticket_purpose" NOT NULL,
    "account_id" UUID,
    "data" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "totp" (
    "account_id" UUID NOT NULL,
    "encrypted_secret" BYTEA NOT NULL,
    "last_step" BIGINT NOT NULL,
    "enabled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "totp_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "is_backed_up" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "security_event" (
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "succeeded" BOOLEAN NOT NULL,
    "account_id" UUID,
    "actor_id" UUID,
    "session_id" UUID,
    "address" TEXT,
    "user_agent" TEXT,
    "details" JSONB NOT NULL,

    CONSTRAINT "security_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "encrypted" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_address" (
    "account_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_address_pkey" PRIMARY KEY ("account_id","hash")
);

-- CreateIndex
CREATE INDEX "ticket_account_id_purpose_idx" ON "ticket"("account_id", "purpose");

-- CreateIndex
CREATE INDEX "ticket_expires_at_idx" ON "ticket"("expires_at");

-- CreateIndex
CREATE INDEX "recovery_code_account_id_idx" ON "recovery_code"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_account_id_idx" ON "passkey"("account_id");

-- CreateIndex
CREATE INDEX "identity_account_id_idx" ON "identity"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_provider_subject_key" ON "identity"("provider", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_account_id_id_idx" ON "api_key"("account_id", "id");

-- CreateIndex
CREATE INDEX "security_event_account_id_id_idx" ON "security_event"("account_id", "id");

-- CreateIndex
CREATE INDEX "security_event_action_id_idx" ON "security_event"("action", "id");

-- CreateIndex
CREATE INDEX "mail_next_attempt_at_idx" ON "mail"("next_attempt_at");

-- CreateIndex
CREATE INDEX "mail_expires_at_idx" ON "mail"("expires_at");

-- CreateIndex
CREATE INDEX "known_address_last_used_at_idx" ON "known_address"("last_used_at");

-- CreateIndex
CREATE INDEX "account_status_id_idx" ON "account"("status", "id");

-- CreateIndex
CREATE INDEX "account_role_id_idx" ON "account"("role", "id");

-- Administrators look for accounts by how a name begins. The unique keys serve that as well in the order of the bytes.
ALTER TABLE "account" ALTER COLUMN "username_normalized" TYPE TEXT COLLATE "C",
ALTER COLUMN "email_normalized" TYPE TEXT COLLATE "C";

-- CreateIndex
CREATE INDEX "refresh_token_session_id_generation_idx" ON "refresh_token"("session_id", "generation");

-- CreateIndex
CREATE INDEX "session_account_id_id_idx" ON "session"("account_id", "id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "totp" ADD CONSTRAINT "totp_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The record of security events only grows.
CREATE FUNCTION refuse_change_of_security_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'security events are never changed or deleted';
END
$$;
CREATE TRIGGER security_event_is_append_only BEFORE UPDATE OR DELETE ON "security_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_security_event();
CREATE TRIGGER security_event_is_not_truncated BEFORE TRUNCATE ON "security_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_security_event();
