import { Mic, Square } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl, uploadFile } from "@/api/process";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import styles from "../fields.module.css";
import type { EditProps } from "../module";
import { FileDrop } from "./edit";
import { asValue, filesOf } from "./values";

/** Records with the microphone where the browser allows it; a file can always be chosen. */
export default function AudioEditor({ value, onChange, ids, display }: EditProps) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const recorder = useRef<MediaRecorder | null>(null);
  const [recording, setRecording] = useState(false);
  const file = filesOf(value, display)[0];

  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const active = new MediaRecorder(stream);
      const chunks: Blob[] = [];
      active.ondataavailable = (event) => chunks.push(event.data);
      active.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        setRecording(false);
        const type = active.mimeType.split(";")[0] || "audio/webm";
        const name = `memo.${type.includes("mp4") ? "m4a" : "webm"}`;
        uploadFile(new File(chunks, name, { type }))
          .then((stored) => onChange(asValue(stored)))
          .catch((error: unknown) => toast.error(errorText(error)));
      };
      active.start();
      recorder.current = active;
      setRecording(true);
    } catch {
      toast.error(t("audio.denied"));
    }
  };
  if (file) {
    return (
      <div className={styles.editRow}>
        {/* biome-ignore lint/a11y/useMediaCaption: voice memos have no captions */}
        <audio controls preload="none" src={fileUrl(file.id)} />
        <Button small onClick={() => onChange(null)}>
          {t("audio.again")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.drop}>
      {recording ? (
        <Button kind="danger" icon={<Square size={14} />} onClick={() => recorder.current?.stop()}>
          {t("audio.stop")}
        </Button>
      ) : (
        <Button icon={<Mic size={15} />} onClick={() => void start()}>
          {t("audio.record")}
        </Button>
      )}
      <FileDrop id={ids.id} accept="audio/*" onFile={(stored) => onChange(asValue(stored))} />
    </div>
  );
}
