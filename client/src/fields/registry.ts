/** How each field type looks. A type that is missing here does not compile. */
import type { FieldTypeKey } from "@/api/types";
import * as choice from "./choice/view";
import * as computed from "./computed/view";
import * as date from "./date/view";
import * as file from "./file/view";
import type { FieldView } from "./module";
import * as number from "./number/view";
import * as place from "./place/view";
import * as reference from "./reference/view";
import * as rows from "./rows/view";
import * as text from "./text/view";

export const fieldViews: Record<FieldTypeKey, FieldView> = {
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
  switch: choice.switchView,
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
  auto_number: text.autoNumber,
  formula: computed.formula,
  lookup: computed.lookup,
  rollup: computed.rollup,
  record_id: text.recordId,
};
