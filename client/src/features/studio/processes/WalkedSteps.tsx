import { Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Walk, WalkEffect } from "@/api/processes";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { listed } from "@/model/words";
import { Tag } from "@/ui/surfaces";
import { EFFECT_ICONS, type EffectKind } from "./EffectsEditor";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

/** What a creation or a move brings about: whom it reaches, and until when. */
export function WalkEffects({ effects }: { effects: WalkEffect[] }) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  return (
    <ul className={styles.walkEffects}>
      {effects.map((effect, place) => {
        const Icon = EFFECT_ICONS[effect.kind as EffectKind] ?? Clock;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an effect is its place
          <li key={place}>
            <Icon size={14} aria-hidden="true" />
            <span>
              {effect.text}
              {effect.people.length > 0 && <b> {listed(effect.people, language)}</b>}
              {effect.at && <small> {t("walk.until", { when: formatDateTime(effect.at, language) })}</small>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What happened in the walk so far: refused with every reason, or accepted with all that follows. */
export function WalkedSteps({ walk, handle }: { walk: Walk; handle: ProcessHandle }) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  return (
    <ol className={styles.walked} aria-label={t("walk.steps")}>
      {walk.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <li key={at} data-accepted={step.accepted || undefined}>
          <header>
            <strong>
              {step.transition ? step.label : t("walk.waited")}
              {step.target && (
                <small>
                  {" "}
                  {handle.stageName(step.source ?? "")} → {handle.stageName(step.target)}
                </small>
              )}
            </strong>
            {step.transition && (
              <Tag colour={step.accepted ? "green" : "red"}>{t(step.accepted ? "walk.accepted" : "walk.refused")}</Tag>
            )}
            <time dateTime={step.at}>{formatDateTime(step.at, language)}</time>
          </header>
          {step.problems.map((each) => (
            <p key={each.path.join("/") + each.code} className={styles.refusal}>
              {each.message}
            </p>
          ))}
          <WalkEffects effects={step.effects} />
        </li>
      ))}
    </ol>
  );
}
