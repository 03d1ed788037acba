import { Trash2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BlockKind } from "@/api/types";
import type { Block } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { NumberProperty, ProblemText, PropertyPanel, PropertySection } from "../parts/PropertyPanel";
import { BlockSettings } from "./BlockSettings";
import styles from "./Views.module.css";

interface BlockPanelProps {
  page: string;
  block: Block;
  onClose: () => void;
  onDelete: () => void;
}

const WIDTHS = [3, 4, 6, 8, 12];
const LISTED = new Set(["tasks", "stalled", "view", "figures", "recent", "announcements"]);

/** The settings of one block. */
export function BlockPanel({ page, block, onClose, onDelete }: BlockPanelProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const here = ["pages", page, "blocks", block.key];
  const kind = t(`blocks.${block.kind as BlockKind}`);
  const name = labelText(block.title, language) || kind;
  const put = (setting: string, value: unknown) =>
    draft.edit([{ op: "put", path: [...here, setting], value: value ?? null }], t("changed", { name }));
  const problems = draft.problemsAt(here);
  return (
    <PropertyPanel
      title={name}
      note={kind}
      actions={
        <span className={styles.tools}>
          <IconButton small label={t("delete", { name })} onClick={onDelete}>
            <Trash2 size={15} />
          </IconButton>
          <IconButton small label={t("backToPage")} onClick={onClose}>
            <X size={15} />
          </IconButton>
        </span>
      }
    >
      <PropertySection title={t("basics")} open>
        <LabelField
          label={t("blockTitle")}
          value={block.title}
          help={t("blockTitleHelp")}
          onChange={(title) => put("title", title)}
        />
        <div className={styles.widthChoice}>
          <span>{t("blockWidth")}</span>
          <Segments
            label={t("blockWidth")}
            value={String(block.width ?? 12)}
            options={WIDTHS.map((width) => ({ value: String(width), label: t(`widths.w${width}` as "widths.w12") }))}
            onChange={(width) => put("width", width === "12" ? undefined : Number(width))}
          />
        </div>
        {LISTED.has(block.kind) && (
          <NumberProperty
            label={t("limit")}
            isWhole
            min={1}
            max={50}
            value={block.limit ?? 8}
            onChange={(limit) => put("limit", limit === 8 ? undefined : limit)}
          />
        )}
        {problems.map((each) => (
          <ProblemText key={`${each.path.join("/")}${each.code}`}>{each.message}</ProblemText>
        ))}
      </PropertySection>
      <PropertySection title={t("content")} open>
        <BlockSettings block={block} put={put} />
      </PropertySection>
    </PropertyPanel>
  );
}
