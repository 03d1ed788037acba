import { useSortable } from "@dnd-kit/react/sortable";
import { Archive, ArchiveRestore, GripVertical, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Option, OptionSet } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { NativeSelect, TextInput } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelWritten, writtenParts } from "../parts/labels";
import { ProblemText } from "../parts/PropertyPanel";
import { useBuffered } from "../parts/useBuffered";
import { DeleteDialog } from "../usages/DeleteDialog";
import styles from "./Choices.module.css";
import { ColourPick } from "./ColourPick";
import { useChoiceEdits } from "./useChoiceEdits";

interface OptionRowProps {
  set: OptionSet;
  option: Option;
  index: number;
  /** Records that have it; null where counting takes too long. */
  count: number | null;
  isCounting: boolean;
  isPublished: boolean;
  isFresh: boolean;
  hasParents: boolean;
}

/** One option: order by drag or by arrows on its handle, colour, both names, records, and taking it out of use. */
export function OptionRow(props: OptionRowProps) {
  const { set, option, index, count, isCounting, isPublished, isFresh, hasParents } = props;
  const { t } = useTranslation("choices");
  const edits = useChoiceEdits();
  const { problemsAt } = useDraft();
  const [leaving, setLeaving] = useState<"retire" | "delete" | null>(null);
  const { ref, handleRef, isDragging } = useSortable({ id: option.key, index });
  const name = edits.name(option.label);
  const language = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  const parts = writtenParts(option.label, language);
  const put = (part: Partial<Option>) => edits.putOption(set, option, part);
  const rename = (part: Partial<typeof parts>) =>
    put({ label: labelWritten({ ...parts, ...part }, language) ?? { zh: "" } });
  const main = useBuffered(parts[language], (text) => rename({ [language]: text }));
  const second = useBuffered(parts[other], (text) => rename({ [other]: text }));
  const path = ["option_sets", set.key, "options", option.key];
  const used = { kind: "option" as const, key: option.key, entity: set.key };
  const onHandleKey = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const to = index + by;
    if (by === 0 || to < 0 || to >= set.options.length) return;
    event.preventDefault();
    edits.placeOption(set, option, to);
  };
  return (
    <li ref={ref} className={classes(styles.option, option.retired && styles.retired, isDragging && styles.dragged)}>
      <button
        ref={handleRef}
        type="button"
        className={styles.handle}
        aria-label={t("move", { name })}
        title={t("moveHelp")}
        onKeyDown={onHandleKey}
      >
        <GripVertical size={16} />
      </button>
      <ColourPick value={option.colour ?? "grey"} name={name} onChange={(colour) => put({ colour })} />
      <div className={styles.names}>
        <TextInput
          value={main.value}
          aria-label={t("nameOf", { number: index + 1 })}
          lang={language}
          autoFocus={isFresh}
          onFocus={(event) => isFresh && event.currentTarget.select()}
          onBlur={main.flush}
          onChange={(event) => main.set(event.target.value)}
        />
        <TextInput
          value={second.value}
          aria-label={t("otherOf", { name })}
          placeholder={t("other")}
          lang={other}
          onBlur={second.flush}
          onChange={(event) => second.set(event.target.value)}
        />
        {hasParents && (
          <NativeSelect
            aria-label={t("parentOf", { name })}
            value={option.parent ?? ""}
            onChange={(event) => put({ parent: event.target.value || undefined })}
          >
            <option value="">{t("noParent")}</option>
            {set.options
              .filter((each) => each.key !== option.key)
              .map((each) => (
                <option key={each.key} value={each.key}>
                  {t("below", { name: edits.name(each.label) })}
                </option>
              ))}
          </NativeSelect>
        )}
        {problemsAt(path).map((problem) => (
          <ProblemText key={problem.code}>{problem.message}</ProblemText>
        ))}
      </div>
      <span className={styles.records}>
        {isCounting ? "…" : count === null ? t("notCounted") : t("records", { count })}
        {option.retired && <em>{t("retired")}</em>}
      </span>
      {option.retired ? (
        <IconButton small label={t("bringBack", { name })} onClick={() => put({ retired: undefined })}>
          <ArchiveRestore size={16} />
        </IconButton>
      ) : (
        <IconButton
          small
          label={t("retire", { name })}
          onClick={() => (isPublished ? setLeaving("retire") : put({ retired: true }))}
        >
          <Archive size={16} />
        </IconButton>
      )}
      <IconButton
        small
        label={t("delete", { name })}
        disabled={set.options.length === 1}
        onClick={() => (isPublished ? setLeaving("delete") : edits.drop(path, t("did.deleteOption", { name })))}
      >
        <Trash2 size={16} />
      </IconButton>
      {leaving && (
        <DeleteDialog
          title={t(leaving === "retire" ? "retireSure" : "deleteSure", { name })}
          text={t(leaving === "retire" ? "retireText" : "deleteText", { count: count ?? 0 })}
          confirm={t(leaving === "retire" ? "retireDo" : "deleteDo")}
          used={used}
          onClose={() => setLeaving(null)}
          onConfirm={() => {
            setLeaving(null);
            if (leaving === "retire") put({ retired: true });
            else edits.drop(path, t("did.deleteOption", { name }));
          }}
        />
      )}
    </li>
  );
}
