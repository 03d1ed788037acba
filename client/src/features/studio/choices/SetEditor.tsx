import { DragDropProvider } from "@dnd-kit/react";
import { isSortable } from "@dnd-kit/react/sortable";
import { ClipboardPaste, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChoiceCounts } from "@/api/modelling";
import type { OptionSet } from "@/api/types/studio";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { OwnersSection } from "../parts/OwnersSection";
import { ProblemText } from "../parts/PropertyPanel";
import { DeleteDialog } from "../usages/DeleteDialog";
import { UsageList } from "../usages/UsageList";
import styles from "./Choices.module.css";
import { OptionRow } from "./OptionRow";
import { PasteDialog } from "./PasteDialog";
import { useChoiceEdits } from "./useChoiceEdits";

/** One option set: its options in order, how many records have each, and where it is used. */
export function SetEditor({ set, onGone }: { set: OptionSet; onGone: () => void }) {
  const { t } = useTranslation(["choices", "common"]);
  const edits = useChoiceEdits();
  const { problemsAt, published } = useDraft();
  const counts = useChoiceCounts(set.key);
  const [pasting, setPasting] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const [hasParents, setHasParents] = useState(set.options.some((each) => each.parent));
  const path = ["option_sets", set.key];
  const old = published.option_sets?.find((each) => each.key === set.key);
  const own = problemsAt(path).filter((each) => each.path[2] !== "options" || each.path.length < 4);
  const name = edits.name(set.label);
  const add = async () => setFresh((await edits.addOptions(set, [{ name: t("newOption"), other: "" }])) ?? null);
  return (
    <div className={styles.editor}>
      <header className={styles.head}>
        <div className={styles.title}>
          <LabelField
            label={t("name")}
            value={set.label}
            required
            onChange={(label) => edits.put([...path, "label"], label ?? { zh: "" }, t("did.rename", { name }))}
          />
        </div>
        <Button kind="quiet" icon={<Trash2 size={15} />} onClick={() => setDeleting(true)}>
          {t("deleteSet")}
        </Button>
      </header>
      {own.map((problem) => (
        <ProblemText key={problem.code}>{problem.message}</ProblemText>
      ))}
      <div className={styles.tools}>
        <Button icon={<Plus size={15} />} onClick={() => void add()}>
          {t("addOption")}
        </Button>
        <Button icon={<ClipboardPaste size={15} />} onClick={() => setPasting(true)}>
          {t("paste")}
        </Button>
        <Check checked={hasParents} onChange={setHasParents}>
          {t("withParents")}
        </Check>
      </div>
      <DragDropProvider
        onDragEnd={(event) => {
          const { source } = event.operation;
          if (event.canceled || !source || !isSortable(source)) return;
          const option = set.options.find((each) => each.key === source.id);
          if (option && source.index !== source.initialIndex) edits.placeOption(set, option, source.index);
        }}
      >
        <ol className={styles.options} aria-label={t("options")}>
          {set.options.map((option, index) => (
            <OptionRow
              key={option.key}
              set={set}
              option={option}
              index={index}
              count={counts.data === null ? null : (counts.data?.[option.key] ?? 0)}
              isCounting={counts.isPending}
              isPublished={old?.options.some((each) => each.key === option.key) ?? false}
              isFresh={option.key === fresh}
              hasParents={hasParents}
            />
          ))}
        </ol>
      </DragDropProvider>
      <DescriptionField path={path} item={set} />
      <OwnersSection collection="option_sets" item={set} />
      <section className={styles.used}>
        <h3>{t("usedIn")}</h3>
        <UsageList used={{ kind: "option_set", key: set.key }} none={t("unused")} />
      </section>
      {pasting && <PasteDialog set={set} onClose={() => setPasting(false)} />}
      {deleting && (
        <DeleteDialog
          title={t("deleteSetSure", { name })}
          text={t("deleteSetText")}
          confirm={t("deleteSet")}
          used={{ kind: "option_set", key: set.key }}
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            edits.drop(path, t("did.deleteSet", { name }));
            onGone();
          }}
        />
      )}
    </div>
  );
}
