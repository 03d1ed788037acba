import { useTranslation } from "react-i18next";
import SearchDialog from "@/features/search/SearchDialog";
import { useCommands } from "./commands";

/** Search and commands: loaded when it is first opened. */
export default function Palette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  useTranslation(["common", "studio"]);
  return <SearchDialog commands={useCommands(onShortcuts)} onClose={onClose} />;
}
