import { AreaEmpty } from "../shell/AreaEmpty";

export function PublicPage() {
  return <AreaEmpty area="public" />;
}
