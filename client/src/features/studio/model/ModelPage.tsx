import { AreaEmpty } from "../shell/AreaEmpty";

export function ModelPage() {
  return <AreaEmpty area="model" />;
}
