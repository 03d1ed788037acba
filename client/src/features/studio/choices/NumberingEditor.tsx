import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNextNumbers } from "@/api/modelling";
import type { Numbering } from "@/api/types/studio";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { useDraft } from "../draft/useDraft";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { OwnersSection } from "../parts/OwnersSection";
import { NumberProperty, ProblemText, SelectProperty } from "../parts/PropertyPanel";
import { useBuffered } from "../parts/useBuffered";
import { DeleteDialog } from "../usages/DeleteDialog";
import { UsageList } from "../usages/UsageList";
import styles from "./Choices.module.css";
import { useChoiceEdits } from "./useChoiceEdits";

const PIECES = ["{yyyy}", "{yy}", "{mm}", "{dd}", "{seq:4}"] as const;
const RESETS = ["never", "year", "month", "day"] as const;

/** A rule of numbers: its pattern put together from pieces, with the numbers that come next beside it. */
export function NumberingEditor({ numbering, onGone }: { numbering: Numbering; onGone: () => void }) {
  const { t } = useTranslation(["choices", "common"]);
  const edits = useChoiceEdits();
  const { problemsAt } = useDraft();
  const [deleting, setDeleting] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const path = ["numberings", numbering.key];
  const name = edits.name(numbering.label);
  const put = (setting: keyof Numbering, value: unknown) =>
    edits.put([...path, setting], value, t("did.changeNumbering", { name }));
  const pattern = useBuffered(numbering.pattern, (text) => put("pattern", text));
  const asked = useSettled(
    {
      key: numbering.key,
      pattern: pattern.value,
      reset: numbering.reset ?? "never",
      start: numbering.start ?? 1,
    },
    250,
  );
  const next = useNextNumbers(asked);
  const insert = (piece: string) => {
    const at = box.current?.selectionStart ?? pattern.value.length;
    const to = box.current?.selectionEnd ?? at;
    pattern.set(pattern.value.slice(0, at) + piece + pattern.value.slice(to));
    box.current?.focus();
  };
  return (
    <div className={styles.editor}>
      <header className={styles.head}>
        <div className={styles.title}>
          <LabelField
            label={t("name")}
            value={numbering.label}
            required
            onChange={(label) => edits.put([...path, "label"], label ?? { zh: "" }, t("did.rename", { name }))}
          />
        </div>
        <Button kind="quiet" icon={<Trash2 size={15} />} onClick={() => setDeleting(true)}>
          {t("deleteNumbering")}
        </Button>
      </header>
      <div className={styles.numbering}>
        <FieldFrame label={t("pattern")} help={t("patternHelp")}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={box}
              spellCheck={false}
              value={pattern.value}
              onBlur={pattern.flush}
              onChange={(event) => pattern.set(event.target.value)}
            />
          )}
        </FieldFrame>
        <fieldset className={styles.pieces} aria-label={t("pieces")}>
          {PIECES.map((piece) => (
            <Button key={piece} small onClick={() => insert(piece)}>
              {t(`piece.${piece.replace(/\W/g, "")}` as "piece.yyyy")} <code>{piece}</code>
            </Button>
          ))}
        </fieldset>
        <div className={styles.preview} aria-live="polite">
          <span>{t("nextNumbers")}</span>
          {next.data?.numbers.map((each, at) => (
            <strong key={each} data-first={at === 0 || undefined}>
              {each}
            </strong>
          ))}
          {next.data?.problems.map((problem) => (
            <ProblemText key={problem.code}>{problem.message}</ProblemText>
          ))}
        </div>
        <div className={styles.pair}>
          <SelectProperty
            label={t("reset")}
            value={numbering.reset ?? "never"}
            options={RESETS.map((value) => ({ value, label: t(`resets.${value}`) }))}
            onChange={(value) => put("reset", value === "never" ? undefined : value)}
          />
          <NumberProperty
            label={t("start")}
            value={numbering.start ?? 1}
            isWhole
            min={0}
            max={1_000_000_000}
            onChange={(value) => put("start", value)}
          />
        </div>
        {problemsAt(path).length > 0 && next.data?.problems.length === 0 && (
          <ProblemText>{problemsAt(path)[0]?.message}</ProblemText>
        )}
      </div>
      <DescriptionField path={path} item={numbering} />
      <OwnersSection collection="numberings" item={numbering} />
      <section className={styles.used}>
        <h3>{t("usedIn")}</h3>
        <UsageList used={{ kind: "numbering", key: numbering.key }} none={t("unusedNumbering")} />
      </section>
      {deleting && (
        <DeleteDialog
          title={t("deleteNumberingSure", { name })}
          text={t("deleteNumberingText")}
          confirm={t("deleteNumbering")}
          used={{ kind: "numbering", key: numbering.key }}
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            edits.drop(path, t("did.deleteNumbering", { name }));
            onGone();
          }}
        />
      )}
    </div>
  );
}
