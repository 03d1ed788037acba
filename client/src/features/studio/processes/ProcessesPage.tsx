import { useParams } from "@tanstack/react-router";
import { Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/surfaces";
import { ProcessDesigner } from "./ProcessDesigner";
import { ProcessList } from "./ProcessList";
import { useProcess } from "./useProcess";

/** Processes: all of them, or the one that the path names. */
export function ProcessesPage() {
  const { process } = useParams({ strict: false }) as { process?: string };
  return process ? <One key={process} process={process} /> : <ProcessList />;
}

function One({ process }: { process: string }) {
  const { t } = useTranslation("processes");
  const handle = useProcess(process);
  if (!handle) return <EmptyState icon={<Workflow size={40} />} title={t("gone")} text={t("goneText")} />;
  return <ProcessDesigner handle={handle} />;
}
