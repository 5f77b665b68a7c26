-- AlterTable
ALTER TABLE "notification" ALTER COLUMN "actor_id" DROP NOT NULL;
