-- CreateTable
CREATE TABLE "direct_room" (
    "lower_id" UUID NOT NULL,
    "higher_id" UUID NOT NULL,
    "room_id" UUID NOT NULL,

    CONSTRAINT "direct_room_pkey" PRIMARY KEY ("lower_id","higher_id")
);

-- CreateTable
CREATE TABLE "room_word" (
    "word" BIGINT NOT NULL,
    "room_id" UUID NOT NULL,

    CONSTRAINT "room_word_pkey" PRIMARY KEY ("word","room_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "direct_room_room_id_key" ON "direct_room"("room_id");

-- CreateIndex
CREATE INDEX "room_word_room_id_idx" ON "room_word"("room_id");
