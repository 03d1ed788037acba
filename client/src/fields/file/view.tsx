import { AudioLines, Image as ImageIcon, Paperclip, PenLine, Video } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/process";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";
import { FileLinks } from "./preview/FileLinks";
import { filesOf } from "./values";

function CountCell({ value, display }: ShowProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const files = filesOf(value, display);
  if (files.length === 0) return <Empty />;
  return (
    <span
      className={styles.inline}
      title={listed(
        files.map((each) => each.name),
        language,
      )}
    >
      <Paperclip size={14} aria-hidden="true" />
      <span className={styles.clip}>
        {files.length === 1 ? files[0]?.name : t("files.count", { count: files.length })}
      </span>
    </span>
  );
}

function Files({ value, display }: ShowProps) {
  const files = filesOf(value, display);
  if (files.length === 0) return <Empty />;
  return <FileLinks files={files} />;
}

function Images({ value, display }: ShowProps) {
  const files = filesOf(value, display);
  if (files.length === 0) return <Empty />;
  return <FileLinks files={files} isThumbs />;
}

function Recording({ value, display }: ShowProps) {
  const file = filesOf(value, display)[0];
  if (!file) return <Empty />;
  // biome-ignore lint/a11y/useMediaCaption: voice memos have no captions
  return <audio controls preload="none" src={fileUrl(file.id)} style={{ width: 420, maxWidth: "100%" }} />;
}

function Film({ value, display }: ShowProps) {
  const file = filesOf(value, display)[0];
  if (!file) return <Empty />;
  // biome-ignore lint/a11y/useMediaCaption: recordings made on site have no captions
  return <video controls preload="none" src={fileUrl(file.id)} style={{ width: 420, maxWidth: "100%" }} />;
}

function Signature({ value, display, field }: ShowProps) {
  const file = filesOf(value, display)[0];
  return file ? <img className={styles.signature} src={fileUrl(file.id)} alt={field.label} /> : <Empty />;
}

export const file: FieldView = {
  icon: Paperclip,
  align: "start",
  width: 160,
  Cell: CountCell,
  Full: Files,
  isWide: true,
};
export const image: FieldView = {
  icon: ImageIcon,
  align: "start",
  width: 160,
  Cell: CountCell,
  Full: Images,
  isWide: true,
};
export const audio: FieldView = { icon: AudioLines, align: "start", width: 140, Cell: CountCell, Full: Recording };
export const video: FieldView = { icon: Video, align: "start", width: 140, Cell: CountCell, Full: Film };
export const signature: FieldView = { icon: PenLine, align: "start", width: 120, Cell: CountCell, Full: Signature };
