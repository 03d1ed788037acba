import {
  Ban,
  Building,
  Building2,
  Check,
  Eye,
  EyeOff,
  Globe,
  type LucideIcon,
  Pencil,
  Sigma,
  User,
  X,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldAccess } from "@/api/types/studio";
import type { Level } from "./grants";
import styles from "./Roles.module.css";

const ICONS: Record<Level | FieldAccess, LucideIcon> = {
  none: Ban,
  own: User,
  department: Building,
  department_tree: Building2,
  all: Globe,
  formula: Sigma,
  yes: Check,
  no: X,
  write: Pencil,
  read: Eye,
  hidden: EyeOff,
};

/** How far a permission goes: colour, sign and word together. */
export function LevelMark({ level, isQuiet }: { level: Level | FieldAccess; isQuiet?: boolean }) {
  const { t } = useTranslation("roles");
  const Icon = ICONS[level];
  return (
    <span className={styles.mark} data-level={level} data-quiet={isQuiet}>
      <Icon size={13} aria-hidden="true" />
      {t(`levels.${level}`)}
    </span>
  );
}
