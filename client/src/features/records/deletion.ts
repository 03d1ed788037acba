import type { RecordRow } from "@/api/types";

/** What the words about a record's deletion are about: they go once it is restored, or gone for good. */
export const deletionOf = (record: Pick<RecordRow, "id">): string => `deleted:${record.id}`;
