import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Download, FileQuestion } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/process";
import type { FileInfo } from "@/api/types";
import { buttonClass, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./Preview.module.css";
import { TextPreview } from "./TextPreview";

const PdfPreview = lazy(() => import("./PdfPreview").then((module) => ({ default: module.PdfPreview })));

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp"];
const TEXTS = ["text/plain", "text/html", "application/xml", "image/svg+xml", "text/x-script"];
const OFFICE = "application/vnd.openxmlformats-officedocument.";

/** The file's type; asked of the server where the record does not say. */
function useContentType(file: FileInfo): string | undefined {
  const { data } = useQuery({
    queryKey: ["file-type", file.id],
    queryFn: async ({ signal }) => {
      const response = await fetch(fileUrl(file.id), { signal });
      await response.body?.cancel();
      return response.headers.get("Content-Type")?.split(";")[0] ?? "";
    },
    enabled: !file.content_type,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return file.content_type || data;
}

function Shown({ file }: { file: FileInfo }) {
  const { t } = useTranslation("comments");
  const type = useContentType(file);
  if (type === undefined) return <SkeletonLines lines={8} />;
  if (PICTURES.includes(type)) return <img className={styles.picture} src={fileUrl(file.id)} alt={file.name} />;
  if (type === "application/pdf") return <PdfPreview file={file} />;
  // biome-ignore lint/a11y/useMediaCaption: recordings that people attach have no captions
  if (type.startsWith("video/")) return <video className={styles.picture} controls src={fileUrl(file.id)} />;
  // biome-ignore lint/a11y/useMediaCaption: recordings that people attach have no captions
  if (type.startsWith("audio/")) return <audio controls src={fileUrl(file.id)} style={{ width: "100%" }} />;
  if (TEXTS.includes(type) || type.startsWith(OFFICE)) return <TextPreview file={file} />;
  return <EmptyState icon={<FileQuestion size={40} />} title={t("preview.none")} text={t("preview.noneText")} />;
}

interface PreviewProps {
  files: FileInfo[];
  start: number;
  onClose: () => void;
}

/** Looks at files one after the other: pictures, PDF, office documents and texts. */
export function PreviewDialog({ files, start, onClose }: PreviewProps) {
  const { t } = useTranslation(["comments", "common"]);
  const [index, setIndex] = useState(start);
  const file = files[index];
  if (!file) return null;
  return (
    <Dialog
      title={file.name}
      width={1100}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          {files.length > 1 && (
            <span className={styles.turn}>
              <IconButton
                label={t("comments:preview.previous")}
                disabled={index === 0}
                onClick={() => setIndex(index - 1)}
              >
                <ChevronLeft size={18} />
              </IconButton>
              {index + 1} / {files.length}
              <IconButton
                label={t("comments:preview.next")}
                disabled={index === files.length - 1}
                onClick={() => setIndex(index + 1)}
              >
                <ChevronRight size={18} />
              </IconButton>
            </span>
          )}
          <a className={buttonClass("plain")} href={`${fileUrl(file.id)}?download=true`} download={file.name}>
            <Download size={15} aria-hidden="true" />
            {t("common:actions.download")}
          </a>
        </>
      }
    >
      <div className={styles.stage} key={file.id}>
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <Shown file={file} />
        </Suspense>
      </div>
    </Dialog>
  );
}
