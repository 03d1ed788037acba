import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, version } from "pdfjs-dist";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/process";
import type { FileInfo } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./Preview.module.css";

GlobalWorkerOptions.workerSrc = worker;
const PARTS = `/assets/pdf-${version}`;
const PAGES = 10;
const MOST_PIXELS = 4_000_000;

function PdfPage({ file, number }: { file: PDFDocumentProxy; number: number }) {
  const { t } = useTranslation("comments");
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return undefined;
    let stop = () => undefined as unknown;
    let isGone = false;
    void file.getPage(number).then((page) => {
      if (isGone) return;
      const plain = page.getViewport({ scale: 1 });
      const fit = ((canvas.parentElement?.clientWidth ?? 800) / plain.width) * Math.min(window.devicePixelRatio, 2);
      const scale = Math.min(fit, Math.sqrt(MOST_PIXELS / (plain.width * plain.height)));
      const viewport = page.getViewport({ scale });
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      const drawing = page.render({ canvas, viewport });
      stop = () => drawing.cancel();
      drawing.promise.then(
        () => canvas.setAttribute("data-drawn", "true"),
        () => undefined,
      );
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [file, number]);
  return <canvas ref={ref} className={styles.page} role="img" aria-label={t("preview.page", { page: number })} />;
}

/** A PDF's pages, drawn here: nothing of it runs, nothing leaves the server. */
export function PdfPreview({ file }: { file: FileInfo }) {
  const { t } = useTranslation("comments");
  const [loaded, setLoaded] = useState<PDFDocumentProxy | null>(null);
  const [failed, setFailed] = useState(false);
  const [shown, setShown] = useState(PAGES);
  useEffect(() => {
    const loading = getDocument({
      url: fileUrl(file.id),
      cMapUrl: `${PARTS}/cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${PARTS}/standard_fonts/`,
      useWasm: false,
      enableXfa: false,
    });
    loading.promise.then(setLoaded, () => setFailed(true));
    return () => void loading.destroy();
  }, [file.id]);
  if (failed) return <EmptyState title={t("preview.none")} text={t("preview.noneText")} />;
  if (!loaded) return <SkeletonLines lines={8} />;
  const count = Math.min(shown, loaded.numPages);
  return (
    <>
      <p className={styles.pages}>{t("preview.pages", { count: loaded.numPages })}</p>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages keep their numbers
        <PdfPage key={index} file={loaded} number={index + 1} />
      ))}
      {loaded.numPages > count && (
        <Button wide onClick={() => setShown(shown + PAGES)}>
          {t("preview.more", { count: Math.min(PAGES, loaded.numPages - count) })}
        </Button>
      )}
    </>
  );
}
