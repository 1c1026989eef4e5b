// Runs in the browser, beside the scripts of GraphiQL (`YogaGraphiQL`) and graphql-ws (`graphqlWs`).
const { YogaGraphiQL, graphqlWs } = window;
const storageName = 'landfall.key';
const field = document.getElementById('key');
const endpoint = new URL('graphql', location.href);
const socketUrl = new URL(endpoint);
socketUrl.protocol = endpoint.protocol.replace('http', 'ws');

/** Headers that were typed into the editor of headers last. A tab without a key of its own uses them. */
let typedHeaders = {};
let giveKey;
const keyIsGiven = new Promise(resolve => {
  giveKey = resolve;
});

const isKey = text => typeof text === 'string' && /^bearer +[^<]/i.test(text);
const keyIn = headers =>
  Object.entries(headers ?? {}).find(([name, text]) => name.toLowerCase() === 'authorization' && isKey(text))?.[1];
const keyOfField = () => (field.value.trim() ? `Bearer ${field.value.trim()}` : undefined);
const authorizationFor = headers => keyIn(headers) ?? keyOfField() ?? keyIn(typedHeaders);

field.value = sessionStorage.getItem(storageName) ?? '';
field.addEventListener('change', () => {
  sessionStorage.setItem(storageName, field.value.trim());
  if (!keyOfField()) return;
  giveKey();
  // With another key the schema may be allowed now: it is the same for all keys, but not for none.
  document.querySelector('button[aria-label^="Re-fetch GraphQL schema"]')?.click();
});

const isSubscription = (document, name) =>
  document?.definitions.some(
    each => each.operation === 'subscription' && (!name || document.definitions.length === 1 || each.name?.value === name),
  ) ?? false;

async function ask(body, headers, authorization) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, authorization },
    body: JSON.stringify(body),
  });
  if (!response.headers.get('content-type')?.includes('json'))
    throw new Error(`The server answered with status ${response.status}.`);
  return response.json();
}

/** A subscription has a socket of its own, which ends with it. It is not repeated: that would show the same events again. */
const subscribe = (body, authorization) => ({
  subscribe(observer) {
    const client = graphqlWs.createClient({
      url: socketUrl.href,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    const error = reason =>
      observer.error(
        reason instanceof CloseEvent ? new Error(`The server closed the socket: ${reason.code} ${reason.reason}`) : reason,
      );
    const unsubscribe = client.subscribe(body, {
      ...observer,
      next: result => observer.next(result),
      error,
      complete: () => observer.complete(),
    });
    return { unsubscribe };
  },
});

async function fetcher(body, { headers, documentAST } = {}) {
  if (!authorizationFor(headers)) {
    if (body.operationName !== 'IntrospectionQuery')
      return { errors: [{ message: 'Type an API key into the field above first.' }] };
    // The page opens without an error: the schema is read as soon as there is a key.
    await keyIsGiven;
  }
  const { Authorization: _upper, authorization: _lower, ...others } = headers ?? {};
  const authorization = authorizationFor(headers);
  return isSubscription(documentAST, body.operationName) ? subscribe(body, authorization) : ask(body, others, authorization);
}

if (keyOfField()) giveKey();

window.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => {
    const file = { json: 'json.worker.js', graphql: 'graphql.worker.js' }[label] ?? 'editor.worker.js';
    return new URL(`graphiql/files/${file}`, location.href).href;
  },
};
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: 'Landfall',
  fetcher,
  defaultTabs: JSON.parse(document.getElementById('examples').textContent),
  // A key is a secret: it is not kept in the browser's storage for good.
  shouldPersistHeaders: false,
  // The default writes each document into the address of the page, which then becomes too long for the server.
  onEditQuery: () => {},
  onEditHeaders: text => {
    try {
      typedHeaders = JSON.parse(text);
    } catch {
      return; // The person is still typing.
    }
    if (keyIn(typedHeaders)) giveKey();
  },
});
