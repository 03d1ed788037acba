import { AreaEmpty } from "../shell/AreaEmpty";

export function ChoicesPage() {
  return <AreaEmpty area="choices" />;
}
