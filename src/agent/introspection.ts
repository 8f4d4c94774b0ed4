// The agent's introspection endpoint: what it runs, for people and scripts on its own host. Only reads; /license is not served.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IntrospectionMetadata {
  readonly Cluster: string;
  /** Null until the agent is registered. */
  readonly ContainerInstanceArn: string | null;
  readonly Version: string;
}

export interface IntrospectedContainer {
  readonly DockerId: string;
  readonly DockerName: string;
  readonly Name: string;
  readonly Image: string;
  readonly ImageID: string;
  /** ISO 8601. */
  readonly CreatedAt?: string | undefined;
  readonly StartedAt?: string | undefined;
  readonly Ports?:
    | readonly {
        readonly ContainerPort: number;
        readonly Protocol: 'tcp' | 'udp';
        readonly HostPort: number;
        readonly HostIp: string;
      }[]
    | undefined;
}

export interface IntrospectedTask {
  readonly Arn: string;
  readonly DesiredStatus: string;
  readonly KnownStatus: string;
  readonly Family: string;
  readonly Version: string;
  readonly Containers: readonly IntrospectedContainer[];
}

/** What the agent lets be read of it, at this moment. */
export interface IntrospectionSource {
  metadata(): IntrospectionMetadata;
  tasks(): readonly IntrospectedTask[];
}

export interface IntrospectionReply {
  readonly status: number;
  readonly body: object;
}

/** The answer to GET `target` (path and query). */
export function introspect(source: IntrospectionSource, target: string): IntrospectionReply {
  const url = URL.parse(target, 'http://agent');
  switch (url?.pathname) {
    case '/':
      return { status: 200, body: { AvailableCommands: ['/v1/metadata', '/v1/tasks'] } };
    case '/v1/metadata':
      return { status: 200, body: source.metadata() };
    case '/v1/tasks':
      return describeTasks(source.tasks(), url.searchParams);
    default:
      return { status: 404, body: { Error: `No such path: ${target}` } };
  }
}

/** All tasks, or the one that a filter names; a Docker id may be cut short as long as one container alone begins with it. */
function describeTasks(tasks: readonly IntrospectedTask[], query: URLSearchParams): IntrospectionReply {
  const [arn, dockerId] = [query.get('taskarn'), query.get('dockerid')];
  if (arn === null && dockerId === null) return { status: 200, body: { Tasks: tasks } };
  if (arn && dockerId) return { status: 400, body: { Error: 'Give taskarn or dockerid, not both.' } };
  const found = tasks.filter((task) =>
    arn
      ? task.Arn === arn
      : dockerId && task.Containers.some(({ DockerId }) => DockerId.startsWith(dockerId)),
  );
  const [task] = found;
  if (task === undefined) return { status: 404, body: { Error: 'No such task.' } };
  if (found.length > 1) return { status: 400, body: { Error: 'Several tasks have such a Docker id.' } };
  return { status: 200, body: task };
}

export interface IntrospectionServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `source`; port 0 takes any free one, the official agent's is 51678. Rejects when the address cannot be had. */
export async function serveIntrospection(
  source: IntrospectionSource,
  address: { readonly host: string; readonly port: number },
): Promise<IntrospectionServer> {
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const { status, body } = isRead
      ? introspect(source, request.url ?? '/')
      : { status: 405, body: { Error: 'Only GET.' } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(address.port, address.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
