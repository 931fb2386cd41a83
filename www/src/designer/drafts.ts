// Flows that aren't saved yet: they have no id.
import type { Connection, Flow, RawOperation, RawReference } from '../shapes';

const flow = (displayName: string, triggers: Record<string, RawOperation>, actions: Record<string, RawOperation>, connectionReferences: Record<string, RawReference>): Flow => ({
  name: '',
  properties: {
    displayName,
    state: 'Started',
    userType: 'Owner',
    definition: {
      $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      parameters: { $connections: { defaultValue: {}, type: 'Object' }, $authentication: { defaultValue: {}, type: 'SecureObject' } },
      triggers,
      actions,
    },
    connectionReferences,
  },
});

const button: RawOperation = { type: 'Request', kind: 'Button', inputs: {} };

export const blank = () => flow('Untitled', { manual: button }, {}, {});

const call = (connector: string, operationId: string): RawOperation => ({
  type: 'OpenApiConnection',
  inputs: { host: { apiId: `/providers/Microsoft.PowerApps/apis/${connector}`, connectionName: connector, operationId }, parameters: {}, authentication: "@parameters('$authentication')" },
});

/** What Copilot makes of "when an item is created, mail me and post it": on the signed-in person's own connections, where there are any. */
export const suggested = (mine: Connection[]) => {
  const references: Record<string, RawReference> = {};
  for (const connector of ['shared_sharepointonline', 'shared_office365', 'shared_teams']) {
    const id = `/providers/Microsoft.PowerApps/apis/${connector}`;
    references[connector] = { connectionName: mine.find(({ properties }) => properties.apiId === id)?.name ?? null, source: 'Embedded', id };
  }
  const trigger = { ...call('shared_sharepointonline', 'GetOnNewItems'), recurrence: { frequency: 'Minute', interval: 1 } };
  const mail = { ...call('shared_office365', 'SendEmailV2'), runAfter: {} };
  const post = { ...call('shared_teams', 'PostMessageToConversation'), runAfter: { 'Send_an_email_(V2)': ['Succeeded'] } };
  return flow('Mail and post new items', { When_an_item_is_created: trigger }, { 'Send_an_email_(V2)': mail, Post_message: post }, references);
};
