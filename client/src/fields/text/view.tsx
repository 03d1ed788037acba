import { AtSign, Barcode, Hash, Link2, Phone, Text, TextInitial, TextQuote } from "lucide-react";
import { classes } from "@/ui/classes";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";

const textOf = ({ value, display }: ShowProps) => display ?? (typeof value === "string" ? value : "");

function TextCell(props: ShowProps) {
  const text = textOf(props);
  return text ? (
    <span className={styles.clip} title={text}>
      {text}
    </span>
  ) : (
    <Empty />
  );
}

function LongText(props: ShowProps) {
  const text = textOf(props);
  return text ? <p className={styles.pre}>{text}</p> : <Empty />;
}

/** Text without its tags, for one line of a list. */
function plainText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}

function RichCell(props: ShowProps) {
  return <TextCell {...props} display={plainText(textOf(props))} />;
}

function RichText(props: ShowProps) {
  const html = textOf(props);
  if (!html) return <Empty />;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises rich text when it is written
  return <div className={styles.rich} dangerouslySetInnerHTML={{ __html: html }} />;
}

function linked(toHref: (text: string) => string, isOutside = false) {
  return function LinkedCell(props: ShowProps) {
    const text = textOf(props);
    if (!text) return <Empty />;
    return (
      <a
        className={classes(styles.clip, !isOutside && styles.plainLink)}
        href={toHref(text)}
        title={text}
        onClick={(event) => event.stopPropagation()}
        {...(isOutside ? { target: "_blank", rel: "noreferrer noopener" } : {})}
      >
        {text}
      </a>
    );
  };
}

const safeUrl = (text: string) => (/^https?:\/\//i.test(text) ? text : `https://${text}`);

export const text: FieldView = { icon: TextInitial, align: "start", width: 180, Cell: TextCell, Full: LongText };
export const longText: FieldView = {
  icon: Text,
  align: "start",
  width: 240,
  Cell: TextCell,
  Full: LongText,
  isWide: true,
};
export const richText: FieldView = {
  icon: TextQuote,
  align: "start",
  width: 240,
  Cell: RichCell,
  Full: RichText,
  isWide: true,
};
export const email: FieldView = { icon: AtSign, align: "start", width: 190, Cell: linked((each) => `mailto:${each}`) };
export const phone: FieldView = {
  icon: Phone,
  align: "start",
  width: 130,
  Cell: linked((each) => `tel:${each.replace(/[^\d+]/g, "")}`),
};
export const url: FieldView = { icon: Link2, align: "start", width: 200, Cell: linked(safeUrl, true) };
export const barcode: FieldView = { icon: Barcode, align: "start", width: 150, Cell: TextCell };
export const autoNumber: FieldView = { icon: Hash, align: "start", width: 140, Cell: TextCell };
export const recordId: FieldView = { icon: Hash, align: "start", width: 140, Cell: TextCell };
