import { FileSpreadsheet, FileText, Image as ImageIcon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { previewUrl } from "@/api/process";
import type { FileInfo } from "@/api/types";
import { formatBytes } from "@/model/format";
import styles from "./Preview.module.css";

const PreviewDialog = lazy(() => import("./PreviewDialog").then((module) => ({ default: module.PreviewDialog })));

function FileIcon({ file }: { file: FileInfo }) {
  if (file.content_type.startsWith("image/")) return <ImageIcon size={18} aria-hidden="true" />;
  const isTable = file.content_type.endsWith("spreadsheetml.sheet") || /\.(csv|tsv)$/i.test(file.name);
  return isTable ? <FileSpreadsheet size={18} aria-hidden="true" /> : <FileText size={18} aria-hidden="true" />;
}

interface LinksProps {
  files: FileInfo[];
  /** Pictures as pictures. */
  isThumbs?: boolean;
}

/** Files that open in a preview. */
export function FileLinks({ files, isThumbs }: LinksProps) {
  const { t } = useTranslation("records");
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <div className={isThumbs ? styles.thumbs : styles.files}>
        {files.map((file, index) => (
          <button
            key={file.id}
            type="button"
            className={isThumbs ? styles.thumbButton : styles.file}
            title={t("files.open", { name: file.name })}
            onClick={() => setOpen(index)}
          >
            {isThumbs ? (
              <img src={previewUrl(file.id, 224)} alt={file.name} loading="lazy" width={112} height={84} />
            ) : (
              <>
                <FileIcon file={file} />
                <span>
                  <b>{file.name}</b>
                  {file.size > 0 && <small>{formatBytes(file.size)}</small>}
                </span>
              </>
            )}
          </button>
        ))}
      </div>
      {open !== null && (
        <Suspense fallback={null}>
          <PreviewDialog files={files} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
