import type { ReactNode } from "react";
import { Button, IconButton } from "@/ui/Button";
import { useIsPhone } from "@/ui/media";
import styles from "./Processes.module.css";

interface ToolProps {
  label: string;
  icon: ReactNode;
  active?: boolean;
  /** What waits behind it. */
  count?: number;
  onClick: () => void;
}

/** A button of the strip; on a phone its picture says enough, so that the strip stays one row. */
export function Tool({ label, icon, active = false, count = 0, onClick }: ToolProps) {
  const isPhone = useIsPhone();
  const badge = count > 0 && <span className={styles.badge}>{count}</span>;
  if (isPhone)
    return (
      <IconButton label={badge ? `${label} ${count}` : label} active={active} onClick={onClick}>
        {icon}
        {badge}
      </IconButton>
    );
  return (
    <Button small active={active} icon={icon} onClick={onClick}>
      {label}
      {badge}
    </Button>
  );
}
