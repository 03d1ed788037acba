import { AreaEmpty } from "../shell/AreaEmpty";

export function ObstaclesPage() {
  return <AreaEmpty area="obstacles" />;
}
