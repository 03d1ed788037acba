import { EyeOff, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommentChanges, useWordings } from "@/api/comments";
import type { Mention, RecordComment, RecordRow } from "@/api/types";
import { FileLinks } from "@/fields/file/preview/FileLinks";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { piecesOf } from "@/model/mentions";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import { Avatar, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import records from "../Record.module.css";
import { Composer } from "./Composer";
import styles from "./Talk.module.css";

function CommentText({ text, people }: { text: string; people: Mention[] }) {
  const { t } = useTranslation("comments");
  return (
    <p className={styles.text}>
      {piecesOf(text, people).map((piece, index) =>
        "text" in piece ? (
          piece.text
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity
            key={index}
            className={styles.mention}
            data-blind={!piece.mention.can_read}
            title={piece.mention.can_read ? undefined : t("cannotSeeHint", { name: piece.mention.name })}
          >
            @{piece.mention.name}
            {!piece.mention.can_read && <EyeOff size={12} role="img" aria-label={t("cannotSee")} />}
          </span>
        ),
      )}
    </p>
  );
}

function WordingsDialog({
  record,
  comment,
  onClose,
}: {
  record: RecordRow;
  comment: RecordComment;
  onClose: () => void;
}) {
  const { t } = useTranslation(["comments", "common"]);
  const whenText = useWhenText();
  const wordings = useWordings(record.entity, record.id, comment.id);
  return (
    <Dialog title={t("comments:wordings")} width={520} closeLabel={t("common:actions.close")} onClose={onClose}>
      {!wordings.data && <SkeletonLines lines={3} />}
      <ol className={styles.wordings}>
        {wordings.data?.map((each) => (
          <li key={each.version}>
            <time dateTime={each.at}>{whenText(each.at)}</time>
            <CommentText text={each.text} people={comment.mentions} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function useEntries(onEdit: () => void, onRemove: () => void) {
  const { t } = useTranslation("comments");
  return [
    { key: "edit", label: t("edit"), onSelect: onEdit },
    { key: "remove", label: t("remove"), danger: true, onSelect: onRemove },
  ];
}

/** One comment: who said what, with its files; its author may change it or take it back. */
export function CommentItem({ record, comment }: { record: RecordRow; comment: RecordComment }) {
  const { t } = useTranslation("comments");
  const language = useLanguage();
  const whenText = useWhenText();
  const errorText = useErrorText();
  const { change, remove } = useCommentChanges(record.entity, record.id);
  const [state, setState] = useState<"edit" | "remove" | "wordings" | null>(null);
  const entries = useEntries(
    () => setState("edit"),
    () => setState("remove"),
  );
  const close = () => setState(null);
  const fail = (error: Error) => toast.error(errorText(error));
  return (
    <li className={records.event} data-comment={comment.id}>
      <Avatar name={comment.author.name} size={26} />
      <div className={styles.item}>
        <div className={records.eventHead}>
          <strong>{comment.author.name}</strong>
          <time dateTime={comment.at} title={formatDateTime(comment.at, language)}>
            {whenText(comment.at)}
          </time>
          {comment.edited_at && !comment.deleted_at && (
            <Button kind="link" small title={t("editedTitle")} onClick={() => setState("wordings")}>
              {t("edited")}
            </Button>
          )}
          {comment.mine && !comment.deleted_at && state !== "edit" && (
            <span className={styles.menu}>
              <Menu
                end
                label={t("more")}
                entries={entries}
                trigger={(trigger) => (
                  <IconButton {...trigger} small label={t("more")}>
                    <MoreHorizontal size={15} />
                  </IconButton>
                )}
              />
            </span>
          )}
        </div>
        {comment.deleted_at ? (
          <p className={styles.gone}>{t("deleted")}</p>
        ) : state === "edit" ? (
          <Composer
            record={record}
            comment={comment}
            isBusy={change.isPending}
            onCancel={close}
            onSend={(draft) => change.mutate({ ...draft, comment }, { onSuccess: close, onError: fail })}
          />
        ) : (
          <div className={styles.bubble}>
            {comment.text && <CommentText text={comment.text} people={comment.mentions} />}
            {comment.files.length > 0 && <FileLinks files={comment.files} />}
          </div>
        )}
      </div>
      {state === "wordings" && <WordingsDialog record={record} comment={comment} onClose={close} />}
      {state === "remove" && (
        <Confirm
          title={t("removeSure")}
          text={t("removeText")}
          confirm={t("remove")}
          busy={remove.isPending}
          onClose={close}
          onConfirm={() => remove.mutate(comment, { onSuccess: close, onError: fail })}
        />
      )}
    </li>
  );
}
