-- AlterTable
ALTER TABLE "report" ADD COLUMN     "webhook_id" UUID;

-- What was reported of a webhook before.
UPDATE "report" SET "webhook_id" = "author_id" WHERE "author_id" IN (SELECT "id" FROM "webhook");
