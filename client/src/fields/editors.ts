/** How each field type is changed and filtered by. Loaded with forms and the filter builder, not with lists. */
import type { FieldTypeKey } from "@/api/types";
import * as choice from "./choice/edit";
import { computed } from "./computed/edit";
import * as date from "./date/edit";
import * as file from "./file/edit";
import type { FieldEditor } from "./module";
import * as number from "./number/edit";
import * as place from "./place/edit";
import * as reference from "./reference/edit";
import * as rows from "./rows/edit";
import * as text from "./text/edit";

export const fieldEditors: Record<FieldTypeKey, FieldEditor> = {
  text: text.text,
  long_text: text.longText,
  rich_text: text.richText,
  integer: number.integer,
  decimal: number.decimal,
  money: number.money,
  percent: number.percent,
  date: date.date,
  date_time: date.dateTime,
  duration: number.duration,
  switch: choice.switchEditor,
  single_select: choice.singleSelect,
  multi_select: choice.multiSelect,
  checklist: choice.checklist,
  keyword_list: choice.keywordList,
  email: text.email,
  phone: text.phone,
  url: text.url,
  region: reference.region,
  user: reference.user,
  department: reference.department,
  relation: reference.relation,
  many_to_many: reference.manyToMany,
  sub_table: rows.subTable,
  file: file.file,
  image: file.image,
  audio: file.audio,
  video: file.video,
  signature: file.signature,
  location: place.location,
  barcode: text.barcode,
  rating: number.rating,
  auto_number: { Edit: computed.Edit, Filter: text.text.Filter },
  formula: computed,
  lookup: computed,
  rollup: computed,
  record_id: { Edit: computed.Edit, Filter: null },
};
