// How operations look: a coloured square with a sign. No picture comes from elsewhere.
import type { State } from '../state/model';

const CONNECTORS: Record<string, [string, string]> = {
  shared_sharepointonline: ['#036c70', 'S'],
  shared_office365: ['#0078d4', 'O'],
  shared_office365users: ['#c4314b', 'U'],
  shared_teams: ['#4b53bc', 'T'],
  shared_approvals: ['#742774', 'A'],
  shared_onedriveforbusiness: ['#0364b8', 'D'],
  shared_excelonlinebusiness: ['#107c41', 'X'],
  shared_planner: ['#077d3f', 'P'],
  shared_commondataserviceforapps: ['#088142', 'V'],
  shared_sql: ['#ba141a', 'Q'],
};

const BUILT_IN: Record<string, [string, string]> = {
  If: ['#484f58', '⑂'],
  Switch: ['#484f58', '⌥'],
  Scope: ['#8c3900', '▣'],
  Foreach: ['#486991', '↻'],
  Until: ['#486991', '↺'],
  Compose: ['#8c6cff', '{}'],
  InitializeVariable: ['#770bd6', 'x'],
  Recurrence: ['#1080aa', '◷'],
  Wait: ['#1080aa', '◷'],
  Request: ['#009da5', '▷'],
  Workflow: ['#0b53ce', '➜'],
  Http: ['#709727', '⇅'],
};

export const look = (state: State, id: string): [string, string] => {
  const info = state.operations.operationInfo[id];
  const connector = info?.connectorId.split('/').at(-1) ?? '';
  return CONNECTORS[connector] ?? BUILT_IN[info?.type ?? ''] ?? ['#5c6670', '•'];
};

export const title = (state: State, id: string) => (state.workflow.idReplacements[id] ?? id).replaceAll('_', ' ');
