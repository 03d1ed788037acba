import { ArrowDown, ArrowUp, Bell, ClipboardList, Eye, PenLine, Plus, Snowflake, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Effect } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { newLabel } from "../parts/labels";
import { EffectForm } from "./EffectForm";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

const EFFECT_KINDS = ["task", "notify", "freeze", "lock_window", "set"] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];
/** What a new record can bring about. */
export const START_KINDS = ["task", "notify"] as const;
export const EFFECT_ICONS = {
  task: ClipboardList,
  notify: Bell,
  freeze: Snowflake,
  lock_window: Eye,
  set: PenLine,
} as const;

interface EffectsEditorProps {
  handle: ProcessHandle;
  effects: Effect[];
  onChange: (effects: Effect[]) => void;
  /** Of a new record, not of a move. */
  atStart?: boolean;
}

/** What a transition brings about besides the move, or a new record, in its order. */
export function EffectsEditor({ handle, effects, onChange, atStart = false }: EffectsEditorProps) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  const begin: Record<EffectKind, Effect> = {
    task: { do: "task", to: "supervisor", title: newLabel(t("effects.begin.task"), language), hours: 24 },
    notify: { do: "notify", to: "supervisor" },
    freeze: { do: "freeze", hours: 24 },
    lock_window: { do: "lock_window", hours: 48 },
    set: { do: "set", values: {} },
  };
  const swap = (at: number) =>
    onChange(effects.with(at, effects[at + 1] as Effect).with(at + 1, effects[at] as Effect));
  return (
    <>
      {effects.length === 0 && <p className={styles.hint}>{t(atStart ? "effects.noneAtStart" : "effects.none")}</p>}
      <ol className={styles.cards} aria-label={t(atStart ? "effects.atStart" : "effects.title")}>
        {effects.map((effect, at) => {
          const kind = effect.do as EffectKind;
          const Icon = EFFECT_ICONS[kind] ?? ClipboardList;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an effect is its place
            <li key={at} className={styles.card}>
              <header className={styles.cardHead}>
                <strong>
                  <Icon size={15} aria-hidden="true" /> {t(`effects.kinds.${kind}`)}
                </strong>
                <span className={styles.tools}>
                  <IconButton label={t("effects.up")} disabled={at === 0} onClick={() => swap(at - 1)}>
                    <ArrowUp size={14} />
                  </IconButton>
                  <IconButton label={t("effects.down")} disabled={at === effects.length - 1} onClick={() => swap(at)}>
                    <ArrowDown size={14} />
                  </IconButton>
                  <IconButton
                    label={t("effects.remove", { kind: t(`effects.kinds.${kind}`) })}
                    onClick={() => onChange(effects.toSpliced(at, 1))}
                  >
                    <Trash2 size={15} />
                  </IconButton>
                </span>
              </header>
              <EffectForm
                handle={handle}
                effect={effect}
                atStart={atStart}
                onChange={(next) => onChange(effects.with(at, next))}
              />
            </li>
          );
        })}
      </ol>
      <Menu
        label={t("effects.add")}
        trigger={(trigger) => (
          <Button {...trigger} small icon={<Plus size={14} />}>
            {t("effects.add")}
          </Button>
        )}
        entries={(atStart ? START_KINDS : EFFECT_KINDS).map((kind) => {
          const Icon = EFFECT_ICONS[kind];
          return {
            key: kind,
            label: t(`effects.kinds.${kind}`),
            icon: <Icon size={15} />,
            onSelect: () => onChange([...effects, begin[kind]]),
          };
        })}
      />
    </>
  );
}
