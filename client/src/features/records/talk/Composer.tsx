import { Paperclip, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "@/api/process";
import type { FileInfo, Mention, RecordComment, RecordRow } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { toKept, toWritten } from "@/model/mentions";
import { named } from "@/model/words";
import { IconButton } from "@/ui/Button";
import { TextArea } from "@/ui/controls";
import { toast } from "@/ui/toast";
import { ComposerFoot } from "./ComposerFoot";
import { Suggestions, useNaming } from "./naming";
import styles from "./Talk.module.css";

interface ComposerProps {
  record: RecordRow;
  /** The comment that is being changed. */
  comment?: RecordComment;
  isBusy: boolean;
  onSend: (draft: { text: string; files: string[] }, done: () => void) => void;
  onCancel?: () => void;
}

function useFiles(start: FileInfo[]) {
  const errorText = useErrorText();
  const language = useLanguage();
  const [files, setFiles] = useState(start);
  const [busy, setBusy] = useState(0);
  const take = async (given: Iterable<File>) => {
    for (const each of given) {
      setBusy((count) => count + 1);
      try {
        const file = await uploadFile(each);
        setFiles((before) => [...before, file]);
      } catch (error) {
        toast.error(named(each.name, errorText(error), language));
      } finally {
        setBusy((count) => count - 1);
      }
    }
  };
  return { files, setFiles, take, isBusy: busy > 0 };
}

/** Where a comment is written: people are named with @, files dropped, pasted or chosen. */
export function Composer({ record, comment, isBusy, onSend, onCancel }: ComposerProps) {
  const { t } = useTranslation(["comments", "common"]);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [named, setNamed] = useState<Mention[]>(comment?.mentions ?? []);
  const [text, setText] = useState(comment ? toWritten(comment.text, comment.mentions) : "");
  const [caret, setCaret] = useState(0);
  const attached = useFiles(comment?.files ?? []);
  const choose = (person: Mention, query: string) => {
    const start = caret - query.length;
    const next = `${text.slice(0, start)}${person.name} ${text.slice(caret)}`;
    const after = start + person.name.length + 1;
    setNamed((before) => [...before.filter((each) => each.id !== person.id), person]);
    setText(next);
    setCaret(after);
    requestAnimationFrame(() => box.current?.setSelectionRange(after, after));
  };
  const naming = useNaming(record, text, caret, choose);
  const isEmpty = text.trim() === "" && attached.files.length === 0;
  const send = () => {
    if (isEmpty || attached.isBusy || isBusy) return;
    onSend({ text: toKept(text, named), files: attached.files.map((file) => file.id) }, () => {
      setText("");
      setNamed([]);
      attached.setFiles([]);
    });
  };
  return (
    <div className={styles.composer}>
      <TextArea
        ref={box}
        rows={comment ? 3 : 2}
        value={text}
        maxLength={10_000}
        aria-label={t("comments:write")}
        placeholder={t("comments:write")}
        {...(naming.people
          ? {
              role: "combobox",
              "aria-expanded": true,
              "aria-controls": list,
              "aria-activedescendant": `${list}-${naming.active}`,
            }
          : {})}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) void attached.take([...event.clipboardData.files]);
        }}
        onKeyDown={(event) => {
          if (naming.onKeyDown(event)) return;
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {naming.people && (
        <Suggestions
          id={list}
          people={naming.people}
          active={naming.active}
          onChoose={(person) => choose(person, naming.query ?? "")}
        />
      )}
      {attached.files.length > 0 && (
        <ul className={styles.attached}>
          {attached.files.map((file) => (
            <li key={file.id}>
              <Paperclip size={13} aria-hidden="true" />
              <span>{file.name}</span>
              <IconButton
                small
                label={t("comments:removeFile", { name: file.name })}
                onClick={() => attached.setFiles(attached.files.filter((each) => each.id !== file.id))}
              >
                <X size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <ComposerFoot
        isEditing={comment !== undefined}
        isBusy={isBusy || attached.isBusy}
        isEmpty={isEmpty}
        onFiles={(files) => void attached.take(files)}
        onSend={send}
        {...(onCancel ? { onCancel } : {})}
      />
    </div>
  );
}
