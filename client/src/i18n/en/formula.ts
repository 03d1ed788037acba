import type zh from "../zh/formula";

const texts: typeof zh = {
  open: "Larger editor",
  use: "Use this formula",
  hint: "Type { to choose a field, or the name of a function",
  example: "e.g. ",
  fields: "Fields",
  functions: "Functions",
  options: "Options",
  insert: "Insert",
  find: "Find by name or purpose",
  nothingFound: "Nothing found; try another word",
  leadsTo: "→ {{target}}",
  leadsToMany: "→ many: {{target}}",
  goTo: "at character {{at}}",
  checking: "Checking…",
  gives: "The formula is right; it gives: {{type}}",
  samples: "Tried on recent records",
  samplesLater: "Once the formula is right, its results on the 5 newest records show here.",
  record: "Record",
  result: "Result",
  empty: "empty",
  untitled: "(untitled)",
  types: {
    text: "text",
    number: "number",
    bool: "yes or no",
    date: "date",
    datetime: "date and time",
    text_list: "list of texts",
    record: "record",
    record_list: "records",
    none: "empty",
  },
};

export default texts;
