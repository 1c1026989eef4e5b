import type { Destination, DestinationAttribute, DestinationProbe, NamedObject } from '../../domain/destination.js';
import type { AttributeSpec } from '../../domain/mapping/attributes.js';
import { createAttribute, extendOptions, listAttributes } from './attributes.js';
import { type Answer, IntercomClient, type IntercomClientOptions } from './intercom-client.js';
import { probe } from './probe.js';

/** An Intercom workspace. */
export class IntercomDestination implements Destination {
  private readonly client: IntercomClient;

  constructor(
    private readonly options: IntercomClientOptions,
    private readonly expectedRegion: string | null,
  ) {
    this.client = new IntercomClient(options);
  }

  get calls(): number {
    return this.client.calls;
  }

  probe(): Promise<DestinationProbe> {
    return probe(this.client, this.options.baseUrl, this.expectedRegion);
  }

  async workspaceId(): Promise<string> {
    return String((await this.client.read('me')).app.id_code);
  }

  attributes(): Promise<DestinationAttribute[]> {
    return listAttributes(this.client);
  }

  createAttribute(spec: AttributeSpec): Promise<string> {
    return createAttribute(this.client, spec);
  }

  async restoreAttribute({ id }: DestinationAttribute): Promise<void> {
    await this.client.write('PUT', `data_attributes/${id}`, { archived: false });
  }

  extendOptions(attribute: DestinationAttribute, options: readonly string[]): Promise<void> {
    return extendOptions(this.client, attribute, options);
  }

  async tags(): Promise<NamedObject[]> {
    return (await this.client.read('tags')).data.map(({ id, name }: Answer) => ({ id: String(id), name }));
  }

  async createTag(name: string): Promise<string> {
    return String((await this.client.write('POST', 'tags', { name })).id);
  }
}
