import { FileSpreadsheet, FileText, Image as ImageIcon } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
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

interface PreviewButtonProps {
  files: FileInfo[];
  /** The one of ``files`` that opens. */
  at: number;
  className: string | undefined;
  children: ReactNode;
}

/** Opens the preview of a file, from which one may go on to its neighbours. */
export function PreviewButton({ files, at, className, children }: PreviewButtonProps) {
  const { t } = useTranslation("records");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        title={t("files.open", { name: files[at]?.name ?? "" })}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <PreviewDialog files={files} start={at} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Files that open in a preview. */
export function FileLinks({ files, isThumbs }: LinksProps) {
  return (
    <div className={isThumbs ? styles.thumbs : styles.files}>
      {files.map((file, at) => (
        <PreviewButton key={file.id} files={files} at={at} className={isThumbs ? styles.thumbButton : styles.file}>
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
        </PreviewButton>
      ))}
    </div>
  );
}
