import { atKey } from '../diagnostics/diagnostic.ts';
import { decided, type NetworkRule, others } from './network-rule.ts';

export const pathAssumed: NetworkRule = {
  id: 'path-assumed',
  severity: 'info',
  summary: 'The way of a connection needs the network of a host that is not rendered.',
  why: 'Its routes, its end of a tunnel and its forwarding are taken to be as derived. Whether somebody has configured them so cannot be read from any file.',
  fix: 'Follow the note below `_external/` on that host, and look again after its updates.',
  *check({ assumed }, causeOf) {
    for (const [host, { first, count }] of assumed) {
      yield {
        message: `the network of \`${host.key}\` is not rendered: the way of ${first.verdict.connection.what}${others(count)} holds if the host does what \`_external/${host.key}.md\` asks`,
        place: atKey(host.path),
        related: decided('taken for granted', first.decision, causeOf),
      };
    }
  },
};
