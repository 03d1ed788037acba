import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import SignaturePad from "signature_pad";
import { fileUrl, uploadFile } from "@/api/process";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { useLatest } from "@/ui/hooks";
import { toast } from "@/ui/toast";
import styles from "../fields.module.css";
import type { EditProps } from "../module";
import { asValue, filesOf } from "./values";

/** Pause after the last stroke in which a signature is kept. */
const PAUSE_MS = 300;

/** A signature is ink on paper, in whatever theme it is written and looked at. */
const PAPER = { backgroundColor: "white", penColor: "midnightblue" };

/** Draws at the screen's own resolution; what is drawn is kept as a picture as soon as the hand rests. */
export default function SignatureEditor({ field, value, onChange, display }: EditProps) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const strokes = useRef(0);
  const [isDrawing, setDrawing] = useState(false);
  const signed = filesOf(value, display)[0];
  const isShown = signed !== undefined && !isDrawing;
  const keep = useLatest(() => {
    const drawn = ++strokes.current;
    setDrawing(true);
    window.setTimeout(() => {
      if (drawn !== strokes.current || pad.current?.isEmpty()) return;
      canvas.current?.toBlob((blob) => {
        if (!blob) return;
        uploadFile(new File([blob], "signature.png", { type: "image/png" }))
          .then((file) => drawn === strokes.current && onChange(asValue(file)))
          .catch((error: unknown) => toast.error(errorText(error)));
      }, "image/png");
    }, PAUSE_MS);
  });
  const clear = () => {
    strokes.current += 1;
    pad.current?.clear();
    setDrawing(false);
    onChange(null);
  };
  useEffect(() => {
    const element = canvas.current;
    if (isShown || !element) return undefined;
    const ratio = Math.max(window.devicePixelRatio, 1);
    element.width = element.offsetWidth * ratio;
    element.height = element.offsetHeight * ratio;
    element.getContext("2d")?.scale(ratio, ratio);
    const drawing = new SignaturePad(element, PAPER);
    drawing.addEventListener("endStroke", keep);
    pad.current = drawing;
    return () => {
      drawing.removeEventListener("endStroke", keep);
      drawing.off();
    };
  }, [isShown, keep]);
  if (isShown) {
    return (
      <div className={styles.editRow}>
        <img className={styles.signature} src={fileUrl(signed.id)} alt={field.label} />
        <Button small onClick={clear}>
          {t("signature.again")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.drop}>
      <canvas ref={canvas} className={styles.pad} aria-label={t("signature.here")} />
      <div className={styles.editRow}>
        <Button small kind="quiet" onClick={clear}>
          {t("signature.clear")}
        </Button>
        <span role="status" className={styles.kept}>
          {signed && t("signature.kept")}
        </span>
      </div>
    </div>
  );
}
