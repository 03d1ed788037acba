import { DragDropProvider } from "@dnd-kit/react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, Monitor, Pencil, Play, Plus, Smartphone } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldTypes } from "@/api/forms";
import { definitionsQuery } from "@/api/session";
import type { Entity } from "@/api/types/studio";
import { OtherDefinitions } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { useIsPhone } from "@/ui/media";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { Canvas } from "./Canvas";
import { seenDefinitions } from "./draftCatalogue";
import styles from "./Forms.module.css";
import { Palette } from "./Palette";
import { Preview } from "./Preview";
import { Properties } from "./Properties";
import { RemoveDialog } from "./RemoveDialog";
import { DesignerContext, type Selection } from "./useDesigner";
import { useDesignerDrag } from "./useDesignerDrag";
import { useDesignerState } from "./useDesignerState";

type Mode = "design" | "try";
export type Width = "desktop" | "phone";

interface BarProps {
  entity: Entity;
  mode: Mode;
  onMode: (mode: Mode) => void;
  width: Width;
  onWidth: (width: Width) => void;
}

function Bar({ entity, mode, onMode, width, onWidth }: BarProps) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const isPhone = useIsPhone();
  const { definitions } = useDraft();
  const parent = definitions.entities?.find((each) => each.key === entity.parent);
  return (
    <div className={styles.bar}>
      <Link
        {...(parent ? { to: "/studio/forms/$entity", params: { entity: parent.key } } : { to: "/studio/forms" })}
        className={styles.backLink}
      >
        <ChevronLeft size={16} aria-hidden="true" />
        {parent ? labelText(parent.label, language) : t("all")}
      </Link>
      <strong className={styles.barName}>{labelText(entity.label, language)}</strong>
      <div className={styles.barEnd}>
        <Segments<Mode>
          label={t("mode.label")}
          value={mode}
          onChange={onMode}
          options={[
            { value: "design", label: t("mode.design"), icon: <Pencil size={14} aria-hidden="true" /> },
            { value: "try", label: t("mode.try"), icon: <Play size={14} aria-hidden="true" /> },
          ]}
        />
        {!isPhone && (
          <Segments<Width>
            label={t("width.label")}
            value={width}
            onChange={onWidth}
            options={[
              { value: "desktop", label: t("width.desktop"), icon: <Monitor size={14} aria-hidden="true" /> },
              { value: "phone", label: t("width.phone"), icon: <Smartphone size={14} aria-hidden="true" /> },
            ]}
          />
        )}
      </div>
    </div>
  );
}

/** The texts of every field and property that may be added: a late one would hide the designer while somebody types. */
const SHOWN_IN_IT = ["forms", "common", "parts", "choices", "formula", "records", "process", "processes"] as const;

/** The designer of one form: what one can add, the form itself, and the properties of what is chosen. */
export function Designer({ entity, types }: { entity: Entity; types: FieldTypes }) {
  const { t } = useTranslation(SHOWN_IN_IT);
  const language = useLanguage();
  const isPhone = useIsPhone();
  const { definitions } = useDraft();
  const { data: seen } = useSuspenseQuery(definitionsQuery);
  const [mode, setMode] = useState<Mode>("design");
  const [width, setWidth] = useState<Width>("desktop");
  const [isAdding, setAdding] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const state = useDesignerState(entity, types);
  const drag = useDesignerDrag(state);
  const shown = useMemo(() => seenDefinitions(definitions, seen, language), [definitions, seen, language]);
  const openOnPhone = (next: Selection) => {
    state.open(next);
    setOpen(true);
  };
  const shared = isPhone ? { ...state, open: openOnPhone, choose: openOnPhone } : state;
  return (
    <DesignerContext value={shared}>
      <OtherDefinitions value={shown}>
        <div className={styles.designer}>
          <Bar entity={entity} mode={mode} onMode={setMode} width={width} onWidth={setWidth} />
          {mode === "try" ? (
            <Preview width={isPhone ? "phone" : width} />
          ) : (
            <DragDropProvider {...drag.provider}>
              <div className={styles.workspace}>
                {!isPhone && <Palette />}
                <Canvas width={isPhone ? "phone" : width} spot={drag.spot} />
                {!isPhone && <Properties key={state.opened} isWanted={state.opened > 0} />}
              </div>
            </DragDropProvider>
          )}
          {isPhone && mode === "design" && (
            <Button kind="primary" className={styles.float} icon={<Plus size={18} />} onClick={() => setAdding(true)}>
              {t("forms:palette.title")}
            </Button>
          )}
        </div>
        {isPhone && isAdding && (
          <Dialog
            side
            title={t("forms:palette.title")}
            closeLabel={t("common:actions.close")}
            onClose={() => setAdding(false)}
          >
            <Palette onAdded={() => setAdding(false)} />
          </Dialog>
        )}
        {isPhone && isOpen && (
          <Dialog
            side
            title={t("forms:properties")}
            closeLabel={t("common:actions.close")}
            onClose={() => setOpen(false)}
          >
            <Properties isWanted={false} />
          </Dialog>
        )}
        {state.removing && (
          <RemoveDialog
            entity={entity.key}
            field={state.removing.field}
            onClose={state.cancelRemoval}
            onConfirm={state.confirmRemoval}
          />
        )}
        <div className="visually-hidden" role="status" aria-live="polite">
          {state.said}
        </div>
      </OtherDefinitions>
    </DesignerContext>
  );
}
