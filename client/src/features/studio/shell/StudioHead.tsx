import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { Check, LoaderCircle, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/session";
import { useWhenText } from "@/fields/useTexts";
import { buttonClass, IconButton } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { usePageTitle } from "@/ui/hooks";
import { useIsPhone } from "@/ui/media";
import { Avatar } from "@/ui/surfaces";
import { countChanges, type DraftData, type Saving } from "../draft/model";
import { useDraft } from "../draft/useDraft";
import { AREA_PLACES, AREAS, type Area, areaOf } from "./areas";
import styles from "./Studio.module.css";

const MOST_EDITORS = 4;
const SAVING_ICONS = { saved: Check, saving: LoaderCircle, failed: TriangleAlert, conflict: TriangleAlert };

function SavingState({ saving }: { saving: Saving }) {
  const { t } = useTranslation("studio");
  const isPhone = useIsPhone();
  const Icon = SAVING_ICONS[saving];
  return (
    <span className={styles.saving} data-state={saving} role="status">
      <Icon size={14} aria-hidden="true" />
      <span className={isPhone ? "visually-hidden" : undefined}>{t(`saving.${saving}`)}</span>
    </span>
  );
}

function Editors({ editors }: { editors: DraftData["editors"] }) {
  const { t } = useTranslation("studio");
  const me = useMe();
  const when = useWhenText();
  const others = editors.filter((each) => each.id !== me.id).slice(0, MOST_EDITORS);
  if (others.length === 0) return null;
  return (
    <span className={styles.editors} title={t("editors")}>
      {others.map((each) => (
        <span key={each.id ?? each.name} title={t("editedBy", { name: each.name, when: when(each.at) })}>
          <Avatar name={each.name} size={24} />
        </span>
      ))}
    </span>
  );
}

function AreaName({ area }: { area: Area }) {
  const { t } = useTranslation("studio");
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const ref = useRef<HTMLHeadingElement>(null);
  usePageTitle(area && t(`areas.${area}.title`));
  useEffect(() => {
    if (area && document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [area]);
  if (!isPhone)
    return (
      <h1 ref={ref} tabIndex={-1}>
        {t(`areas.${area}.title`)}
      </h1>
    );
  return (
    <>
      <h1 className="visually-hidden">{t(`areas.${area}.title`)}</h1>
      <NativeSelect
        aria-label={t("area")}
        className={styles.areaSelect}
        value={area}
        onChange={(event) => void navigate({ to: AREA_PLACES[event.target.value as Area].to })}
      >
        {AREAS.map((each) => (
          <option key={each} value={each}>
            {t(`areas.${each}.title`)}
          </option>
        ))}
      </NativeSelect>
    </>
  );
}

/** The strip above every page of the studio. */
export function StudioHead({ data }: { data: DraftData }) {
  const { t } = useTranslation("studio");
  const draft = useDraft();
  const isPhone = useIsPhone();
  const area = useRouterState({ select: (state) => areaOf(state.location.pathname) });
  const count = useMemo(() => countChanges(draft.published, draft.definitions), [draft.published, draft.definitions]);
  return (
    <header className={styles.head}>
      <AreaName area={area} />
      <span className={styles.divide} />
      <IconButton label={t("undo")} disabled={!draft.canUndo} onClick={draft.undo}>
        <Undo2 size={17} />
      </IconButton>
      <IconButton label={t("redo")} disabled={!draft.canRedo} onClick={draft.redo}>
        <Redo2 size={17} />
      </IconButton>
      <SavingState saving={draft.saving} />
      <div className={styles.end}>
        {!isPhone && <Editors editors={data.editors} />}
        {area !== "changes" &&
          (count > 0 || data.behind ? (
            <Link
              to="/studio/changes"
              className={buttonClass("primary", true)}
              data-changes={count}
              data-tour="studio.review"
            >
              {t(isPhone ? "reviewShort" : "reviewCount", { count })}
            </Link>
          ) : (
            !isPhone && <span className={styles.saving}>{t("noChanges")}</span>
          ))}
      </div>
    </header>
  );
}
