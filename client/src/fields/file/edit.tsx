import { FileText, Upload, X } from "lucide-react";
import { type ComponentType, lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { previewUrl, uploadFile } from "@/api/process";
import type { FileInfo } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatBytes } from "@/model/format";
import { named } from "@/model/words";
import { IconButton } from "@/ui/Button";
import { useIsPhone } from "@/ui/media";
import { Skeleton } from "@/ui/surfaces";
import styles from "../fields.module.css";
import { EmptinessFilter } from "../filters/EmptinessFilter";
import type { EditProps, FieldEditor } from "../module";
import { asValue, filesOf } from "./values";

interface DropProps {
  id?: string;
  accept?: string;
  isMany?: boolean;
  describedBy?: string | undefined;
  /** Where it is taken otherwise than as a file of a record. */
  upload?: (file: File) => Promise<FileInfo>;
  onFile: (file: FileInfo) => void;
}

/** Takes files by choosing, dropping or, on a phone, from the camera, and uploads them at once. */
export function FileDrop({ id, accept, isMany, describedBy, upload = uploadFile, onFile }: DropProps) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const isPhone = useIsPhone();
  const language = useLanguage();
  const own = useId();
  // A phone has nothing to drop, but a camera where pictures are taken.
  const way = !isPhone ? "drop" : !accept || accept.includes("image") ? "take" : "choose";
  const [busy, setBusy] = useState(0);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const take = async (files: FileList | null) => {
    setError(null);
    for (const file of [...(files ?? [])].slice(0, isMany ? 20 : 1)) {
      setBusy((count) => count + 1);
      try {
        onFile(await upload(file));
      } catch (caught) {
        setError(named(file.name, errorText(caught), language));
      } finally {
        setBusy((count) => count - 1);
      }
    }
  };
  return (
    <>
      <label
        className={styles.dropZone}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files);
        }}
      >
        <Upload size={16} aria-hidden="true" />
        {busy > 0 ? t("files.uploading") : t(`files.${way}`)}
        <input
          id={id ?? own}
          type="file"
          className="visually-hidden"
          aria-describedby={describedBy}
          {...(accept ? { accept } : {})}
          multiple={isMany}
          onChange={(event) => {
            void take(event.target.files);
            event.target.value = "";
          }}
        />
      </label>
      {error && (
        <p role="alert" style={{ color: "var(--danger)", fontSize: "var(--text-xs)" }}>
          {error}
        </p>
      )}
    </>
  );
}

interface ChipProps {
  file: FileInfo;
  isPicture?: boolean;
  onRemove?: () => void;
}

export function FileChip({ file, isPicture, onRemove }: ChipProps) {
  const { t } = useTranslation("common");
  return (
    <div className={styles.file}>
      {isPicture ? (
        <img src={previewUrl(file.id, 224)} alt="" width={48} height={36} />
      ) : (
        <FileText size={18} aria-hidden="true" />
      )}
      <span className={styles.fileText}>
        <span className={styles.clip}>{file.name}</span>
        {file.size > 0 && <small>{formatBytes(file.size)}</small>}
      </span>
      {onRemove && (
        <IconButton small label={`${t("actions.remove")} ${file.name}`} onClick={onRemove}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  );
}

function filesEdit(accept: string | null, isMany: boolean): ComponentType<EditProps> {
  return function FilesEdit({ value, onChange, ids, display }) {
    const files = filesOf(value, display);
    const write = (next: FileInfo[]) => onChange(isMany ? next.map(asValue) : next[0] ? asValue(next[0]) : null);
    return (
      <div className={styles.drop}>
        {files.length > 0 && (
          <div className={styles.files}>
            {files.map((file) => (
              <FileChip
                key={file.id}
                file={file}
                isPicture={accept === "image/*"}
                onRemove={() => write(files.filter((each) => each.id !== file.id))}
              />
            ))}
          </div>
        )}
        {(isMany || files.length === 0) && (
          <FileDrop
            id={ids.id}
            describedBy={ids["aria-describedby"]}
            isMany={isMany}
            {...(accept ? { accept } : {})}
            onFile={(file) => write(isMany ? [...files, file] : [file])}
          />
        )}
      </div>
    );
  };
}

const SignaturePad = lazy(() => import("./SignatureEditor"));

function SignatureEdit(props: EditProps) {
  return (
    <Suspense fallback={<Skeleton height={150} />}>
      <SignaturePad {...props} />
    </Suspense>
  );
}

const Recorder = lazy(() => import("./AudioEditor"));

function AudioEdit(props: EditProps) {
  return (
    <Suspense fallback={<Skeleton height={52} />}>
      <Recorder {...props} />
    </Suspense>
  );
}

export const file: FieldEditor = { Edit: filesEdit(null, true), Filter: EmptinessFilter };
export const image: FieldEditor = { Edit: filesEdit("image/*", true), Filter: EmptinessFilter };
export const audio: FieldEditor = { Edit: AudioEdit, Filter: EmptinessFilter };
export const video: FieldEditor = { Edit: filesEdit("video/*", false), Filter: EmptinessFilter };
export const signature: FieldEditor = { Edit: SignatureEdit, Filter: EmptinessFilter };
