import { useTranslation } from "react-i18next";
import { useFileText } from "@/api/comments";
import type { FileInfo, TextPart } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { EmptyState, Notice, SkeletonLines } from "@/ui/surfaces";
import styles from "./Preview.module.css";

function Sheet({ rows, label }: { rows: string[][]; label: string }) {
  const width = Math.max(1, ...rows.map((row) => row.length));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.sheet} tabIndex={0} aria-label={label}>
      <table>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no identity
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              {Array.from({ length: width }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a file have no identity
                <td key={column}>{row[column] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Part({ part, isSlide }: { part: TextPart; isSlide: boolean }) {
  const { t } = useTranslation("comments");
  const title = isSlide ? t("preview.slide", { number: part.title }) : part.title;
  return (
    <section className={styles.part}>
      {title && <h3>{title}</h3>}
      {part.rows.length > 0 ? (
        <Sheet rows={part.rows} label={title || t("preview.sheet")} />
      ) : (
        <pre className={styles.text}>{part.text}</pre>
      )}
    </section>
  );
}

/** What an office document, a text or a table says. */
export function TextPreview({ file }: { file: FileInfo }) {
  const { t } = useTranslation("comments");
  const errorText = useErrorText();
  const text = useFileText(file.id);
  if (text.isError) return <EmptyState title={errorText(text.error)} text={t("preview.noneText")} />;
  if (!text.data) return <SkeletonLines lines={8} />;
  const parts = text.data.parts.filter((part) => part.text || part.rows.length > 0);
  if (parts.length === 0) return <EmptyState title={t("preview.empty")} />;
  return (
    <>
      {text.data.cut && <Notice kind="info">{t("preview.cut")}</Notice>}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts keep their places
        <Part key={at} part={part} isSlide={file.content_type.endsWith("presentationml.presentation")} />
      ))}
    </>
  );
}
